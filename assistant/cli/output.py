"""What the command line prints: one JSON document on stdout and nothing else, or lines for a person; errors on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from assistant.cli.causes import in_words
from assistant.errors import AssistantError, InputError, KitError
from assistant.messages import LANGUAGES, Language, Message, render

P = ParamSpec("P")
T = TypeVar("T")
Json = Any

DONE, DONE_WITH_ERRORS, REFUSED = 0, 1, 2


def say(text: str) -> None:
    """Words for a person, on stdout."""
    click.echo(harmless(text))


def warn(text: str) -> None:
    """One line for a person, on stderr."""
    click.echo(harmless(text), err=True)


def harmless(text: str) -> str:
    """`text` without what would steer a terminal or turn its lines around: outside text is shown, never obeyed."""
    from assistant.text import CONTROL, strip_invisible

    return strip_invisible(CONTROL.sub("\ufffd", text))


def document(value: Json) -> None:
    """The one JSON document of `--json`."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def line(value: Json) -> None:
    """One JSON line of `--jsonl`."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def refuse(error: AssistantError, language: Language) -> None:
    """Say on stderr what is wrong and how to mend it, then leave with 2."""
    warn(render(in_words(error), language))
    if isinstance(error, KitError):
        for problem in error.problems:
            warn(f"- {render(problem, language)}")
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
    """The language of the person at the command line; French where the setting names none that we speak."""
    from pydantic_settings import BaseSettings

    from assistant.settings import Settings

    class Asked(BaseSettings):
        """Only this setting: another one that makes no sense must not keep us from saying so."""

        model_config = Settings.model_config
        language: str = "fr"

    asked = Asked().language
    return next((known for known in LANGUAGES if known == asked), "fr")


def said(messages: Iterable[Message], language: Language) -> list[Json]:
    """Messages as the contract prints them: id and sentence."""
    return [{"id": message.id, "message": render(message, language)} for message in messages]


def each_line(take: Callable[[Json], Json], language: Language) -> None:
    """`--jsonl`: one JSON value a line on stdin, one line on stdout each; a bad line says so and makes the exit code 1."""
    failed = False
    for number, raw in enumerate(_lines(), 1):
        try:
            line(take(_parsed(raw, number)))
        except AssistantError as error:
            failed = True
            line({"error": {"id": error.id, "message": render(in_words(error), language)}})
    sys.exit(DONE_WITH_ERRORS if failed else DONE)


def _parsed(raw: str, number: int) -> Json:
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        raise InputError("input.bad_line", line=number, reason=error.msg) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise InputError("input.bad_line", line=number, reason=type(error).__name__) from error


def _lines() -> Iterator[str]:
    if sys.stdin is None:  # closed by whoever started us
        return
    for raw in sys.stdin.buffer:
        text = raw.decode("utf8", "replace").strip()
        if text:
            yield text


def field_of(value: Json, name: str) -> str:
    """The string `name` of a `--jsonl` line, or the line itself when it is a string. Raises InputError."""
    found = value if isinstance(value, str) else value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, str):
        raise InputError("input.missing_key", key=name)
    return found


def sentence(id: str, /, **values: object) -> str:
    """The sentence `id` in the reader's language."""
    return render(Message(id, values), reader())
