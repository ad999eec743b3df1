"""What is checked, and what it is checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from assistant.brands.kit import Account, Kit
from assistant.briefs import Brief
from assistant.evidence import Evidence
from assistant.messages import Language
from assistant.networks.catalogue import Network
from assistant.posts import Post

Kind = Literal["post", "reply", "contest"]


@dataclass(frozen=True)
class OtherMark:
    """A name, product, hashtag or handle that belongs to another brand of this desk."""

    brand_name: str
    mark: str


@dataclass(frozen=True)
class Habits:
    """How often a brand's own posts would earn a style finding: what a brand does is its voice, not a slip."""

    posts: int = 0
    rates: Mapping[str, float] = field(default_factory=dict)
    """Finding id -> share of the brand's posts, 0 to 1."""

    def rate(self, id: str) -> float:
        """The share of posts that would earn `id`."""
        return self.rates.get(id, 0.0)


@dataclass(frozen=True)
class Checked:
    """The fields of a draft that leave Plume. With `parts`, the text goes out as a thread of them."""

    text: str
    first_comment: str = ""
    alt_text: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckContext:
    """What a text is held against: its network, its language, the day it goes out, the brand and the brief."""

    network: Network
    language: Language
    today: date
    """The day the text is planned for, else the present day."""
    kit: Kit | None = None
    account: Account | None = None
    brief: Brief | None = None
    kind: Kind = "post"
    evidence: tuple[Evidence, ...] = ()
    past_posts: tuple[Post, ...] = ()
    """The brand's own, for near copies, facts that perish and habits. Hand over the same tuple again: work on it is kept."""
    recent_drafts: tuple[str, ...] = ()
    other_marks: tuple[OtherMark, ...] = ()
    habits: Habits | None = None
    """The account's own rates; None: counted on `past_posts` where a style finding asks for it."""
    silenced: tuple[str, ...] = ()
    """Finding ids (or prefixes ending in a dot) that are not reported, on top of the kit's `tolerated`."""
    given: tuple[str, ...] = ()
    """Other texts that may be repeated: the comment that is answered, the thread it stands in, a contest's rules."""

    @cached_property
    def history(self) -> tuple[Post, ...]:
        """The brand's past posts; where none were handed over, those that the writer was shown."""
        shown = (e for e in self.evidence if e.collection in ("post", "reply"))
        return self.past_posts or tuple(Post(e.id, e.text, e.network, e.account, e.published_at) for e in shown)

    @property
    def variant(self) -> str:
        """The house variant of the text's language."""
        if self.kit is not None:
            return self.kit.variant(self.language)
        return "fr-FR" if self.language == "fr" else "en-GB"
