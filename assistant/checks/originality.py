"""Has it been said before: near copies of the brand's past posts and of its latest drafts.

The brief's own words, the kit's lines and what the brand says again and again (in three posts or more) may come back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz import fuzz, process

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.checks.check import Check, Rule, found, shown, spoken
from assistant.checks.context import CheckContext
from assistant.checks.grounding.sources import brief_texts
from assistant.checks.history import latest
from assistant.checks.memory import Kept
from assistant.checks.reading import Reading, View
from assistant.findings import Finding
from assistant.messages import Message
from assistant.posts import Post
from assistant.text import fold, windows

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
RUN = 9
"""So many words running, in the same order, are no accident."""
OWN_RUN = 4
"""Runs this long of the brief or of a kit line are taken out before comparing."""
RECURRING = 3
"""A run that stands in this many past posts is the brand's own formula."""
ALIKE = 86.0
"""Likeness (rapidfuzz ratio, 0 to 100) of what is left, from which two texts are copies."""
LEAST = 8
"""With fewer words left there is nothing to compare."""


@dataclass(frozen=True)
class Wording:
    """The words of one text and the runs of them, to be compared."""

    words: tuple[str, ...]
    joined: str


@lru_cache(maxsize=256)
def _wording(text: str) -> Wording:
    words = tuple(WORD.findall(fold(text)))
    return Wording(words, " ".join(words))


class PastWording:
    """A brand's past posts, to be asked which of them a text repeats."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self.posts = latest(posts)
        self.joined = [" ".join(WORD.findall(fold(_without_signs(post.text)))) for post in self.posts]
        self.runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, joined in enumerate(self.joined):
            for run in set(windows(joined.split(), RUN)):
                self.runs[run].append(index)

    def repeated(self, words: tuple[str, ...], taken: frozenset[int]) -> tuple[int, int, int] | None:
        """The longest repeated run: its first word, its length, the post; recurring formulas and `taken` words left out."""
        best: tuple[int, int, int] | None = None
        start = 0
        while start <= len(words) - RUN:
            posts = self.runs.get(words[start : start + RUN], [])
            if not posts or len(posts) >= RECURRING or any(i in taken for i in range(start, start + RUN)):
                start += 1
                continue
            end = start + RUN
            while end < len(words) and posts[0] in self.runs.get(words[end - RUN + 1 : end + 1], []) and end not in taken:
                end += 1
            if best is None or end - start > best[1]:
                best = (start, end - start, posts[0])
            start = end
        return best

    def alike(self, own: str) -> tuple[int, float] | None:
        """The past post that `own` is a near copy of, and how near."""
        best = process.extractOne(own, self.joined, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return (best[2], best[1]) if best is not None else None


PAST: Kept[tuple[Post, ...], PastWording] = Kept(PastWording)


def _without_signs(text: str) -> str:
    return regex.sub(r"https?://\S+|[#@][\p{L}\p{N}_]+", " ", text)


def _runs_of(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(run for text in texts for run in windows(list(_wording(text).words), OWN_RUN))


KIT_RUNS: Kept[Kit, frozenset[tuple[str, ...]]] = Kept(lambda kit: _runs_of(_kit_lines(kit)))


def _kit_lines(kit: Kit) -> Iterator[str]:
    yield from (line.text for line in kit.lines)
    yield from (text for mould in kit.moulds for text in mould.lines)
    yield from (d.text for d in kit.disclosures)
    yield from (fact.value for fact in kit.facts)
    yield from kit.legal_notes


BRIEF_RUNS: Kept[Brief, frozenset[tuple[str, ...]]] = Kept(lambda brief: _runs_of(brief_texts(brief)))


class _Own:
    """A text with the words that are not its own set aside."""

    def __init__(self, reading: Reading, context: CheckContext) -> None:
        prose = reading.prose
        self.spans = [m.span() for m in WORD.finditer(prose)]
        self.words = tuple(fold(prose[a:b]) for a, b in self.spans)
        allowed: list[frozenset[tuple[str, ...]]] = []
        if context.kit is not None:
            allowed.append(KIT_RUNS.of(context.kit))
        if context.brief is not None:
            allowed.append(BRIEF_RUNS.of(context.brief))
        self.taken = frozenset(
            index
            for start in range(len(self.words) - OWN_RUN + 1)
            if any(self.words[start : start + OWN_RUN] in runs for runs in allowed)
            for index in range(start, start + OWN_RUN)
        )
        self.left = " ".join(word for index, word in enumerate(self.words) if index not in self.taken)
        self.count = len(self.words) - len(self.taken)

    def span(self, first: int, count: int) -> tuple[int, int]:
        """Where a run of words stands in the text."""
        return self.spans[first][0], self.spans[first + count - 1][1]


def _past(field: Reading, own: _Own, context: CheckContext) -> Iterator[Finding]:
    past = PAST.of(context.history)
    if own.count >= LEAST and (copy := past.alike(own.left)):
        post = past.posts[copy[0]]
        yield found("originality.past_post", "warning", field, (own.spans[0][0], own.spans[-1][1]), **_which(post), likeness=round(copy[1]))
        return
    if run := past.repeated(own.words, own.taken):
        post = past.posts[run[2]]
        yield found("originality.past_wording", "warning", field, own.span(run[0], run[1]), **_which(post), count=run[1])


def _which(post: Post) -> dict[str, object]:
    day = spoken(post.published_at.date()) if post.published_at else Message("checks.undated")
    return {"post": post.id, "day": day, "opening": shown(post.text)}


def _recent(field: Reading, own: _Own, drafts: tuple[str, ...]) -> Iterator[Finding]:
    if own.count < LEAST:
        return
    for number, draft in enumerate(drafts, 1):
        if fuzz.ratio(own.left, _wording(_without_signs(draft)).joined, score_cutoff=ALIKE):
            yield found(
                "originality.recent_draft", "warning", field, (own.spans[0][0], own.spans[-1][1]), number=number, opening=shown(draft)
            )
            return


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    if not context.history and not context.recent_drafts:
        return
    for field in view.bodies:
        own = _Own(field, context)
        if context.history and own.words:
            yield from _past(field, own, context)
        if context.recent_drafts and own.words:
            yield from _recent(field, own, context.recent_drafts)


CHECK = Check(
    "originality.",
    "text, parts",
    (
        Rule("originality.past_post", "warning"),
        Rule("originality.past_wording", "warning"),
        Rule("originality.recent_draft", "warning"),
    ),
    _run,
)
