"""The command line: each command translates, one service call decides. The contract is in `docs/command-line.md`."""

import sys

import click

from assistant import __version__
from assistant.cli.brands import index, kits, posts, search
from assistant.cli.drafting import draft
from assistant.cli.evaluate import evaluate
from assistant.cli.health import audit, doctor, prepare
from assistant.cli.models import models, usage
from assistant.cli.queue import queue
from assistant.cli.refusals import Commands, guarded
from assistant.cli.texts import check, count, networks
from assistant.cli.triage import triage


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plume")
def plume() -> None:
    """Plume drafts posts in a brand's own voice, for a person to review. It publishes nothing."""


for command in (audit, check, count, doctor, draft, evaluate, index, kits, models, networks, posts, prepare, queue, search, triage, usage):
    plume.add_command(command)


def main() -> None:
    """Run the command line; output is UTF-8 whatever the terminal says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    guarded(plume)
