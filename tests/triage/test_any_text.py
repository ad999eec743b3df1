"""Whatever somebody typed: nothing raises, the same text gives the same answer, reasons quote it, and long ones take no age."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.assessments import KINDS
from assistant.messages import LANGUAGES, render
from assistant.text import clean
from assistant.triage import triage

PIECES = (
    "merci nul pas jamais bravo ! ? … , . 😡 😍 \u202e @lea #top je vais te tuer de rire not bad late 3 MP 06 12 34 56 78 €19 p*te j' ’ -"
)
WORDS = st.sampled_from(PIECES.split())
TEXTS = st.text(max_size=300) | st.lists(WORDS, max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=st.sampled_from(("fr", "en", "de")))
@example(text="\ud800\u202e\x00", language="fr")
@example(text="<script>alert(1)</script> ![x](http://a.example/b.png) {nom} $passage %s", language="fr")
def test_any_text_gets_an_answer_whose_reasons_quote_it(text: str, language: str) -> None:
    found = triage(text, language)
    assert found == triage(text, language)
    assert found.kind in KINDS
    assert found.severity in (1, 2, 3, 4)
    assert found.reasons
    for reason in found.reasons:
        assert str(reason.values["passage"]) in clean(text)
        assert all(render(reason, tongue) for tongue in LANGUAGES)


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "nul ! " * 4_000, "p*" * 10_000, "06 " * 7_000, "!?" * 10_000, "je vais te " * 2_000, "😡" * 20_000, "@a" * 9_000],
)
def test_twenty_thousand_characters_are_read_in_good_time(text: str) -> None:
    began = time.process_time()
    triage(text)
    assert time.process_time() - began < 2


def test_what_stands_at_the_end_of_a_long_comment_counts() -> None:
    assert triage("Belle vitrine. " * 1_300 + "Je vais te tuer.").severity == 4


def test_a_turned_round_text_is_read_as_it_is_meant() -> None:
    assert triage("je vais \u202ete\u202c tuer").severity == 4
    assert triage("je v\u200bais te t\u00aduer").severity == 4
