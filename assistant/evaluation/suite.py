"""The shipped briefs that a writer is judged by: one file per brand in `briefs/`, typed as community managers type them.

A file names its brand and language and holds two lists. `briefs` are drafted; their `traps` are what a text must not repeat.
`posts` are briefs typed for posts that the brand really published (`post` is the post's id): nothing is drafted from them, their
posts are mixed into a reading list, and a reader sees a brief beside every text alike.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.briefs import Brief
from assistant.messages import Language


@dataclass(frozen=True)
class Case:
    """One brief of the suite."""

    id: str
    brand: str
    language: Language
    brief: Brief
    post: str = ""
    """Id of the past post that was written from it; empty for a brief to draft."""
    traps: tuple[str, ...] = ()
    """Words of the brief that no text may hold: orders and greetings to whoever writes, what the brand forbids."""


@cache
def shipped() -> tuple[Case, ...]:
    """Every shipped case, in the order of its file, brands by name."""
    found: list[Case] = []
    for file in sorted(files(__package__).joinpath("briefs").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            found += _cases(yaml.load(file.read_text("utf8"), Loader=yaml.BaseLoader))  # noqa: S506 -- texts and nothing else
    return tuple(found)


def of_brand(slug: str, language: Language | None = None) -> tuple[Case, ...]:
    """The briefs to draft for a brand."""
    return tuple(one for one in shipped() if one.brand == slug and not one.post and language in (None, one.language))


def of_posts(slug: str, language: Language | None = None) -> tuple[Case, ...]:
    """The briefs that were typed for posts which the brand really published."""
    return tuple(one for one in shipped() if one.brand == slug and one.post and language in (None, one.language))


def brands() -> tuple[str, ...]:
    """Brands with a suite."""
    return tuple(dict.fromkeys(one.brand for one in shipped()))


def spread(cases: Sequence[Case], limit: int | None) -> tuple[Case, ...]:
    """At most `limit` of `cases`, taken evenly from the whole row; all of them without a limit."""
    if limit is None or limit >= len(cases):
        return tuple(cases)
    return tuple(cases[number * len(cases) // limit] for number in range(limit))


def on_networks(cases: Iterable[Case], networks: Sequence[str]) -> tuple[Case, ...]:
    """`cases`, each for exactly these networks; for its own where none are asked for."""
    if not networks:
        return tuple(cases)
    return tuple(replace(one, brief=one.brief.model_copy(update={"networks": tuple(networks)})) for one in cases)


def key_of(cases: Iterable[Case]) -> str:
    """What makes two runs comparable: the same briefs, word for word, on the same networks. Whoever wrote is no part of it."""
    said = [[one.id, one.brand, one.language, one.traps, one.brief.model_dump(mode="json", exclude_defaults=True)] for one in cases]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _cases(content: Any) -> list[Case]:
    rows = [(False, row) for row in content.get("briefs") or ()] + [(True, row) for row in content.get("posts") or ()]
    return [_case(content["brand"], content["language"], dict(row), published) for published, row in rows]


def _case(brand: str, language: Language, row: dict[str, Any], published: bool) -> Case:
    post = row.pop("post") if published else ""
    id, traps = row.pop("id", "") or f"post-{post}", tuple(row.pop("traps", ()))
    if planned := row.get("planned_for"):
        row["planned_for"] = date.fromisoformat(planned)
    return Case(id, brand, language, Brief.model_validate(row), post, traps)
