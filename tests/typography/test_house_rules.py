import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import fold, hashtags, mentions
from assistant.typography import NARROW, NBSP, is_visible, narrow_on, set_english, set_french, set_hours, slips, typeset

FRANCE = [
    ("C'est prêt!", "C’est prêt^!"),
    ("Quand: samedi à 18h30 ; ou 12:30 ?", "Quand~: samedi à 18h30^; ou 12:30^?"),
    ('"On a raté"', "«~On a raté~»"),
    ("“On a raté”", "«~On a raté~»"),
    ('Il a dit « le "bon" choix »', "Il a dit «~le “bon” choix~»"),
    ("«non»", "«~non~»"),
    ("14€ et 10% de 1 000 g", "14~€ et 10~% de 1~000~g"),
    ("9 h 30, M. Dupont, n° 5", "9~h~30, M.~Dupont, n°~5"),
    ("Un coeur - deux Soeurs", "Un cœur~– deux Sœurs"),
    ("A partir de lundi. Ca tombe bien.", "À partir de lundi. Ça tombe bien."),
    ("Quoi?! Non...", "Quoi^?! Non…"),
    ("a  b ,c .", "a b ,c."),
]


@pytest.mark.parametrize(("typed", "wanted"), FRANCE)
def test_french_of_france(typed: str, wanted: str) -> None:
    assert typeset(typed, "fr-FR", narrow=True) == wanted.replace("~", NBSP).replace("^", NARROW)


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://x.fr/a?b=c!d;e",
        "écrire à a.b@valbrune.example",
        "à 12:30, score 3:2",
        "bravo :) et ;-)",
        "`a ! b`",
        "#ÉtéÀParis et @la_ferme",
        "16:9",
        'un écran 24" et un autre',
        "- un point\n- un autre",
        "std::x",
        "À 18h30 ou 18h",
        "15:00 - 16:30",
    ],
)
def test_what_is_not_prose_stays_as_typed(text: str) -> None:
    assert typeset(text, "fr-FR", narrow=True) == text


HOURS = {
    "samedi, 9h30-12h": "samedi, 9~h~30–12~h",
    "9h30 - 12h": "9~h~30 - 12~h",
    "de 9h à 12h30": "de 9~h à 12~h~30",
    "ouvert 9-12h": "ouvert 9–12~h",
    "vers 20H30).": "vers 20~h~30).",
    "18 h 30": "18~h~30",
    "48h pour répondre": "48~h pour répondre",
}
NO_HOURS = ("#18h30", "@a18h", "rdv.example/18h30", "`18h`", "24h/24", "A12h", "18:30", "3h3m", "h24")


@pytest.mark.parametrize(("typed", "wanted"), HOURS.items(), ids=HOURS)
def test_hours_are_set_as_the_variant_writes_them(typed: str, wanted: str) -> None:
    made = set_hours(typed, "fr-FR")
    assert made == wanted.replace("~", NBSP)
    assert set_hours(made, "fr-FR") == made
    assert set_hours(typed, "fr-CH") == typed
    assert set_hours(typed, "en-GB") == typed


@pytest.mark.parametrize("text", NO_HOURS)
def test_hours_in_links_tags_and_codes_stay(text: str) -> None:
    assert set_hours(text, "fr-FR") == text


@pytest.mark.parametrize(
    ("variant", "wanted"),
    [
        ("fr-FR", "Prêt^? Oui~: «~demain~»."),
        ("fr-BE", "Prêt^? Oui~: «~demain~»."),
        ("fr-CA", "Prêt? Oui~: «~demain~»."),
        ("fr-CH", "Prêt? Oui: «demain»."),
    ],
)
def test_each_french_variant_has_its_spaces(variant: str, wanted: str) -> None:
    assert typeset("Prêt ? Oui : « demain ».", variant, narrow=True) == wanted.replace("~", NBSP).replace("^", NARROW)


@pytest.mark.parametrize(
    ("network", "space"), [("x", NBSP), ("threads", NBSP), ("bluesky", NBSP), ("facebook", NARROW), ("linkedin", NARROW)]
)
def test_the_narrow_space_is_left_out_where_it_costs_more(network: str, space: str) -> None:
    assert set_french("Prêt ?", "fr-FR", network) == f"Prêt{space}?"
    assert narrow_on(network) == (space == NARROW)
    assert set_french(f"Prêt{NARROW}?", "fr-FR", network) == f"Prêt{space}?"


@pytest.mark.parametrize(
    ("variant", "typed", "wanted"),
    [
        ("en-GB", 'It\'s a "good" pan - really !', "It’s a “good” pan – really!"),
        ("en-US", 'It\'s a "good" pan - really !', "It’s a “good” pan - really!"),
        ("en-GB", "50 % off : now", "50% off: now"),
        ("en-GB", "Back in the '90s, for £ 5", "Back in the ’90s, for £5"),
        ("en-GB", "Wait... what ?", "Wait… what?"),
        ("en-GB", "the dogs' owners", "the dogs’ owners"),
        ("en-GB", "the 'good pans' we sell", "the 'good pans' we sell"),
    ],
)
def test_english(variant: str, typed: str, wanted: str) -> None:
    assert set_english(typed, variant) == wanted


def test_a_slip_names_its_place_and_what_is_wanted() -> None:
    assert slips("Prêt?", "fr-FR", narrow=False) == [(4, 4, NBSP)]
    assert slips(f"Prêt{NBSP}?", "fr-FR", narrow=False) == []


def test_one_kind_of_space_for_another_is_not_visible() -> None:
    assert not is_visible("Prêt ?", slips("Prêt ?", "fr-FR", narrow=True)[0])
    assert is_visible("Prêt?", slips("Prêt?", "fr-FR", narrow=True)[0])


TEXTS = st.text(alphabet="aéoe0 5hHn°«»“”\"'’.,;:!?…-–()#@/€%\n\u00a0\u202fMLd", max_size=60)
VARIANTS = st.sampled_from(["fr-FR", "fr-CA", "fr-CH", "fr-BE", "en-GB", "en-US"])


@given(TEXTS, VARIANTS, st.booleans())
def test_setting_twice_changes_nothing_more(text: str, variant: str, narrow: bool) -> None:
    once = typeset(text, variant, narrow=narrow)
    assert typeset(once, variant, narrow=narrow) == once


@given(TEXTS, VARIANTS, st.booleans())
def test_no_letter_or_figure_is_added_lost_or_moved(text: str, variant: str, narrow: bool) -> None:
    def bare(value: str) -> str:
        return "".join(c for c in fold(value) if c.isalnum())

    assert bare(typeset(text, variant, narrow=narrow)) == bare(text)


@given(st.lists(st.sampled_from(["#Été", "@la_ferme", "https://a.fr/?b=1;c", "bon", "quoi", "?", "!", ":", "12:30"]), max_size=8), VARIANTS)
def test_links_tags_and_handles_come_out_whole(parts: list[str], variant: str) -> None:
    text = " ".join(parts)
    done = typeset(text, variant, narrow=True)
    assert hashtags(done) == hashtags(text)
    assert mentions(done) == mentions(text)
    assert done.count("https://a.fr/?b=1;c") == parts.count("https://a.fr/?b=1;c")
