"""An address ends its line, a question that lost its mark has it again, hours are set as the brand writes them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.brands.kit import Kit, Line
from assistant.briefs import Brief
from assistant.drafting.builtin.prose import closed, ends_in_address
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

Ask = Callable[..., WriteRequest]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("network", ["x", "facebook", "linkedin"])
def test_no_sentence_runs_on_behind_an_address(ask: Ask, network: str) -> None:
    brief = Brief(
        subject="Deckhand wanted",
        key_points=("We teach you the ropes", "Write to joe@thole.example", "No photo"),
        facts={"contact": "bell@thole.example", "wage": "£13.10 an hour"},
    )
    request = ask(brief, network, "en", variants=2)
    for layout in (request.layout, replace(request.layout, blocks=1.0, blank_lines=0.0, practical_line=0.0)):
        for made in BuiltInWriter().write(replace(request, layout=layout)).compositions:
            for line in made.text.splitlines():
                assert ".example" not in line or line.rstrip().endswith(".example"), made.text


@pytest.mark.parametrize(
    ("text", "address"),
    [("Write to bell@thole.example", True), ("Col’s oldest is 1993", False), ("Back at 1.15", False), ("Ask @joe", True)],
)
def test_an_address_needs_no_stop(text: str, address: bool) -> None:
    assert ends_in_address(text) == address
    assert closed(text) == address


@pytest.mark.parametrize("text", ["tu apportes les chevilles ;-)", "On l’a :)", "Prêt ?", "Fini…"])
def test_an_emoticon_closes_a_sentence_like_a_mark(text: str) -> None:
    assert closed(text)


ASKED: list[tuple[Language, str, str, bool]] = [
    ("en", "question", "why left", True),
    ("en", "poll", "how many are yours", True),
    ("fr", "question", "pourquoi toujours la gauche", True),
    ("fr", "question", "comment vous appelez ça", True),
    ("en", "question", "how to tie it is another matter", False),
    ("en", "tip", "why it splits", False),
    ("fr", "question", "le petit bloc en plastique", False),
]


@pytest.mark.parametrize(("language", "purpose", "typed", "asks"), ASKED, ids=[typed for _, _, typed, _ in ASKED])
def test_a_question_whose_mark_was_not_typed_has_it(ask: Ask, language: Language, purpose: str, typed: str, asks: bool) -> None:
    brief = Brief.model_validate(
        {"subject": "Quatorze gants", "purpose": purpose, "key_points": ("14 gants, tous de la main gauche", typed)}
    )
    made = BuiltInWriter().write(ask(brief, "facebook", language)).compositions[0]
    assert (f"{typed[1:]}?" in made.text.replace("\u202f?", "?")) == asks, made.text


@pytest.mark.parametrize("subject", ["What do you call the last bit of rope", "Quel clou pour quel mur"])
def test_the_subject_of_a_post_that_asks_is_a_question(ask: Ask, subject: str) -> None:
    language: Language = "en" if subject.startswith("What") else "fr"
    brief = Brief(subject=subject, purpose="question", key_points=("Joe dit un domino, Col dit un sucre",))
    made = BuiltInWriter().write(ask(brief, "facebook", language)).compositions[0]
    assert f"{subject}?" in made.text.replace("\u202f?", "?")


def test_hours_are_set_unless_the_brand_writes_them_close(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    brief = Brief(subject="Boîte à outils", key_points=("On répare tout",), facts={"heure": "9h30-12h"})
    made = BuiltInWriter().write(ask(brief, "facebook", kit=kit_with(lines=()))).compositions[0]
    assert "9 h 30–12 h" in plain(made.text)
    close = kit_with(lines=(Line(id="a", text="On ferme à 18h30, la rue aussi.", role="aside", purposes=("thanks",)),))
    assert "9h30-12h" in BuiltInWriter().write(ask(brief, "facebook", kit=close)).compositions[0].text
