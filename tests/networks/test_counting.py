"""How long a text is where it is published."""

import unicodedata
from typing import get_args

import emoji
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.networks.catalogue import Counting, Network, catalogue, get
from assistant.networks.counting import COUNTERS, LimitCount, clip_at_fold, length, measure
from assistant.networks.links import links
from assistant.text import clean

FAMILY = "👨‍👩‍👧‍👦"
KISS = "👩🏽‍❤️‍💋‍👨🏿"
HANDSHAKE = "🫱🏻‍🫲🏿"

TABLE = [
    # text, graphemes, code points, UTF-16, UTF-8, X
    ("é", 1, 1, 1, 2, 1),
    ("e\u0301", 1, 1, 1, 2, 1),  # NFC first: one letter everywhere
    ("«\u00a0oui\u00a0»", 7, 7, 7, 11, 7),
    ("Salut\u202f! 🎉", 9, 9, 10, 14, 11),
    ("L’été à 5\u00a0€", 11, 11, 11, 19, 12),
    ("…", 1, 1, 1, 3, 2),
    ("—", 1, 1, 1, 3, 1),
    ("–", 1, 1, 1, 3, 1),
    ("🙂", 1, 1, 2, 4, 2),
    ("❤️", 1, 2, 2, 6, 2),
    ("1️⃣", 1, 3, 3, 7, 2),
    ("🇫🇷", 1, 2, 4, 8, 2),
    ("👍🏽", 1, 2, 4, 8, 2),
    ("", 0, 0, 0, 0, 0),
    ("a\r\nb", 3, 3, 3, 3, 3),
]


@pytest.mark.parametrize(("text", "graphemes", "codepoints", "utf16", "utf8", "weighted"), TABLE)
def test_each_unit_counts_in_its_own_way(text: str, graphemes: int, codepoints: int, utf16: int, utf8: int, weighted: int) -> None:
    units: tuple[Counting, ...] = ("grapheme", "codepoint", "utf16", "utf8_bytes", "twitter_text_v3")
    assert [length(text, unit) for unit in units] == [graphemes, codepoints, utf16, utf8, weighted]


EXAMPLES: list[tuple[str, str, int]] = [
    ("facebook", "Ça y est 🎉", 11),
    ("facebook", FAMILY, 11),
    ("instagram", "Ça y est 🎉", 11),
    ("instagram", "𝗕𝗼𝗻", 6),
    ("x", "Bonjour exemple.fr", 31),
    ("x", "Bonjour exemple.alsace", 31),
    ("x", "e.fr", 23),
    ("x", "https://exemple.fr/" + "a" * 200, 23),
    ("x", "Écrire à bonjour@exemple.fr", 27),
    ("x", "#exemple.fr @exemple.fr", 23),
    ("x", "(exemple.fr)", 25),
    ("x", "exemple.fr.", 24),
    ("x", FAMILY, 2),
    ("x", KISS, 2),
    ("x", HANDSHAKE, 2),
    ("x", "🫩", 2),
    ("x", "👩\u200d🐱", 5),  # no emoji of Unicode: its parts are billed
    ("x", "©", 1),
    ("x", "©️", 2),
    ("x", "™", 2),
    ("x", "→ • € ✅", 11),
    ("x", "⚡\ufe0f⭐\ufe0f☕\ufe0f", 6),
    ("x", "✅\ufe0f", 4),  # a selector that this emoji does not take
    ("x", "❤\ufe0e", 4),
    ("x", "🏳\u200d🌈", 2),
    ("x", "中文", 4),
    ("x", "Привет", 6),
    ("x", "ABC\u202a\uffffABC\ufffe", 12),
    ("x-premium", "Bonjour exemple.fr 🎉", 34),
    ("linkedin", "Ça y est 🎉", 11),
    ("tiktok", "Ça y est 🎉", 11),
    ("threads", "été", 3),
    ("threads", "🙂", 4),
    ("threads", "❤️", 6),
    ("threads", FAMILY, 25),
    ("threads", "⚡\ufe0f", 6),
    ("threads", "Ça y est 🎉", 13),
    ("bluesky", FAMILY, 1),
    ("bluesky", "https://exemple.fr/page", 23),
    ("mastodon", "https://exemple.fr/" + "a" * 200, 23),
    ("mastodon", "exemple.fr", 10),
    ("mastodon", "Merci @lea@piaille.fr !", 12),
    ("mastodon", "Merci @lea !", 12),
    ("mastodon", "bonjour@exemple.fr", 18),
    ("mastodon", f"{FAMILY} https://exemple.fr/été?a=1, @lea@piaille.fr", 31),
    ("mastodon", "https://exemple.fr/日本語", 23),
    ("mastodon", "https://exemple.fr/@lea@piaille.fr", 23),
    ("youtube-title", "Ça y est 🎉", 10),
    ("youtube-description", "Ça y est 🎉", 14),
    ("youtube-community", "Ça y est 🎉", 10),
    ("pinterest-title", "Été", 3),
    ("pinterest", "Été 🎉", 5),
    ("google-business", "Été 🎉", 5),
    ("reddit-title", "Été 🎉", 5),
    ("newsletter-subject", "Été 🎉", 5),
    ("blog-teaser", "Été 🎉", 5),
]


