"""A changed fact is found however it is typeset, replaced once and whole, and never inside another value."""

import pytest

from assistant.drafting.correcting import Changed, changed, corrected, left_over, stated
from assistant.drafts import Piece

DAY = Changed("date", "samedi 28 novembre 2026", "vendredi 27 novembre 2026")


def put_right(text: str, *changes: Changed) -> str:
    made = corrected(text, (Piece(text, "model"),), changes, lambda value: value)
    assert "".join(piece.text for piece in made.pieces) == made.text
    return made.text


@pytest.mark.parametrize(
    ("text", "change", "wanted"),
    [
        ("On ouvre samedi 28\u00a0novembre 2026.", DAY, "On ouvre vendredi 27 novembre 2026."),
        ("Samedi 28 novembre 2026, 10 h.", DAY, "Vendredi 27 novembre 2026, 10 h."),
        ("12\u00a0€, puis 12€.", Changed("prix", "12 €", "14 €"), "14 €, puis 14 €."),
        ("De 10\u202fh–11\u202fh.", Changed("heure", "10h-11h", "11 h–12 h"), "De 11 h–12 h."),
        ("À l’Abattoir.", Changed("lieu", "l'Abattoir", "la Halle"), "À la Halle."),
        ("Voir https://a.example/b", Changed("link", "https://a.example/b", "https://a.example/c"), "Voir https://a.example/c"),
    ],
)
def test_the_stated_value_is_replaced_however_it_is_typeset(text: str, change: Changed, wanted: str) -> None:
    assert stated(text, [change])
    assert put_right(text, change) == wanted


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("À 18 h 30.", Changed("heure", "18 h", "19 h")),
        ("1 200 € en tout.", Changed("prix", "200 €", "300 €")),
        ("112 € en tout.", Changed("prix", "12 €", "14 €")),
        ("12,50 € pièce.", Changed("prix", "12", "14")),
        ("On ouvre à la Halle aux grains.", Changed("lieu", "la Halle", "la Halle aux grains")),
    ],
)
def test_a_part_of_another_value_is_left_alone(text: str, change: Changed) -> None:
    assert stated(text, [change]) == ()
    assert put_right(text, change) == text


def test_values_that_change_places_are_not_taken_for_one_another() -> None:
    first, second = Changed("adulte", "12 €", "8 €"), Changed("enfant", "8 €", "12 €")
    assert put_right("Adulte 12 €, enfant 8 €.", first, second) == "Adulte 8 €, enfant 12 €."


def test_a_bare_number_is_found_and_left_to_a_person() -> None:
    few = Changed("places", "3", "4")
    assert stated("Trois murs, 3 places, 3 cafés.", [few]) == (few,)
    assert put_right("Trois murs, 3 places, 3 cafés.", few) == "Trois murs, 3 places, 3 cafés."


def test_what_the_text_still_says_of_the_old_value_is_named() -> None:
    text = put_right("Samedi, on perce. Samedi 28 novembre 2026, 12 €.", DAY)
    assert text == "Samedi, on perce. Vendredi 27 novembre 2026, 12 €."
    assert left_over(text, [DAY]) == ("samedi",)


def test_a_fact_that_came_or_went_corrects_nothing() -> None:
    assert changed({"prix": "12 €", "date": "jeudi"}, {"prix": "12 €", "lieu": "la cour"}) == ()
    assert changed({"prix": "12 €"}, {"prix": "14 €"}) == (Changed("prix", "12 €", "14 €"),)
