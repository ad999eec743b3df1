"""The catalogue: one entry per network, read from `networks.toml`, each with its source, its age and our confidence in it."""

import calendar
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import InputError
from assistant.messages import Language

Counting = Literal["twitter_text_v3", "utf16", "threads", "grapheme", "grapheme_mastodon", "codepoint", "utf8_bytes"]
Basis = Literal["measured", "few", "editorial"]
"""Measured on eight accounts or more; on one to three accounts; or our own advice."""


class Habits(BaseModel):
    """What texts there usually look like, for accounts with too few posts of their own (medians, see `docs/networks.md`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    length: tuple[int, int, int]
    """Quartiles in characters, links left out."""
    first_line: int = 80
    hashtags: float = 0.0
    """Mean number in a text."""
    emoji: float = 0.0
    """Share of texts with one."""
    blank_lines: float = 0.0
    """Share of texts with one."""
    basis: Basis = "editorial"


class Network(BaseModel):
    """What one network allows, how it counts, what is usual there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    limit: int
    """The hard limit, in `unit`."""
    unit: Counting
    bytes_limit: int | None = None
    """A second hard limit in UTF-8 bytes (Bluesky)."""
    soft: bool = False
    """The limit is a habit (newsletter subject): over it is a warning."""
    product_cap: int | None = None
    """Above this schedulers refuse: a warning."""
    fold_at: int | None = None
    """Characters visible before "more", on a phone. Habit of today's apps, never a rule."""
    fold_at_desktop: int | None = None
    url_weight: int | None = None
    max_hashtags: int | None = None
    hashtag_overflow: Literal["reject", "ignore"] = "ignore"
    recommended_hashtags: tuple[int, int] = (0, 2)
    max_mentions: int | None = None
    warn_mentions_above: int | None = None
    max_links: int | None = None
    links_clickable: bool = True
    url_needs_scheme: bool = False
    phone_in_text: bool = True
    markdown: bool = False
    forbidden_characters: str = ""
    alt_text_limit: int | None = None
    media_required: bool = False
    thread: bool = False
    """Whether a long text may become a thread here."""
    reply_limit: int | None = None
    reply_unit: Counting | None = None
    """None: as `unit`."""
    reply_product_cap: int | None = None
    """Above this a reply is longer than people read, or than interfaces took: a warning."""
    habits: dict[Language, Habits]
    facts_key: str = ""
    """The entry's name in our collected sources."""
    source: str
    as_of: Annotated[str, Field(pattern=r"^(\d{4}(-\d\d){0,2}|undated)$")]
    """The age of the best source: `2026-08-21`, `2026-08`, `2026`, or `undated`."""
    confidence: Literal["high", "medium", "low"]

    @property
    def known_on(self) -> date | None:
        """`as_of` as a day (the last one of a month or a year), or None when the source shows no date."""
        if self.as_of == "undated":
            return None
        year, month, day = (*map(int, self.as_of.split("-")), 0, 0)[:3]
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])


@cache
def catalogue() -> dict[str, Network]:
    """All networks by key, in the order of the file."""
    data = tomllib.loads(files(__package__).joinpath("networks.toml").read_text("utf8"))
    return {key: Network(key=key, **entry) for key, entry in data.items()}


def get(key: str) -> Network:
    """The network `key`. Raises InputError `network.unknown` naming those that exist."""
    try:
        return catalogue()[key]
    except KeyError:
        raise InputError("network.unknown", network=key, known=list(catalogue())) from None


def family(key: str) -> str:
    """The network behind a key: `x-premium` and `x` are one account with two limits."""
    return key.removesuffix("-premium")


def stale(today: date, months: int = 12) -> list[Network]:
    """Networks to look up again: the source is older than `months`, shows no date, or we trust it little."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    oldest = date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    return [n for n in catalogue().values() if n.confidence == "low" or n.known_on is None or n.known_on < oldest]
