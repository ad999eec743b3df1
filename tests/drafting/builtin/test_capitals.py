"""A sentence inside a unit starts with a capital; what only looks like a sentence start stays as typed."""

import pytest

from assistant.drafting.builtin.capitals import sentences_raised
from assistant.drafting.builtin.units import unit

RAISED = {
    "On a regardé. la vis, on l’a. tiroir 214": "On a regardé. La vis, on l’a. Tiroir 214",
    "pas de nuit. pas d’ouverture de porte": "pas de nuit. Pas d’ouverture de porte",
    "C’est gratuit ! on ne paie que la pièce": "C’est gratuit ! On ne paie que la pièce",
    "Et l’autre ? il attend (au chaud). à demain": "Et l’autre ? Il attend (au chaud). À demain",
    "Col said nothing. it went on like toast": "Col said nothing. It went on like toast",
    "Finished 1.15. first boat at 9": "Finished 1.15. First boat at 9",
}
KEPT = (
    "environ 40 cm, etc. et le reste",
    "M. roux le boulanger",
    "8 jan. to 9 feb. inclusive",
    "open tues. to sat. only",
    "at 9 a.m. on the slip",
    "Tout est sur place. vaudrille.example le dit",
    "Posé là. iPhone oublié",
    "just “dark. lamps.”",
    "« on ferme. point. » dit Bastien",
    "Ah ! les beaux jours",
    "Pourquoi ? demande Idriss",
    "Attends... la suite vient",
    "1. ouvrir 2. fermer",
    "p. ex. une vis",
)


@pytest.mark.parametrize(("typed", "wanted"), RAISED.items(), ids=RAISED)
def test_a_sentence_inside_a_unit_starts_with_a_capital(typed: str, wanted: str) -> None:
    assert sentences_raised(typed) == wanted
    assert unit(typed, "brief.key_points[0]", "fr").text == wanted


@pytest.mark.parametrize("typed", KEPT)
def test_what_only_looks_like_a_sentence_start_stays(typed: str) -> None:
    assert sentences_raised(typed) == typed
