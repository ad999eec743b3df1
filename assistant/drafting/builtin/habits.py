"""The layout of one draft, drawn from the account's measured habits: numbers become yes or no, the same for all variants.

A habit at 60 % is drawn six times in ten, never turned into "always"; what is drawn depends on the brief and the seed.
"""

import hashlib
from dataclasses import dataclass

from assistant.drafting.writer import WriteRequest

SHORT_HABIT, LONG_HABIT = 1.4, 2.0
"""How far past its account's upper quartile optional units may fill a post: little where the network is short, more where there is room."""
HARDLY = 0.25
SHORT_NETWORK = 600
"""Characters: networks with a lower limit are short."""


@dataclass(frozen=True)
class Habits:
    """How this draft is laid out."""

    blank: bool
    """Blank lines between blocks."""
    blocks: int
    break_first: bool
    """A line break after the opening."""
    lines: bool
    """Each sentence on its own line."""
    stop: bool
    """A full stop at the very end."""
    stopless: bool
    """The account hardly ever puts one."""
    link_own: bool
    link_led: bool
    """The practical line goes over into the link by a colon."""
    tags_last: bool
    practical_own: bool
    practical_label: bool
    tags: int
    budget: int
    """Characters that optional units may fill."""
    emoji: bool
    single: bool = True
    """Single line breaks inside the prose; else blank lines or none."""
    sentences: float = 0.0
    """How many the account usually has in a post; 0 where that is not known."""

    @property
    def airy(self) -> bool:
        """Whether the post has line breaks at all."""
        return self.blank or self.lines or self.break_first


def drawn(request: WriteRequest) -> Habits:
    """The habits of this account on this network, drawn for this brief and seed."""
    layout = request.layout

    def yes(rate: float, name: str) -> bool:
        return rate >= 0.9 or (rate > 0.1 and chance(request, name) < rate)

    whole, rest = divmod(layout.hashtags, 1)
    blank = yes(layout.blank_lines, "blank")
    lines = yes(layout.sentence_a_line, "lines")
    return Habits(
        blank=blank,
        blocks=max(1, round(layout.blocks)) if not blank else max(2, round(layout.blocks)),
        break_first=yes(layout.break_after_first, "break"),
        lines=lines,
        stop=yes(layout.final_stop, "stop"),
        stopless=layout.final_stop < HARDLY,
        link_own=yes(layout.link_own_line, "link"),
        link_led=yes(layout.link_led, "link_led"),
        tags_last=yes(layout.hashtags_last, "tags_last"),
        practical_own=layout.blocks > 1 or blank or yes(layout.practical_line, "practical"),
        practical_label=yes(layout.practical_label, "label"),
        tags=int(whole) + (1 if rest > 0 and chance(request, "tags") < rest else 0),
        budget=int(layout.length[2] * (SHORT_HABIT if request.network.limit <= SHORT_NETWORK else LONG_HABIT)),
        emoji=layout.emoji > 0 and yes(layout.emoji, "emoji"),
        single=lines or yes(layout.single_breaks, "single"),
        sentences=layout.sentences,
    )


def chance(request: WriteRequest, name: str) -> float:
    """A number from 0 to 1 that depends on the brand, the brief, the network, the seed and `name` alone."""
    brief = (request.brief.subject, *request.brief.key_points[:2])
    key = "\x1f".join((request.kit.slug, *brief, request.network.key, str(request.seed), name))
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest()) / 2**48
