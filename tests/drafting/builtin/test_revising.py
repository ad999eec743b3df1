"""Shorter is shorter, drier is drier, another opening is another; facts stay, what a person edited stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.brands.kit import Kit, Line
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Composition, WriteRequest
from assistant.drafts import Draft
from assistant.errors import NotAllowed
from assistant.findings import Finding

Ask = Callable[..., WriteRequest]
Drafted = Callable[..., Draft]
BRIEF = Brief(
    subject="Atelier dégustation de sencha",
    purpose="event",
    key_points=("On a raté trois fois ce sencha !", "On goûte cinq thés à l'aveugle", "Maud apporte la balance"),
    facts={"date": "samedi 5 décembre", "prix": "18 €"},
)
WARM = Layout(posts=20, length=(100, 300, 900), blocks=3, blank_lines=1, emoji=1, favourite_emoji=("🍵",), final_stop=1)


@pytest.fixture
def request_(ask: Ask, kit_with: Callable[..., Kit]) -> WriteRequest:
    return ask(
        BRIEF,
        "facebook",
        layout=WARM,
        kit=kit_with(lines=[Line(id="a", text="La bouilloire chante.", role="aside", purposes=("event",), about=("sencha",))]),
    )


@pytest.fixture
def made(writer: BuiltInWriter, request_: WriteRequest) -> Composition:
    return writer.write(request_).compositions[0]


def joined(composition: Composition) -> str:
    return "".join(piece.text for piece in composition.pieces)


def test_shorter_drops_the_last_optional_unit(writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted) -> None:
    again = writer.revise(request_, drafted(request_, made), (), wish="shorter")
    assert len(again.text) < len(made.text)
    assert joined(again) == again.text
    assert "18\u00a0€" in again.text
    assert [source for source in again.left_out if source.startswith("brief.key_points")]
    assert again.text.split(".")[0] == made.text.split(".")[0]


def test_shorter_ends_when_only_what_is_required_is_left(writer: BuiltInWriter, request_: WriteRequest, drafted: Drafted) -> None:
    draft = drafted(request_, writer.write(request_).compositions[0])
    refusal = ""
    for _ in range(10):
        try:
            again = writer.revise(request_, draft, (), wish="shorter")
        except NotAllowed as refused:
            refusal = refused.id
            break
        assert len(again.text) < len(draft.text)
        draft = drafted(request_, again)
    assert refusal == "writer.wish.nothing_left"
    assert "samedi 5 décembre" in draft.text


def test_drier_takes_out_aside_emoji_and_exclamation_marks(
    writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted
) -> None:
    assert "🍵" in made.text
    assert "!" in made.text
    again = writer.revise(request_, drafted(request_, made), (), wish="drier")
    assert not set("🍵!") & set(again.text)
    assert "bouilloire" not in again.text
    assert "On a raté trois fois ce sencha." in again.text
    assert joined(again) == again.text


def test_another_opening_is_another(writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted) -> None:
    seen = {made.pieces[0].source}
    draft = drafted(request_, made)
    for _ in range(2):
        again = writer.revise(request_, draft, (), wish="other-opening")
        assert again.pieces[0].source not in seen
        seen.add(again.pieces[0].source)
        draft = drafted(request_, again)


def test_a_wish_beyond_it_is_refused_with_what_it_can_do(
    writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted
) -> None:
    with pytest.raises(NotAllowed) as refused:
        writer.revise(request_, drafted(request_, made), (), wish="warmer")
    assert refused.value.id == "writer.wish.unknown"
    assert len(refused.value.values["known"]) == 3  # type: ignore[arg-type]


def test_an_edited_sentence_is_left_alone(writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted) -> None:
    edited = made.text.replace("Maud apporte la balance", "Maud apporte sa vieille balance")
    draft = replace(drafted(request_, made), text=edited)
    again = writer.revise(request_, draft, (), wish="shorter", locked=("Maud apporte sa vieille balance",))
    assert "Maud apporte sa vieille balance" in again.text
    assert len(again.text) < len(edited)
    assert joined(again) == again.text


def test_a_span_limits_the_wish_to_one_sentence(writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted) -> None:
    start = made.text.index("On goûte cinq")
    again = writer.revise(request_, drafted(request_, made), (), wish="shorter", span=(start, start + 10))
    assert "On goûte cinq" not in again.text
    assert "Maud apporte" in again.text


def test_findings_rid_the_draft_of_what_the_kit_brought(
    writer: BuiltInWriter, request_: WriteRequest, made: Composition, drafted: Drafted
) -> None:
    again = writer.revise(request_, drafted(request_, made), (Finding("brand.emoji", "error"),))
    assert "🍵" not in again.text
    same = writer.revise(request_, drafted(request_, made), (Finding("grounding.number", "warning"),))
    assert same.text == made.text


def test_a_draft_over_the_limit_loses_whole_optional_units(
    writer: BuiltInWriter, ask: Ask, made: Composition, request_: WriteRequest, drafted: Drafted
) -> None:
    short = ask(BRIEF, "youtube-title", layout=WARM)
    again = writer.revise(short, drafted(short, made), (Finding("limits.length", "error"),))
    assert len(again.text) < len(made.text)
    assert "samedi 5 décembre" in again.text
