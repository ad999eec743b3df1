"""What is set right without a model is named, and no mend changes a fact: number, date, price, link, handle, code or name."""

from dataclasses import replace
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.brands.kit import EmojiPolicy, HashtagPolicy, Term, Terms
from assistant.briefs import Brief
from assistant.drafting.prompted.facts_kept import same_facts
from assistant.drafting.prompted.mending import BY_FINDING, HARMLESS, harmless, mended
from assistant.findings import Finding
from assistant.messages import has
from tests.drafting.prompted.made import ENGLISH, asked, composition, kit

HASHTAGS = Finding("brand.hashtags", "warning")
BANNED_TAG = Finding("brand.hashtag_banned", "error")
EMOJI = Finding("brand.emoji_other", "warning")
PREFERRED = Finding("brand.preferred", "warning")
AVOID = Finding("brand.avoid", "warning")


def set_right(text: str, *findings: Finding, network: str = "facebook", **changes: Any) -> tuple[str, tuple[str, ...]]:
    made = mended(composition(text), asked(network=network, **changes), findings)
    return made.text.replace("\u00a0", " ").replace("\u202f", " "), made.mends


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Voici le post :\n\nSix thés noirs.", "Six thés noirs."),
        (
            "Bien sûr ! Voici une proposition pour Facebook :\n« Six thés noirs. Le dernier est froid. »",
            "Six thés noirs. Le dernier est froid.",
        ),
        ("Here's the caption:\nSix black teas.", "Six black teas."),
        ("Sure! Here is a draft for Instagram: “Six black teas.”", "Six black teas."),
        ('"Six thés noirs."', "Six thés noirs."),
        ("```\nSix thés noirs.\n```", "Six thés noirs."),
        ("```text\nSix thés noirs.\n```", "Six thés noirs."),
        ("Six thés noirs.\n\nN’hésitez pas à me dire si vous souhaitez une autre version.", "Six thés noirs."),
        ("Six black teas.\n\nLet me know if you'd like me to change the tone!", "Six black teas."),
    ],
)
def test_what_stands_around_a_text_goes(text: str, bare: str) -> None:
    made, mends = set_right(text)
    assert made == bare
    assert "mend.wrapping" in mends


@pytest.mark.parametrize(
    "text",
    [
        "Voici le texte que Maud a écrit : il est court.",
        "« Le premier thé », dit Inès. « Le dernier », dit Paul.",
        "Voici la version 3 :\nelle infuse 4 minutes.",
        "N’hésitez pas à demander au comptoir.",
    ],
)
def test_what_belongs_to_the_text_stays(text: str) -> None:
    assert set_right(text)[0] == text


def test_a_customers_words_keep_their_marks() -> None:
    quoting = Brief(subject="Un mot", key_points=("« Je n’en boirai plus d’autre », dit une dame",))
    said = "« Je n’en boirai plus d’autre »"
    made = harmless(composition(said), asked(quoting))
    assert made.text.replace("\u00a0", " ") == said


def test_markdown_goes_and_the_address_stays() -> None:
    text = "# Six thés\n\n**Samedi** 5 décembre, [inscription](https://valbrune.example/the) : `THE18` et __18 €__ \\#Valbrune"
    made, mends = set_right(text)
    assert made == "Six thés\n\nSamedi 5 décembre, inscription (https://valbrune.example/the) : THE18 et 18 € #Valbrune"
    assert "mend.markdown" in mends


def test_white_space_that_nobody_wants_goes() -> None:
    made, mends = set_right("Six  thés. \n\n\n\nUn\u200b seul.  ")
    assert made == "Six thés.\n\nUn seul."
    assert "mend.whitespace" in mends
    assert set_right("Un.\\n\\nDeux.")[0] == "Un.\n\nDeux."


