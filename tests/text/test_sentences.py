"""Where sentences end, in French and in English."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import sentence_spans, sentences

ABBREVIATED = ["M. ", "Mme ", "Dr. ", "etc. ", "p. 12", "J. K. ", "A.", "1. ", "c.-à-d. ", "a.m. ", "(ex.) "]
MARKED = ["3.50 €", "18h30. ", "« Oui ! » ", '"Hi." ', ". ", "! ", "… ", "?\n", "\n\n", " ", "\u00a0", "🎉", "https://exemple.fr/a.b?c=1 "]
PIECES = st.sampled_from([*ABBREVIATED, *MARKED, "Oui", "non", "#Tag "])


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)))
def test_spans_lie_inside_the_text_in_order_and_lose_nothing_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert sentences(text) == [text[start:end] for start, end in spans]


@given(
    st.lists(
        st.sampled_from(["Le pain est cuit.", "On ouvre à neuf heures !", "Qui vient ?", "Enfin…", "It is ready."]), min_size=1, max_size=6
    )
)
def test_plain_sentences_come_back_one_by_one(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts
    assert sentences("\n".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "M. Dupont et Mme Martin arrivent à 18 h 30",
        "Dr. Smith met J. K. Rowling",
        "Une idée de J.-P. Morel",
        "Rendez-vous au 12, av. Jean Jaurès",
        "Voir p. 12 et art. 5 du règlement",
        "On vend des légumes, des fruits, etc. (12 € le panier)",
        "Le 12 janv. 2026 à Lyon",
        "Il reste 3.50 € à payer",
        "Tout est sur https://exemple.fr/page.html?a=1.5 dès ce soir",
        "Doors open at 6 p.m. Saturday",
        "e.g. London or Leeds",
        "En 52 av. J.-C. Vercingétorix est chef",
        "1. Ouvrir la boîte",
        "Il dit « non ! » et s’en va",
        "Version 2.0 et rien d’autre",
        "The U.S. Army band",
        "C’est prêt ! 🎉",
        "Bravo à tous !!! 👏👏",
        "Vous venez ?!",
        "Vs. the world",
    ],
)
def test_no_sentence_ends_inside(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Ça marche ? » Oui. « Non ! » dit-il.", ["« Ça marche ? »", "Oui.", "« Non ! » dit-il."]),
        ("«\u00a0Ça marche\u202f?\u00a0» Oui\u202f!", ["«\u00a0Ça marche\u202f?\u00a0»", "Oui\u202f!"]),
        ('He said "Hi." Then he left.', ['He said "Hi."', "Then he left."]),
        ("Et puis… Rien.", ["Et puis…", "Rien."]),
        ("Attendez... Voilà.", ["Attendez...", "Voilà."]),
        ("Pains, brioches, etc. Venez !", ["Pains, brioches, etc.", "Venez !"]),
        ("On ouvre à 18h30. Entrée libre.", ["On ouvre à 18h30.", "Entrée libre."]),
        ("Prix : 5 €. 10 places.", ["Prix : 5 €.", "10 places."]),
        ("Tout est sur exemple.fr. À demain.", ["Tout est sur exemple.fr.", "À demain."]),
        ("It starts at 7 p.m. Come early.", ["It starts at 7 p.m.", "Come early."]),
        ("Oui.\nM. Dupont\n\nFin", ["Oui.", "M. Dupont", "Fin"]),
        ("1. Ouvrir. 2. Fermer.", ["1. Ouvrir.", "2. Fermer."]),
        ("Fini ! 👉 Inscrivez-vous.", ["Fini !", "👉 Inscrivez-vous."]),
        ("Une fin\n🎉", ["Une fin", "🎉"]),
        ("Merci ! #Lyon", ["Merci !", "#Lyon"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says_so(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
