"""A name of the kit is set in the kit's spelling where the words are the same; another word, a quoted link or a bird stays."""

import pytest

from assistant.brands.kit import Kit, Term, Terms
from assistant.drafting.builtin.naming import as_the_kit_writes

MUST = ("Boîte à sauver", "Heure du trou", "tiroir du jeudi", "Prêterie", "Bell Hatch", "Turnstone", "Ropework Saturday")
KIT = Kit(
    slug="valbrune",
    name="Valbrune",
    languages=("fr", "en"),
    terms=Terms(must=(*(Term(term=term) for term in MUST), Term(term="Marram Staithe", instead_of=("Marram Jetty",)))),
)
SET = {
    "boite à sauver de décembre": "Boîte à sauver de décembre",
    "La Boite a sauver revient": "La Boîte à sauver revient",
    "L’heure du trou est à 18 h": "L’Heure du trou est à 18 h",
    "la preterie ferme": "la Prêterie ferme",
    "bell hatch shut 2 weekends": "Bell Hatch shut 2 weekends",
    "Bell hatch, and bell-hatch": "Bell Hatch, and Bell Hatch",
    "Le Tiroir Du Jeudi": "Le tiroir du jeudi",
}
KEPT = (
    "Tiroir du jeudi : un piton",
    "BELL HATCH IS SHUT",
    "A turnstone on the slip",
    "Coffee on Marram Jetty",
    "valbrune.example/boite-a-sauver",
    "#BoiteASauver",
    "Une boîte, à sauver du feu",
    "Boîte à sauver",
)


@pytest.mark.parametrize(("typed", "wanted"), SET.items(), ids=SET)
def test_the_kits_spelling_is_set(typed: str, wanted: str) -> None:
    assert as_the_kit_writes(typed, KIT) == wanted


@pytest.mark.parametrize("typed", KEPT)
def test_what_may_mean_something_else_stays_as_typed(typed: str) -> None:
    assert as_the_kit_writes(typed, KIT) == typed
