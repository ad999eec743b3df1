"""Commands on Plume itself: `prepare`, `doctor`, `audit`."""

import sys

import click

from assistant.cli import output
from assistant.cli.desk import as_json, desk
from assistant.messages import render


@click.command()
@as_json
@output.speaks
def prepare(as_json: bool) -> None:
    """Take in the brands' starter data and index what is missing; free when nothing changed."""
    rows = []
    with desk() as services:
        for one in services.prepare():
            trouble = render(one.trouble, output.reader()) if one.trouble else None
            rows.append({"brand": one.brand, "posts": one.posts, "indexed": one.indexed, "trouble": trouble})
            if trouble:
                output.warn(trouble)
            elif not as_json:
                output.say(output.sentence("prepare.brand", brand=one.brand, posts=one.posts, indexed=one.indexed))
    if as_json:
        output.document(rows)
    else:
        output.say(output.sentence("prepare.done"))


@click.command()
@as_json
@output.speaks
def doctor(as_json: bool) -> None:
    """Say what is connected, stale or missing, each with its mend; exit 1 when something is wrong."""
    from assistant.services.health import examine

    language = output.reader()
    with desk() as services:
        points = examine(services, reach=True)
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
        broken, rows, head = services.stores.audit.verify(), services.stores.audit.count(), services.stores.audit.head()
    if as_json:
        output.document({"rows": rows, "head": head, "broken": None if broken is None else {"row": broken.seq, "why": broken.why}})
    else:
        output.say(output.sentence("audit.sound", count=rows) if broken is None else output.sentence("audit.broken", row=broken.seq))
    sys.exit(output.DONE if broken is None else output.DONE_WITH_ERRORS)