@pytest.mark.parametrize(("key", "text", "expected"), EXAMPLES)
def test_a_text_is_counted_as_its_network_counts_it(key: str, text: str, expected: int) -> None:
    assert measure(text, get(key)).length == expected


def test_every_network_and_every_unit_has_examples() -> None:
    assert {key for key, _, _ in EXAMPLES} == set(catalogue())
    assert set(get_args(Counting)) == set(COUNTERS)


def test_every_emoji_of_unicode_costs_two_on_x() -> None:
    billed = {known: length(known, "twitter_text_v3") for known in emoji.EMOJI_DATA}
    assert {known for known, cost in billed.items() if cost != 2} == {"©", "®"}


@pytest.mark.parametrize("network", catalogue().values(), ids=lambda network: network.key)
def test_a_text_fits_up_to_the_limit_and_not_one_further(network: Network) -> None:
    at_limit = measure("a" * network.limit, network)
    assert (at_limit.fits, at_limit.length, at_limit.limit, at_limit.unit) == (True, network.limit, network.limit, network.unit)
    over = measure("a" * (network.limit + 1), network)
    assert not over.fits
    assert over.limits[0].over == 1
    assert measure("", network).fits


@pytest.mark.parametrize("network", [n for n in catalogue().values() if n.reply_limit], ids=lambda network: network.key)
def test_a_reply_fits_up_to_its_own_limit_and_not_one_further(network: Network) -> None:
    limit = network.reply_limit or 0
    at_limit = measure("a" * limit, network, reply=True)
    assert (at_limit.fits, at_limit.length, at_limit.limit) == (True, limit, limit)
    assert at_limit.unit == (network.reply_unit or network.unit)
    assert at_limit.fold_at is None
    assert not measure("a" * (limit + 1), network, reply=True).fits


@pytest.mark.parametrize("key", [n.key for n in catalogue().values() if not n.reply_limit])
def test_nobody_answers_a_title_or_a_subject(key: str) -> None:
    with pytest.raises(InputError) as raised:
        measure("Merci", get(key), reply=True)
    assert (raised.value.id, raised.value.values) == ("network.no_replies", {"network": key})


