"""Four levels: calm, an ordinary complaint, serious, crisis."""

import pytest

from assistant.triage import triage

LEVELS = {
    1: ("Merci !", "Vous êtes ouverts dimanche ?", "Je vais vous tuer de rire avec cette photo", "You should open on Sundays", "😍", ""),
    2: (
        "Commande du 28, toujours rien",
        "C’est vraiment trop cher",
        "La perceuse est tombée en panne",
        "My parcel is late",
        "Félicitations ! Vous avez gagné un iPhone, cliquez ici pour réclamer votre lot",
    ),
    3: (
        "J’ai déjà envoyé 3 MP, aucune réponse, vous vous foutez du monde !!!",
        "Vous aurez des nouvelles de mon avocat",
        "Bande de voleurs, vous êtes des incapables",
        "Sale arabe",
        "Mon IBAN : FR76 3000 6000 0112 3456 7890 189",
        "J’ai trouvé un bout de verre dans la soupe",
        "You people are worthless idiots",
        "I’m a journalist, who handles press?",
    ),
    4: (
        "je vais te tuer",
        "J’ai envie de mourir",
        "Ma fille a fait une réaction allergique, on est aux urgences",
        "Le chargeur a pris feu",
        "I know where you live",
        "kill yourself",
        "My son was burned by your kettle",
    ),
}


@pytest.mark.parametrize(("level", "text"), [(level, text) for level, texts in LEVELS.items() for text in texts])
def test_a_comment_is_as_serious_as_it_is(level: int, text: str) -> None:
    assert triage(text).severity == level


def test_a_crisis_says_why_and_quotes_it() -> None:
    found = triage("Beau magasin. Je sais où vous habitez.")
    assert [reason.values["passage"] for reason in found.reasons if reason.id.startswith("triage.severity")] == ["Je sais où vous habitez"]
