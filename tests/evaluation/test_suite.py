"""The shipped briefs: enough of them, of every kind, and nothing in a reading list that gives a published post away."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest
from rapidfuzz import fuzz

from assistant.briefs import Brief, Objective, Purpose
from assistant.drafting.briefing import read_brief
from assistant.evaluation import suite
from assistant.evaluation.sheets import is_in
from assistant.messages import LANGUAGES
from assistant.networks.catalogue import get
from assistant.services import Services

TESTED = Path(__file__).parents[1] / "briefs"


def said(brief: Brief) -> str:
    return " ".join((brief.subject, brief.subject_sentence, brief.first_words, *brief.key_points, *brief.facts.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_sixty_briefs_in_each_language_over_all_purposes_and_objectives(language: str) -> None:
    briefs = [one.brief for one in suite.shipped() if one.language == language and not one.post]
    assert len(briefs) >= 60
    assert {one.purpose for one in briefs} >= set(get_args(Purpose))
    assert {one.objective for one in briefs} >= set(get_args(Objective))
    assert len({network for one in briefs for network in one.networks}) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_thin_rich_and_awkward_briefs_are_among_them(language: str) -> None:
    briefs = [one.brief for one in suite.shipped() if one.language == language and not one.post]
    assert sum(not one.key_points and not one.facts and not one.link for one in briefs) >= 1, "a word and nothing else"
    assert sum(bool(one.facts) and not one.key_points for one in briefs) >= 1, "facts only"
    assert sum(bool(one.link) and not one.key_points and not one.facts for one in briefs) >= 1, "a link only"
    assert sum(len(one.key_points) >= 3 and bool(one.facts) for one in briefs) >= 10, "rich ones"
    assert sum(any(len(point) > 200 for point in one.key_points) for one in briefs) >= 2, "long points"
    assert sum(any("«" in point or "“" in point or '"' in point for point in one.key_points) for one in briefs) >= 3, "quotations"
    assert sum(bool(one.must_include or one.avoid) for one in briefs) >= 4
    assert any(one.answers for one in briefs)
    assert all(one.planned_for for one in briefs), "findings must not change with the day of the run"


@pytest.mark.parametrize("brand", suite.brands())
def test_a_brand_s_briefs_have_names_of_their_own_and_ask_for_networks_that_exist(brand: str) -> None:
    cases = [*suite.of_brand(brand), *suite.of_posts(brand)]
    assert max(Counter(one.id for one in cases).values()) == 1
    assert all(get(network).key == network for one in cases for network in one.brief.networks)


def test_no_brief_is_said_twice_and_none_is_one_of_the_tests_own() -> None:
    texts = [said(one.brief) for one in suite.shipped()]
    assert not [(a, b) for a, b in combinations(texts, 2) if fuzz.ratio(a, b) > 75]
    tested = [said(read_brief(file)) for file in TESTED.rglob("*.yaml")]
    assert not [(a, b) for a in texts for b in tested if fuzz.ratio(a, b) > 70]


@pytest.mark.parametrize("brand", suite.brands())
def test_a_post_to_be_read_exists_is_undated_and_stands_nowhere_in_what_readers_see_of_the_kit(services: Services, brand: str) -> None:
    kit = services.kit(brand)
    posts = {post.id: post for post in services.surroundings(brand).posts}
    shown = [trait.sounds_like for trait in kit.voice.we_are]
    for one in suite.of_posts(brand):
        text = posts[one.post].text
        assert not re.search(r"\b20\d\d\b.*(?:h|pm)\b", text), text
        assert not [line for line in shown if fuzz.partial_ratio(line, text) > 75], text
        assert posts[one.post].kind == "ordinary"
        assert one.brief.networks == (posts[one.post].network,)


def test_a_trap_is_a_word_of_its_brief() -> None:
    trapped = [one for one in suite.shipped() if one.traps]
    assert len(trapped) >= 8
    assert all(is_in(trap, said(one.brief)) for one in trapped for trap in one.traps)


def test_a_limit_takes_evenly_from_the_whole_row() -> None:
    cases = suite.of_brand("vaudrille")
    some = suite.spread(cases, 5)
    assert len({one.id for one in some}) == len(some) == 5
    assert cases.index(some[-1]) > len(cases) // 2
    assert suite.spread(cases, None) == suite.spread(cases, 10_000) == cases


def test_asking_for_networks_makes_it_another_suite_and_a_changed_word_too() -> None:
    cases = suite.of_brand("vaudrille")[:3]
    narrowed = suite.on_networks(cases, ("x",))
    assert [one.brief.networks for one in narrowed] == [("x",)] * 3
    assert suite.on_networks(cases, ()) == cases
    assert len({suite.key_of(cases), suite.key_of(narrowed), suite.key_of(cases[:2])}) == 3
