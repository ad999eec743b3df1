"""Commands on a text: `count`, `check`, and the list of `networks`."""

import sys
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import output, shapes
from assistant.cli.desk import as_json, as_lines, brand_option, desk, text_of
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.checks.context import Kind


@click.command()
@click.option("--network", required=True, metavar="NET", help="The network whose way of counting holds.")
@click.argument("text", required=False)
@as_json
@as_lines
@output.speaks
def count(network: str, text: str | None, as_json: bool, jsonl: bool) -> None:
    """Count TEXT (`-` reads stdin) the way NET counts."""
    from assistant.networks.catalogue import get
    from assistant.networks.counting import measure

    where, language = get(network), output.reader()
    if jsonl:
        output.each_line(lambda value: measure(output.field_of(value, "text"), where).as_json(), language)
    found = measure(text_of(text), where)
    if as_json:
        output.document(found.as_json())
    else:
        from assistant.messages import text as sentence

        for one in found.limits:
            output.say(f"{one.length} / {one.limit} {sentence(f'unit.{one.unit}', language)}")
        output.say(sentence("count.fits" if found.fits else "count.too_long", language, over=max(0, found.length - found.limit)))


@click.command()
@as_json
@output.speaks
def networks(as_json: bool) -> None:
    """List the networks with their limits, sources and dates."""
    from assistant.networks.catalogue import catalogue

    if as_json:
        output.document([network.model_dump(mode="json") for network in catalogue().values()])
        return
    for network in catalogue().values():
        output.say(f"{network.key:22} {network.limit:>7} {network.unit:18} {network.as_of:12} {network.confidence}")


@click.command()
@brand_option
@click.option("--network", required=True, metavar="NET")
@click.option("--kind", type=click.Choice(["post", "reply", "contest"]), default="post", show_default=True)
@click.option("--brief", "brief_file", metavar="FILE", help="The brief whose facts may be stated (YAML).")
@click.argument("text", required=False)
@as_json
@as_lines
@output.speaks
def check(brand: str, network: str, kind: str, brief_file: str | None, text: str | None, as_json: bool, jsonl: bool) -> None:
    """Say what is wrong with TEXT for this brand on this network; exit 1 when something blocks approval."""
    from assistant.drafting.briefing import read_brief

    language = output.reader()
    with desk() as services:
        brief = read_brief(brief_file) if brief_file else None

        def judged(value: Any) -> dict[str, Any]:
            own = value.get("brief") if isinstance(value, dict) else None
            if own is not None and not isinstance(own, str | dict):
                raise InputError("input.bad_brief")
            asked = _kind(value.get("kind", kind) if isinstance(value, dict) else kind)
            found = services.check(brand, network, output.field_of(value, "text"), brief=read_brief(own) if own else brief, kind=asked)
            return {
                "findings": [shapes.finding_json(one, language) for one in found.findings],
                "length": found.count.length,
                "limit": found.count.limit,
                "voice": shapes.voice_json(found.voice, language),
            }

        if jsonl:
            output.each_line(judged, language)
        verdict = judged(text_of(text))
    if as_json:
        output.document(verdict)
    else:
        output.say(f"{verdict['length']} / {verdict['limit']}")
        for one in verdict["findings"]:
            output.say(f"[{one['level']}] {one['message']} {one['hint']}".rstrip())
        for reason in verdict["voice"]["reasons"]:
            output.say(f"· {reason['message']}")
    sys.exit(output.DONE_WITH_ERRORS if any(one["level"] == "error" for one in verdict["findings"]) else output.DONE)


def _kind(asked: object) -> "Kind":
    if asked == "post" or asked == "reply" or asked == "contest":
        return asked
    raise InputError("input.unknown_kind", kind=asked)
