"""`plume triage`: one answer per row, in order, ids as given; nothing stored, nothing left out."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.assessments import KINDS

Run = Callable[..., Any]
KEYS = {"id", "language", "tone", "kind", "severity", "decision", "escalate_to", "due_minutes", "reasons"}
ROWS = [
    {"id": "7", "text": "Commande du 28, toujours rien, et personne au téléphone."},
    {"id": "7", "text": "Commande du 28, toujours rien, et personne au téléphone."},
    {"id": "12345678901234567890", "text": "Love this shop, thank you!"},
    {"id": "c", "text": ""},
    {"id": "", "text": "Wo ist mein Paket? Ich warte seit drei Wochen."},
    {"id": "=1+1", "text": "je sais où vous habitez"},
]


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "network", "author", "text", "created_at", "post", "post_url"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows({"network": "facebook", "author": "Inès", "created_at": "n’importe quand", **row} for row in rows)
    return out.getvalue()


def test_every_row_gets_one_answer_in_order_with_its_id(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_text(table(ROWS), "utf8")
    ran = run("triage", "--brand", "vaudrille", str(file), "--json")
    assert ran.code == 0
    assert [one["id"] for one in ran.json] == ["7", "7", "12345678901234567890", "c", "6", "=1+1"]
    assert [one["language"] for one in ran.json] == ["fr", "fr", "en", "fr", "de", "fr"]
    assert [one["severity"] for one in ran.json] == [2, 2, 1, 1, 1, 4]
    assert all(set(one) == KEYS and one["kind"] in KINDS for one in ran.json)
    assert all(set(reason) == {"id", "message", "passage"} for one in ran.json for reason in one["reasons"])
    late = ran.json[0]
    assert (late["kind"], late["decision"], late["escalate_to"]) == ("complaint.delivery", "private", "Maud (Odile en son absence)")
    assert "toujours rien" in late["reasons"][0]["message"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_and_delimiters_people_have_are_read(run: Run, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "comments.csv"
    file.write_bytes(table([{"id": "1", "text": "Très déçue\nde l'accueil ; vraiment"}], ";").encode(encoding, "replace"))
    ran = run("triage", "--brand", "vaudrille", str(file), "--json")
    assert [(one["id"], one["tone"]) for one in ran.json] == [("1", "negative")]


def test_a_spreadsheet_and_a_table_with_text_alone_are_read(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("comments", 0)
    sheet.append(["text"])
    for text in ("Merci !", "=SUM(A1)", "Vous êtes ouverts dimanche ?"):
        sheet.append([text])
    book.save(tmp_path / "comments.xlsx")
    (tmp_path / "bare.csv").write_text("text\nMerci !\nC'est nul\n", "utf8")
    assert len(run("triage", "--brand", "vaudrille", str(tmp_path / "comments.xlsx"), "--json").json) >= 2
    assert [one["kind"] for one in run("triage", "--brand", "vaudrille", str(tmp_path / "bare.csv"), "--json").json] == [
        "praise",
        "complaint.service",
    ]


def test_lines_are_answered_as_a_file_is_and_a_bad_one_says_so(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": 9, "text": "The app keeps crashing"}), '"Merci !"', "not json", '{"id": 1}', '{"id": "e", "text": ""}']
    ran = run("triage", "--brand", "thole-ferry", "--jsonl", input="\n".join(lines))
    assert ran.code == 1
    assert [line.get("id") for line in ran.lines] == [9, "", None, None, "e"]
    assert [line["error"]["id"] for line in ran.lines if "error" in line] == ["input.bad_line", "input.missing_key"]
    file = tmp_path / "one.csv"
    file.write_text(table([{"id": "9", "text": "The app keeps crashing"}]), "utf8")
    whole = run("triage", "--brand", "thole-ferry", str(file), "--json").json[0]
    assert ran.lines[0] == whole | {"id": 9}


def test_nothing_is_stored_and_the_same_file_gives_the_same_answer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_text(table(ROWS), "utf8")
    first, second = (run("triage", "--brand", "thole-ferry", str(file), "--json").out for _ in range(2))
    assert first == second


def test_a_file_that_cannot_be_read_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", "utf8")
    for file in (str(empty), str(tmp_path / "nowhere.csv")):
        ran = run("triage", "--brand", "vaudrille", file, "--json")
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.strip().splitlines()) == 1
    assert run("triage", "--brand", "vaudrille", "--json").code == 2
    assert run("triage", "--brand", "nobody", str(empty)).code == 2


def test_a_person_reads_what_each_is_and_who_takes_over(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "comments.csv"
    file.write_text(table(ROWS), "utf8")
    said = run("triage", "--brand", "vaudrille", str(file)).out
    assert "Maud" in said
    assert "je sais où vous habitez" in said
    monkeypatch.setenv("PLUME_LANGUAGE", "en")
    assert "6 comments triaged, 1 for a human." in run("triage", "--brand", "vaudrille", str(file)).out
