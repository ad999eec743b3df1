"""The catalogue: eighteen networks, each with its source and its age, each with its names and its page in the documents."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from assistant import messages
from assistant.errors import InputError
from assistant.networks import table
from assistant.networks.catalogue import Counting, Network, catalogue, get, stale

KEYS = (
    "facebook instagram x x-premium linkedin tiktok threads bluesky mastodon youtube-title youtube-description youtube-community "
    "pinterest-title pinterest google-business reddit-title newsletter-subject blog-teaser"
)
DOCUMENT = Path(__file__).parents[2] / "docs" / "networks.md"
NETWORKS = pytest.mark.parametrize("network", catalogue().values(), ids=lambda network: network.key)


def test_the_networks_are_the_eighteen_of_the_contract() -> None:
    assert " ".join(catalogue()) == KEYS


@NETWORKS
def test_every_network_says_where_its_values_come_from_and_how_old_they_are(network: Network) -> None:
    assert len(network.source) > 20
    assert network.known_on is None or date(2015, 1, 1) < network.known_on < date(2027, 1, 1)
    assert network.facts_key
    assert set(network.habits) == set(messages.LANGUAGES)


@NETWORKS
def test_limits_agree_with_each_other(network: Network) -> None:
    assert network.limit > 0
    assert network.product_cap is None or network.product_cap < network.limit
    assert network.reply_product_cap is None or network.reply_product_cap < (network.reply_limit or 0)
    assert network.fold_at is None or network.fold_at <= (network.fold_at_desktop or network.fold_at) <= network.limit
    low, high = network.recommended_hashtags
    assert 0 <= low <= high <= (high if network.max_hashtags is None else network.max_hashtags)
    assert network.warn_mentions_above is None or network.warn_mentions_above < (network.max_mentions or 0)
    assert (network.url_weight is not None) == (network.unit in ("twitter_text_v3", "grapheme_mastodon"))


@NETWORKS
def test_habits_are_within_the_limits(network: Network) -> None:
    for usual in network.habits.values():
        assert 0 < usual.length[0] <= usual.length[1] <= usual.length[2] <= network.limit
        assert 0 <= usual.emoji <= 1
        assert 0 <= usual.blank_lines <= 1
        assert usual.hashtags <= max(network.recommended_hashtags)


@NETWORKS
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_network_has_a_name_for_people(network: Network, language: messages.Language) -> None:
    assert messages.text(f"network.{network.key}", language).strip()


@pytest.mark.parametrize("unit", get_args(Counting))
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_unit_has_a_name_and_a_rule_for_people(unit: Counting, language: messages.Language) -> None:
    assert messages.text(f"unit.{unit}", language)
    assert messages.text(f"counting.{unit}", language).endswith(".")


def test_names_tell_networks_apart() -> None:
    for language in messages.LANGUAGES:
        names = [messages.text(f"network.{key}", language) for key in catalogue()]
        assert len(set(names)) == len(names)


def test_only_the_subject_line_and_the_teaser_are_advice() -> None:
    assert [n.key for n in catalogue().values() if n.soft] == ["newsletter-subject", "blog-teaser"]


def test_facebook_warns_long_before_its_limit() -> None:
    assert (get("facebook").limit, get("facebook").product_cap) == (63_206, 5_000)


@pytest.mark.parametrize("key", ["", "myspace", "X", "facebook_page"])
def test_an_unknown_network_is_refused_and_the_known_ones_are_named(key: str) -> None:
    with pytest.raises(InputError) as raised:
        get(key)
    assert raised.value.id == "network.unknown"
    for language in messages.LANGUAGES:
        sentence = messages.render(raised.value.message, language)
        assert "mastodon" in sentence
        assert key in sentence


def test_a_network_cannot_be_changed_or_hold_an_unknown_value() -> None:
    field = "limit"
    with pytest.raises(ValidationError):
        setattr(get("x"), field, 281)
    with pytest.raises(ValidationError):
        Network.model_validate({**get("x").model_dump(), "colour": "blue"})
    with pytest.raises(ValidationError):
        Network.model_validate({**get("x").model_dump(), "as_of": "last summer"})


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-08-21", date(2026, 8, 21)),
        ("2026-02", date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2026", date(2026, 12, 31)),
        ("undated", None),
    ],
)
def test_an_age_is_read_kindly(as_of: str, expected: date | None) -> None:
    assert get("x").model_copy(update={"as_of": as_of}).known_on == expected


def test_what_is_old_undated_or_doubtful_is_stale() -> None:
    found = {network.key for network in stale(date(2026, 11, 22))}
    assert {"x", "x-premium", "reddit-title", "newsletter-subject", "youtube-community", "blog-teaser"} == found


def test_everything_grows_stale_in_time() -> None:
    assert len(stale(date(2026, 11, 22), months=2)) > len(stale(date(2026, 11, 22)))
    assert len(stale(date(2028, 2, 29))) == 18


def test_the_day_it_turns_twelve_months_an_entry_is_not_stale_yet() -> None:
    assert get("pinterest-title").known_on == date(2025, 12, 11)
    assert "pinterest-title" not in {n.key for n in stale(date(2026, 12, 11))}
    assert "pinterest-title" in {n.key for n in stale(date(2026, 12, 12))}


@pytest.mark.parametrize("make", [table.limits_table, table.habits_table, table.names_table, table.sources_table])
def test_the_document_holds_the_tables_of_today(make: object) -> None:
    assert callable(make)
    assert make() in DOCUMENT.read_text("utf8"), "run `make docs`"


@NETWORKS
def test_every_network_stands_in_the_document_with_its_source(network: Network) -> None:
    document = DOCUMENT.read_text("utf8")
    assert f"| `{network.key}` |" in document
    assert network.source in document
