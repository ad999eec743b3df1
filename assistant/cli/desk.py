"""What commands share: the services, opened for one command, and the options that come back everywhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from assistant.cli.causes import cause
from assistant.errors import InputError
from assistant.messages import Message

if TYPE_CHECKING:
    from assistant.services import Services
    from assistant.settings import Settings

MAX_INPUT = 1_000_000
"""Characters of a text given on the command line."""
MAX_FILE = 30_000_000
"""Bytes that are read of a file; above every cap of the readers, which say so in their own words."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
as_lines = click.option("--jsonl", is_flag=True, help="Read one JSON value a line on stdin, print one line for each.")
brand_option = click.option("--brand", required=True, metavar="SLUG", help="The brand.")


@contextmanager
def desk() -> Iterator["Services"]:
    """The services, built for this command and closed after it."""
    from assistant.services import build

    services = build(settings())
    try:
        yield services
    finally:
        services.close()


def settings() -> "Settings":
    """The settings of this process. Raises InputError naming the first one that makes no sense."""
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        found = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        place = str(wrong["loc"][0]) if wrong["loc"] else "?"
        name = place if place.isupper() else f"PLUME_{place.upper()}"
        raise InputError("settings.invalid", name=name, reason=_expected(wrong)) from error
    try:
        ZoneInfo(found.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError("settings.invalid", name="PLUME_TIMEZONE", reason=Message("settings.expected.time_zone")) from error
    return found


def _expected(wrong: Any) -> Message:
    context = wrong.get("ctx", {})
    if wrong["type"] == "literal_error":
        return Message("settings.expected.choice", {"choices": str(context["expected"]).replace(" or ", ", ").replace("'", "")})
    bound = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), None)
    if bound is not None:
        side = "least" if wrong["type"].startswith("greater") else "most"
        return Message(f"settings.expected.{side}", {"bound": bound})
    if wrong["type"].startswith(("int", "float")):
        return Message("settings.expected.number")
    return Message("settings.expected.other", {"reason": wrong["msg"]})


def text_of(argument: str | None) -> str:
    """The TEXT argument, or stdin for `-`. Raises InputError when there is none or too much."""
    if argument is None:
        raise InputError("input.no_text")
    if argument == "-" and sys.stdin is None:
        raise InputError("input.no_text")
    text = sys.stdin.buffer.read(MAX_INPUT * 4 + 1).decode("utf8", "replace") if argument == "-" else argument
    if len(text) > MAX_INPUT:
        raise InputError("input.too_long", limit=MAX_INPUT)
    return text.removesuffix("\n") if argument == "-" else text


def bytes_of(file: str) -> bytes:
    """A file's content. Raises InputError when it cannot be read."""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_FILE)
    except (OSError, ValueError) as error:
        raise InputError("input.unreadable", file=file, reason=cause(error)) from error


def network_key(network: str | None) -> str | None:
    """The network as it was asked for. Raises InputError for one that does not exist."""
    from assistant.networks.catalogue import get

    return get(network).key if network else None


def listed(value: str | None) -> tuple[str, ...]:
    """`a,b` as a tuple."""
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())
