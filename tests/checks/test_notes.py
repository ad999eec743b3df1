"""Notes written out: what is proposed in their place, and what is left because only the person knows, or because it is the brand's."""

import pytest

from assistant.checks.notes import written_out
from assistant.messages import Language

CASES: list[tuple[Language, str, str]] = [
    ("fr", "On cherche qq un pour apprendre avec Idriss", "On cherche quelqu’un pour apprendre avec Idriss"),
    ("fr", "dernier depot mardi 22 pour avoir ca avant le 25", "dernier dépôt mardi 22 pour avoir ça avant le 25"),
    ("fr", "Idriss et Maud s'y mettent a deux", "Idriss et Maud s'y mettent à deux"),
    ("fr", "les joints bougent pas, toujours 40 cts", "les joints bougent pas, toujours 40 centimes"),
    ("fr", "Derniere de l’année, couper à l’interieur", "Dernière de l’année, couper à l’intérieur"),
    ("fr", "apportez vos guirlandes elec", "apportez vos guirlandes elec"),
    ("fr", "1,90 € le mètre -> 2,20 €", "1,90 € le mètre -> 2,20 €"),
    ("fr", "Le 2027-02-04, puis le 2027-03-01", "Le 4 février 2027, puis le 1er mars 2027"),
    ("fr", "grace a vous, face a la mairie", "grâce à vous, face à la mairie"),
    ("fr", "jusqu'a samedi, prix a partir de 4 €", "jusqu'à samedi, prix à partir de 4 €"),
    ("fr", "max 5 lames / pers.", "max 5 lames par personne"),
    ("fr", "5 lames / pers. Dépôt mardi", "5 lames par personne. Dépôt mardi"),
    ("fr", "Ne mets pas de noms stp.", "Ne mets pas de noms s’il te plaît."),
    ("fr", "La boite a un couvercle, les echanges aussi, vu l'age", "La boîte a un couvercle, les échanges aussi, vu l'âge"),
    ("fr", "On repare ce qu'on a repare, par telephone", "On répare ce qu'on a réparé, par téléphone"),
    ("en", "On 2027-02-04", "On 4 February 2027"),
    ("en", "wkends only anyway bc refit", "weekends only anyway because refit"),
    ("en", "sat 16 + sun 17 jan", "Saturday 16 and Sunday 17 January"),
    ("en", "shut 2 wkends jan", "shut 2 weekends January"),
    ("en", "open tues-sat", "open Tues–Sat"),
    ("en", "Dont stand it up, it gets a curl you wont get out", "Don’t stand it up, it gets a curl you won’t get out"),
    ("en", "Last yr we sold 34, 11 havent been used", "Last year we sold 34, 11 haven’t been used"),
    ("en", "From 8 jan, cut in september", "From 8 January, cut in September"),
    ("en", "Win said “dont, bc why” & left", "Win said “dont, bc why” and left"),
]


HAS = [
    "La boulangerie d’en face a apporté les croissants",
    "L’équipe qui arrive a repeint le mur",
    "Celui qui reste a fermé",
    "Celui d’en face a un chien",
    "La grâce a ses limites",
    "Sa face a la couleur du cuivre",
    "La suite a déçu, Idriss a la clé",
    "Ceux qu’on voit venir a deux kilomètres",
    "Tout ce qui commence a du bon",
    "L’apprenti mis a deux mains sur l’enclume",
    "Maud aide a midi, Samir invite a la maison",
    "Le chien de Maud boite, il est age de douze ans",
    "Les lots ont été echanges",
    "Idriss prepare tout, il a telephone",
]
"""« a » is the verb here, or nobody can tell: a wrong proposal costs more than a missing one."""


@pytest.mark.parametrize("typed", HAS)
def test_a_verb_is_never_taken_for_a_preposition(typed: str) -> None:
    assert written_out(typed, "fr") == typed


@pytest.mark.parametrize(("language", "typed", "wanted"), CASES, ids=[typed for _, typed, _ in CASES])
def test_notes_are_written_out_where_their_word_is_certain(language: Language, typed: str, wanted: str) -> None:
    assert written_out(typed, language) == wanted
    assert written_out(wanted, language) == wanted


def test_what_the_brand_itself_writes_is_its_voice() -> None:
    assert written_out("Prenez rdv, bcp de monde", "fr", ["Le rdv du jeudi"]) == "Prenez rdv, beaucoup de monde"