def test_typography_follows_the_house_and_the_network() -> None:
    made = harmless(composition('C\'est samedi ! 18€, "oui"'), asked())
    assert made.text == "C’est samedi\u202f! 18\u00a0€, «\u00a0oui\u00a0»"
    assert made.mends == ("mend.typography",)
    short = harmless(composition("C'est samedi !"), asked(network="x"))
    assert short.text == "C’est samedi\u00a0!"
    swiss = harmless(composition("C'est samedi !"), asked(kit=kit(variants=("fr-CH",))))
    assert swiss.text == "C’est samedi!"


def test_a_text_with_nothing_wrong_is_left_alone() -> None:
    made = composition("Six thés noirs.")
    assert harmless(made, asked()) is not None
    assert harmless(made, asked()) == made
    assert mended(made, asked(), (HASHTAGS, EMOJI, PREFERRED)) == made


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Six thés. #BonPlan #Valbrune", "Six thés. #Valbrune"),
        ("Six thés.\n\n#The #Noir #Valbrune", "Six thés.\n\n#Valbrune"),
        ("Six thés.\n\n#BonPlan", "Six thés."),
        ("Un #BonPlan pour samedi", "Un #BonPlan pour samedi"),
        ("Six thés.\n\n#The2026 #Valbrune", "Six thés.\n\n#The2026 #Valbrune"),
    ],
)
def test_banned_and_surplus_hashtags_go_where_the_sentence_stays_whole(text: str, bare: str) -> None:
    made, mends = set_right(text, HASHTAGS, BANNED_TAG)
    assert made == bare
    assert ("mend.hashtags" in mends) == (text != bare)


def test_a_hashtag_that_the_brief_asks_for_stays() -> None:
    brief = Brief(subject="Six thés", must_include=("#The",))
    made = mended(composition("Six thés. #The #Noir #Valbrune"), asked(brief), (HASHTAGS,))
    assert made.text == "Six thés. #The #Valbrune"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Six thés. ✨", "Six thés."),
        ("✨ Six thés ✨", "Six thés"),
        ("👉 Six thés.\n👉 Un froid.", "Six thés.\nUn froid."),
        ("Six thés 🍵 et un froid ☕", "Six thés 🍵 et un froid"),
        ("Six thés ✨ Le dernier est froid.", "Six thés ✨ Le dernier est froid."),
        ("Six thés ✨ noirs.", "Six thés noirs."),
        ("1️⃣ Chauffez l’eau.", "1️⃣ Chauffez l’eau."),
    ],
)
def test_banned_and_surplus_emoji_go_where_the_sentence_stays_whole(text: str, bare: str) -> None:
    made, mends = set_right(text, EMOJI)
    assert made == bare
    assert ("mend.emoji" in mends) == (text != bare)


def test_a_brand_without_emoji_has_none() -> None:
    assert set_right("Six thés 🍵", EMOJI, kit=kit(emoji=EmojiPolicy(max=0)))[0] == "Six thés"


def test_what_no_finding_minds_stays() -> None:
    text = "Six thés au détail. ✨ #BonPlan"
    assert set_right(text)[0] == text


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("On vend le thé au détail.", "On vend le thé à l’unité."),
        ("On vend dans le magasin.", "On vend dans le magasin."),
        ("Venez découvrir le thé.", "Venez goûter le thé."),
        ("Le Magasin du Port ferme.", "Le Magasin du Port ferme."),
        ("Envie d’ouvrir et de découvrir.", "Envie d’ouvrir et de goûter."),
    ],
)
def test_french_words_change_only_where_nothing_has_to_agree(text: str, bare: str) -> None:
    assert set_right(text, PREFERRED, AVOID)[0] == bare


