"""How serious a comment is, in four levels: what it is first, then what makes it worse."""

from dataclasses import dataclass, field

from assistant.assessments import Severity
from assistant.messages import Message
from assistant.triage.kind import Found

LOUD = 3
"""Exclamation marks that count as shouting."""
HARM_IN_VIEW = ("iban", "card", "national-id")


@dataclass
class Weighed:
    """A severity with why."""

    level: Severity
    reasons: list[Message] = field(default_factory=list)


def severity_of(found: Found, kind: str) -> Weighed:
    """The severity of a comment of this kind, 1 (calm) to 4 (crisis)."""
    if hits := found.of("self-harm", "threat", "safety"):
        return Weighed(4, [Message(f"triage.severity.{hits[0].label}", {"passage": found.passage(hits[0])})])
    if hits := found.of("hate", "hazard", "legal", "press", "attack", "insult"):
        return Weighed(3, [Message(f"triage.severity.{hits[0].label}", {"passage": found.passage(hits[0])})])
    if kind in ("hate", "insult"):
        return Weighed(3)
    if kind == "personal-data":
        return Weighed(3 if found.exposed else 2)
    if kind.startswith("complaint"):
        return _complaint(found)
    if found.of("scam"):
        return Weighed(2)
    return Weighed(2 if found.tone == "negative" and kind != "spam" else 1)


def _complaint(found: Found) -> Weighed:
    """An ordinary complaint is 2; anger that comes with a last straw is 3."""
    worse = [
        Message(f"triage.worse.{label}", {"passage": found.passage(hits[0])})
        for label in ("contacted-before", "leaving")
        if (hits := found.of(label))
    ]
    if found.read.shouting or found.read.exclaims >= LOUD:
        worse.append(Message("triage.worse.shouting", {"passage": ""}))
    anger = found.of("angry")
    if len({hit.start for hit in anger}) >= 2 or (anger and worse):
        return Weighed(3, [Message("triage.worse.angry", {"passage": found.passage(anger[0])}), *worse])
    if len(worse) >= 2:
        return Weighed(3, worse)
    return Weighed(2, worse)
