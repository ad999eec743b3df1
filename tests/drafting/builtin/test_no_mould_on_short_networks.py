"""What keeps ten short posts from looking like one: the account's way to its link, words of the house where room is left, other shapes."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.brands.kit import HashtagPolicy, Line
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.shapes import likeness, shape
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Recent, WriteRequest

Ask = Callable[..., WriteRequest]
ONE_LINE: dict[str, Any] = {"posts": 20, "length": (60, 90, 110), "final_stop": 1, "sentences": 1}
BRIEF = Brief(
    subject="Le sencha d'automne",
    purpose="launch",
    key_points=("Samir a rapporté onze kilos de sencha", "Maud en a bu sept tasses sans dormir"),
    facts={"date": "à partir du jeudi 3 décembre 2026", "prix": "14 € les 100 g"},
    link="https://valbrune.example/sencha",
)
LABEL = Line(id="label", role="link_label", text="Le comptoir en ligne :", purposes=["launch"], needs=["link"])
CLOSING = Line(id="closing", role="closing", text="La bouilloire est prête.", purposes=["launch"])
LONG = Line(id="long", role="closing", text="La bouilloire est prête et elle " + "attend encore " * 30 + ".", purposes=["launch"])


def first(request: WriteRequest) -> str:
    return BuiltInWriter().write(request).compositions[0].text


@pytest.mark.parametrize(
    ("habits", "end"),
    [
        ({"link_own_line": 0, "link_led": 1}, "14 € les 100 g : https://valbrune.example/sencha"),
        ({"link_own_line": 0, "link_led": 0}, "14 € les 100 g. https://valbrune.example/sencha"),
        ({"link_own_line": 1}, "14 € les 100 g.\nhttps://valbrune.example/sencha"),
    ],
)
def test_the_way_to_the_link_is_the_accounts(ask: Ask, habits: dict[str, Any], end: str) -> None:
    said = BRIEF.model_copy(update={"subject": "Le sencha"})
    text = first(ask(said, "x", layout=Layout(**ONE_LINE, **habits)))
    assert text.replace("\u00a0", " ").replace("\u202f", " ").endswith(end)


def test_a_line_that_has_a_colon_does_not_lead_to_the_link_by_another(ask: Ask) -> None:
    brief = BRIEF.model_copy(update={"facts": {"prix": "14 € les 100 g", "tiroirs": "690 à 700"}})
    text = first(ask(brief, "x", layout=Layout(**ONE_LINE, link_own_line=0, link_led=1)))
    assert text.endswith("690 à 700. https://valbrune.example/sencha")


def test_words_of_the_house_come_where_the_persons_leave_room(ask: Ask, kit_with: Callable[..., Any]) -> None:
    layout = Layout(**ONE_LINE, link_own_line=0)
    texts = [first(ask(BRIEF, "bluesky", kit=kit_with(lines=[LABEL, CLOSING]), layout=layout, seed=seed)) for seed in range(8)]
    assert any("Le comptoir en ligne" in text for text in texts)
    assert any("La bouilloire est prête" in text for text in texts)
    assert all("onze kilos" in text and "sept tasses" in text for text in texts)


def test_they_never_take_the_room_of_the_persons(ask: Ask, kit_with: Callable[..., Any]) -> None:
    points = tuple(f"Samir a porté {n} caisses de sencha d'automne jusqu'au comptoir de Maud" for n in (11, 12, 13, 14))
    brief = BRIEF.model_copy(update={"key_points": points})
    layout = Layout(**ONE_LINE, link_own_line=0)
    for seed in range(8):
        kits = (kit_with(), kit_with(lines=[LABEL, CLOSING, LONG]))
        plain, housed = (first(ask(brief, "x", kit=kit, layout=layout, seed=seed)) for kit in kits)
        assert [n for n in (11, 12, 13, 14) if f"{n} caisses" in plain] == [n for n in (11, 12, 13, 14) if f"{n} caisses" in housed]


def test_a_story_told_for_its_end_gets_no_joke_behind_it(ask: Ask, kit_with: Callable[..., Any]) -> None:
    brief = BRIEF.model_copy(update={"purpose": "behind-the-scenes", "facts": {}, "link": None})
    closing = Line(id="closing", role="closing", text="La bouilloire est prête.", purposes=["behind-the-scenes"])
    layout = Layout(**(ONE_LINE | {"length": (20, 30, 40)}))
    assert all("bouilloire" not in first(ask(brief, "x", kit=kit_with(lines=[closing]), layout=layout, seed=seed)) for seed in range(8))


@pytest.mark.parametrize(("shares", "often"), [({"#the": 0.4}, False), ({}, True)])
def test_a_tag_that_the_account_hardly_uses_hardly_comes(
    ask: Ask, kit_with: Callable[..., Any], shares: dict[str, float], often: bool
) -> None:
    kit = kit_with().model_copy(update={"hashtags": HashtagPolicy(brand=("#Valbrune",))})
    layout = Layout(**ONE_LINE, hashtags=1, favourite_hashtags=shares)
    tagged = sum("#Valbrune" in first(ask(BRIEF, "mastodon", kit=kit, layout=layout, seed=seed)) for seed in range(20))
    assert tagged == 20 if often else tagged < 8


def test_among_equals_the_one_that_looks_and_opens_like_the_last_drafts_steps_back(ask: Ask) -> None:
    brief = Brief(
        subject="Une dégustation",
        purpose="event",
        key_points=("des tasses en grès et de l'eau de source", "Maud verse sans regarder la balance"),
        facts={"date": "samedi 12 décembre 2026", "heure": "10 h"},
    )
    layout = Layout(**ONE_LINE)
    alone = BuiltInWriter().write(ask(brief, "x", layout=layout)).compositions[0]
    recent = tuple(Recent(alone.text, alone.opening, ()) for _ in range(3))
    other = BuiltInWriter().write(ask(brief, "x", layout=layout, recent=recent)).compositions[0]
    assert other.opening != alone.opening


def test_a_shape_is_what_is_left_without_words() -> None:
    text = "Onze kilos, pas un de plus. Le prix : 14 € https://valbrune.example\nLa bouilloire est prête."
    assert shape(text) == "_. _ : _ € _\n_."
    assert shape(text, ("La bouilloire est prête.",)) == "_. _ : _ € _\nLa bouilloire est prête."
    assert likeness("_. _.", []) == 0
    assert likeness("_. _.", ["_. _.", "_. _."]) == 1
