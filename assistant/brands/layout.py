"""How a brand's posts that worked are laid out on a network: numbers only, no wording, so nothing perishable leaks."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from assistant.brands.anatomy import Anatomy, dissect, measurable
from assistant.brands.openings import OPENINGS
from assistant.messages import Language
from assistant.networks.catalogue import Habits
from assistant.posts import Post
from assistant.text import fold

ENOUGH = 10
"""Posts of one's own from which nothing is borrowed: 5 to 13 settle most habits of layout (facts: between 4 and 19 for reliability 0.8)."""
FAVOURITES = 5


@dataclass(frozen=True)
class Layout:
    """Habits measured on the account's posts, best performing weighed most; medians of the network where there are too few."""

    posts: int = 0
    """How many posts it was measured on; under 10 the network's medians are mixed in."""
    length: tuple[int, int, int] = (60, 120, 220)
    """Quartiles of the length in characters, links left out."""
    first_line: int = 80
    """Median length of the first line in characters."""
    openings: Mapping[str, float] = field(default_factory=dict)
    """Share of openings by kind: figure, name, quotation, question, scene, instruction, statement."""
    blocks: float = 1.0
    """Median number of blocks (separated by a blank line)."""
    break_after_first: float = 0.0
    """Of posts of several sentences, share with a line break after the first."""
    sentence_a_line: float = 0.0
    """Of posts of several sentences, share that put each on its own line."""
    single_breaks: float = 0.5
    """Share of posts with a line break that is no blank line, lines of links and tags left out."""
    sentences: float = 0.0
    """Median number of sentences; 0 where none was counted."""
    blank_lines: float = 0.0
    """Share of posts with a blank line."""
    final_stop: float = 0.5
    """Share of posts whose last sentence ends with a full stop."""
    emoji: float = 0.0
    """Share of posts with an emoji."""
    emoji_first: float = 0.0
    """Of those, share with it in first place."""
    emoji_last: float = 0.0
    favourite_emoji: tuple[str, ...] = ()
    hashtags: float = 0.0
    """Mean number of hashtags."""
    favourite_hashtags: Mapping[str, float] = field(default_factory=dict)
    """Of posts with hashtags, the share that holds each of those used more than once, folded."""
    hashtags_last: float = 1.0
    """Of posts with hashtags, share that put them at the very end."""
    link_own_line: float = 0.5
    """Of posts with a link, share that give it a line of its own."""
    link_led: float = 0.0
    """Of posts with a link, share where a sentence goes over into it by a colon."""
    exclamation: float = 0.0
    """Share of posts with an exclamation mark."""
    question: float = 0.0
    """Share of posts with a question mark."""
    call_to_action: float = 0.0
    """Share of posts whose last two sentences ask the reader to act."""
    practical_line: float = 0.0
    """Share of posts that give date, hour or place on a line of its own."""
    practical_label: float = 0.0
    """Of those, share that label it (« Quand : … »)."""


def measure(posts: Sequence[tuple[Post, float]], habits: Habits, language: Language) -> Layout:
    """The layout of `posts`, each with its weight (its performance); under ten posts the network's `habits` are mixed in.

    Reposts, answers, copies and banned posts do not count, contests and the like only where there is nothing else.
    """
    weights = {id(post): weight for post, weight in posts}
    own = measurable([post for post, _ in posts])
    seen = [(dissect(post.text, language), max(0.0, weights[id(post)])) for post in own]
    if not any(weight for _, weight in seen):
        seen = [(anatomy, 1.0) for anatomy, _ in seen]
    known = {f.name for f in fields(Layout)}
    usual = replace(Layout(), **{name: value for name, value in habits.model_dump().items() if name in known})
    if not seen:
        return usual
    measured = _measured(seen)
    return measured if len(seen) >= ENOUGH else _mixed(measured, usual, len(seen) / ENOUGH)


Weighed = Sequence[tuple[Anatomy, float]]


