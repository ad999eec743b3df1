"""Brands never mix: whatever brief a brand is given, and whoever was drafted for before, no other brand's kit or posts speak in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.briefing import read_brief
from assistant.drafting.pipeline import together
from assistant.messages import LANGUAGES
from assistant.networks.catalogue import catalogue
from assistant.services import Services
from assistant.text import fold, words

SHIPPED = sorted((Path(__file__).parents[1] / "briefs").glob("*/*.yaml"))
BRANDS = sorted({file.parent.name for file in SHIPPED})
RUN = 4
"""Words in a row that two brands do not say by chance."""
CLAUSE = re.compile(r"[\n.,;:!?…()«»“”\"–—·]+")
SIGNED = re.compile(r"#\w+|@[\w.@-]+\w|\b[\w-]+(?:\.[\w-]+)*\.(?:example|fr|com|org|net)\b(?:/[\w./-]*\w)?")
"""What is said in one token: hashtags, handles, links."""


def texts_in(value: object) -> Iterator[str]:
    """Every text inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


@dataclass(frozen=True)
class Said:
    """What some texts say, in the three shapes by which it can be recognised elsewhere."""

    texts: tuple[str, ...]

    @cached_property
    def runs(self) -> set[tuple[str, ...]]:
        """Every `RUN` words in a row, clause by clause: where two texts are joined, no brand is speaking."""
        lines = [_bare(line) for text in self.texts for line in CLAUSE.split(text)]
        return {tuple(line[at : at + RUN]) for line in lines for at in range(len(line) - RUN + 1)}

    @cached_property
    def signs(self) -> set[str]:
        """Its hashtags, handles and links."""
        return {sign.casefold() for text in self.texts for sign in SIGNED.findall(text)}

    @cached_property
    def flat(self) -> str:
        """All words of it, for finding short phrases."""
        return " | ".join(" ".join(_bare(text)) for text in self.texts)

    def says(self, phrase: Sequence[str]) -> bool:
        """Whether these words stand in a row somewhere."""
        return f" {' '.join(phrase)} " in f" {self.flat} "


def _bare(text: str) -> list[str]:
    return words(fold(text.replace("’", "'")))


@dataclass(frozen=True)
class Own:
    """What belongs to one brand: all that its kit says and all that it has posted."""

    kit: Any
    said: Said

    @cached_property
    def phrases(self) -> list[list[str]]:
        """Its short lines, the fixed parts of its moulds and its marks: what is too short to be a run of words."""
        moulds = [part for mould in self.kit.moulds for line in mould.lines for part in re.split(r"\{\w+\}", line)]
        marks = (mark for mark in self.kit.own_marks() if not mark.startswith(("#", "@")))
        found = (_bare(text) for text in (*(line.text for line in self.kit.lines), *moulds, *marks))
        return [phrase for phrase in found if len(phrase) >= 2]


def own(services: Services, slug: str) -> Own:
    kit = services.kit(slug)
    content = kit.model_dump(mode="json", exclude={"slug", "version", "colour", "time_zone"})
    return Own(kit, Said((*texts_in(content), *(post.text for post in services.stores.posts.all(slug)))))


def strayed(text: str, other: Own, allowed: Said) -> list[str]:
    """What `text` says that is the other brand's alone."""
    said = Said((text,))
    found: list[Iterable[str]] = [run for run in said.runs & other.said.runs if run not in allowed.runs]
    found += [phrase for phrase in other.phrases if said.says(phrase) and not allowed.says(phrase)]
    return [" ".join(one) for one in found] + sorted((said.signs & other.said.signs) - allowed.signs)


SHARES = 3
"""Each brief takes every third network, another third the next one: all of them, each with a dozen briefs, in a third of the time."""


def outcomes(services: Services, brand: str, brief: Any, share: int) -> Iterator[tuple[str, Any]]:
    """The brief drafted for `brand` on its share of all networks there are, in both languages, whichever the brief was typed in."""
    networks = list(catalogue())[share % SHARES :: SHARES]
    for language in LANGUAGES:
        yield language, together(tuple(services.draft(brand, brief, networks=networks, variants=3, language=language)))


@pytest.mark.slow
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_draft_holds_anything_of_another_brand(file: Path, services: Services) -> None:
    brief = read_brief(file)
    typed = tuple(texts_in(brief.model_dump(mode="json")))
    brands = {slug: own(services, slug) for slug in BRANDS}
    for brand in (file.parent.name, *(slug for slug in BRANDS if slug != file.parent.name)):
        allowed = Said((*brands[brand].said.texts, *typed))
        for language, drafted in outcomes(services, brand, brief, SHIPPED.index(file)):
            assert drafted.drafts
            for made in drafted.drafts:
                leaves = "\n".join((made.text, made.first_comment, made.alt_text, made.visual_brief, *made.parts))
                shown = [str(value) for message in drafted.warnings for value in message.values.values()]
                for slug in set(BRANDS) - {brand}:
                    where = f"{brand} in {language} on {made.network} v{made.variant}: {leaves}"
                    assert not strayed(leaves, brands[slug], allowed), where
                    assert not strayed("\n".join(shown), brands[slug], allowed), where


def test_the_net_catches_a_line_a_short_phrase_a_hashtag_a_handle_and_a_link(services: Services) -> None:
    ferry, shop = own(services, "thole-ferry"), own(services, "vaudrille")
    allowed = shop.said
    line = next(line.text for line in ferry.kit.lines if len(_bare(line.text)) > RUN)
    short = min(ferry.phrases, key=len)
    tag, handle = ferry.kit.hashtags.brand[0], ferry.kit.accounts[0].handle
    for stray in (line, " ".join(short), tag, handle, ferry.kit.name):
        assert strayed(f"Bourse aux vélos\n{stray}\nÀ samedi", ferry, allowed), stray
    assert not strayed("Bourse aux vélos\nÀ samedi", ferry, allowed)
