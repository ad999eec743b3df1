"""Ctrl-C while a model writes: said in words, nothing half saved, and what was under way is counted, since it may be charged."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import plume
from tests.models.faulty_server import FaultyServer
from tests.writing_model import writing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("parallel", [1, 2])
def test_what_was_under_way_is_counted(parallel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brief = tmp_path / "brief.yaml"
    brief.write_text("subject: L’Heure du trou\nkey_points: [Idriss monte trois murs exprès.]\n", "utf8")
    with FaultyServer([writing(after_s=30)]) as server:
        settings = {"BASE_URL": server.url, "MODEL": "loopback", "STRUCTURED_OUTPUT": "json_schema", "MAX_PARALLEL": str(parallel)}
        for name, value in settings.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        command = [sys.executable, "-m", "assistant", "draft", "--brand", "vaudrille", "--networks", "x,threads", "--brief", str(brief)]
        process = subprocess.Popen(
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a runner in the background may have it ignored
            args=command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(os.environ),
        )
        end = time.monotonic() + 60
        while len(server.asked) < parallel and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    used = CliRunner().invoke(plume, ["usage", "--json"]).stdout
    assert f'"failed": {parallel}' in used, used