def _measured(seen: Weighed) -> Layout:
    several = [pair for pair in seen if len(pair[0].sentences) > 1]
    with_emoji = [pair for pair in seen if pair[0].emoji]
    with_tags = [pair for pair in seen if pair[0].hashtags]
    with_link = [pair for pair in seen if pair[0].link_spans]
    practical = [pair for pair in seen if pair[0].practical]
    lengths = [quantile([(a.length, w) for a, w in seen], q) for q in (0.25, 0.5, 0.75)]
    total = sum(weight for _, weight in seen)
    usual = Layout()
    return Layout(
        posts=len(seen),
        length=(round(lengths[0]), round(lengths[1]), round(lengths[2])),
        first_line=round(quantile([(a.first_line, w) for a, w in seen], 0.5)),
        openings={kind: share(seen, lambda a, kind=kind: a.opening == kind) for kind in OPENINGS},  # type: ignore[misc]
        blocks=quantile([(a.blocks, w) for a, w in seen], 0.5),
        break_after_first=share(several, lambda a: a.break_after_first),
        sentence_a_line=share(several, lambda a: a.sentence_a_line),
        single_breaks=share(seen, lambda a: a.single_break),
        sentences=quantile([(len(a.sentences), w) for a, w in seen], 0.5),
        blank_lines=share(seen, lambda a: a.blank_line),
        final_stop=share(seen, lambda a: a.final_stop),
        emoji=share(seen, lambda a: bool(a.emoji)),
        emoji_first=share(with_emoji, lambda a: a.emoji_first),
        emoji_last=share(with_emoji, lambda a: a.emoji_last),
        favourite_emoji=_favourites(seen),
        hashtags=sum(len(a.hashtags) * w for a, w in seen) / total,
        favourite_hashtags=_shares_of_tags(with_tags),
        hashtags_last=share(with_tags, lambda a: a.hashtags_last, usual.hashtags_last),
        link_own_line=share(with_link, lambda a: a.link_own_line, usual.link_own_line),
        link_led=share(with_link, lambda a: a.link_led),
        exclamation=share(seen, lambda a: "!" in a.body),
        question=share(seen, lambda a: "?" in a.body),
        call_to_action=share(seen, lambda a: a.asks),
        practical_line=share(seen, lambda a: a.practical > 0),
        practical_label=share(practical, lambda a: a.practical > 1),
    )


def share(seen: Weighed, holds: Callable[[Anatomy], bool], none: float = 0.0) -> float:
    """The weighed share of `seen` for which `holds` is true; `none` where there is nothing to count."""
    total = sum(weight for _, weight in seen)
    return sum(weight for anatomy, weight in seen if holds(anatomy)) / total if total else none


def quantile(values: Sequence[tuple[float, float]], q: float) -> float:
    """The weighed quantile `q`: each value stands in the middle of its weight, in between lies a straight line."""
    ordered = sorted((value, weight) for value, weight in values if weight > 0)
    total = sum(weight for _, weight in ordered)
    before, last = 0.0, (0.0, ordered[0][0])
    for value, weight in ordered:
        middle = (before + weight / 2) / total
        if middle >= q:
            span = middle - last[0]
            return value if before == 0 or span <= 0 else last[1] + (value - last[1]) * (q - last[0]) / span
        before, last = before + weight, (middle, value)
    return float(ordered[-1][0])


def _favourites(seen: Weighed) -> tuple[str, ...]:
    """The emoji of at least two posts, heaviest first."""
    posts: Counter[str] = Counter()
    weight: dict[str, float] = {}
    for anatomy, w in seen:
        for sign in dict.fromkeys(anatomy.emoji):
            posts[sign] += 1
            weight[sign] = weight.get(sign, 0.0) + w
    repeated = [sign for sign in weight if posts[sign] > 1]
    return tuple(sorted(repeated, key=lambda sign: -weight[sign])[:FAVOURITES])


def _shares_of_tags(seen: Weighed) -> dict[str, float]:
    """How often each hashtag of at least two posts stands under a post that has any."""
    used = [({fold(tag) for tag in anatomy.hashtags}, w) for anatomy, w in seen]
    total = sum(w for _, w in used)
    counted = Counter(tag for tags, _ in used for tag in tags)
    return {tag: sum(w for tags, w in used if tag in tags) / total for tag, times in sorted(counted.items()) if times > 1 and total}


def _mixed(measured: Layout, usual: Layout, own: float) -> Layout:
    """`measured` and what is `usual`, with the part `own` of the first."""

    def mix(a: float, b: float) -> float:
        return a * own + b * (1 - own)

    numbers: dict[str, Any] = {
        name: mix(value, getattr(usual, name))
        for name, value in vars(measured).items()
        if isinstance(value, (int, float)) and name not in ("posts", "first_line", "sentences")
    }
    low, middle, high = (round(mix(a, b)) for a, b in zip(measured.length, usual.length, strict=True))
    return replace(measured, **numbers, length=(low, middle, high), first_line=round(mix(measured.first_line, usual.first_line)))
