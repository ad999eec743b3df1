"""All checks, applied in one go."""

import unicodedata

from assistant.checks import (
    accessibility,
    grounding,
    habits,
    language,
    leftovers,
    limits,
    marks,
    notes,
    orders,
    originality,
    register,
    terms,
    tics,
    typography,
)
from assistant.checks.check import Check
from assistant.checks.context import CheckContext, Checked, Habits
from assistant.checks.grounding import brief, wording
from assistant.checks.reading import View
from assistant.findings import LEVELS, Field, Finding, Level
from assistant.posts import Post

CHECKS: tuple[Check, ...] = (
    limits.CHECK,
    leftovers.CHECK,
    orders.CHECK,
    terms.CHECK,
    marks.CHECK,
    register.CHECK,
    language.CHECK,
    grounding.CHECK,
    wording.CHECK,
    brief.CHECK,
    originality.CHECK,
    typography.CHECK,
    accessibility.CHECK,
    notes.CHECK,
    tics.CHECK,
)
FIELDS: tuple[Field, ...] = ("brief", "text", "parts", "first_comment", "alt_text")


def declared() -> dict[str, Level]:
    """Every finding id that can occur, with its most severe level."""
    return {rule.id: rule.level for check in CHECKS for rule in check.rules}


def run(subject: Checked, context: CheckContext) -> tuple[Finding, ...]:
    """What is to be said about `subject`: errors first, then by place. Each passage is named once per id."""
    view = View(subject.text, subject.first_comment, subject.alt_text, subject.parts)
    silenced = context.silenced + (context.kit.tolerated if context.kit is not None else ())
    findings: dict[tuple[object, ...], Finding] = {}
    for check in CHECKS:
        for finding in check.run(view, context):
            if _is_silenced(finding, silenced):
                continue
            kept = habits.weighed(finding, check, context) if finding.id.startswith(habits.STYLE) else finding
            if kept is not None:
                findings.setdefault((kept.id, kept.field, kept.values.get("part"), kept.span, str(kept.values.get("text"))), kept)
    return tuple(sorted(findings.values(), key=_place))


def habits_of(posts: tuple[Post, ...], context: CheckContext) -> Habits:
    """How often a brand's posts would earn each style finding, for callers that keep it in `CheckContext.habits`."""
    return habits.measure(posts, CHECKS, context)


def _is_silenced(finding: Finding, silenced: tuple[str, ...]) -> bool:
    """A brand can silence remarks and warnings for good; an error is waived text by text, with a reason that is recorded."""
    if finding.level == "error":
        return False
    return any(finding.id == id or (id.endswith(".") and finding.id.startswith(id)) for id in silenced)


def _place(finding: Finding) -> tuple[int, int, int, tuple[int, int], str]:
    part = finding.values.get("part")
    return (
        LEVELS.index(finding.level),
        FIELDS.index(finding.field),
        part if isinstance(part, int) else 0,
        finding.span or (-1, -1),
        unicodedata.normalize("NFC", finding.id),
    )
