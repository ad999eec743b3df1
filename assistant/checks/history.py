"""The part of a brand's past that a text is held against: its latest posts, latest first."""

from collections.abc import Iterable
from datetime import UTC, datetime

from assistant.posts import Post

OLDEST = datetime.min.replace(tzinfo=UTC)
LATEST = 2000
"""Posts that are looked into: years of most brands, and a second of work at most, once."""


def latest(posts: Iterable[Post], count: int = LATEST) -> list[Post]:
    """The `count` latest posts, latest first; undated ones last, in their order."""
    return sorted(posts, key=_when, reverse=True)[:count]


def _when(post: Post) -> datetime:
    if post.published_at is None:
        return OLDEST
    return post.published_at if post.published_at.tzinfo else post.published_at.replace(tzinfo=UTC)
