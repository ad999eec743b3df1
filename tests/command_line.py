"""Running the command line as a person would, with its exit code, its JSON and its errors apart: the fixture `run`."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.cli import plume


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run() -> Callable[..., Ran]:
    """`run("count", "--network", "x", "text")`; an exception that is no exit fails the test."""

    def run(*arguments: str, input: str = "") -> Ran:
        result = CliRunner().invoke(plume, list(arguments), input=input)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
