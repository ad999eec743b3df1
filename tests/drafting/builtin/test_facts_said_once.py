"""A fact that a sentence states is not stated again as a form; one that it does not state is; a last day is no appointment."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.briefs import Brief
from assistant.drafting.builtin.stating import happened_on, places, says
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

STATED: list[tuple[Language, str, str]] = [
    ("fr", "Candidatures avant le 31 mars, quelques lignes suffisent", "avant le mercredi 31 mars 2027"),
    ("fr", "Du 1er au 22 décembre, 12 €", "du mardi 1er au mardi 22 décembre 2026"),
    ("fr", "3 couteaux affûtés 12€ au lieu de 15", "12 € les trois"),
    ("fr", "Bakélite à 4 €, porcelaine à 12 €", "de 4 € (bakélite) à 12 € (porcelaine)"),
    ("fr", "à partir de 18h30 (on ferme vers 20h30)", "18 h 30"),
    ("fr", "Rendez-vous à 18:30", "18 h 30"),
    ("fr", "Le 08/01 à midi", "vendredi 8 janvier"),
    ("fr", "Le 1 février", "1er février 2027"),
    ("fr", "Prévenir au 0353012209", "03 53 01 22 09"),
    ("fr", "Inscriptions ouvertes jusqu’au jeudi 8", "jusqu’au jeudi 8 avril"),
    ("fr", "On ouvre jeudi 8, à l’aube", "jeudi 8 avril 2027"),
    ("en", "Doors on Thurs 11th", "Thursday 11 March"),
    ("en", "From 8 jan we carry a crate of books", "Friday 8 January 2027"),
    ("en", "Doors 6.30pm", "18:30"),
    ("en", "Ring 01632 960233 by noon", "01632 960233"),
    ("en", "It pays £13.10 an hour", "£13.10 an hour"),
]
NOT_STATED: list[tuple[Language, str, str]] = [
    ("fr", "Fermé jusqu’au 31 mars", "mercredi 31 mars 2027"),
    ("fr", "Inscriptions avant le 4 février", "jeudi 4 février 2027"),
    ("fr", "Le joint à 12 €", "de 4 € (bakélite) à 12 € (porcelaine)"),
    ("fr", "Dernier dépôt mardi 22 pour les avoir", "du mardi 1er au mardi 22 décembre 2026"),
    ("fr", "On démarre le 3", "3 mars"),
    ("fr", "Ouvert jeudi 8 h", "jeudi 8 avril"),
    ("fr", "Vendredi 8, peut-être", "jeudi 8 avril"),
    ("fr", "Jeudi 8 mai", "jeudi 8 avril"),
    ("fr", "Inscriptions jusqu’au jeudi 8", "jeudi 8 avril"),
    ("fr", "10 €, ça fait 250 vis", "à partir de 10 €"),
    ("fr", "Le café est gratuit", "entrée libre"),
    ("fr", "Samedi, comme toujours", "samedi 5 décembre"),
    ("fr", "Le sencha d’automne", "lin lavé"),
    ("en", "Sun sets 3.41, so the 3.50 goes in the dark", "3.50pm from the slip, back by about 4.30"),
    ("en", "Order by noon Thurs 17 Dec & it goes", "Friday 18 December 2026"),
    ("en", "It costs £13.10", "£13.10 an hour"),
]
Ask = Callable[..., WriteRequest]


@pytest.mark.parametrize(("language", "text", "value"), STATED, ids=[value for *_, value in STATED])
def test_another_form_of_the_same_value_states_it(language: Language, text: str, value: str) -> None:
    assert says(text, value, language)


@pytest.mark.parametrize(("language", "text", "value"), NOT_STATED, ids=[f"{text[:25]} {value}" for _, text, value in NOT_STATED])
def test_another_value_a_part_of_it_or_a_last_day_does_not_state_it(language: Language, text: str, value: str) -> None:
    assert not says(text, value, language)


def test_a_place_is_stated_by_its_name_and_its_street() -> None:
    assert places(
        "chez nous, à la librairie Le Marque-Page, 8 rue aux Cordiers, jeudi", "librairie Le Marque-Page, 8 rue aux Cordiers, Autun"
    )
    assert places("à la Halle aux grains", "Halle aux Grains")
    assert not places("au café Central", "Café Central, 12 rue Haute")
    assert not places("au café", "Café Central")
    assert not places("a bench for the ticket window", "ticket window, Ferry Lane")
    assert not places("Carols on the slip", "the slip, Ferry Lane, Tholemouth, and Marram Staithe")


def test_a_weekday_says_which_day_it_was_only_in_the_days_after_it() -> None:
    told = "Thank you to everybody who dug us out on Sunday"
    assert happened_on(told, "Sunday 6 December 2026", "en", date(2026, 12, 8), 6)
    assert not happened_on(told, "Sunday 6 December 2026", "en", date(2026, 12, 16), 6)
    assert not happened_on(told, "Monday 7 December 2026", "en", date(2026, 12, 8), 6)


CASES: list[tuple[Language, dict[str, object], list[str], list[str]]] = [
    (
        "fr",
        {
            "subject": "Apprenti(e) clés et serrures",
            "purpose": "recruitment",
            "key_points": ("On cherche quelqu'un pour apprendre avec Idriss", "Candidatures avant le 31 mars, quelques lignes suffisent"),
            "facts": {"date": "avant le mercredi 31 mars 2027", "contact": "recrutement@valbrune.example"},
        },
        ["avant le 31 mars", "Contact : recrutement@valbrune.example"],
        ["2027", "31 mars 2027"],
    ),
    (
        "fr",
        {
            "subject": "Apprenti",
            "key_points": ("On cherche quelqu'un pour apprendre",),
            "facts": {"date limite": "31 mars", "salaire": "SMIC"},
        },
        ["Date limite : 31 mars"],
        ["Apprenti : 31 mars"],
    ),
    (
        "en",
        {
            "subject": "Deckhand wanted",
            "key_points": ("We teach you the ropes", "Joe checks the lock"),
            "facts": {"deadline": "31 January"},
        },
        ["Deadline: 31 January"],
        ["wanted: 31 January"],
    ),
    (
        "en",
        {"subject": "The shovels", "purpose": "thanks", "key_points": ("26 people came",), "facts": {"date": "Sunday 6 December 2026"}},
        ["Sunday 6 December 2026"],
        [". Sunday 6 December 2026", "\nSunday 6 December 2026"],
    ),
    (
        "en",
        {
            "subject": "Tholemouth Library and the ferry",
            "key_points": ("The library van stopped going to Marram in September", "The ferry carries a crate of books", "40 books fit"),
            "facts": {"partner": "Tholemouth Library"},
        },
        ["Tholemouth Library"],
        ["Partner"],
    ),
    (
        "en",
        {
            "subject": "Season ticket 2027",
            "key_points": ("It comes as a brass tag", "Joe put two paper ones through the wash"),
            "facts": {"valid": "good from 1 April, on both boats", "place": "the ticket window, Tuesday to Saturday", "price": "£98"},
        },
        ["Tuesday to Saturday. £98"],
        ["Saturday, £98"],
    ),
    (
        "en",
        {
            "subject": "Crossing with a bicycle",
            "key_points": ("Lift it over the sill", "Joe ties it to the rail"),
            "facts": {"price": "£1 for a bicycle"},
        },
        ["£1 for a bicycle"],
        ["Crossing with a bicycle: £1", "Price"],
    ),
    (
        "en",
        {
            "subject": "Refit",
            "key_points": ("The slip is shut", "Joe keeps the log"),
            "facts": {"day": "1 March 2027", "contact": "01632 960417", "boats": "Boats run as usual on all the other days of the week"},
        },
        ["days of the week"],
        ["01632 960417. Boats run", "01632 960417\nBoats run"],
    ),
    (
        "en",
        {
            "subject": "Vouchers",
            "key_points": ("Order by noon on 18 December and it goes in the post",),
            "facts": {"last_post": "Friday 18 December 2026"},
            "must_include": ("Friday 18 December",),
        },
        ["Friday 18 December"],
        [],
    ),
]


@pytest.mark.parametrize(("language", "fields", "there", "absent"), CASES, ids=[str(case[1]["subject"]) for case in CASES])
def test_what_is_said_once_is_not_said_as_a_form(
    ask: Ask, language: Language, fields: dict[str, object], there: list[str], absent: list[str]
) -> None:
    written = BuiltInWriter().write(ask(Brief.model_validate(fields), "facebook", language, today=date(2026, 12, 16)))
    for made in written.compositions:
        text = made.text.replace("\u00a0", " ").replace("\u202f", " ")
        assert not [words for words in there if words not in text], text
        assert not [words for words in absent if words in text], text
