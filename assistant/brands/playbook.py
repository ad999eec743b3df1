"""How comments are answered: `playbook.yaml`."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.brands.parts import Example, Part
from assistant.messages import Language

COMMENT_KINDS = (
    "praise",
    "question",
    "complaint.delivery",
    "complaint.product",
    "complaint.service",
    "complaint.price",
    "complaint.bug",
    "factual-error",
    "suggestion",
    "off-topic",
    "spam",
    "insult",
    "hate",
    "self-harm",
    "safety",
    "legal",
    "personal-data",
    "influencer",
    "contest",
)
"""Kinds of comment that a playbook speaks of; the same as triage finds."""


class Escalation(Part):
    """Who takes over, and how soon."""

    who: str
    within_minutes: Annotated[int, Field(ge=1, le=60 * 24 * 14)]


class Play(Part):
    """What is done with one kind of comment."""

    kind: str
    """`praise`, `question`, `complaint.delivery`, `complaint.product`, `complaint.service`, `complaint.price`,
    `complaint.bug`, `factual-error`, `suggestion`, `off-topic`,
    `spam`, `insult`, `hate`, `self-harm`, `safety`, `legal`, `personal-data`, `influencer`, `contest`."""
    decision: Literal["answer", "private", "thank", "correct", "escalate", "hide", "report", "ignore"]
    posture: str = ""
    facts: tuple[str, ...] = ()
    """Ids of facts that may be used."""
    may_offer: tuple[str, ...] = ()
    """What may be promised, in these words; nothing else may."""
    escalation: Escalation | None = None
    holding: dict[Language, str] = Field(default_factory=dict)
    """The statement to stand meanwhile, by language."""


class Playbook(Part):
    """How comments are answered."""

    charter_url: str = ""
    first_names: bool = False
    """Whether a public first name may be used."""
    sign_off: str = ""
    plays: tuple[Play, ...] = ()
    approved: tuple[Example, ...] = ()
    """Replies that were right: wording for retrieval, never facts."""
