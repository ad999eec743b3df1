"""What is indexed: one piece of a brand's own material, whoever keeps it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

from assistant.evidence import Collection
from assistant.posts import METRICS, Metrics, PostKind
from assistant.text import first_line, sentences

LONG_FIRST_LINE = 160
"""Characters from which a first line is no opening any more; its first sentence is taken instead."""


@dataclass(frozen=True)
class Record:
    """A post, an approved reply, a passage of the guide or a fact. `text` comes back whole and unchanged."""

    id: str
    collection: Collection
    text: str
    network: str = ""
    account: str = ""
    published_at: datetime | None = None
    url: str = ""
    format: str = ""
    kind: PostKind = "ordinary"
    metrics: Metrics = field(default_factory=Metrics)
    pinned: bool = False
    banned: bool = False
    title: str = ""
    """The headings over a guide passage, the name of a fact: searched as its opening."""

    @property
    def opening(self) -> str:
        """What is read first: the title, or the first line, or the first sentence of a long one."""
        line = self.title or first_line(self.text)
        return line if len(line) <= LONG_FIRST_LINE else sentences(line)[0]

    @property
    def searched(self) -> str:
        """The whole of what is searched."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    @cached_property
    def wording_hash(self) -> str:
        """Of what the vectors are made from: it changes when they have to."""
        return _hash(self.title, self.text)

    @cached_property
    def content_hash(self) -> str:
        """Of everything: it changes when anything that a search shows or weighs does."""
        published = self.published_at.isoformat() if self.published_at else ""
        figures = ",".join(str(getattr(self.metrics, name)) for name in METRICS)
        marks = f"{self.kind},{self.pinned},{self.banned}"
        return _hash(self.title, self.text, self.network, self.account, published, self.url, self.format, figures, marks)

    def figures(self) -> dict[str, int]:
        """The known metrics by name."""
        return {name: value for name in METRICS if (value := getattr(self.metrics, name)) is not None}


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf8", "surrogatepass"), digest_size=12).hexdigest()
