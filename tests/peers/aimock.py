"""A public OpenAI-compatible server with faults on demand (aimock, npm), on loopback. Installed by `make test` where Node.js 20 is."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(__file__).parents[2] / ".venv" / "peers" / "node_modules" / ".bin" / "llmock"
START_S = 20


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def running(folder: Path, fixtures: list[dict[str, Any]], *faults: str) -> Iterator[str]:
    """Its address while it runs with these answers and these `--chaos-...` flags."""
    if not COMMAND.exists():
        pytest.skip("aimock is not installed: it needs Node.js 20 and `make test`")
    answers, port = folder / "answers.json", free_port()
    answers.write_text(json.dumps({"fixtures": fixtures}), "utf8")
    command = [str(COMMAND), "-p", str(port), "-f", str(answers), "--log-level", "silent", *faults]
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "AIMOCK_"))}
    with subprocess.Popen(command, cwd=folder, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, "aimock did not start"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("aimock did not answer")
