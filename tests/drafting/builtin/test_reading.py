"""The five questions on two hundred labelled units, a hundred a language; a wrong answer is harmless, many are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.drafting.builtin.reading import Reading, read
from assistant.drafting.builtin.units import unit
from assistant.messages import Language

HERE = Path(__file__).parent
QUESTIONS: dict[str, Callable[[Reading], bool]] = {
    "B": lambda r: r.leans_back,
    "S": lambda r: r.lacks_subject,
    "L": lambda r: r.bare_list,
    "A": lambda r: r.administrative,
    "Q": lambda r: r.quotation,
    "?": lambda r: r.question,
}
LEAST = 0.93
"""Share of right answers to each question, in each language; `docs/built-in-writer.md` states what is measured."""


def labelled(language: str) -> list[tuple[str, str]]:
    lines = (HERE / f"units_{language}.txt").read_text("utf8").splitlines()
    return [(label.strip(), text.strip()) for label, text in (line.split("|", 1) for line in lines if line and not line.startswith("#"))]


def answers(reading: Reading) -> str:
    return "".join(name for name, question in QUESTIONS.items() if question(reading)) or "-"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_there_are_a_hundred_units(language: Language) -> None:
    assert len(labelled(language)) == 100
    assert len({text for _, text in labelled(language)}) == 100


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_each_question_is_mostly_answered_right(language: Language, question: str) -> None:
    wrong = [text for label, text in labelled(language) if QUESTIONS[question](read(text, language)) != (question in label)]
    assert len(wrong) <= (1 - LEAST) * 100, wrong


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nearly_no_unit_opens_that_should_not(language: Language) -> None:
    """The answers that matter most: what leans back, lacks its subject, lists or states terms is kept from the front."""
    slipped = [
        text for label, text in labelled(language) if set(label) & set("BSLA") and unit(text, "brief.key_points[0]", language).may_open
    ]
    assert len(slipped) <= 5, slipped


@pytest.mark.parametrize("language", ["fr", "en"])
def test_most_plain_units_may_open(language: Language) -> None:
    plain = [text for label, text in labelled(language) if label == "-"]
    shut = [text for text in plain if not unit(text, "brief.key_points[0]", language).may_open]
    assert len(shut) <= 0.1 * len(plain), shut


@pytest.mark.parametrize(
    ("language", "text", "back", "lacks"),
    [
        ("fr", "On a regardé. La vis, on l'a. Tiroir 214", True, False),
        ("fr", "On a essayé, deux fois", True, False),
        ("fr", "On a regardé le mur", False, False),
        ("fr", "gratuit on paye que la pièce", False, False),
        ("fr", "gratuit pour les enfants", False, True),
        ("fr", "Dernière de l'année", False, True),
        ("fr", "Dernier dépôt mardi 22", False, False),
        ("fr", "c'est gratuit, on ne paie que la pièce", False, False),
        ("en", "14 single gloves since 1 nov, all left hands bar one", False, False),
        ("en", "Nobody has paid for another", True, False),
        ("en", "2nd one Kezia gave 55 mins", True, False),
        ("en", "Last of the year", False, True),
        ("en", "We looked. It was there", True, False),
        ("en", "We looked at the rope", False, False),
        ("en", "Win's dad did it in 1962", True, False),
        ("en", "It's free, coats advised", False, False),
        ("fr", "23 dépassaient le seuil, dont 19 de beaucoup", True, False),
        ("fr", "14 n'ont besoin que d'un séchage", True, False),
        ("fr", "Deux vis sont tombées", False, False),
        ("fr", "2026 commence bien", False, False),
        ("en", "Twelve were late", True, False),
        ("en", "Twelve people were late", False, False),
    ],
)
def test_what_leans_on_the_unit_before_it_and_what_lacks_its_subject(language: Language, text: str, back: bool, lacks: bool) -> None:
    reading = read(text, language)
    assert (reading.leans_back, reading.lacks_subject) == (back, lacks)
