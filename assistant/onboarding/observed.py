"""What a brand's own posts say about its habits, set generously: a rule is only made where there is evidence for it."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import regex

from assistant.brands.anatomy import Anatomy, dissect, measurable
from assistant.brands.kit import Address, Speaker
from assistant.brands.perishable import perishable
from assistant.brands.register import addresses, names_itself
from assistant.messages import Language
from assistant.networks.catalogue import catalogue, family
from assistant.posts import Post
from assistant.text import fold, words

ENOUGH = 20
"""Posts from which nearly every habit of form is known (facts: 20 give a reliable value)."""
USUAL = 0.98
"""A limit lets this share of the brand's own posts through."""
SPEAKING = 5
"""Posts that must address the reader, or let the brand speak, before a form is taken as the brand's."""
AGREED = 0.9
"""Share of those that must agree."""
RECURRING = 0.3
NAMED = 2
"""Posts that must hold a tag made of the brand's name."""
LINE_POSTS = 3
MEDIAN_DOT = regex.compile(r"\p{L}·(?:e|es|ne|nes|le|les|se|ses|trice|trices|ère|ères|rice|rices)s?\b")


@dataclass(frozen=True)
class Choice:
    """A choice between forms, as posts show it: how many hold each, and the one they agree on."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Posts that hold any of them."""
        return sum(self.counts.values())

    @property
    def first(self) -> str:
        """The most frequent; empty when there is none."""
        return max(self.counts, key=lambda one: self.counts[one], default="")

    @property
    def agreed(self) -> str:
        """The form nearly all posts agree on; empty when there are too few, or when they differ."""
        enough = self.total >= SPEAKING and self.counts.get(self.first, 0) >= AGREED * self.total
        return self.first if enough else ""


@dataclass(frozen=True)
class Observed:
    """The habits of a brand's posts."""

    language: Language
    anatomies: Sequence[Anatomy] = ()
    by_network: Mapping[str, Sequence[Anatomy]] = field(default_factory=dict)
    account: Mapping[str, str] = field(default_factory=dict)
    """Network to the account's name in the export."""

    @property
    def posts(self) -> int:
        """How many posts of its own were looked at."""
        return len(self.anatomies)

    def address(self, network: str = "") -> Choice:
        """How readers are addressed: on `network` where there are posts enough, else everywhere."""
        return _choice(self._on(network), addresses)

    def speaker(self, network: str = "") -> Choice:
        """Who speaks: « on », « nous », « je », "we", "I"."""
        return _choice(self._on(network), names_itself)

    def share(self, what: str) -> float:
        """The share of posts whose text holds `what`."""
        return sum(what in a.unlinked for a in self.anatomies) / self.posts if self.posts else 0.0

    def emoji_max(self) -> int | None:
        """A number of emoji that nearly no post exceeds; None when there are too few posts."""
        return _most([len(a.emoji) for a in self.anatomies])

    def hashtags_max(self) -> dict[str, int]:
        """By network, a number of hashtags that nearly no post exceeds; only where there are posts enough."""
        found = {network: _most([len(a.hashtags) for a in own]) for network, own in self.by_network.items()}
        return {network: most for network, most in found.items() if most is not None}

    def hashtags(self, name: str) -> tuple[str, ...]:
        """Tags that are the brand's own: they hold its name, or recur in a third of its posts."""
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        for anatomy in self.anatomies:
            for tag in {fold(tag): tag for tag in anatomy.hashtags}.values():
                spelled[fold(tag)][tag] += 1
        squeezed = regex.sub(r"[^\p{L}\p{N}]", "", fold(name))
        own = {
            key: counts
            for key, counts in spelled.items()
            if (len(squeezed) > 2 and squeezed in key and counts.total() >= NAMED)
            or (self.posts >= ENOUGH and counts.total() >= RECURRING * self.posts)
        }
        ranked = sorted(own, key=lambda key: (-own[key].total(), key))
        return tuple(own[key].most_common(1)[0][0] for key in ranked[:8])

    def median_dots(self) -> int:
        """Posts that write « étudiant·es »."""
        return sum(MEDIAN_DOT.search(a.unlinked) is not None for a in self.anatomies)

    def recurring_lines(self) -> list[tuple[str, int]]:
        """First and last lines that come back in several posts and hold nothing that passes, most frequent first."""
        seen: Counter[str] = Counter()
        for anatomy in self.anatomies:
            if len(anatomy.lines) > 1:
                seen.update({anatomy.lines[0], anatomy.lines[-1]})
        least = max(LINE_POSTS, round(0.03 * self.posts))
        kept = [(line, times) for line, times in seen.most_common(40) if times >= least and len(words(line)) > 2]
        return [(line, times) for line, times in kept if not perishable(line, self.language)]

    def _on(self, network: str) -> Sequence[Anatomy]:
        own = self.by_network.get(network, ())
        return own if len(own) >= ENOUGH else self.anatomies


def observe(posts: Sequence[Post], language: Language) -> Observed:
    """The habits of `posts`; reposts, answers, copies and unusual posts do not count."""
    own = measurable(posts)
    anatomies = [dissect(post.text, language) for post in own]
    by_network: dict[str, list[Anatomy]] = defaultdict(list)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for post, anatomy in zip(own, anatomies, strict=True):
        network = family(post.network)
        if network in catalogue():
            by_network[network].append(anatomy)
            if post.account:
                named[network][post.account] += 1
    accounts = {network: counts.most_common(1)[0][0] for network, counts in named.items()}
    return Observed(language, anatomies, dict(by_network), accounts)


def as_address(form: str) -> Address:
    """A form found in posts as the kit writes it."""
    return form if form in ("tu", "vous", "you") else "none"  # type: ignore[return-value]


def as_speaker(who: str) -> Speaker:
    """Who speaks, as the kit writes it; the brand speaks of itself by name where nobody does."""
    return who if who in ("je", "on", "nous", "I", "we") else "brand"  # type: ignore[return-value]


def _choice(anatomies: Sequence[Anatomy], find: Callable[[str, Language], Set[str]]) -> Choice:
    counts = Counter(form for a in anatomies for form in find(a.unlinked, a.language))
    return Choice(dict(counts))


def _most(counts: Sequence[int]) -> int | None:
    """The count that the usual share of posts stays within, at least one: "none at all" is for people to say."""
    if len(counts) < ENOUGH:
        return None
    ordered = sorted(counts)
    return min(30, max(1, ordered[min(len(ordered) - 1, math.ceil(USUAL * len(ordered)) - 1)]))
