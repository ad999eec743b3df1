import pytest

from assistant.brands.kinds import kind_of

TOLD = [
    ("Jeu-concours : commente avec ton trajet, tirage au sort dimanche.", "contest"),
    ("Tentez de gagner un casque.", "contest"),
    ("Likez et commentez pour gagner une sacoche", "contest"),
    ("Enter before noon to win a pan.", "contest"),
    ("For a chance to win, tag a friend.", "contest"),
    ("On recrute un mécano, CDI à Colmar.", "job"),
    ("We’re hiring a smith.", "job"),
    ("Sam nous a quittés cette nuit.", "tribute"),
    ("Nos sincères condoléances à sa famille", "tribute"),
    ("RIP, old friend.", "tribute"),
    ("Rest in peace, Ada.", "tribute"),
    ("Nous procédons au rappel de deux lots de sonnettes.", "crisis"),
    ("Suite à un vol, l’atelier est exceptionnellement fermé.", "crisis"),
    ("We are investigating an issue with payments.", "crisis"),
]
LEFT_ALONE = [
    "Le concours de l’Eurovision a lieu samedi",
    "Emmanuel a rendu hommage à son professeur",
    "Rip City is the nickname of the town",
    "An effort like that wins games",
    "It is hard to win against them",
    "Cette mise au point tombe à pic",
    "Elle recrute les meilleurs joueurs",
    "Her father passed away when she was ten",
    "",
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_a_post_of_another_kind_is_told(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_an_ordinary_post_stays_ordinary(text: str) -> None:
    assert kind_of(text) == "ordinary"


def test_a_paid_post_is_told_by_its_export_whatever_it_says() -> None:
    assert kind_of("Jeu-concours", paid=True) == "boosted"
