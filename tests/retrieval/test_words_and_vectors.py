"""What the built-in search makes of a text: words, stems, BM25 scores, vectors."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.lexical import Lexicon, best_rows
from assistant.retrieval.tokens import stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’été, c’est fini !", ["ete", "fini"]),
        ("qu'est-ce que la réparation des vélos", ["repar", "velo"]),
        ("The repairs of bicycles", ["repair", "bicycl"]),
        ("#AtelierVélo", ["ateliervelo", "ateli", "velo"]),
        ("24cm, 14 €", ["24cm", "24", "cm", "14"]),
        ("", []),
        ("👩🏽‍🔧 … !", []),
        ("e\u0301te\u0301", ["ete"]),
        ("Œuvre", ["oeuvr"]),
        ("Le thé, the tea", ["the", "tea"]),
        ("dès l’été", ["des", "ete"]),
        ("but the car", ["but", "car"]),
    ],
)
def test_a_text_is_read_as_these_words(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "family",
    [
        ("reparer", "repare", "reparez", "reparation", "reparations"),
        ("velo", "velos"),
        ("journal", "journaux"),
        ("grand", "grande", "grandes", "grands"),
        ("printed", "prints", "printing", "print"),
        ("story", "stories"),
    ],
)
def test_forms_of_a_word_meet(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("communication", "communaute"), ("bus", "bu"), ("pays", "payer"), ("internet", "international")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_text_that_holds_the_words_scores_and_the_others_do_not() -> None:
    lexicon = Lexicon(["la bourse aux vélos", "un atelier", "", "vélo, vélo, encore vélo"])
    scores = lexicon.scores("vélos d'occasion")
    assert scores[1] == scores[2] == 0
    assert scores[3] > scores[0] > 0
    assert lexicon.known("vélos d'occasion") == ["velo"]


@pytest.mark.parametrize("texts", [[], [""], ["…", "!"]])
def test_texts_without_words_score_nothing(texts: list[str]) -> None:
    assert Lexicon(texts).scores("vélo").tolist() == [0] * len(texts)


def test_best_rows_come_in_order_and_without_zeros() -> None:
    scores = np.array([0, 3, 1, 3, 2, 0], dtype=np.float32)
    assert best_rows(scores, 10).tolist() == [1, 3, 4, 2]
    assert best_rows(scores, 2).tolist() == [1, 3]
    assert best_rows(np.empty(0, dtype=np.float32), 5).tolist() == []


def test_texts_that_share_words_or_parts_of_words_lie_closer() -> None:
    embedder = BuiltInEmbedder()
    one, same_words, same_roots, other = embedder.embed(
        ["atelier de réparation", "Réparation, en ATELIER", "les réparateurs", "petit déjeuner au chocolat"]
    )
    assert one @ same_words == pytest.approx(1, abs=1e-5)
    assert 0.99 > one @ same_roots > one @ other + 0.1


@given(st.lists(st.text(max_size=80), max_size=5))
def test_every_vector_is_of_length_one_or_zero(texts: list[str]) -> None:
    vectors = BuiltInEmbedder(64).embed(texts)
    assert vectors.shape == (len(texts), 64)
    assert vectors.dtype == np.float32
    norms = np.linalg.norm(vectors, axis=1)
    assert np.all(np.isclose(norms, 1, atol=1e-4) | (norms == 0))


def test_a_vector_does_not_depend_on_its_company() -> None:
    embedder = BuiltInEmbedder()
    alone, together = embedder.embed(["atelier vélo"]), embedder.embed(["sacoche", "atelier vélo", ""])
    assert np.array_equal(alone[0], together[1])


def test_two_ways_to_write_an_accent_are_one() -> None:
    composed, decomposed = BuiltInEmbedder().embed(["Bourse aux v\u00e9los d'\u00e9t\u00e9", "Bourse aux ve\u0301los d'e\u0301te\u0301"])
    assert np.array_equal(composed, decomposed)


def test_vectors_are_the_same_in_every_process() -> None:
    code = "from assistant.retrieval.embedding import BuiltInEmbedder; print(BuiltInEmbedder().embed(['Réparer un vélo']).tobytes().hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert done.stdout.strip() == BuiltInEmbedder().embed(["Réparer un vélo"]).tobytes().hex()
