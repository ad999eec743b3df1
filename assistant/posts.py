"""Posts that a brand has published, with the figures they reached."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PostKind = Literal["ordinary", "contest", "boosted", "job", "tribute", "crisis"]
"""Posts are compared within their kind: a contest neither lifts an ordinary post nor lends it an opening."""

METRICS = ("likes", "comments", "shares", "saves", "clicks", "views", "impressions", "reach", "followers")


@dataclass(frozen=True)
class Metrics:
    """Lifetime totals at the time of the export; None where the export did not say."""

    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    clicks: int | None = None
    views: int | None = None
    impressions: int | None = None
    reach: int | None = None
    followers: int | None = None

    @property
    def engagement(self) -> int | None:
        """Likes, comments, shares and saves together; None when none of them is known."""
        known = [n for n in (self.likes, self.comments, self.shares, self.saves) if n is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Post:
    """One published post of one brand. `id` is the imported id, `text` the stored text, whole and unchanged."""

    id: str
    text: str
    network: str = ""
    account: str = ""
    published_at: datetime | None = None
    """Timezone-aware, or None when the export did not say."""
    url: str = ""
    format: str = ""
    metrics: Metrics = field(default_factory=Metrics)
    kind: PostKind = "ordinary"
    pinned: bool = False
    """"Write like this": outranks figures."""
    banned: bool = False
    """"Never again": not shown to any writer, not measured."""
