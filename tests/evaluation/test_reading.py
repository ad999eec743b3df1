"""The list that people read: in an order by the seed, harmless whatever is in it, silent about who wrote what."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.evaluation.figures import Asked, Measured
from assistant.evaluation.page import page
from assistant.evaluation.reading import PUBLISHED, ToRead, drafts_to_read, listed, posts_to_read
from assistant.evaluation.suite import Case
from assistant.messages import LANGUAGES, Language
from assistant.posts import Post
from assistant.services import Services

DAY = date(2026, 11, 26)
HOSTILE = "</div><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'<!-- javascript:void(0)"
BRIEF = Brief(subject="Clés", planned_for=date(2027, 3, 3), networks=("x", "facebook"))


def texts(number: int = 12) -> list[ToRead]:
    sources = ("built-in", "some-model", PUBLISHED)
    return [ToRead(sources[n % 3], f"case{n}", "vaudrille", "x", "fr", f"Texte numéro {n}.", BRIEF) for n in range(number)]


def hostile_kit() -> Kit:
    return Kit(slug="vaudrille", name=HOSTILE, languages=("fr",), description=HOSTILE, audience=HOSTILE, legal_notes=(HOSTILE,))


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    assert listed(texts(), 7) == listed(reversed(texts()), 7), "nor does it matter in which order they came"
    assert [one.text for one in listed(texts(), 7).texts] != [one.text for one in listed(texts(), 8).texts]
    assert listed(texts(), 7).id != listed(texts(), 8).id


def test_sources_are_mixed_and_numbers_tell_nothing() -> None:
    found = listed(texts(30), 1)
    assert [one.id for one in found.texts] == [f"T{found.id}-{n:02}" for n in range(1, 31)]
    turns = sum(a.source != b.source for a, b in zip(found.texts, found.texts[1:], strict=False))
    assert 10 <= turns < 29, "neither in blocks nor in turn"


def test_each_brief_gives_one_draft_and_the_seed_says_on_which_network() -> None:
    measured = Measured("", "vaudrille", "fr", "", 1, "built-in", "t", "figure", 1, 280, 0.5, "")
    asked = [
        Asked(f"c{n}", "vaudrille", "fr", network, (replace(measured, case=f"c{n}", network=network, text=f"{n} {network}"),))
        for n in range(20)
        for network in ("facebook", "instagram", "x")
    ]
    failed = Asked("c99", "vaudrille", "fr", "x", failure="model.timeout")
    cases = [Case(f"c{n}", "vaudrille", "fr", BRIEF) for n in range(20)]
    drawn = drafts_to_read([*asked, failed], cases, 3, 15)
    assert len({one.case for one in drawn}) == len(drawn) == 15
    assert len({one.network for one in drawn}) == 3
    assert drawn == drafts_to_read(asked, cases, 3, 15)


def test_banned_posts_and_posts_without_a_brief_stay_out() -> None:
    posts = [Post("1", "Un.", "x"), Post("2", "Deux.", "x", banned=True), Post("3", "Trois.", "x")]
    cases = [Case(f"post-{id}", "vaudrille", "fr", BRIEF, post=id) for id in ("1", "2", "9")]
    assert [one.text for one in posts_to_read(cases, posts, 0, 10)] == ["Un."]
    assert posts_to_read(cases, posts, 0, 0) == []


class Seen(HTMLParser):
    """Tags with their attributes, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("reader", LANGUAGES)
def test_hostile_text_stays_text_wherever_it_stands(reader: Language) -> None:
    brief = Brief(subject=HOSTILE, key_points=(HOSTILE,), facts={HOSTILE: HOSTILE}, link=HOSTILE, tone=HOSTILE, avoid=(HOSTILE,))
    found = listed([ToRead("built-in", "c", "vaudrille", "x", "fr", HOSTILE, brief)], 0)
    html = page(found, {"vaudrille": hostile_kit()}, {("vaudrille", "x"): [HOSTILE]}, DAY, reader)
    seen = Seen(html)
    names = {tag for tag, _ in seen.tags}
    assert not names & {"script", "img", "iframe", "link", "object", "form"}
    assert not [attribute for _, attributes in seen.tags for attribute in attributes if attribute.startswith("on")]
    assert seen.said.count("<script>alert(1)</script>") >= 10
    assert all(
        (value or "").startswith("#") for _, attributes in seen.tags for name, value in attributes.items() if name in ("href", "src")
    )
    assert "http://" not in html
    assert "https://" not in html
    assert "default-src 'none'" in html


def test_nothing_in_the_page_tells_where_a_text_comes_from(services: Services) -> None:
    found = listed(texts(), 1)
    kit = services.kit("vaudrille")
    html = page(found, {"vaudrille": kit}, {}, DAY, "fr")
    assert not re.search("built-in|some-model|published|case\\d|2027-03-03", html)
    drafted, posted = (replace(one, source=source) for one, source in ((texts()[0], "built-in"), (texts()[0], PUBLISHED)))
    pages = [page(listed([one], 1), {"vaudrille": kit}, {}, DAY, "fr") for one in (drafted, posted)]
    assert pages[0] == pages[1], "a draft and a post of the same words look the same"
    assert {one["source"] for one in found.key()["texts"]} == {"built-in", "some-model", PUBLISHED}


@pytest.mark.parametrize("reader", LANGUAGES)
def test_readers_get_the_kit_s_essentials_and_only_facts_that_hold(services: Services, reader: Language) -> None:
    kit = services.kit("vaudrille")
    said = Seen(page(listed(texts(2), 0), {"vaudrille": kit}, {("vaudrille", "x"): ["Un post d’avant."]}, DAY, reader)).said
    assert "5,50 €" not in said, "an old price"
    for held in (kit.description[:40], "Prêterie", "indestructible", "#LeTiroirDuJeudi", "14 rue des Taillandiers", "Un post d’avant."):
        assert held in said
