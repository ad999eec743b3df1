"""The decision before text: what the brand's playbook says about a comment of this kind, and what its severity makes of that."""

import dataclasses
from typing import Final

from assistant.assessments import HIDEABLE, Assessment, Decision, Triaged
from assistant.brands.playbook import Play, Playbook
from assistant.messages import Message

USUAL: Final[dict[str, Decision]] = {
    "praise": "thank",
    "question": "answer",
    "complaint.delivery": "private",
    "complaint.product": "private",
    "complaint.service": "answer",
    "complaint.price": "answer",
    "complaint.bug": "answer",
    "factual-error": "correct",
    "suggestion": "thank",
    "off-topic": "ignore",
    "spam": "hide",
    "insult": "ignore",
    "hate": "report",
    "self-harm": "escalate",
    "safety": "escalate",
    "legal": "escalate",
    "personal-data": "escalate",
    "influencer": "private",
    "contest": "answer",
}
"""Where a playbook says nothing about a kind."""
DUE: Final = {1: 1440, 2: 240, 3: 60, 4: 15}
"""Minutes by severity where the playbook names none: a day, four hours, an hour, at once."""
GRAVE: Final = ("safety", "legal", "hate", "self-harm", "complaint.service")
"""Whose contact takes over where the play of the kind names nobody: the brand's own for grave cases, in this order."""
NOTHING_DUE: Final = frozenset(("ignore",))
"""Unless the playbook wants somebody to be told all the same."""
PEOPLE_DECIDE: Final = frozenset(("escalate", "report", "hide"))


def decide(triaged: Triaged, playbook: Playbook) -> Assessment:
    """What is to be done about a comment. Criticism is never hidden or reported, whatever a playbook says; a crisis reaches a human."""
    plays = {play.kind: play for play in playbook.plays}
    play = plays.get(triaged.kind)
    decision: Decision = play.decision if play else USUAL.get(triaged.kind, "answer")
    reasons: list[Message] = [Message(f"triage.decision.{'playbook' if play else 'usual'}", {"decision": Message(f"decision.{decision}")})]
    if decision in ("hide", "report") and triaged.kind not in HIDEABLE:
        decision = "answer"
        reasons = [Message("triage.decision.never_hide", {"decision": Message("decision.answer")})]
    raised = _raised(decision, triaged)
    if raised != decision:
        decision = raised
        reasons.append(Message("triage.decision.raised", {"decision": Message(f"decision.{decision}"), "severity": triaged.severity}))
    who = _who(play, plays) if (play and play.escalation) or triaged.severity >= 3 or decision == "escalate" else None
    own = {field.name: getattr(triaged, field.name) for field in dataclasses.fields(triaged)}
    own["reasons"] = (*triaged.reasons, *reasons)
    return Assessment(**own, decision=decision, escalate_to=who, due_minutes=_due(decision, play, triaged))


def holding(assessment: Assessment, playbook: Playbook) -> str:
    """The statement that may stand until a human has answered; empty where the playbook has none in the comment's language."""
    play = next((one for one in playbook.plays if one.kind == assessment.kind), None)
    if play is None or not assessment.by_a_human:
        return ""
    return next((text for language, text in play.holding.items() if language == assessment.language), "")


def _raised(decision: Decision, triaged: Triaged) -> Decision:
    """The decision that the severity asks for."""
    if triaged.severity == 4 and decision not in PEOPLE_DECIDE:
        return "escalate"
    if triaged.severity == 3 and triaged.kind == "insult" and decision == "ignore":
        return "hide"
    return decision


def _who(play: Play | None, plays: dict[str, Play]) -> str | None:
    """Who takes over: whom the play names, else whom the brand names for grave cases."""
    if play and play.escalation:
        return play.escalation.who
    named = (plays[kind].escalation for kind in GRAVE if kind in plays)
    return next((one.who for one in named if one), None)


def _due(decision: Decision, play: Play | None, triaged: Triaged) -> int | None:
    """Within how many minutes; a playbook's own delay holds unless the severity asks for less."""
    own = play.escalation.within_minutes if play and play.escalation else None
    if decision in NOTHING_DUE and own is None:
        return None
    usual = DUE[triaged.severity]
    if own is None:
        return usual
    return min(own, usual) if triaged.severity >= 3 and triaged.kind.startswith("complaint") else own
