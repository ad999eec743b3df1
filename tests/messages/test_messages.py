"""Every sentence exists in both languages, says the same things, and is asked for by an id that exists."""

import ast
import re
from decimal import Decimal
from pathlib import Path
from string import Template

import pytest

from assistant.messages import LANGUAGES, Message, catalogue, render, text

PACKAGE = Path(__file__).parents[2] / "assistant"


def sentences(entry: object) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [str(entry)]


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_a_sentence_holds_the_same_values_in_both_languages(id: str) -> None:
    entry = catalogue()[id]
    held = [set().union(*(Template(one).get_identifiers() for one in sentences(entry[language]))) for language in LANGUAGES]
    assert held[0] == held[1], f"{id}: {held}"


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_french_is_set_as_french(id: str) -> None:
    for sentence in sentences(catalogue()[id]["fr"]):
        slips = re.findall(r" [;:!?»](?!\S*//)|« |\w'\w", sentence)
        assert not slips, f"{id}: {slips} in {sentence}"


def test_a_count_chooses_the_form_as_each_language_does() -> None:
    assert "1 post importé" in text("kits.onboarded", "fr", brand="x", count=1)
    assert "0 post importé" in text("kits.onboarded", "fr", brand="x", count=0)
    assert "0 posts imported" in text("kits.onboarded", "en", brand="x", count=0)


def test_a_value_that_looks_like_a_placeholder_is_not_expanded() -> None:
    said = render(Message("brand.unknown", {"brand": "$known {known} %s", "known": ["a"]}), "en")
    assert "$known {known} %s" in said


def test_a_missing_value_is_an_error_and_not_a_hole_in_the_sentence() -> None:
    with pytest.raises(KeyError):
        text("brand.unknown", "fr", brand="x")


def test_every_id_that_the_code_asks_for_exists() -> None:
    """Ids written out in the code; those that are put together are covered by the tests of their area."""
    asked: dict[str, str] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                asks = name in ("say", "sentence", "Message", "text") or name.endswith(("Error", "NotFound", "NotAllowed", "StaleVersion"))
                if asks and re.fullmatch(r"[a-z_]+(\.[a-zA-Z0-9_-]+)+", node.args[0].value):
                    asked[node.args[0].value] = f"{file.name}:{node.lineno}"
    missing = {id: where for id, where in asked.items() if id not in catalogue() and not id.endswith(".yaml")}
    assert not missing


def test_a_decimal_number_is_written_as_each_language_does() -> None:
    values = {"cost": Decimal("0.25"), "currency": "EUR"}
    assert (text("usage.money", "fr", **values), text("usage.money", "en", **values)) == ("0,25 EUR", "0.25 EUR")
