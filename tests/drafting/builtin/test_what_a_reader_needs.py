"""A post that sells or brings people asks where, an offer asks until when: once each, three questions at most, rich brief or thin."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.brands.kit import Fact, Kit
from assistant.briefs import Brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

Ask = Callable[..., WriteRequest]
RICH = ("£98, same as 31 crossings", "Comes as a brass tag this year, Joe put two through the wash", "Nobody has lost one yet")
RICHE = ("3 couteaux affûtés, 12 € au lieu de 15", "Idriss et Maud s'y mettent à deux", "On a perdu une meule en mars")
CASES: list[tuple[Language, dict[str, Any], set[str]]] = [
    ("en", {"objective": "sales", "key_points": RICH}, {"where"}),
    ("en", {"objective": "sales", "key_points": RICH, "link": "https://thole.example/tags"}, set()),
    ("en", {"objective": "sales", "key_points": (*RICH, "Ask at the ticket window")}, set()),
    ("en", {"objective": "traffic", "key_points": (*RICH, "Ring 01632 960233")}, set()),
    ("en", {"objective": "image", "key_points": RICH}, set()),
    ("en", {"purpose": "promotion", "key_points": RICH}, {"price.until"}),
    ("en", {"purpose": "promotion", "key_points": RICH, "facts": {"deadline": "31 January"}}, set()),
    ("fr", {"purpose": "promotion", "objective": "sales", "key_points": RICHE}, {"where", "price.until"}),
    ("fr", {"purpose": "promotion", "key_points": RICHE, "facts": {"date": "du mardi 1er au mardi 22 décembre 2026"}}, set()),
    ("fr", {"purpose": "promotion", "key_points": (*RICHE, "Jusqu'à samedi")}, set()),
    ("fr", {"objective": "traffic", "key_points": RICHE, "facts": {"lieu": "Autun"}}, set()),
    ("fr", {"objective": "traffic", "key_points": (*RICHE, "Au 14 rue des Taillandiers")}, set()),
    ("fr", {"objective": "sales", "key_points": RICHE, "answers": {"where": "Au comptoir"}}, set()),
]


@pytest.mark.parametrize(("language", "fields", "wanted"), CASES)
def test_what_a_reader_could_not_act_without_is_asked(ask: Ask, language: Language, fields: dict[str, Any], wanted: set[str]) -> None:
    brief = Brief.model_validate({"subject": "Season tickets" if language == "en" else "Affûtage", **fields})
    written = BuiltInWriter().write(ask(brief, "facebook", language, variants=1))
    assert {q.id for q in written.questions} == wanted


def test_a_brand_whose_kit_says_where_it_is_is_not_asked_where(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    brief = Brief(subject="Affûtage", objective="sales", key_points=RICHE)
    for until, wanted in ((None, set()), (date(2026, 11, 1), {"where"})):
        kit = kit_with(facts=(Fact(id="address", name="Adresse", value="14 rue des Taillandiers", kind="place", valid_until=until),))
        assert {q.id for q in BuiltInWriter().write(ask(brief, "facebook", kit=kit, variants=1)).questions} == wanted


def test_a_thin_offer_is_asked_three_questions_at_most_the_needed_ones_first(ask: Ask) -> None:
    brief = Brief(subject="Affûtage", purpose="promotion", objective="sales", key_points=("qualité",))
    asked = [q.id for q in BuiltInWriter().write(ask(brief, "facebook")).questions]
    assert asked[:2] == ["where", "price.until"]
    assert len(asked) == 3