def test_an_elision_would_suffer_so_the_word_stays() -> None:
    terms = Terms(avoid=(Term(term="ouvrir", alternative="poser"),))
    assert set_right("Le plaisir d’ouvrir la boîte.", AVOID, kit=kit(terms=terms))[0] == "Le plaisir d’ouvrir la boîte."


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The vessel is back.", "The boat is back."),
        ("Two vessels are back.", "Two vessels are back."),
        ("A short journey.", "A short journey."),
        ("It is a journey of six minutes.", "It is a crossing of six minutes."),
        ("An eatery by the quay.", "An eatery by the quay."),
        ("The eatery by the quay.", "The café by the quay."),
        ("HMS Vessel is back.", "HMS Vessel is back."),
    ],
)
def test_english_words_change_only_behind_an_article_that_still_fits(text: str, bare: str) -> None:
    made = mended(composition(text), asked(language="en", kit=kit(terms=ENGLISH)), (PREFERRED, AVOID))
    assert made.text == bare


def test_a_mend_that_would_change_a_fact_is_not_made() -> None:
    terms = Terms(preferred=(Term(term="au 15", instead_of=("au 12",)),))
    assert set_right("Rendez-vous au 12 rue des Capucins.", PREFERRED, kit=kit(terms=terms))[0] == "Rendez-vous au 12 rue des Capucins."


def test_the_first_comment_and_the_alternative_text_are_set_right_too() -> None:
    made = harmless(composition("Six thés.", first_comment="**Lien** : c'est ici", alt_text='"Six tasses"'), asked())
    assert made.first_comment == "Lien\u00a0: c’est ici"
    assert made.alt_text == "Six tasses"
    assert made.text == "Six thés."
    assert [piece.source for piece in made.pieces] == ["model"]


def test_every_mend_has_a_sentence() -> None:
    assert all(has(mend.id) for mend in (*HARMLESS, *BY_FINDING))


NAMES = st.sampled_from(["Inès", "Maud Vaudrille", "L’Heure du trou", "Sacré-Cœur", "THE18", "iPhone", "Dabchick", "Saint-Étienne"])
FACTS = st.one_of(
    st.sampled_from(["samedi 5 décembre 2026", "15 h 30", "15h30", "18€", "1 250 €", "3,20 €", "12.5 %", "code THE18", "03 53 01 14 31"]),
    st.sampled_from(
        ["https://valbrune.example/the?a=1", "vaudrille.example/ateliers", "@maud.v", "bonjour@valbrune.example", "n° 3", "1er"]
    ),
    NAMES,
    st.integers(0, 99_999).map(str),
)
MARKS = ("**", "« ", " »", '"', "✨", " 🍵", "👉 ", " #BonPlan", "\n#The", "\n\n\n", "  ", " !", " :", "...", "`", "# ", "__", ", ", ". ")
WORDS = ("au détail", "magasin", "découvrir", " et ", "\n", "Voici le post :\n", "\\n", "[ici](", ")", "\u202e", " ; ")
NOISE = st.sampled_from([*MARKS, *WORDS])
TEXTS = st.lists(st.one_of(FACTS, NOISE, st.sampled_from([" thé ", " le ", " à "])), min_size=1, max_size=24).map("".join)


def numbers(text: str) -> list[str]:
    return [digit for run in regex.findall(r"\p{N}+", regex.sub(r"[#＃][\p{L}\p{N}_]+", " ", text)) for digit in run]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["facebook", "x", "instagram"]))
def test_no_mend_changes_or_loses_a_fact(text: str, network: str) -> None:
    request = asked(network=network, kit=kit(hashtags=HashtagPolicy(brand=("#Valbrune",), banned=("#BonPlan",), max={network: 0})))
    made = mended(composition(text), request, (HASHTAGS, BANNED_TAG, EMOJI, PREFERRED, AVOID))
    assert numbers(made.text) == numbers(text)
    assert same_facts(text, made.text, tags_may_go=True, lead_may_go=True)
    for name in ("Maud", "Dabchick", "Étienne", "iPhone", "THE18", "@maud.v", "valbrune.example", "vaudrille.example/ateliers"):
        assert made.text.count(name) == text.count(name)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_second_mending_finds_nothing_left(text: str) -> None:
    once = harmless(composition(text), asked())
    assert harmless(replace(once, mends=()), asked()).text == once.text
