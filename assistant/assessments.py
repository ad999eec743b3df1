"""What a comment is and what it needs: the answer of triage, and the decision made of it before anybody writes a word."""

from dataclasses import dataclass
from typing import Literal

from assistant.messages import Message

Tone = Literal["positive", "neutral", "negative", "mixed"]
Severity = Literal[1, 2, 3, 4]
"""1 calm, 2 an ordinary complaint, 3 serious (anger, hate, a lawyer, a journalist), 4 crisis (a threat, an injury, a life at stake)."""
Decision = Literal["answer", "private", "thank", "correct", "escalate", "hide", "report", "ignore"]
"""`escalate`: a human must handle this. The others are suggestions that a person confirms or overrules."""

KINDS = (
    "self-harm",
    "hate",
    "safety",
    "personal-data",
    "legal",
    "spam",
    "insult",
    "contest",
    "influencer",
    "complaint.delivery",
    "complaint.product",
    "complaint.service",
    "complaint.price",
    "complaint.bug",
    "factual-error",
    "suggestion",
    "question",
    "praise",
    "off-topic",
)
"""The kinds a playbook speaks of, in the order in which one outranks another; threats count as hate."""
HIDEABLE = frozenset(("spam", "insult", "hate", "personal-data", "self-harm"))
"""Only what is offensive, illegal or dangerous to leave in view may be hidden or reported; never criticism."""


@dataclass(frozen=True)
class Triaged:
    """What the rules read in one comment."""

    language: str
    """ISO 639-1; the brand's own where the text is too short to tell."""
    tone: Tone
    kind: str
    """One of `KINDS`."""
    severity: Severity
    reasons: tuple[Message, ...] = ()
    """Why, most telling first; the value `passage` holds the words of the comment that decided, empty where none did."""
    others: tuple[str, ...] = ()
    """Further kinds that the comment also shows, such as the praise in a mixed one."""
    signs: tuple[str, ...] = ()
    """What whoever answers must know: `sarcasm`, `contacted-before`, `leaving`, `shouting`, `emoji-only`, `empty`, `several-languages`."""


@dataclass(frozen=True)
class Assessment(Triaged):
    """A triaged comment with what is to be done about it."""

    decision: Decision = "answer"
    escalate_to: str | None = None
    """A name or a desk of the playbook; None where nobody needs to be told."""
    due_minutes: int | None = None
    """Within how many minutes; None where nothing is due."""

    @property
    def by_a_human(self) -> bool:
        """Whether no suggestion is written: a person takes over, at most with a holding statement meanwhile."""
        return self.decision in ("escalate", "report")
