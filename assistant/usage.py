"""What model calls cost: tokens, and money where a price is configured."""

from dataclasses import dataclass, field
from decimal import Decimal

MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Usage:
    """Tokens of one call or of several."""

    sent: int = 0
    received: int = 0
    cached: int = 0
    """Of those sent: what the server had kept from an earlier call, where it tells."""
    approximate: bool = False
    """The server did not say, or the model's own token table is unknown: counted here, with o200k."""

    def __add__(self, other: "Usage") -> "Usage":
        """Both together; approximate where one of them is."""
        return Usage(
            self.sent + other.sent, self.received + other.received, self.cached + other.cached, self.approximate or other.approximate
        )

    @property
    def total(self) -> int:
        """Tokens sent and received."""
        return self.sent + self.received


@dataclass(frozen=True)
class Price:
    """Money per million tokens, in the currency of the settings. Cached tokens cost `sent` where no price is given for them."""

    sent: Decimal
    received: Decimal
    cached: Decimal | None = None

    def of(self, usage: Usage) -> Decimal:
        """What `usage` costs."""
        cached = self.sent if self.cached is None else self.cached
        fresh = max(usage.sent - usage.cached, 0)
        return (self.sent * fresh + cached * usage.cached + self.received * usage.received) / MILLION


@dataclass(frozen=True)
class ModelUse:
    """What a model did for a draft."""

    model: str
    """Its name, as the server gives it."""
    host: str
    """Where it runs: `api.openai.com`, `localhost:11434`."""
    method: str
    """How the structured answer was asked for: `json_schema`, `function_calling`, `json_mode`, `text`."""
    prompts: tuple[str, ...] = ()
    """Name, version and hash of each prompt that was sent: `post.fr 3 1f0c2a9b`."""
    calls: int = 1
    """Answers it took, revisions included."""
    usage: Usage = field(default_factory=Usage)
    cost: str = ""
    """In the currency of the settings, as decimal text with the currency behind it; empty where no price is configured."""
    shared: int = 1
    """Variants that the first call made together: its tokens are counted whole on each of them."""
