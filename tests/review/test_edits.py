from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import Draft, Piece, Provenance
from assistant.errors import InputError
from assistant.review.edits import edited
from assistant.text import clean

Make = Callable[..., Draft]


@pytest.fixture(scope="session")
def pieced(make_draft: Make) -> Callable[..., Draft]:
    def make(*pieces: tuple[str, str]) -> Draft:
        provenance = Provenance("built-in", 0, "k", "b", tuple(Piece(*piece) for piece in pieces))
        return make_draft(text="".join(text for text, _ in pieces), provenance=provenance)

    return make


def sources(draft: Draft) -> list[tuple[str, str]]:
    return [(piece.text, piece.source) for piece in draft.provenance.pieces]


def test_what_is_not_given_stays(make_draft: Make) -> None:
    draft = make_draft(first_comment="#pain", alt_text="Un four", parts=("a", "b"))
    assert edited(draft) == draft
    assert edited(draft, text=draft.text, first_comment="#pain") == draft


def test_a_field_can_be_emptied_but_the_text_cannot(make_draft: Make) -> None:
    draft = make_draft(first_comment="#pain", alt_text="Un four")
    assert edited(draft, first_comment="", alt_text="") == replace(draft, first_comment="", alt_text="")
    with pytest.raises(InputError) as caught:
        edited(draft, text=" \u200b\n")
    assert caught.value.id == "review.no_text"


def test_a_new_text_takes_the_old_parts_away_unless_new_ones_come(make_draft: Make) -> None:
    draft = make_draft(parts=("Le four", "est chaud."))
    assert edited(draft, text="Autre").parts == ()
    assert edited(draft, text="Autre", parts=("Au", " ", "tre")).parts == ("Au", "tre")
    assert edited(draft, alt_text="Un four").parts == draft.parts


def test_hidden_characters_do_not_come_in_with_an_edit(make_draft: Make) -> None:
    assert edited(make_draft(), text="Le\u202e four\u200b e\u0301teint ").text == "Le four éteint"


def test_a_changed_word_is_the_person_s_and_the_rest_keeps_its_source(pieced: Make) -> None:
    draft = pieced(("Le four est chaud", "brief.first_words"), (". ", "joint"), ("À demain", "kit.lines.bye"))
    assert sources(edited(draft, text="Le four est tiède. À demain")) == [
        ("Le four est ", "brief.first_words"),
        ("tiède", "person"),
        (". ", "joint"),
        ("À demain", "kit.lines.bye"),
    ]


def test_a_cut_leaves_only_what_remains(pieced: Make) -> None:
    draft = pieced(("Pain", "brief.subject"), (" et ", "joint"), ("brioche", "brief.key_points[0]"))
    assert sources(edited(draft, text="Pain")) == [("Pain", "brief.subject")]


def test_a_text_whose_pieces_do_not_add_up_becomes_the_person_s(make_draft: Make) -> None:
    draft = make_draft(provenance=Provenance("built-in", 0, "k", "b", (Piece("autre chose", "brief.subject"),)))
    assert sources(edited(draft, text="Nouveau")) == [("Nouveau", "person")]


@given(st.lists(st.text("ab \n", min_size=1, max_size=4), min_size=1, max_size=5), st.text("ab \n", max_size=15))
def test_the_pieces_always_make_the_text(pieced: Make, runs: list[str], text: str) -> None:
    draft = pieced(*((run, f"brief.key_points[{number}]") for number, run in enumerate(runs)))
    if not clean(text):
        return
    after = edited(draft, text=text)
    assert "".join(piece.text for piece in after.provenance.pieces) == after.text == clean(text)
    assert all(piece.text for piece in after.provenance.pieces)
