"""What the command line prints: one JSON document on stdout and nothing else, or lines for a person; errors on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from assistant.errors import AssistantError, KitError
from assistant.messages import Language, Message, render

P = ParamSpec("P")
T = TypeVar("T")
Json = Any

DONE, DONE_WITH_ERRORS, REFUSED = 0, 1, 2


def say(text: str) -> None:
    """One line for a person, on stdout."""
    click.echo(text)


def document(value: Json) -> None:
    """The one JSON document of `--json`."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def line(value: Json) -> None:
    """One JSON line of `--jsonl`."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def refuse(error: AssistantError, language: Language) -> None:
    """Say on stderr what is wrong and how to mend it, then leave with 2."""
    click.echo(render(error.message, language), err=True)
    if isinstance(error, KitError):
        for problem in error.problems:
            click.echo(f"- {render(problem, language)}", err=True)
    sys.exit(REFUSED)


def speaks(command: Callable[P, T]) -> Callable[P, T]:
    """Turn an AssistantError of `command` into a line on stderr and exit 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except AssistantError as error:
            refuse(error, reader())
            raise

    return run


def reader() -> Language:
    """The language of the person at the command line."""
    from assistant.settings import Settings

    return Settings().language


def said(messages: Iterable[Message], language: Language) -> list[Json]:
    """Messages as the contract prints them: id and sentence."""
    return [{"id": message.id, "message": render(message, language)} for message in messages]


def each_line(take: Callable[[Json], Json], language: Language) -> None:
    """`--jsonl`: one JSON value a line on stdin, one line on stdout each; a bad line says so and makes the exit code 1."""
    failed = False
    for number, raw in enumerate(_lines(), 1):
        try:
            line(take(json.loads(raw)))
        except json.JSONDecodeError as error:
            failed = True
            cause = Message("input.bad_line", {"line": number, "reason": error.msg})
            line({"error": {"id": cause.id, "message": render(cause, language)}})
        except AssistantError as error:
            failed = True
            line({"error": {"id": error.id, "message": render(error.message, language)}})
    sys.exit(DONE_WITH_ERRORS if failed else DONE)


def _lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        text = raw.decode("utf8", "replace").strip()
        if text:
            yield text


def field_of(value: Json, name: str) -> str:
    """The string `name` of a `--jsonl` line, or the line itself when it is a string. Raises InputError."""
    from assistant.errors import InputError

    found = value if isinstance(value, str) else value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, str):
        raise InputError("input.missing_key", key=name)
    return found


def sentence(id: str, /, **values: object) -> str:
    """The sentence `id` in the reader's language."""
    return render(Message(id, values), reader())
