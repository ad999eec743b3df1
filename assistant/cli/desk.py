"""What commands share: the services, opened for one command, and the options that come back everywhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.causes import cause
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.services import Services

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
    from assistant.settings import read_settings

    services = build(read_settings())
    try:
        yield services
    finally:
        services.close()


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
