"""Bad input and a bad day: a clear error, and nothing lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.services import Services

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def brief_file(folder: Path, **fields: Any) -> str:
    file = folder / "brief.yaml"
    file.write_text(yaml.safe_dump({"subject": "Bourse aux vélos", **fields}, allow_unicode=True), "utf8")
    return str(file)


def test_control_and_invisible_characters_never_reach_a_draft(run: Run, tmp_path: Path) -> None:
    hidden = "Samir\u200b règle\u202e les\x07 freins\U000e0041."
    ran = run("draft", "--brand", "vaudrille", "--brief", brief_file(tmp_path, key_points=[hidden]), "--networks", "facebook", "--json")
    texts = [draft["text"] for draft in ran.json["drafts"]]
    assert any("Samir règle les freins" in text for text in texts)
    assert not [c for text in texts for c in text if c in "\u200b\u202e\x07\U000e0041"]


def test_placeholders_and_markup_in_a_brief_come_out_as_typed(run: Run, tmp_path: Path) -> None:
    odd = "Payez {prix} ou $5 avec {{7*7}} et <b>Samir</b>"
    ran = run("draft", "--brand", "vaudrille", "--brief", brief_file(tmp_path, key_points=[odd]), "--networks", "facebook", "--json")
    assert any("{prix} ou $5 avec {{7*7}} et <b>Samir</b>" in draft["text"] for draft in ran.json["drafts"])


def test_a_locked_database_is_said_and_nothing_is_half_saved(run: Run, tmp_path: Path) -> None:
    run("index", "--brand", "vaudrille", "--json")
    blocker = sqlite3.connect(tmp_path / "data" / "plume.sqlite3", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        ran = run("draft", "--brand", "vaudrille", "--brief", brief_file(tmp_path), "--networks", "x", "--json")
    finally:
        blocker.rollback()
        blocker.close()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert run("queue", "list", "--json").json == []


def test_a_data_folder_that_cannot_be_made_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / "file" / "data"))
    ran = run("kits", "list", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "PLUME_DATA_DIR" in ran.err


def test_a_second_process_on_the_same_folder_searches_by_exact_scan_and_says_so(services: Services, tmp_path: Path) -> None:
    own = services.find("vaudrille", "samedi atelier", limit=5)
    assert {one.engine for one in own} == {"chroma"}
    command = [sys.executable, "-m", "assistant", "search", "--brand", "vaudrille", "--limit", "5", "--json", "samedi atelier"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120, env=dict(os.environ))
    assert done.returncode == 0, done.stderr.decode()
    rows = yaml.safe_load(done.stdout)
    assert {row["engine"] for row in rows} == {"scan"}
    assert [row["id"] for row in rows] == [one.id for one in own]


def test_a_brand_without_posts_or_lines_still_drafts(run: Run, kits_folder: Path, tmp_path: Path) -> None:
    (kits_folder / "bare").mkdir()
    (kits_folder / "bare" / "kit.yaml").write_text("name: Bare\nlanguages: [en]\naccounts:\n  - network: x\n", "utf8")
    ran = run("draft", "--brand", "bare", "--brief", brief_file(tmp_path, key_points=["Doors at 7pm."]), "--json")
    assert [draft["network"] for draft in ran.json["drafts"]]
    assert run("search", "--brand", "bare", "--json", "anything").json == []


def test_help_comes_at_once() -> None:
    """No heavy import stands between a person and `--help`."""
    heavy = ("streamlit", "chromadb", "langchain", "openai", "pandas", "sqlalchemy", "numpy", "lingua")
    loaded = f"""
import sys
sys.argv = ["plume", "--help"]
from assistant.cli import main
try:
    main()
except SystemExit:
    print([module for module in {heavy!r} if module in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]"), done.stdout[-200:]
