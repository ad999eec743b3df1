"""Commands on Plume itself: `prepare`, `doctor`, `audit`."""

import sys

import click

from assistant.cli import output
from assistant.cli.desk import as_json, desk
from assistant.errors import InputError
from assistant.messages import render


@click.command()
@output.speaks
def prepare() -> None:
    """Take in the brands' starter data and index what is missing; free when nothing changed."""
    with desk() as services:
        kits, broken = services.shelf.all()
        for kit in kits:
            try:
                done = services.index_changes(kit.slug)
            except InputError as error:  # one brand's posts.csv keeps neither the others nor the app from starting
                output.warn(render(error.message, output.reader()))
                continue
            posts = services.stores.posts.count(kit.slug)
            output.say(output.sentence("prepare.brand", brand=kit.slug, posts=posts, indexed=done.added + done.updated))
        for wrong in broken.values():
            output.warn(render(wrong.message, output.reader()))
    output.say(output.sentence("prepare.done"))


@click.command()
@as_json
@output.speaks
def doctor(as_json: bool) -> None:
    """Say what is connected, stale or missing, each with its mend; exit 1 when something is wrong."""
    from assistant.services.health import examine

    language = output.reader()
    with desk() as services:
        points = examine(services)
    if as_json:
        output.document([{"id": one.message.id, "level": one.level, "message": render(one.message, language)} for one in points])
    else:
        for one in points:
            output.say(f"[{one.level}] {render(one.message, language)}")
    sys.exit(output.DONE_WITH_ERRORS if any(one.level == "error" for one in points) else output.DONE)


@click.group()
def audit() -> None:
    """The record of who did what."""


@audit.command("verify")
@as_json
@output.speaks
def audit_verify(as_json: bool) -> None:
    """Check the chain of the record; exit 1 and the first broken row if it was altered."""
    with desk() as services:
        broken, rows = services.stores.audit.verify(), services.stores.audit.count()
    if as_json:
        output.document({"rows": rows, "broken": None if broken is None else {"row": broken.seq, "why": broken.why}})
    else:
        output.say(output.sentence("audit.sound", count=rows) if broken is None else output.sentence("audit.broken", row=broken.seq))
    sys.exit(output.DONE if broken is None else output.DONE_WITH_ERRORS)
