"""Where past posts are a trap: a price, a date or an hour that stands only there has had its day."""

from collections import defaultdict

import regex

from assistant.checks.grounding.claims import Claim, in_line
from assistant.checks.grounding.kit_facts import topic_of
from assistant.checks.grounding.names import Name
from assistant.checks.grounding.sources import words_of
from assistant.checks.history import latest
from assistant.checks.memory import Kept
from assistant.messages import Language
from assistant.posts import Post
from assistant.text import fold

TOKEN = regex.compile(r"\d+|\p{L}{3,}")
MOST = 60
"""Posts that are read for one claim: the latest that hold its digits."""


class PastFacts:
    """A brand's past posts, to look one statement up in."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self.posts = latest(posts)
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for index, post in enumerate(self.posts):
            for word in words_of(post.text) | set(TOKEN.findall(fold(post.text))):
                self._with_word[word].append(index)

    def stating(self, claim: Claim, passage: str, language: Language, about: frozenset[str] | None = None) -> Post | None:
        """The latest post that states what `claim` states; with `about`, in a line that holds one of these words too."""
        marks = TOKEN.findall(fold(passage))
        candidates = {index for mark in marks[:4] for index in self._with_word.get(mark, [])[:MOST]}
        for index in sorted(candidates)[:MOST]:
            if _states(self.posts[index].text, claim, language, about):
                return self.posts[index]
        return None

    def naming(self, name: Name) -> Post | None:
        """The latest post in which the whole name stands."""
        standing = [set(self._with_word.get(word, ())) for word in name.words]
        both = set.intersection(*standing) if standing else set()
        return self.posts[min(both)] if both else None


def _states(text: str, claim: Claim, language: Language, about: frozenset[str] | None) -> bool:
    for line in text.split("\n"):
        if any(not claim.needs.isdisjoint(other.offers) for other in in_line(line, language)) and (about is None or about & topic_of(line)):
            return True
    return False


PAST: Kept[tuple[Post, ...], PastFacts] = Kept(PastFacts)
