"""The command `draft`."""

import sys

import click

from assistant.cli import output, shapes
from assistant.cli.desk import as_json, brand_option, desk, listed
from assistant.messages import Language, render


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
    """Draft posts from a brief; exit 1 when a draft holds a finding that blocks approval."""
    from assistant.drafting.briefing import read_brief
    from assistant.drafting.pipeline import together

    reader = output.reader()
    with desk() as services:
        brief = read_brief(brief_file)
        drafted = together(
            tuple(
                services.draft(
                    brand,
                    brief,
                    networks=listed(networks),
                    variants=variants,
                    language=language,
                    writer=writer,
                    seed=seed,
                    actor="command line",
                )
            )
        )
    if as_json:
        output.document(
            {
                "drafts": [shapes.draft_json(one, reader) for one in drafted.drafts],
                "questions": [{"id": one.id, "question": render(one.message, reader)} for one in drafted.questions],
                "warnings": output.said(drafted.warnings, reader),
                "proposals": drafted.proposals,
            }
        )
    else:
        for one in drafted.drafts:
            output.say(f"── {one.network} · {one.variant} · {render(one.angle, reader)} · {one.length}/{one.limit} · {one.id}")
            output.say(one.text)
            for finding in one.findings:
                output.say(f"   [{finding.level}] {finding.message(reader)}")
        for question in drafted.questions:
            output.say(f"? {render(question.message, reader)}")
        for warning in drafted.warnings:
            output.say(f"! {render(warning, reader)}")
    blocked = any(finding.level == "error" for one in drafted.drafts for finding in one.findings)
    sys.exit(output.DONE_WITH_ERRORS if blocked else output.DONE)
