"""A fact reads on from its name where the two make a phrase, drops it where it repeats it, and else keeps its colon."""

import pytest

from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.labelling import entry, named

LINES = [
    ("housse", "housse isolante à 6,80 €", "other", "Housse isolante à 6,80 €"),
    ("horaires", "inchangés", "hour", "Horaires inchangés"),
    ("tarif", "inchangé", "other", "Tarif inchangé"),
    ("entrée", "gratuite", "other", "Entrée gratuite"),
    ("inscriptions", "closes", "condition", "Inscriptions : closes"),
    ("réservation", "obligatoire", "condition", "Réservation obligatoire"),
    ("inscription", "au comptoir", "condition", "Inscription au comptoir"),
    ("travaux", "du mardi 16 au vendredi 19 février", "other", "Travaux du mardi 16 au vendredi 19 février"),
    ("parking", "on Ferry Lane", "other", "Parking on Ferry Lane"),
    ("dogs", "welcome", "other", "Dogs welcome"),
]
COLON = [
    ("entrée", "gratuit", "other", "Entrée : gratuit"),
    ("horaires", "inchangé", "hour", "Horaires : inchangé"),
    ("entrées", "gratuite", "other", "Entrées : gratuite"),
    ("conditions", "sur réservation", "condition", "Conditions : sur réservation"),
    ("lieu", "à la Halle", "place", "Lieu : à la Halle"),
    ("date limite", "au 31 mars", "deadline", "Date limite : au 31 mars"),
    ("comment", "par courriel", "other", "Comment : par courriel"),
    ("vrai nom", "au petit bonheur", "other", "Vrai nom : au petit bonheur"),
    ("film", "À bout de souffle", "other", "Film : À bout de souffle"),
    ("caution", "50 € par chèque", "other", "Caution : 50 € par chèque"),
    ("tiroir", "tiroirs 12 et 13", "other", "Tiroir : tiroirs 12 et 13"),
    ("contact", "contact@quai.example", "contact", "Contact : contact@quai.example"),
]


def fact(name: str, value: str, kind: str) -> Fact:
    return Fact(name, value, f"brief.facts.{name}", kind, f"brief.facts.{name}")


@pytest.mark.parametrize(("name", "value", "kind", "line"), LINES + COLON, ids=[line for *_, line in LINES + COLON])
def test_a_name_keeps_its_colon_where_the_two_make_no_phrase(name: str, value: str, kind: str, line: str) -> None:
    assert "".join(piece.text for piece in named(fact(name, value, kind), " : ")) == line


@pytest.mark.parametrize(
    ("name", "value", "inside", "first"),
    [
        ("inscription", "au comptoir ou à bonjour@quai.example", "inscription au comptoir ou à bonjour@quai.example", "Inscription au"),
        ("Inscription", "par téléphone", "inscription par téléphone", "Inscription par téléphone"),
        ("booking", "at the counter", "booking at the counter", "Booking at the counter"),
        ("places", "douze places", "douze places", "Douze places"),
        ("conditions", "sur réservation", "sur réservation", "Sur réservation"),
        ("inscription", "obligatoire", "obligatoire", "Obligatoire"),
    ],
)
def test_inside_the_practical_line_a_condition_that_says_only_where_keeps_its_name(name: str, value: str, inside: str, first: str) -> None:
    one = fact(name, value, "condition")
    assert "".join(piece.text for piece in entry(one, first=False)) == inside
    assert "".join(piece.text for piece in entry(one, first=True)).startswith(first)
