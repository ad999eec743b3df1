"""What is said when a command cannot go on: a wrong option, an interrupt, a fault of ours. One line, in the reader's language."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import click

from assistant.cli import output
from assistant.messages import Message, render

STOPPED = 130
"""What a shell expects of a program that was interrupted."""


class Commands(click.Group):
    """The top of the command line; click's own complaints are said as ours are."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command and leave with its exit code."""
        run: Callable[..., Any] = super().main
        if not options.get("standalone_mode", True):
            return run(*args, **options)
        try:
            code = run(*args, **(options | {"standalone_mode": False}))
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            _tell(_usage(error))
            sys.exit(output.REFUSED)
        except click.Abort:
            _tell(Message("cli.stopped"))
            sys.exit(STOPPED)
        sys.exit(code if isinstance(code, int) else output.DONE)


def guarded(commands: click.Group) -> None:
    """Run `commands` as the whole program: a fault of ours is told with its place, not as pages of Python."""
    # What libraries and our own search have to say in passing belongs to a log, not between a person's lines.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        commands()
    except KeyboardInterrupt:
        _tell(Message("cli.stopped"))
        sys.exit(STOPPED)
    except BrokenPipeError:
        sys.stdout = None  # whoever read us has gone, and so has the need to flush
        sys.exit(output.DONE)
    except Exception as error:  # noqa: BLE001 -- the last line of defence; tests call `plume` without it
        _tell(Message("cli.fault", {"fault": type(error).__name__, "place": _place(error)}))
        sys.exit(output.REFUSED)


def _place(error: BaseException) -> str:
    """Where in our own code it happened, for whoever mends it."""
    place, step = "?", error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename.replace("\\", "/")
        if "/assistant/" in file:
            place = f"assistant/{file.rpartition('/assistant/')[2]}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _tell(message: Message) -> None:
    output.warn(render(message, output.reader()))


def _usage(error: click.UsageError) -> Message:
    command = error.ctx.command_path if error.ctx else "plume"
    match error:
        case click.MissingParameter():
            return Message("cli.missing", {"name": _name(error), "command": command})
        case click.exceptions.NoSuchCommand():
            return Message("cli.no_command", {"name": error.command_name, "command": command})
        case click.NoSuchOption():
            return Message("cli.no_option", {"name": error.option_name, "command": command})
        case click.BadOptionUsage():
            return Message("cli.no_value", {"name": error.option_name, "command": command})
        case click.BadParameter():
            return Message("cli.bad_value", {"name": _name(error), "expected": _expected(error), "command": command})
    return Message("cli.usage", {"reason": error.format_message(), "command": command})


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "?")
    longest = max(error.param.opts, key=len)
    return longest if longest.startswith("-") else error.param.make_metavar(error.ctx) if error.ctx else longest


def _expected(error: click.BadParameter) -> Message | str:
    match error.param.type if error.param else None:
        case click.Choice() as choice:
            return Message("cli.expected.choice", {"choices": [str(one) for one in choice.choices]})
        case click.IntRange() as span:
            return Message("cli.expected.range", {"least": span.min, "most": span.max})
        case click.types.IntParamType():
            return Message("cli.expected.number")
    return error.message
