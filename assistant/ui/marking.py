"""A post's text as HTML: where today's apps fold it, what they colour, and the passages that a remark speaks of. Escaped throughout."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.findings import LEVELS, Finding
from assistant.networks import counting
from assistant.networks.catalogue import Network
from assistant.networks.links import written_links
from assistant.text import HASHTAG, MENTION
from assistant.ui.outside import lines
from assistant.ui.session import say

Mark = tuple[int, int, str]
"""From, to (offsets in the text) and the class to draw it with."""


def text_html(text: str, network: Network, findings: Sequence[Finding] = ()) -> str:
    """The text with its marks; what is behind the fold is paler and a label says where it begins."""
    fold = fold_of(text, network)
    marks = [*tags(text), *flags(text, findings)]
    cuts = sorted({0, len(text), fold, *(place for start, end, _ in marks for place in (start, end))})
    shown = [_run(text, start, end, marks) for start, end in pairwise(cuts)]
    before = "".join(html for html, start in zip(shown, cuts, strict=False) if start < fold)
    after = "".join(html for html, start in zip(shown, cuts, strict=False) if start >= fold)
    if not after:
        return before
    label = f'<span class="plume-fold" data-label="{lines(say("card.fold"))}" aria-hidden="true"></span>'
    return f'{before} {label}<span class="plume-after">{after}</span>'


def fold_of(text: str, network: Network) -> int:
    """Where the text is folded, moved back to the end of a word; its length when all of it shows."""
    at = counting.clip_at_fold(text, network)
    if at is None or at >= len(text):
        return len(text)
    last_gap = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at))
    return last_gap if last_gap > 0 else at


def tags(text: str) -> Iterator[Mark]:
    """What a network shows in colour: hashtags, mentions, links. Here they are words like the others."""
    for pattern in (HASHTAG, MENTION):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), "plume-tag"
    for link in written_links(text):
        yield *link.span, "plume-tag"


def flags(text: str, findings: Iterable[Finding]) -> Iterator[Mark]:
    """The passages that errors and warnings point at."""
    for one in sorted(findings, key=lambda each: LEVELS.index(each.level), reverse=True):
        if one.span and one.field == "text" and one.level != "info":
            start, end = max(0, one.span[0]), min(len(text), one.span[1])
            if start < end:
                yield start, end, f"plume-flag {one.level}"


def _run(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    classes = dict.fromkeys(name for first, last, name in marks if first <= start and end <= last)
    words = lines(text[start:end])
    return f'<span class="{" ".join(classes)}">{words}</span>' if classes else words
