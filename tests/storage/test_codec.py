import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import Draft, Piece, Provenance, Source, seal
from assistant.evidence import COLLECTIONS
from assistant.findings import Finding
from assistant.messages import Message
from assistant.storage.codec import draft_from_json, from_json, to_json

TEXT = st.text(max_size=40)
"""Half surrogates too: `st.text` leaves them out, so they have a test of their own below."""
SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXT
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC))
    | st.decimals(allow_nan=False)
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(TEXT | st.sampled_from(["$type", "$list"]), inner, max_size=3)
        | st.builds(Message, TEXT, st.dictionaries(TEXT, inner, max_size=2))
    ),
    max_leaves=8,
)
MESSAGES = st.builds(Message, TEXT, st.dictionaries(TEXT, VALUES, max_size=3))
SPANS = st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99))
FINDINGS = st.builds(
    Finding,
    id=TEXT,
    level=st.sampled_from(["error", "warning", "info"]),
    field=st.sampled_from(["text", "first_comment", "alt_text", "parts", "brief"]),
    values=st.dictionaries(TEXT, VALUES, max_size=3),
    span=SPANS,
)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
SOURCES = st.builds(
    Source,
    id=TEXT,
    collection=st.sampled_from(COLLECTIONS),
    reasons=st.lists(MESSAGES, max_size=2).map(tuple),
    figures=st.dictionaries(TEXT, st.integers(0), max_size=2),
)
PROVENANCES = st.builds(
    Provenance,
    writer=TEXT,
    seed=st.integers(),
    kit_version=TEXT,
    brief_hash=TEXT,
    pieces=st.lists(st.builds(Piece, TEXT, TEXT), max_size=3).map(tuple),
    left_out=WORDS,
    opening=TEXT,
    layout=TEXT,
)
DRAFTS = st.builds(
    Draft,
    id=TEXT,
    brand=TEXT,
    network=TEXT,
    account=TEXT,
    variant=st.integers(1, 6),
    angle=MESSAGES,
    language=st.sampled_from(["fr", "en"]),
    text=TEXT,
    length=st.integers(0),
    limit=st.integers(0),
    provenance=PROVENANCES,
    parts=WORDS,
    first_comment=TEXT,
    alt_text=TEXT,
    visual_brief=TEXT,
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
    evidence=st.lists(SOURCES, max_size=2).map(tuple),
    link=TEXT,
    planned_for=TEXT,
    brief_id=TEXT,
)


def through_json(value: object) -> Any:
    return from_json(json.loads(json.dumps(to_json(value), allow_nan=False)))


@given(DRAFTS)
def test_a_draft_comes_back_as_it_was_and_so_does_its_seal(draft: Draft) -> None:
    again = draft_from_json(json.loads(json.dumps(to_json(draft), allow_nan=False)))
    assert again == draft
    assert seal(again) == seal(draft)


@given(VALUES)
def test_any_value_of_a_message_comes_back_with_its_type(value: object) -> None:
    again = through_json(value)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize("value", [float("inf"), -0.0, 1e308, Decimal("1.50"), date(2026, 2, 28), datetime(2026, 2, 28, 1, 2, 3, 4, UTC)])
def test_numbers_and_dates_that_json_has_no_word_for_come_back(value: object) -> None:
    assert repr(through_json(value)) == repr(value)


def test_a_half_surrogate_pair_and_a_nul_come_back(make_draft: Callable[..., Draft]) -> None:
    draft = make_draft(text="a\ud800b\x00c")
    assert draft_from_json(json.loads(json.dumps(to_json(draft)))) == draft


def test_an_unknown_type_is_refused_rather_than_half_kept() -> None:
    with pytest.raises(TypeError, match="object"):
        to_json(Message("some.id", {"thing": object()}))


def test_a_field_that_did_not_exist_yet_takes_its_default(make_draft: Callable[..., Draft]) -> None:
    data = to_json(make_draft())
    del data["visual_brief"], data["evidence"]
    assert draft_from_json(data).evidence == ()


def test_a_field_that_is_gone_is_left_out(make_draft: Callable[..., Draft]) -> None:
    assert draft_from_json({**to_json(make_draft()), "mood": "grey"}) == make_draft()


def test_every_field_of_a_draft_is_kept(make_draft: Callable[..., Draft]) -> None:
    assert set(to_json(make_draft())) == {"$type"} | {field.name for field in fields(Draft)}


@pytest.mark.parametrize("data", [{"$type": "Finding", "id": "a", "level": "info"}, "text", None])
def test_what_is_no_draft_is_not_taken_for_one(data: object) -> None:
    with pytest.raises(TypeError, match="not a draft"):
        draft_from_json(data)
