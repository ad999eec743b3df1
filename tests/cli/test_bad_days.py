"""Bad input and bad days, in both languages: what happened is said in words, what was kept is kept, and the next try goes through."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
BRIEF = "subject: Bourse aux vélos\nkey_points: [Samir règle les freins.]\n"
CROWDED = 40_000
"""Bytes beyond which no file may grow: the database's journal needs more for one draft."""


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language of the person at the command line."""
    monkeypatch.setenv("PLUME_LANGUAGE", request.param)
    return str(request.param)


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    file = tmp_path / "brief.yaml"
    file.write_text(BRIEF, "utf8")
    return file


def draft(brief: Path, *more: str) -> tuple[str, ...]:
    return ("draft", "--brand", "vaudrille", "--brief", str(brief), "--networks", "x", "--variants", "1", *more, "--json")


def refused(ran: Any) -> str:
    assert (ran.code, ran.out) == (2, ""), ran
    assert "Traceback" not in ran.err
    return str(ran.err).replace("\u00a0", " ").replace("\u202f", " ")


def elsewhere(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env=dict(os.environ), **options)


def queue_of(run: Run) -> list[str]:
    return [item["id"] for item in run("queue", "list", "--json").json]


def test_a_broken_kit_says_how_many_problems_and_where_and_the_drafts_made_before_stay(
    run: Run, language: str, brief: Path, kits_folder: Path
) -> None:
    before = [one["id"] for one in run(*draft(brief)).json["drafts"]]
    kit = kits_folder / "vaudrille" / "kit.yaml"
    broken = kit.read_text("utf8") + "\nunknown_key: 1\ntime_zone: Mars/Olympus\n"
    kit.write_text(broken, "utf8")
    said = refused(run(*draft(brief)))
    assert {"fr": "n’a pas été chargée", "en": "it was not loaded"}[language] in said
    assert {"fr": "kit.yaml, ligne", "en": "kit.yaml, line"}[language] in said
    assert kit.read_text("utf8") == broken, "nobody's file is touched"
    assert queue_of(run) == before
    assert brief.read_text("utf8") == BRIEF


def test_an_unknown_network_is_named_with_those_there_are(run: Run, language: str, brief: Path) -> None:
    words = {"fr": "Aucun réseau ne s’appelle « myspace »", "en": "myspace"}[language]
    said = refused(run(*draft(brief, "--networks", "instagram,myspace")))
    assert words in said
    assert "linkedin" in said
    brief.write_text(BRIEF + "networks: [myspace]\n", "utf8")
    again = refused(run("draft", "--brand", "vaudrille", "--brief", str(brief), "--json"))
    assert words in again
    assert "linkedin" in again
    assert queue_of(run) == []


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n", "subject:\n", "subject: ''\n", 'subject: "\\u200b"\n'])
def test_an_empty_brief_says_what_is_missing(run: Run, language: str, brief: Path, content: str) -> None:
    brief.write_text(content, "utf8")
    said = refused(run(*draft(brief)))
    assert any(words in said for words in {"fr": ("est vide", "manque"), "en": ("is empty", "is missing")}[language]), said
    assert "subject" in said
    assert brief.read_text("utf8") == content


@pytest.mark.parametrize(
    ("line", "fr", "en"),
    [
        ("must_include: {a: b}", "une liste est attendue", "a list is wanted"),
        ("facts: [a, b]", "« nom : valeur »", "“name: value”"),
        ("variants: 99", "un nombre entier de 1 à 6", "a whole number from 1 to 6"),
        ("variants: beaucoup", "un nombre entier de 1 à 6", "a whole number from 1 to 6"),
        ("planned_for: demain", "une date est attendue", "a date is wanted"),
        ("planned_for: 2026-02-30", "une date est attendue", "a date is wanted"),
    ],
)
def test_a_field_of_the_wrong_kind_says_what_is_wanted(run: Run, language: str, brief: Path, line: str, fr: str, en: str) -> None:
    brief.write_text(BRIEF + line + "\n", "utf8")
    said = refused(run(*draft(brief)))
    assert {"fr": fr, "en": en}[language] in said
    assert "Input should" not in said


def test_a_brief_of_a_megabyte_says_its_size_and_what_to_keep(run: Run, language: str, brief: Path) -> None:
    brief.write_text("subject: " + "x" * 1_000_000, "utf8")
    said = refused(run(*draft(brief)))
    assert {"fr": "1000 ko", "en": "1000 kB"}[language] in said
    assert {"fr": "Gardez-en l’essentiel", "en": "Keep what matters"}[language] in said
    assert brief.stat().st_size > 1_000_000, "what was typed is still there"


def test_control_characters_in_a_brief_are_told_or_left_out_and_the_words_stay(run: Run, language: str, brief: Path) -> None:
    brief.write_text("subject: Bourse\x07 aux vélos\n", "utf8")
    ran = run(*draft(brief))
    if ran.code == 2:
        assert "brief.yaml" in refused(ran)
    else:
        assert "Bourse aux vélos" in ran.json["drafts"][0]["text"]
    brief.write_text('subject: "Bourse\\u202e\\x07 aux\\u200b vélos"\n', "utf8")
    assert "Bourse aux vélos" in run(*draft(brief)).json["drafts"][0]["text"]
    assert brief.read_text("utf8").startswith("subject")


def test_a_locked_database_is_waited_for_then_told_and_the_next_try_goes_through(
    run: Run, language: str, brief: Path, tmp_path: Path
) -> None:
    before = [one["id"] for one in run(*draft(brief)).json["drafts"]]
    blocker = sqlite3.connect(tmp_path / "data" / "plume.sqlite3", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        said = refused(run(*draft(brief)))
        assert {"fr": "occupée par un autre programme", "en": "Another program is keeping the database busy"}[language] in said
        assert {"fr": "réessayez", "en": "try again"}[language] in said
        approved = refused(run("queue", "submit", before[0], "--as", "Ana", "--version", "1", "--json"))
        assert said == approved
    finally:
        blocker.rollback()
        blocker.close()
    assert queue_of(run) == before
    assert run("queue", "submit", before[0], "--as", "Ana", "--version", "1", "--json").json["state"] == "in_review"
    assert len(run(*draft(brief)).json["drafts"]) == 1
    assert run("audit", "verify", "--json").json["broken"] is None


@pytest.mark.skipif(resource is None, reason="needs RLIMIT_FSIZE")
def test_a_full_disk_is_told_and_all_that_was_saved_is_there_and_the_next_try_goes_through(run: Run, language: str, brief: Path) -> None:
    before = [one["id"] for one in run(*draft(brief)).json["drafts"]]
    posts = brief.with_name("posts.csv")
    posts.write_text("id,text\n" + "".join(f"n{number},{'mot ' * 100}\n" for number in range(200)), "utf8")

    def crowd() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (CROWDED, resource.RLIM_INFINITY))

    commands: list[tuple[str, ...]] = [draft(brief), ("posts", "import", "--brand", "vaudrille", str(posts), "--json")]
    for command in commands:
        done = elsewhere(*command, preexec_fn=crowd)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert {"fr": "plus de place pour enregistrer", "en": "no room left to save"}[language] in done.stderr
        assert {"fr": "réessayez", "en": "try again"}[language] in done.stderr
        assert "Traceback" not in done.stderr
    assert queue_of(run) == before
    assert brief.read_text("utf8") == BRIEF
    assert run("audit", "verify", "--json").json["broken"] is None
    assert run(*commands[1]).json["imported"] == 200
    assert len(run(*draft(brief)).json["drafts"]) == 1
    assert len(queue_of(run)) == 2


def test_two_processes_draft_and_decide_on_one_folder_at_once(run: Run, language: str, brief: Path) -> None:
    command = [sys.executable, "-m", "assistant", *draft(brief)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
        for _ in range(2)
    ]
    spoken = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], spoken
    ids = [json.loads(out)["drafts"][0]["id"] for out, _ in spoken]
    assert sorted(queue_of(run)) == sorted(ids)
    assert run("queue", "submit", ids[0], "--as", "Ana", "--version", "1").code == 0
    approve = [sys.executable, "-m", "assistant", "queue", "approve", ids[0], "--version", "2", "--json", "--as"]
    rivals = [
        subprocess.Popen([*approve, name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
        for name in ("Bo", "Cy")
    ]
    answers = [process.communicate(timeout=120) for process in rivals]
    assert sorted(process.returncode for process in rivals) == [0, 2], answers
    loser = next(err for process, (_, err) in zip(rivals, answers, strict=True) if process.returncode)
    assert {"fr": "entre-temps", "en": "in the meantime"}[language] in loser
    shown = run("queue", "show", ids[0], "--json").json
    assert (shown["state"], [one["action"] for one in shown["history"]].count("approve")) == ("approved", 1)
    assert run("audit", "verify", "--json").json["broken"] is None


def test_deleting_the_index_folder_and_indexing_again_restores_the_same_results(run: Run, tmp_path: Path) -> None:
    queries = "\n".join(json.dumps(one) for one in ("samedi atelier", "prix perceuse", "vis", "bonjour"))

    def found() -> list[list[tuple[str, float, str]]]:
        lines = run("search", "--brand", "vaudrille", "--jsonl", input=queries).lines
        return [[(row["id"], row["score"], row["engine"]) for row in line] for line in lines]

    first = run("index", "--brand", "vaudrille", "--json").json
    before = found()
    for leftover in (tmp_path / "data").glob("index*"):
        subprocess.run(["rm", "-rf", str(leftover)], check=True)
    again = run("index", "--brand", "vaudrille", "--json").json
    assert again == first
    assert found() == before


@pytest.mark.parametrize("brand", ["vaudrille", "thole-ferry"])
def test_a_brief_in_the_other_language_drafts_and_says_what_is_wrong(run: Run, brand: str) -> None:
    """What the kit brought is taken out of a text in the wrong language, joints and all: that once walked past the end."""
    briefs = sorted((ROOT / "tests" / "briefs" / {"vaudrille": "thole-ferry", "thole-ferry": "vaudrille"}[brand]).glob("*.yaml"))[:3]
    for file in briefs:
        ran = run("draft", "--brand", brand, "--brief", str(file), "--networks", "instagram,facebook,tiktok,mastodon", "--json")
        assert ran.code in (0, 1), ran.err
        assert ran.json["drafts"]


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31"])
def test_a_day_that_not_every_time_zone_has_is_refused_in_words(run: Run, language: str, brief: Path, day: str) -> None:
    brief.write_text(f"{BRIEF}planned_for: {day}\n", "utf8")
    assert {"fr": "l’année n’est pas la bonne", "en": "the year cannot be right"}[language] in refused(run(*draft(brief)))


@pytest.mark.parametrize("name", ["a%20b", "q?z", "a#b", "100% bio"])
def test_any_name_of_the_data_folder_will_do(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / name))
    assert run("kits", "list", "--json").code == 0
    assert (tmp_path / name / "plume.sqlite3").is_file()


def test_an_address_of_chroma_that_is_none_leaves_the_search_to_the_exact_scan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_CHROMA_URL", "http://[bad")
    rows = run("search", "--brand", "vaudrille", "--limit", "2", "--json", "samedi").json
    assert [row["engine"] for row in rows] == ["scan", "scan"]
