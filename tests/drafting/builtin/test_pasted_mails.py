"""A pasted mail becomes sentences; what it says to the desk is left out, listed and quoted; what reads like a post stays."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.builtin.parting import parted
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.pasting import from_pasted
from assistant.messages import Language

OUT: list[tuple[Language, str, list[str]]] = [
    ("fr", "Bonjour Maud, comme convenu je te redis tout pour que tu puisses communiquer de ton côté.", []),
    ("fr", "Tiens-moi au courant pour l’affiche. Bises, Hélène", []),
    ("fr", "Salut Maud ! La soirée est jeudi. À plus, Hélène", ["La soirée est jeudi."]),
    ("fr", "Comme convenu, la vente commence samedi à 9 h.", ["la vente commence samedi à 9 h."]),
    ("fr", "Bonjour,\n\nLe four est réparé.\nOn rouvre mardi.\n\nCordialement,\nMaud Perrin", ["Le four est réparé.", "On rouvre mardi."]),
    ("fr", "Pour le post : 412 paquets, 5 pelotes de ficelle", ["412 paquets, 5 pelotes de ficelle"]),
    ("fr", "Ci-joint la photo. Le tiroir 57 s’ouvre.", ["Le tiroir 57 s’ouvre."]),
    ("en", "Hi, for the post - Sunday’s surge left 40cm of silt.\n\nW.", ["Sunday’s surge left 40cm of silt."]),
    ("en", "Hi Kezia,\n\nDoors at 7. Bring a mug.\n\nThanks,\nJoe", ["Doors at 7. Bring a mug."]),
    ("en", "As discussed: doors at 7.\nBring a mug.\n\nKezia", ["doors at 7.", "Bring a mug."]),
    ("en", "The boat is back on Friday. Let me know what you think", ["The boat is back on Friday."]),
    ("en", "Thanks, W.", []),
    ("en", "Hi Priti, for the website. The steps are shut.", ["The steps are shut."]),
    ("en", "Hey, just to say the brass tags arrived. 98 of them. Cheers, Kezia", ["the brass tags arrived. 98 of them."]),
    (
        "fr",
        "Salut Maud,\n\nLe four est là.\nTu peux aussi dire que le parking est gratuit.",
        ["Le four est là.", "le parking est gratuit."],
    ),
    (
        "fr",
        "Bonjour,\nVoici le texte :\nOn cherche un apprenti.\nMerci,\nSylvie Lambert\nAssociation\n06 12 34 56 78",
        ["On cherche un apprenti."],
    ),
    ("en", "Morning Priti,\n\nThe 10.20 is off.\n\nPhoto attached.\n\nTa,\nWin\nSent from my iPhone", ["The 10.20 is off."]),
    ("en", "Hi, could you do a post to say thank you to the knitters? 38 hats came over.", ["38 hats came over."]),
    ("en", "38 hats came over. Please don't use Jean's surname, she hates that.", ["38 hats came over."]),
    ("fr", "Ils ont fait la chaîne. Tu peux faire un petit mot pour les remercier ? Ne mets pas de noms stp.", ["Ils ont fait la chaîne."]),
    ("fr", "Le four est réparé. Pouvez-vous mettre une publi ce soir ?", ["Le four est réparé."]),
    ("fr", "Le four est réparé. Pourrais-tu poster quelque chose ? Pas de noms svp.", ["Le four est réparé."]),
    ("fr", "Bonjour Maud, le four est réparé. Mets la photo du bas stp.", ["le four est réparé."]),
    ("en", "The oven is back. Can you put something up tonight? No names please.", ["The oven is back."]),
    ("fr", "Objet : soirée\nLa soirée aura lieu jeudi.", ["La soirée aura lieu jeudi."]),
]
KEPT: list[tuple[Language, str]] = [
    ("en", "Give your surname at the ticket window"),
    ("en", "Please don’t use the slip at low water"),
    ("fr", "Avec trois planches, tu peux faire un banc"),
    ("fr", "Pouvez-vous deviner combien de tiroirs il y a ?"),
    ("fr", "Ramène ton vélo propre stp"),
    ("fr", "Ne mettez pas de gants"),
    ("en", "Can you make something of three planks?"),
    ("en", "Can you put names to these faces?"),
    ("fr", "Bonjour à tous, on ouvre samedi"),
    ("fr", "Merci, Hélène."),
    ("fr", "Merci."),
    ("fr", "Comme promis, on rouvre samedi"),
    ("en", "As promised, the tags are back"),
    ("fr", "Bises à l’entrée, café à la sortie"),
    ("fr", "Cher samedi, merci"),
    ("fr", "Dites-moi si la vis tient"),
    ("fr", "J’offre le vin chaud, tu apportes les chevilles ;-)"),
    ("fr", "Le principe : Idriss vient montrer comment fixer une étagère"),
    ("fr", "Bonne journée"),
    ("en", "Thanks to Joe and Col"),
    ("en", "Thank you, Kezia"),
    ("en", "Best of all, the soup"),
    ("en", "Cheers, Joe"),
    ("en", "Hello, animal lovers! Prepare to fall for today’s dog."),
    ("fr", "Bonjour, on ouvre samedi"),
    ("en", "Let us know if the flask is yours"),
    ("en", "Post is collected at noon. Friday’s goes on the boat."),
]
Ask = Callable[..., Any]


@pytest.mark.parametrize(("language", "text", "kept"), OUT, ids=[text[:40] for _, text, _ in OUT])
def test_what_is_said_to_the_desk_is_no_part_of_a_post(language: Language, text: str, kept: list[str]) -> None:
    parts = parted(text, language)
    assert [part.text for part in parts if part.kept] == kept
    assert any(not part.kept for part in parts)


@pytest.mark.parametrize(("language", "text"), KEPT, ids=[text for _, text in KEPT])
def test_what_reads_like_a_post_stays_whole(language: Language, text: str) -> None:
    assert [(part.text, part.kept) for part in parted(text, language)] == [(text, True)]


def test_a_last_word_on_a_line_of_its_own_is_no_signature_when_it_ends_a_sentence() -> None:
    assert all(part.kept for part in parted("Nine crossings on Friday.\n\nEnjoy.", "en"))


def test_a_list_of_words_line_by_line_is_no_signature() -> None:
    parts = parted("Vin chaud\nGuirlandes\nMarrons", "fr")
    assert [part.text for part in parts if part.kept] == ["Vin chaud", "Guirlandes", "Marrons"]


def test_a_line_that_a_mail_program_broke_is_whole_again() -> None:
    typed = "La navette part du parking de la gare à huit heures et revient\nvers midi, sauf le samedi."
    assert [part.text for part in parted(typed, "fr")] == [typed.replace("\n", " ")]


def test_a_long_paragraph_is_cut_at_its_sentences_and_a_short_one_is_not() -> None:
    typed = "Sunday’s surge left about 40cm of silt on the slip. " + "Put a note on the board at 8, by 9.30 there were 26 people. " * 3
    assert len(parted(typed.strip(), "en")) == 4
    assert len(parted("Col said nothing. It went on like toast.", "en")) == 1


def test_nothing_is_left_out_in_silence_and_nothing_that_leans_is_moved(ask: Ask) -> None:
    mail = (
        "Hi, for the post - Sunday’s surge left about 40cm of silt on the slip, we couldn’t have run Monday. Finished 1.15. "
        "Someone left a green flask, it’s at the window. Mr Hallam is 84 and did the rail, on his own, wouldn’t be told.\n\nW."
    )
    brief = Brief(subject="Dug out on Sunday", purpose="news", key_points=(mail,), language="en")
    written = BuiltInWriter().write(ask(brief, network="facebook", language="en", variants=3))
    quoted = [str(one.values["text"]) for one in written.warnings if one.id == "writer.not_for_readers"]
    assert quoted == ["Hi, for the post -", "W."]
    for made in written.compositions:
        assert "for the post" not in made.text
        assert "W." not in made.text
        assert "run Monday. Finished 1.15" in made.text.replace("\n\n", " ").replace("\n", " ")
        assert len([one for one in made.left_out if one.startswith("brief.key_points[0]")]) >= 2


def test_the_greeting_of_a_pasted_message_is_not_its_subject() -> None:
    fields = from_pasted("Bonjour Maud,\nSoirée étagères\nIdriss vient montrer comment fixer une étagère.\nHeure : 18 h 30\nBises, Hélène")
    assert fields["subject"] == "Soirée étagères"
    assert fields["key_points"] == ["Bonjour Maud,", "Idriss vient montrer comment fixer une étagère.", "Bises, Hélène"]
    assert fields["facts"] == {"Heure": "18 h 30"}
