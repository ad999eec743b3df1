"""`triage`: what comments are, and what is to be done about each before anybody writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.assessments import Assessment
from assistant.cli import output
from assistant.cli.desk import as_json, as_lines, brand_option, bytes_of, desk
from assistant.errors import InputError
from assistant.messages import Language, render

if TYPE_CHECKING:
    from assistant.brands.kit import Kit


@click.command()
@brand_option
@click.argument("file", required=False)
@as_json
@as_lines
@output.speaks
def triage(brand: str, file: str | None, as_json: bool, jsonl: bool) -> None:
    """Say what each comment of FILE is and what to do about it: one answer per row, in order; nothing is stored."""
    from assistant.services.triage import assess_file

    language = output.reader()
    with desk() as services:
        kit = services.shelf.kit(brand)
    if jsonl:
        output.each_line(lambda value: _of_line(kit, value, language), language)
    if file is None:
        raise InputError("triage.no_file")
    found = assess_file(kit, bytes_of(file), Path(file).name)
    if as_json:
        output.document([assessment_json(comment.id, one, language) for comment, one in found])
        return
    count = human = 0
    for comment, one in found:
        count, human = count + 1, human + one.by_a_human
        _say(comment.id, one)
    output.say(output.sentence("triage.total", count=count, human=human))


def assessment_json(id: Any, one: Assessment, language: Language) -> dict[str, Any]:
    """The contract's row: what a comment is, what to do, and why, each reason with the passage that decided."""
    reasons = [{"id": said.id, "message": render(said, language), "passage": said.values.get("passage", "")} for said in one.reasons]
    return {
        "id": id,
        "language": one.language,
        "tone": one.tone,
        "kind": one.kind,
        "severity": one.severity,
        "decision": one.decision,
        "escalate_to": one.escalate_to,
        "due_minutes": one.due_minutes,
        "reasons": reasons,
    }


def _of_line(kit: "Kit", value: Any, language: Language) -> dict[str, Any]:
    from assistant.services.triage import assess

    id = value.get("id", "") if isinstance(value, Mapping) else ""
    return assessment_json(id, assess(kit, output.field_of(value, "text")), language)


def _say(id: str, one: Assessment) -> None:
    from assistant.messages import Message

    values = {"id": id, "kind": one.kind, "severity": one.severity, "tone": one.tone, "language": one.language}
    output.say(output.sentence("triage.line", **values, decision=Message(f"decision.{one.decision}")))
    if one.escalate_to:
        output.say("  " + output.sentence("triage.line.due", who=one.escalate_to, minutes=one.due_minutes or 0))
    for said in one.reasons[:2]:
        output.say("  " + render(said, output.reader()))
