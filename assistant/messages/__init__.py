"""Every sentence that a person reads, in French and in English, as data.

Each `*.toml` beside this file holds one area, each entry one id with its two languages side by side:

    ["limits.length"]
    fr = "$length sur $limit : trop long de $over."
    en = "$length of $limit: $over too long."

A sentence that depends on `$count` is a table: `fr = {one = "...", other = "..."}` (French: 0 and 1 are `one`; English:
only 1). Substitution is a single pass, so a value that holds a `$` is never expanded.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Template
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True)
class Message:
    """An id and its values; becomes a sentence only where a person reads it."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@cache
def catalogue() -> Mapping[str, Mapping[str, object]]:
    """All entries by id. Raises ValueError when two files hold the same id or an entry lacks a language."""
    entries: dict[str, Mapping[str, object]] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for id, entry in tomllib.loads(file.read_text("utf8")).items():
            if id in entries:
                raise ValueError(f"{file.name}: {id} is defined twice")
            if missing := set(LANGUAGES) - set(entry):
                raise ValueError(f"{file.name}: {id} lacks {', '.join(sorted(missing))}")
            entries[id] = entry
    return entries


def render(message: Message, language: Language) -> str:
    """The sentence of `message` in `language`. Raises KeyError for an unknown id or a missing value."""
    return text(message.id, language, **dict(message.values))


def text(id: str, language: Language, /, **values: object) -> str:
    """The sentence `id` in `language`, with `values` put in. Raises KeyError naming what is unknown or missing."""
    sentence = catalogue()[id][language]
    if isinstance(sentence, Mapping):
        sentence = sentence["one" if _is_one(values["count"], language) else "other"]
    return Template(str(sentence)).substitute({name: _shown(value, language) for name, value in values.items()})


def has(id: str) -> bool:
    """Whether a sentence exists for `id`."""
    return id in catalogue()


def _is_one(count: object, language: Language) -> bool:
    return count in (0, 1) if language == "fr" else count == 1


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Message):
        return render(value, language)
    if isinstance(value, Decimal):
        figure = f"{value:,f}"
        return figure.replace(",", "\u202f").replace(".", ",") if language == "fr" else figure
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(item, language) for item in value)
    return str(value)
