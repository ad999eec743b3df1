"""What cannot be done is said in one line, in the reader's language, without a traceback; and nothing is done by half."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import plume
from assistant.cli.refusals import guarded

Run = Callable[..., Any]
LANGUAGES = ("fr", "en")
ROOT = Path(__file__).parents[2]


def one_line(ran: Any) -> str:
    assert (ran.code, ran.out) == (2, ""), ran
    assert len(ran.err.strip().splitlines()) == 1, ran.err
    return str(ran.err)


@pytest.mark.parametrize(
    ("arguments", "fr", "en"),
    [
        (("search",), "Il manque --brand", "--brand is missing"),
        (("queue", "approve", "--as", "Ana", "--version", "1"), "Il manque ID", "ID is missing"),
        (("search", "--brand"), "Il manque une valeur après --brand", "A value is missing after --brand"),
        (("serach",), "« serach » n’est pas une commande", "“serach” is not a command"),
        (("networks", "--jsno"), "« --jsno » n’est pas une option", "“--jsno” is not an option"),
        (("search", "--brand", "x", "--limit", "0", "y"), "un nombre entier de 1 à 200", "a whole number from 1 to 200"),
        (("draft", "--brand", "x", "--brief", "y", "--seed", "z"), "un nombre entier", "a whole number"),
        (("queue", "list", "--state", "lost"), "l’une de : draft", "one of: draft"),
        (("count", "--network", "x", "un", "deux"), "deux", "deux"),
    ],
)
def test_a_command_that_was_typed_wrong_is_told_in_the_reader_s_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], fr: str, en: str
) -> None:
    for language, words in (("fr", fr), ("en", en)):
        monkeypatch.setenv("PLUME_LANGUAGE", language)
        assert words in one_line(run(*arguments)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "value", "fr", "en"),
    [
        ("PLUME_TIMEOUT_S", "soon", "il faut un nombre", "it must be a number"),
        ("PLUME_MAX_PARALLEL", "0", "d’au moins 1", "from 1 on"),
        ("PLUME_MAX_PARALLEL", "1000", "d’au plus 64", "up to 64"),
        ("PLUME_STRUCTURED_OUTPUT", "xml", "json_schema", "json_schema"),
        ("PLUME_TIMEZONE", "Mars/Olympus", "Europe/Paris", "Europe/London"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_with_what_it_takes(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, fr: str, en: str
) -> None:
    monkeypatch.setenv(name, value)
    for language, words in (("fr", fr), ("en", en)):
        monkeypatch.setenv("PLUME_LANGUAGE", language)
        said = one_line(run("kits", "list", "--json"))
        assert name in said
        assert words in said


def test_a_language_that_we_do_not_speak_is_told_in_french(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_LANGUAGE", "de")
    assert "PLUME_LANGUAGE n’a pas une valeur valable" in one_line(run("doctor"))


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ("c’est un dossier", "n’existe pas")), ("en", ("it is a folder", "there is no such file"))]
)
def test_why_a_file_cannot_be_read_is_told_in_the_reader_s_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, words: tuple[str, str]
) -> None:
    monkeypatch.setenv("PLUME_LANGUAGE", language)
    for file, why in zip((tmp_path, tmp_path / "none.csv"), words, strict=True):
        assert why in one_line(run("posts", "import", "--brand", "vaudrille", str(file), "--json"))
        assert why in one_line(run("draft", "--brand", "vaudrille", "--brief", str(file), "--json"))
    assert one_line(run("posts", "import", "--brand", "vaudrille", "a\0b", "--json"))
    assert one_line(run("queue", "export", "--to", "a\0b", "--json"))
    assert words[1] in one_line(run("queue", "export", "--to", str(tmp_path / "none" / "out.csv"), "--json"))


@pytest.mark.parametrize("slug", ["../evil", "a/b", "/abs", ".", "..", "", "É", "A B", "a--b", "VAUDRILLE", "x\0y", "\u202ea", "a" * 61])
def test_a_name_that_is_no_folder_is_refused_and_nothing_is_written(run: Run, kits_folder: Path, tmp_path: Path, slug: str) -> None:
    before = sorted(kits_folder.parent.rglob("*.yaml"))
    one_line(run("kits", "onboard", slug, "--name", "Ma Marque", "--json"))
    assert sorted(kits_folder.parent.rglob("*.yaml")) == before


def test_an_unknown_network_is_refused_before_anything_is_imported(run: Run, kits_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("text\nBonjour\n", "utf8")
    assert "myspace" in one_line(run("kits", "onboard", "neuf", "--name", "Neuf", "--posts", str(file), "--network", "myspace"))
    assert "myspace" in one_line(run("posts", "import", "--brand", "vaudrille", str(file), "--network", "myspace"))
    assert not (kits_folder / "neuf").exists()


def test_lines_that_are_no_json_do_not_stop_the_others(run: Run) -> None:
    odd = ["[" * 100_000, "9" * 6_000, "{", '{"text": 5}', "null", '"ok"']
    ran = run("count", "--network", "x", "--jsonl", input="\n".join(odd))
    assert ran.code == 1
    assert ["error" in line for line in ran.lines] == [True] * 5 + [False]
    assert {line["error"]["id"] for line in ran.lines[:3]} == {"input.bad_line"}


@pytest.mark.parametrize("brief", [5, [1], True, {"subject": ""}, {"planned_for": {}}])
def test_a_line_with_a_brief_that_is_none_says_so(run: Run, brief: Any) -> None:
    import json

    ran = run("check", "--brand", "vaudrille", "--network", "x", "--jsonl", input=json.dumps({"text": "un", "brief": brief}))
    assert ran.code == 1
    assert set(ran.lines[0]) == {"error"}


def test_posts_that_cannot_be_read_take_neither_the_other_brands_nor_the_start_down(run: Run, kits_folder: Path) -> None:
    (kits_folder / "vaudrille" / "posts.csv").write_text("a,b\n1,2\n", "utf8")
    listed = run("kits", "list", "--json")
    assert listed.code == 0
    assert {row["slug"]: row.get("problems") for row in listed.json} == {"rotelier": 0, "thole-ferry": 0, "vaudrille": 1}
    prepared = run("prepare")
    assert prepared.code == 0, "make run goes on to open the app"
    assert "thole-ferry" in prepared.out
    assert "posts.csv" in prepared.err
    assert "posts.csv" in one_line(run("search", "--brand", "vaudrille", "--json", "samedi"))


def test_a_folder_without_brands_says_how_to_make_one(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLUME_KITS_DIR", str(tmp_path / "nowhere"))
    ran = run("kits", "list", "--json")
    assert (ran.code, ran.json) == (0, [])
    assert "plume kits onboard" in ran.err


def test_starter_data_that_leads_out_of_the_folder_is_not_read(run: Run, kits_folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("text\nthe secret of the house\n", "utf8")
    posts = kits_folder / "vaudrille" / "posts.csv"
    posts.unlink()
    posts.symlink_to(secret)
    ran = run("search", "--brand", "vaudrille", "--json", "secret")
    assert "posts.csv" in one_line(ran)
    assert "secret of" not in ran.out + ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_an_export_never_replaces_what_is_no_file(run: Run, tmp_path: Path) -> None:
    # Writing replaces the target whole: as root, an export to /dev/null would take the machine's /dev/null away.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for target in (pipe, link, tmp_path, Path()):
        one_line(run("queue", "export", "--to", str(target), "--json"))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()


def test_who_decides_has_a_name_that_can_be_seen(run: Run, tmp_path: Path) -> None:
    brief = tmp_path / "brief.yaml"
    brief.write_text("subject: Bourse aux vélos\n", "utf8")
    drafted = run("draft", "--brand", "vaudrille", "--brief", str(brief), "--networks", "x", "--variants", "1", "--json")
    id = drafted.json["drafts"][0]["id"]
    assert "Dites qui vous êtes" in one_line(run("queue", "submit", id, "--as", "\u200b\u202e", "--version", "1", "--json"))
    moved = run("queue", "submit", id, "--as", "Ana\u202e\n\x1b[31m Bo", "--version", "1", "--json").json
    assert moved["history"][-1]["actor"] == "Ana [31m Bo"


def test_what_is_shown_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    posts = tmp_path / "posts.csv"
    posts.write_text('text\n"perceuse \x1b[2J\x9b31m\u202edegat"\n', "utf8")
    assert run("posts", "import", "--brand", "vaudrille", str(posts), "--json").code == 0
    shown = run("search", "--brand", "vaudrille", "perceuse degat")
    assert "degat" in shown.out
    refused = run("search", "--brand", "\x1b[2J\u202evaudrille", "x")
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown.out + refused.err)


@pytest.mark.parametrize(("language", "words"), [("fr", "C’est une faute de Plume"), ("en", "This is a fault of Plume")])
def test_a_fault_of_ours_is_told_with_its_place_and_without_pages_of_python(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    def broken(*_: Any) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setenv("PLUME_LANGUAGE", language)
    monkeypatch.setattr("assistant.services.build", broken)
    monkeypatch.setattr(sys, "argv", ["plume", "doctor"])
    with pytest.raises(SystemExit) as left:
        guarded(plume)
    err = capsys.readouterr().err
    assert left.value.code == 2
    assert words in err
    assert "IndexError, assistant/cli/desk.py:" in err
    assert "Traceback" not in err


def test_an_interrupt_is_told_and_leaves_a_sound_desk(run: Run, tmp_path: Path) -> None:
    run("kits", "list", "--json")
    for wait in (0.1, 0.6, 1.0):
        command = [sys.executable, "-m", "assistant", "index", "--brand", "vaudrille"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert b"Traceback" not in err, err.decode()
        assert process.returncode in (0, 130, -signal.SIGINT)
    assert run("audit", "verify", "--json").json["broken"] is None


@pytest.mark.parametrize("shell", ["{plume} networks --json | head -1", "{plume} networks --json >&-", "{plume} count --network x - <&-"])
def test_a_pipe_that_closes_is_no_fault(shell: str) -> None:
    line = shell.format(plume=f"{sys.executable} -m assistant")
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, env=dict(os.environ))
    assert "Traceback" not in done.stderr
    assert "faute de Plume" not in done.stderr


def test_a_terminal_that_speaks_no_utf_8_gets_utf_8_all_the_same() -> None:
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "assistant", "count", "--network", "nulle-part", "été"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60, env=dict(os.environ) | plain)
    assert done.returncode == 2
    assert "réseau" in done.stderr.decode("utf8")
