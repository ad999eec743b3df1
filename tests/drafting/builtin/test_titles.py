"""A title or the subject of a letter says one thing whole: no date line, no link, no tag, no words of the house, nothing cut."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.builtin.titling import is_title
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Composition
from assistant.networks.catalogue import catalogue
from assistant.networks.counting import measure

Ask = Callable[..., Any]
FLOUR = Brief(
    subject="Onze moteurs après la crue",
    purpose="event",
    first_words="La farine mouillée fait de la colle.",
    key_points=["Huit moteurs étaient récupérables par séchage", "Ils ont passé sept jours à l'étuve"],
    facts={"date": "jeudi 4 mars 2027", "heure": "17 h 30–19 h", "lieu": "9 rue de la Corderie, Hennebont", "prix": "gratuit"},
    link="https://exemple.fr/jeudis",
)


def made_of(ask: Ask, network: str, brief: Brief = FLOUR, **changes: Any) -> tuple[Composition, ...]:
    written: tuple[Composition, ...] = BuiltInWriter().write(ask(brief, network, **changes)).compositions
    return written


def test_three_networks_take_a_title() -> None:
    assert {key for key, network in catalogue().items() if is_title(network)} == {"newsletter-subject", "youtube-title", "pinterest-title"}


@pytest.mark.parametrize("network", ["newsletter-subject", "youtube-title", "pinterest-title"])
def test_each_is_one_thing_that_was_typed_and_fits(ask: Ask, network: str) -> None:
    texts = [one.text for one in made_of(ask, network)]
    assert texts[0] == "La farine mouillée fait de la colle"
    assert texts[1] == "Onze moteurs après la crue"
    assert texts[2] == "Huit moteurs étaient récupérables par séchage"
    assert all(measure(text, catalogue()[network]).fits for text in texts)


def test_what_leans_on_another_point_is_no_title(ask: Ask) -> None:
    assert not any(one.text.startswith("Ils ont") for one in made_of(ask, "youtube-title", variants=9))


def test_what_must_be_said_is_said_where_a_line_with_it_fits(ask: Ask) -> None:
    wanted = FLOUR.model_copy(update={"must_include": ("récupérables",)})
    assert [one.text for one in made_of(ask, "newsletter-subject", wanted)] == ["Huit moteurs étaient récupérables par séchage"]


def test_where_nothing_fits_the_shortest_stays_whole(ask: Ask) -> None:
    long = Brief(
        subject="Une pompe de lavoir de quarante-six ans entrée mercredi matin à Saint-Dié", key_points=["Un point encore plus long " * 6]
    )
    texts = [one.text for one in made_of(ask, "newsletter-subject", long)]
    assert texts == [long.subject]


def test_a_first_point_that_speaks_of_the_first_words_never_loses_them(ask: Ask) -> None:
    brief = Brief(
        subject="Jeudi moteur ouvert",
        purpose="event",
        first_words="Un compresseur de 90 kW a changé de bruit en novembre.",
        key_points=["Denis l'a écouté au téléphone", "Le moteur sera démonté devant vous", "Venez avec une hypothèse sur un papier"],
        facts={"date": "jeudi 7 janvier 2027", "lieu": "16 rue du Peigne, Oyonnax"},
    )
    for seed in range(4):
        for one in made_of(ask, "linkedin", brief, seed=seed):
            assert "Denis" not in one.text or one.text.lower().index("un compresseur") < one.text.index("Denis"), one.text
