"""The length of a text as its network counts it, and whether it fits there. Always after NFC, which is what networks receive."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import InputError
from assistant.networks.catalogue import Counting, Network
from assistant.networks.shortened import shortened_length
from assistant.networks.weighted import weighted_length
from assistant.text import emoji_spans, graphemes


@dataclass(frozen=True)
class LimitCount:
    """One hard limit: how much of it a text takes, in its own unit."""

    unit: Counting
    length: int
    limit: int

    @property
    def fits(self) -> bool:
        """Whether the text is within it."""
        return self.length <= self.limit

    @property
    def over(self) -> int:
        """By how much the text is too long; 0 when it fits."""
        return max(0, self.length - self.limit)


@dataclass(frozen=True)
class Count:
    """A text measured for a network. `length` and `limit` are the main limit's; the text fits when all limits hold."""

    network: str
    length: int
    limit: int
    unit: Counting
    fits: bool
    fold_at: int | None
    """Characters that the network shows before "more", on a phone; `clip_at_fold` says where that is in a text."""
    limits: tuple[LimitCount, ...]

    def as_json(self) -> dict[str, Any]:
        """What `plume count --json` prints."""
        limits = [{"unit": each.unit, "length": each.length, "limit": each.limit} for each in self.limits]
        main = {"network": self.network, "length": self.length, "limit": self.limit, "unit": self.unit, "fits": self.fits}
        return {**main, "fold_at": self.fold_at, "limits": limits}


def length(text: str, unit: Counting) -> int:
    """The length of `text` in `unit`, after NFC and with Unix line ends."""
    return COUNTERS[unit](unicodedata.normalize("NFC", text.replace("\r\n", "\n")))


def measure(text: str, network: Network, *, reply: bool = False) -> Count:
    """`text` against every hard limit of `network`. Raises InputError `network.no_replies` where nobody can answer."""
    unit, limit = network.unit, network.limit
    if reply:
        if network.reply_limit is None:
            raise InputError("network.no_replies", network=network.key)
        unit, limit = network.reply_unit or unit, network.reply_limit
    limits = [LimitCount(unit, length(text, unit), limit)]
    if network.bytes_limit is not None:
        limits.append(LimitCount("utf8_bytes", length(text, "utf8_bytes"), network.bytes_limit))
    return Count(
        network=network.key,
        length=limits[0].length,
        limit=limit,
        unit=unit,
        fits=all(each.fits for each in limits),
        fold_at=None if reply else network.fold_at,
        limits=tuple(limits),
    )


def clip_at_fold(text: str, network: Network) -> int | None:
    """Where the network folds `text` (an offset in Python characters), or None when all of it shows."""
    if network.fold_at is None:
        return None
    shown = place = 0
    for cluster in graphemes(text):
        shown += weighted_length(cluster) if network.unit == "twitter_text_v3" else 1
        if shown > network.fold_at:
            return place
        place += len(cluster)
    return None


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _utf8(text: str) -> int:
    return len(text.encode("utf8", "surrogatepass"))


def _threads(text: str) -> int:
    """One a character, but an emoji costs its bytes (https://developers.facebook.com/documentation/threads/posts)."""
    spans = emoji_spans(text)
    if not spans:
        return len(text)
    starts = {start for start, _ in spans}
    total = place = 0
    for cluster in graphemes(text):
        end = place + len(cluster)
        total += _utf8(cluster) if any(offset in starts for offset in range(place, end)) else len(cluster)
        place = end
    return total


COUNTERS: Mapping[Counting, Callable[[str], int]] = {
    "twitter_text_v3": weighted_length,
    "utf16": _utf16,
    "threads": _threads,
    "grapheme": lambda text: len(graphemes(text)),
    "grapheme_mastodon": shortened_length,
    "codepoint": len,
    "utf8_bytes": _utf8,
}
