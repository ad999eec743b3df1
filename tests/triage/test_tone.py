"""Warm, cold, both or neither: negation, sarcasm, emoji, stretched words, text-speak, two languages."""

import pytest

from assistant.triage import triage

TONES = {
    "positive": (
        "Trop bien !!!!",
        "C’est pas mal du tout !",
        "Franchement pas déçue",
        "Aucun problème, livraison rapide",
        "Ça tue ! J’adore",
        "mdr trop drôle",
        "géniaaaaal",
        "merci 🙏",
        "❤️",
        "👍🏽",
        "Super service, really loved it, vous êtes géniaux",
        "Not bad!",
        "No complaints, great staff",
        "sooooo good",
        "thx guys, gr8 service",
        "never disappoints",
        "It’s insanely good",
    ),
    "negative": (
        "Franchement pas terrible",
        "c nuuuuuul",
        "Pas content du tout",
        "😡😡",
        "🤮",
        "J’ai jamais vu un accueil aussi mauvais",
        "Merci pour rien",
        "Bravo, encore deux heures de retard",
        "Génial, encore une panne, bravo les artistes",
        "dégeulasse",
        "plus jamais",
        "vs repondez jms au tel",
        "Not good. Not good at all.",
        "Thanks for nothing",
        "Great, another delay. Thanks a lot.",
        "I love how you lose my bag every single time",
        "sh1t service",
        "worst airline ever",
        "cant believe how rude your staff is",
        "Nice service 🙄",
    ),
    "mixed": (
        "Le gâteau était délicieux mais le serveur a été odieux et on a attendu une heure",
        "Pas mal, mais la livraison a mis trois semaines",
        "Great food, lovely place, but the staff was rude and slow",
    ),
    "neutral": (
        "Vous êtes ouverts dimanche ?",
        "Une petite question, c’est combien la clé plate ?",
        "@julie regarde",
        "12",
        "",
        "The shop is next to the station",
        "Do you have this in blue?",
    ),
}


@pytest.mark.parametrize(("tone", "text"), [(tone, text) for tone, texts in TONES.items() for text in texts])
def test_a_comment_has_its_tone(tone: str, text: str) -> None:
    assert triage(text).tone == tone


@pytest.mark.parametrize("text", ["Bravo, encore deux heures de retard", "Thanks for nothing", "Nice service 🙄"])
def test_sarcasm_is_said(text: str) -> None:
    found = triage(text)
    assert "sarcasm" in found.signs
    assert any(reason.id == "triage.tone.sarcasm" for reason in found.reasons)


@pytest.mark.parametrize("text", ["Merci, super accueil !", "Thanks for the quick answer!"])
def test_honest_thanks_are_not_sarcasm(text: str) -> None:
    assert "sarcasm" not in triage(text).signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("J’ai déjà envoyé 3 MP et toujours rien", "contacted-before"),
        ("I have emailed you three times", "contacted-before"),
        ("Plus jamais je ne commande chez vous", "leaving"),
        ("JE SUIS TRÈS EN COLÈRE CONTRE VOUS", "shouting"),
        ("😍", "emoji-only"),
        ("", "empty"),
        ("Le colis est arrivé hier et il est beau. It is really great and we love it so much.", "several-languages"),
    ],
)
def test_what_an_answer_must_know_is_a_sign(text: str, sign: str) -> None:
    assert sign in triage(text).signs
