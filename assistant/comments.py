"""Comments that people left under a brand's posts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Comment:
    """One comment as imported."""

    id: str
    text: str
    network: str = ""
    author: str = ""
    created_at: datetime | None = None
    post: str = ""
    post_url: str = ""
