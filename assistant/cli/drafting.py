"""The command `draft`."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import output, shapes
from assistant.cli.desk import as_json, brand_option, desk, listed
from assistant.messages import Language, Message, render

if TYPE_CHECKING:
    from assistant.briefs import Brief
    from assistant.drafting.pipeline import Drafted
    from assistant.models.base import Step, Watch
    from assistant.services import Services
    from assistant.usage import Usage

ACTOR = "command line"


@click.command()
@brand_option
@click.option("--brief", "brief_file", required=True, metavar="FILE", help="The brief (YAML); only `subject` is required.")
@click.option("--networks", metavar="a,b", help="Networks; else the brief's, else the brand's accounts.")
@click.option("--variants", type=click.IntRange(1, 6), help="Per network; fewer honest ones come with a warning.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Else the brief's, the account's, the brand's.")
@click.option("--writer", type=click.Choice(["auto", "built-in", "model"]), default="auto", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="The next seed is another try.")
@as_json
@output.speaks
def draft(
    brand: str,
    brief_file: str,
    networks: str | None,
    variants: int | None,
    language: Language | None,
    writer: str,
    seed: int,
    as_json: bool,
) -> None:
    """Draft posts from a brief; exit 1 when a draft holds a finding that blocks approval, or a network got none."""
    from assistant.drafting.briefing import read_brief
    from assistant.drafting.pipeline import together

    reader = output.reader()
    order = {"variants": variants, "language": language, "seed": seed}
    with desk() as services:
        brief = read_brief(brief_file)
        arrived = []
        for one in _drafted(services, brand, brief, listed(networks), writer, **order, watch=_quiet if as_json else _told):
            arrived.append(one)
            if one.failure is not None:
                output.warn(render(_failed(one), reader))
            elif not as_json:
                _show(one, reader)
        drafted = together(arrived)
        failed = [one for one in arrived if one.failure is not None]
        if failed and not drafted.drafts:
            sys.exit(output.REFUSED)
        warnings = (*drafted.warnings, *map(_failed, failed), *_budget(services, brand, writer))
    if as_json:
        output.document(
            {
                "drafts": [shapes.draft_json(one, reader) for one in drafted.drafts],
                "questions": [{"id": one.id, "question": render(one.message, reader)} for one in drafted.questions],
                "warnings": output.said(warnings, reader),
                "proposals": drafted.proposals,
            }
        )
    else:
        for question in drafted.questions:
            output.say(f"? {render(question.message, reader)}")
        for warning in warnings:
            output.say(f"! {render(warning, reader)}")
    blocked = any(finding.level == "error" for one in drafted.drafts for finding in one.findings)
    sys.exit(output.DONE_WITH_ERRORS if blocked or failed else output.DONE)


def _drafted(
    services: "Services",
    brand: str,
    brief: "Brief",
    networks: tuple[str, ...],
    writer: str,
    *,
    watch: "Callable[[str], Watch]",
    **order: Any,
) -> "Iterator[Drafted]":
    """Each network as it comes. With `auto`, where the model did not help the built-in writer takes over, and it is said."""
    brief_id = ""
    if writer == "auto":
        services.kit(brand)
        networks = tuple(one.key for one in services.networks_for(brand, brief, networks))
        brief_id = services.keep_brief(brand, brief, ACTOR)
    asked = {**order, "actor": ACTOR, "brief_id": brief_id}
    for drafted in services.draft(brand, brief, networks=networks, writer=writer, watch=watch, **asked):
        if drafted.failure is None or writer != "auto":
            yield drafted
            continue
        reason = Message("writer.took_over", {"network": Message(f"network.{drafted.network}"), "reason": drafted.failure})
        for instead in services.draft(brand, brief, networks=(drafted.network,), writer="built-in", **asked):
            yield replace(instead, warnings=(*instead.warnings, reason))


def _show(drafted: "Drafted", reader: Language) -> None:
    for one in drafted.drafts:
        output.say(f"── {one.network} · {one.variant} · {render(one.angle, reader)} · {one.length}/{one.limit} · {one.id}")
        output.say(one.text)
        for finding in one.findings:
            output.say(f"   [{finding.level}] {finding.message(reader)}")


def _failed(drafted: "Drafted") -> Message:
    return Message("draft.failed", {"network": Message(f"network.{drafted.network}"), "reason": drafted.failure})


def _budget(services: "Services", brand: str, writer: str) -> Iterator[Message]:
    """What there is to say about this month's budget, where a model is connected and was not left out on purpose."""
    if writer != "built-in" and services.models.connection() is not None:
        message = services.models.budget(brand).message
        if message is not None:
            yield message


class _Told:
    """Whoever waits at a terminal hears of retries and revisions, on stderr."""

    def __init__(self, network: str) -> None:
        self.network = network

    def heard(self, step: "Step") -> None:
        """A line for what takes longer than a person expects."""
        if step.kind == "asked":
            return
        name = Message(f"network.{self.network}")
        said = [output.sentence(f"run.{step.kind}", network=name)]
        if step.why is not None:
            said.append(f"({render(step.why, output.reader())})")
        if step.seconds_left:
            said.append(output.sentence("run.seconds", seconds=round(step.seconds_left)))
        output.warn(" ".join(said))

    def spent(self, usage: "Usage", model: str, seconds: float, outcome: str) -> None:
        """Metered elsewhere."""

    def cancelled(self) -> bool:
        """An interrupt ends the whole command."""
        return False


def _told(network: str) -> "Watch":
    return _Told(network)


def _quiet(network: str) -> "Watch":
    from assistant.models.base import UNWATCHED

    return UNWATCHED
