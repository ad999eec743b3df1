"""The command `queue`: what waits for a person, and what persons decide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from assistant.cli import output, shapes
from assistant.cli.causes import cause
from assistant.cli.desk import as_json, desk
from assistant.drafts import Item, State
from assistant.errors import InputError
from assistant.messages import Language, Message, has, render


@click.group()
def queue() -> None:
    """See what waits, decide, export what is approved. Nothing is published from here."""


@queue.command("list")
@click.option("--brand", metavar="SLUG")
@click.option("--state", "states", multiple=True, type=click.Choice([str(state) for state in State]))
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@as_json
@output.speaks
def queue_list(brand: str | None, states: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List items, latest first."""
    language = output.reader()
    with desk() as services:
        if brand:
            services.kit(brand)
        items = services.stores.drafts.find(brand, states=tuple(State(one) for one in states), limit=limit)
        rows = [shapes.item_json(item, language, services.review.actions(item)) for item in items]
    if as_json:
        output.document(rows)
        return
    for item in items:
        output.say(f"{item.id} {item.state:18} v{item.version} {item.draft.network:12} {' '.join(item.draft.text.split())[:70]}")
    if not items:
        output.say(output.sentence("queue.empty"))


@queue.command("show")
@click.argument("id")
@as_json
@output.speaks
def queue_show(id: str, as_json: bool) -> None:
    """Show one item with its text, state and history."""
    with desk() as services:
        _print(services, services.stores.drafts.get(id), as_json)


@queue.command("export")
@click.option("--to", "file", required=True, metavar="FILE", help="A CSV file; cells that a spreadsheet would run are defused.")
@click.option("--brand", metavar="SLUG")
@click.option("--raw", is_flag=True, help="Cells exactly as they are, for a scheduler that reads CSV.")
@click.option("--as", "actor", default="command line", metavar="NAME")
@as_json
@output.speaks
def queue_export(file: str, brand: str | None, raw: bool, actor: str, as_json: bool) -> None:
    """Write what is approved to FILE."""
    from assistant.services.exporting import export_file

    target = _target(file)
    with desk() as services:
        if brand:
            services.kit(brand)
        exported = export_file(services, target, brand, actor=actor, language=output.reader(), raw=raw)
    if as_json:
        output.document({"exported": [item.id for item in exported], "file": file})
    else:
        output.say(output.sentence("queue.exported", count=len(exported), file=file))


def _target(file: str) -> Path:
    """Where to write. Raises InputError for what is there and is no file: writing replaces it whole, and a device would be gone."""
    if "\0" in file:
        raise InputError("export.cannot_write", file=file, reason=Message("cause.name"))
    try:
        target = Path(file)
        taken = target.exists() and not target.is_file()
    except OSError as error:
        raise InputError("export.cannot_write", file=file, reason=cause(error)) from error
    if taken or not target.name:
        raise InputError("export.cannot_write", file=file, reason=Message("cause.no_file"))
    return target


def _move(name: str, help: str) -> None:
    @queue.command(name, help=help)
    @click.argument("id")
    @click.option("--as", "actor", required=True, metavar="NAME", help="Who decides.")
    @click.option("--version", type=int, required=True, metavar="N", help="The version you read; a stale one is refused.")
    @click.option("--reason", default="", metavar="T")
    @as_json
    @output.speaks
    def move(id: str, actor: str, version: int, reason: str, as_json: bool) -> None:
        with desk() as services:
            act: Callable[..., Item] = getattr(services.review, name.replace("-", "_"))
            _print(services, act(id, actor=actor, version=version, reason=reason), as_json)


def _print(services: Any, item: Item, as_json: bool) -> None:
    language = output.reader()
    if as_json:
        output.document(shapes.item_json(item, language, services.review.actions(item)))
        return
    output.say(f"{item.id} · {item.draft.network} · {item.state} · v{item.version}")
    output.say(item.draft.text)
    for finding in item.draft.findings:
        output.say(f"   [{finding.level}] {finding.message(language)}")
    for one in item.history:
        done, why = render(_action(one.action), language), _reason(one.reason, language)
        output.say(f"   {one.at:%Y-%m-%d %H:%M} {one.actor}: {done} {why}".rstrip())


def _reason(reason: str, language: Language) -> str:
    """Why, in words: a wish is kept by its name."""
    return render(Message(reason), language) if reason.startswith("wish.") and has(reason) else reason


def _action(action: str) -> Message:
    return Message(f"action.{action}")


for _name, _help in {
    "submit": "Hand a draft over for review.",
    "approve": "Approve exactly this text (its seal is kept).",
    "request-changes": "Send it back with a reason.",
    "reject": "Refuse it for good.",
    "publish": "Note that a person has published it elsewhere.",
    "withdraw": "Take it out of the queue.",
}.items():
    _move(_name, _help)
