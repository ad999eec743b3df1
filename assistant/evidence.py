"""What retrieval found for a brief: a text, and why it was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assistant.messages import Message

Collection = Literal["guide", "post", "reply", "fact"]
COLLECTIONS: tuple[Collection, ...] = ("guide", "post", "reply", "fact")
Engine = Literal["chroma", "scan", "words"]
"""Where the closest vectors came from; `words` where there were none to compare and the words alone answered."""


@dataclass(frozen=True)
class Evidence:
    """One piece of a brand's own material. `id` is the imported id, `text` the stored text, whole and unchanged."""

    id: str
    collection: Collection
    text: str
    score: float
    engine: Engine
    network: str = ""
    account: str = ""
    published_at: datetime | None = None
    url: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    """Known metrics by name, for the line "inspired by ... 412 likes"."""
    percentile: float | None = None
    """Engagement within account, network, period and kind of post: 0 (worst) to 1 (best); None without figures."""
    pinned: bool = False
    signals: Mapping[str, float] = field(default_factory=dict)
    """The numbers behind the score: lexical, dense, opening, performance, recency, network."""
    reasons: tuple[Message, ...] = ()
    """Why it is here, for a person: "top 6 % on Instagram", "41 days old", "about the same product"."""