@pytest.mark.parametrize(
    ("key", "text", "fits"),
    [
        ("x", "…" * 140, True),
        ("x", "…" * 140 + "a", False),
        ("x", "\u202f" * 141, False),
        ("x", "\u00a0" * 280, True),
        ("x", FAMILY * 140, True),
        ("x", FAMILY * 141, False),
        ("x", "a" * 256 + " exemple.fr", True),
        ("x", "a" * 257 + " exemple.fr", False),
        ("bluesky", FAMILY * 120, True),  # 3,000 bytes
        ("bluesky", FAMILY * 121, False),
        ("bluesky", "é" * 300, True),
        ("threads", "🎉" * 125, True),
        ("threads", "🎉" * 126, False),
        ("threads", "é" * 500, True),
        ("mastodon", "a" * 476 + " https://exemple.fr/" + "b" * 99, True),
        ("mastodon", "a" * 477 + " https://exemple.fr/" + "b" * 99, False),
        ("instagram", "🎉" * 1_100, True),
        ("instagram", "🎉" * 1_100 + "a", False),
        ("youtube-description", "é" * 2_500, True),
        ("youtube-description", "é" * 2_501, False),
        ("youtube-title", "🎉" * 100, True),
        ("youtube-title", "🎉" * 101, False),
    ],
)
def test_the_limit_is_met_in_the_network_s_own_unit(key: str, text: str, fits: bool) -> None:
    assert measure(text, get(key)).fits is fits


def test_bluesky_has_two_limits_and_both_must_hold() -> None:
    count = measure(FAMILY * 121, get("bluesky"))
    assert count.limits == (LimitCount("grapheme", 121, 300), LimitCount("utf8_bytes", 3_025, 3_000))
    assert [limit.fits for limit in count.limits] == [True, False]


def test_a_review_s_answer_is_counted_in_bytes_and_a_video_s_comment_in_characters() -> None:
    assert measure("é" * 2_048, get("google-business"), reply=True).fits
    assert not measure("é" * 2_049, get("google-business"), reply=True).fits
    assert measure("é" * 10_000, get("youtube-description"), reply=True).fits


def test_the_count_is_what_the_command_line_prints() -> None:
    assert measure("Bonjour 🎉", get("bluesky")).as_json() == {
        "network": "bluesky",
        "length": 9,
        "limit": 300,
        "unit": "grapheme",
        "fits": True,
        "fold_at": None,
        "limits": [{"unit": "grapheme", "length": 9, "limit": 300}, {"unit": "utf8_bytes", "length": 12, "limit": 3000}],
    }
    assert measure("Bonjour", get("instagram")).as_json()["fold_at"] == 125


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("instagram", "a" * 125, None),
        ("instagram", "a" * 126, 125),
        ("instagram", FAMILY * 126, 125 * len(FAMILY)),
        ("instagram", "a" * 124 + FAMILY + "b", 124 + len(FAMILY)),
        ("x", "a" * 281, None),
        ("x-premium", "a" * 281, 280),
        ("x-premium", "中" * 141, 140),
        ("youtube-description", "é" * 101, 100),
        ("bluesky", "a" * 500, None),
    ],
)
def test_the_fold_falls_between_two_characters_a_person_sees(key: str, text: str, expected: int | None) -> None:
    assert clip_at_fold(text, get(key)) == expected


@given(st.text(), st.sampled_from(list(catalogue().values())))
def test_normalising_and_cleaning_twice_never_changes_a_count(text: str, network: Network) -> None:
    text = clean(text)
    assert length(text, network.unit) == length(unicodedata.normalize("NFD", text), network.unit)
    assert measure(text, network).length >= 0


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_counts_keep_their_order(text: str) -> None:
    """No cluster is shorter than one code point, none of those than one UTF-16 unit, none of those than one byte."""
    units: tuple[Counting, ...] = ("grapheme", "codepoint", "utf16", "utf8_bytes")
    lengths = [length(text, unit) for unit in units]
    assert lengths == sorted(lengths)
    assert lengths[1] <= length(text, "threads") <= lengths[3]


@given(st.lists(st.sampled_from(["Bonjour ", "exemple.fr ", "https://exemple.fr/a ", "🎉 ", "… ", "été "]), max_size=8))
def test_on_x_the_whole_costs_what_its_parts_cost(parts: list[str]) -> None:
    text = "".join(parts)
    assert length(text, "twitter_text_v3") == sum(length(part, "twitter_text_v3") for part in parts)
    assert len(links(text)) == sum("exemple.fr" in part for part in parts)
