"""Words, hashtags, mentions and emoji."""

import time
from itertools import pairwise

import emoji
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import emoji_spans, emojis, first_line, fold, hashtags, mentions, sentences, windows, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#Lyon et #ÉtéÀParis", ["#Lyon", "#ÉtéÀParis"]),
        ("#2026 #1 #_ mais #2026EnFête", ["#2026EnFête"]),
        ("#l’été #aujourd'hui", ["#l", "#aujourd"]),
        ("#rendez-vous", ["#rendez"]),
        ("#fête_de_la_rue2", ["#fête_de_la_rue2"]),
        ("mot#collé &#39; ##double", []),
        ("(#entre) «#guillemets» #fin.", ["#entre", "#guillemets", "#fin"]),
        ("https://exemple.fr/#ancre https://exemple.fr?x#y exemple.fr/#z", []),
        ("＃全角 #日本語", ["＃全角", "#日本語"]),
        ("1️⃣ #️⃣", []),
    ],
)
def test_a_hashtag_is_letters_digits_and_underscores_but_not_only_digits(text: str, expected: list[str]) -> None:
    assert hashtags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci @lea.photo et @samir_b.", ["@lea.photo", "@samir_b"]),
        ("Avec @lea@piaille.fr !", ["@lea@piaille.fr"]),
        ("@atelier.bsky.social", ["@atelier.bsky.social"]),
        ("Écrivez à bonjour@exemple.fr", []),
        ("https://mastodon.example/@lea https://exemple.fr/a?b=@x", []),
        ("@@double @ seul", []),
        ("(@lea), «@samir»", ["@lea", "@samir"]),
    ],
)
def test_a_mention_is_a_handle_but_no_address(text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bravo 🎉🎉 !", ["🎉", "🎉"]),
        ("👨‍👩‍👧‍👦 🇫🇷 👍🏽 1️⃣ ❤️", ["👨‍👩‍👧‍👦", "🇫🇷", "👍🏽", "1️⃣", "❤️"]),
        ("© 2026 Marque® ™ ‼ ↔", []),
        ("©️ ™️", ["©️", "™️"]),
        ("⚡\ufe0f et ☝\ufe0f🏽 et 🏳\u200d🌈", ["⚡\ufe0f", "☝\ufe0f🏽", "🏳\u200d🌈"]),
        ("Texte 123 # * …", []),
        ("❤\ufe0e", []),
    ],
)
def test_emoji_are_what_people_see_as_such(text: str, expected: list[str]) -> None:
    assert emojis(text) == expected


def test_every_emoji_of_unicode_is_found_whole() -> None:
    broken = [known for known in emoji.EMOJI_DATA if emoji_spans(f"a{known}b") != [(1, 1 + len(known))]]
    assert broken == []


@given(st.text(st.sampled_from([*"ab #1\u200d\ufe0f\u20e3👩🐱🏽❤🇫🇷©"]), max_size=20))
def test_emoji_spans_do_not_overlap(text: str) -> None:
    spans = emoji_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’été à 18 h 30 !", ["L’été", "à", "18", "h", "30"]),
        ("aujourd'hui, rendez-vous", ["aujourd'hui", "rendez-vous"]),
        ("1\u202f000,50 €", ["1\u202f000,50"]),
        ("", []),
    ],
)
def test_words_keep_what_belongs_together(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("L’Été", "l'ete"), ("CŒUR", "coeur"), ("5\u00a0€", "5 €"), ("rendez\u2011vous", "rendez-vous"), ("Straße", "strasse")],
)
def test_folding_makes_typographic_variants_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_first_line_holds_something() -> None:
    assert first_line("\n  \n Bonjour \nfin") == "Bonjour"
    assert first_line("  \n") == ""


def test_windows_are_every_run_of_neighbours() -> None:
    assert list(windows(["a", "b", "c"], 2)) == [("a", "b"), ("b", "c")]
    assert list(windows(["a"], 2)) == []


@pytest.mark.parametrize(
    "text", ["." * 20_000, "a. " * 7_000, "M. " * 7_000, "« ! » " * 4_000, " " * 20_000 + "x", "@" * 20_000, "a@" * 10_000, "\n" * 20_000]
)
def test_hostile_texts_take_no_more_time_than_others(text: str) -> None:
    start = time.process_time()
    sentences(text)
    mentions(text)
    hashtags(text)
    words(text)
    assert time.process_time() - start < 5
