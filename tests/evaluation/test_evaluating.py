"""`plume evaluate` as it is called: one JSON document, nothing in the queue, a list for readers and their sheets read back."""

import csv
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.briefs import Brief
from assistant.drafting.writer import Writer
from assistant.errors import ModelNotConfigured
from assistant.evaluation import keeping
from assistant.services import Services
from assistant.services.evaluation import Evaluation
from tests.models.faulty_server import FaultyServer
from tests.writing_model import RECEIVED, SENT, writing

Run = Callable[..., Any]
QUICK = ("--brand", "vaudrille", "--writer", "built-in", "--limit", "3", "--networks", "x,facebook")


def test_the_table_is_one_json_document_with_every_figure(run: Run) -> None:
    ran = run("evaluate", *QUICK, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json
    assert {"suite", "when", "writer", "writers", "briefs", "compared_with", "rows", "failures", "findings", "read"} <= set(found)
    assert (found["writers"], found["briefs"], found["compared_with"], found["read"]) == (["built-in"], 3, None, None)
    assert [(row["brand"], row["network"]) for row in found["rows"]] == [("vaudrille", ""), ("vaudrille", "facebook"), ("vaudrille", "x")]
    figures = found["rows"][0]["figures"]
    assert {"fits", "complete", "grounded", "terms", "voice", "within", "shells", "copies", "tics", "language", "tokens", "seconds"} <= set(
        figures
    )
    assert figures["fits"] == 1.0
    assert figures["tokens"] == 0


def test_the_second_run_of_the_same_briefs_is_compared_with_the_first(run: Run) -> None:
    first = run("evaluate", *QUICK, "--json").json
    again = run("evaluate", *QUICK, "--json").json
    other = run("evaluate", *QUICK[:-1], "x", "--json").json
    assert again["compared_with"]["when"] == first["when"]
    assert {one["change"] for name, one in again["rows"][0]["compared"].items() if name != "seconds"} == {"same"}
    assert other["compared_with"] is None, "other networks are another suite"


def test_evaluating_fills_nobody_s_queue(run: Run) -> None:
    run("evaluate", *QUICK, "--json")
    assert run("queue", "list", "--json").json == []
    assert run("audit", "verify", "--json").json["broken"] is None


def test_a_person_reads_a_table_and_what_was_found_most(run: Run) -> None:
    ran = run("evaluate", *QUICK)
    assert ran.code == 0
    assert "Tiennent dans les limites" in ran.out
    assert "vaudrille · X" in ran.out


def test_a_model_is_measured_by_the_same_rules_and_its_tokens_are_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer([writing(("Onze clés taillées mardi 4 mai, 83,17 € pièce.", "Mardi 4 mai, 83,17 € la clé."))]) as server:
        monkeypatch.setenv("PLUME_BASE_URL", server.url)
        monkeypatch.setenv("PLUME_MODEL", "some-model")
        found = run("evaluate", "--brand", "vaudrille", "--writer", "model", "--limit", "1", "--networks", "x", "--json").json
    assert found["writers"] == ["some-model"]
    figures = found["rows"][0]["figures"]
    assert figures["tokens"] >= SENT + RECEIVED
    assert figures["grounded"] == 0.0, "what it says stands in no brief of the suite"


def test_a_network_on_which_the_model_failed_is_said_and_nobody_takes_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer([writing(fails=lambda prompt: True, status=401)]) as server:
        monkeypatch.setenv("PLUME_BASE_URL", server.url)
        monkeypatch.setenv("PLUME_MODEL", "some-model")
        ran = run("evaluate", "--brand", "vaudrille", "--writer", "model", "--limit", "1", "--networks", "x", "--json")
    assert [(one["network"], one["id"]) for one in ran.json["failures"]] == [("x", "model.key_refused")]
    assert ran.json["rows"][0]["figures"]["drafts"] == 0


def test_a_budget_used_up_on_the_way_keeps_what_was_measured(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation, calls, real = Evaluation(services), count(1), services.writer

    def writer(asked: str, slug: str, brief: Brief | None = None) -> Writer:
        if next(calls) > 2:
            raise ModelNotConfigured("model.not_configured")
        return real("built-in", slug, brief)

    monkeypatch.setattr(services, "writer", writer)
    run = evaluation.run(evaluation.cases(("vaudrille",), networks=("x",), limit=3), writer="model")
    assert [one.failure for one in run.asked] == ["", "model.not_configured", "model.not_configured"]
    assert keeping.last(evaluation.folder, run.suite) is not None


def test_what_a_draft_must_not_repeat_are_the_drafts_of_this_evaluation(services: Services) -> None:
    evaluation = Evaluation(services)
    cases = evaluation.cases(("thole-ferry",), networks=("facebook",), limit=6)
    whole, alone = evaluation.run(cases, writer="built-in"), evaluation.run(cases[-1:], writer="built-in")
    assert services.recent("thole-ferry", "facebook") == (), "and none of them is remembered by the desk"
    assert len({one.drafts[0].text for one in whole.asked}) == 6
    assert whole.asked[-1].drafts[0].text == evaluation.run(cases, writer="built-in").asked[-1].drafts[0].text
    assert alone.suite != whole.suite


@pytest.fixture
def reading(run: Run, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    out = tmp_path / "given" / "list.html"
    found = run("evaluate", *QUICK, "--read", str(out), "--texts", "3", "--posts", "2", "--seed", "5", "--json").json["read"]
    return out, found


def test_a_list_comes_with_its_sheet_and_the_key_lies_elsewhere(reading: tuple[Path, dict[str, Any]]) -> None:
    out, found = reading
    assert (found["texts"], found["posts"]) == (5, 2)
    assert sorted(file.name for file in out.parent.iterdir()) == ["list.csv", "list.html"]
    assert Path(found["key"]).parent not in (out.parent, *out.parents)
    key = json.loads(Path(found["key"]).read_text("utf8"))
    assert sorted({one["source"] for one in key["texts"]}) == ["built-in", "published"]
    given = out.read_text("utf8") + (out.parent / "list.csv").read_text("utf-8-sig")
    assert "built-in" not in given
    assert "published" not in given


def test_a_sheet_that_somebody_may_have_filled_in_is_not_written_over(run: Run, reading: tuple[Path, dict[str, Any]]) -> None:
    before = reading[0].with_suffix(".csv").read_bytes()
    ran = run("evaluate", *QUICK, "--read", str(reading[0]), "--seed", "9", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "list.csv" in ran.err
    assert reading[0].with_suffix(".csv").read_bytes() == before


def test_two_writers_are_read_blind_in_one_list(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--brand", "vaudrille", "--limit", "1", "--networks", "x")
    run("evaluate", *asked, "--writer", "built-in", "--json")
    kept = next((tmp_path / "data" / "evaluations").glob("*.json"))
    with FaultyServer([writing(("Onze clés taillées ce matin.", "Onze clés, ce matin."))]) as server:
        monkeypatch.setenv("PLUME_BASE_URL", server.url)
        monkeypatch.setenv("PLUME_MODEL", "some-model")
        out = tmp_path / "both.html"
        given = run("evaluate", *asked, "--writer", "model", "--read", str(out), "--also", str(kept), "--json").json["read"]
    texts = json.loads(Path(given["key"]).read_text("utf8"))["texts"]
    assert sorted(one["source"].split(" ")[0] for one in texts) == ["built-in", "some-model"]
    assert len({(one["case"], one["network"]) for one in texts}) == 1
    again = run("evaluate", *asked, "--writer", "built-in", "--read", str(tmp_path / "same.html"), "--also", str(kept), "--json")
    assert again.json["read"]["texts"] == 1, "what did not change is read once"


def fill(sheet: Path, reader: str, **fields: str) -> Path:
    rows = list(csv.DictReader(sheet.read_text("utf-8-sig").splitlines()))
    for row in rows:
        row |= {"reader": reader, "verdict": "send", "S1": "4", "P1": "4", **fields}
    out = sheet.with_name(f"{reader}.csv")
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return out


def test_filled_sheets_are_counted_and_joined_with_the_key(run: Run, reading: tuple[Path, dict[str, Any]]) -> None:
    sheet = reading[0].with_suffix(".csv")
    Path(reading[1]["key"]).with_name("broken.json").write_text("{", "utf8")
    first, second = fill(sheet, "Ana"), fill(sheet, "Bo", verdict="rewrite", S1="2")
    ran = run("evaluate", "--sheets", str(first), str(second), "--json")
    assert ran.code == 0
    assert (ran.json["texts"], ran.json["readers"]) == (5, ["Ana", "Bo"])
    whole = {group["source"]: group["texts"] for group in ran.json["groups"] if not group["network"] and not group["language"]}
    assert whole == {"built-in": 3, "published": 2}
    assert ran.json["agreement"][0]["same_verdict"] == 0.0
    assert len(ran.json["far_apart"]) == 5
    shown = run("evaluate", "--sheets", str(first), "--sheets", str(second))
    assert "posts publiés par la marque" in shown.out
    assert "Ana et Bo, 5 textes en commun" in shown.out


def test_a_bad_sheet_is_refused_whole_with_every_place_named(run: Run, reading: tuple[Path, dict[str, Any]]) -> None:
    sheet = reading[0].with_suffix(".csv")
    ran = run("evaluate", "--sheets", str(fill(sheet, "Ana")), str(fill(sheet, "Bo", S1="9")), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("Bo.csv") == 5
    again = run("evaluate", "--sheets", str(sheet.with_name("Ana.csv")), str(sheet.with_name("Ana.csv")))
    assert again.code == 2
    assert "Ana" in again.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--brand", "nobody"), "vaudrille"),
        (("--networks", "myspace"), "instagram"),
        (("--brand", "vaudrille", "--language", "en"), "--briefs"),
        (("--briefs", "somewhere"), "--brand"),
        (("--brand", "vaudrille", "--briefs", "nowhere"), "nowhere"),
        (("--writer", "model", "--limit", "1"), "built-in"),
        (("--sheets", "none.csv"), "--read"),
        (("stray.csv",), "stray.csv"),
        (("--read", "list.csv"), ".html"),
        (("--read", "list.html", "--also", "none.json"), "none.json"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_way_out(run: Run, arguments: tuple[str, ...], named: str) -> None:
    ran = run("evaluate", *arguments, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err


def test_a_brand_of_one_s_own_is_evaluated_on_a_folder_of_briefs(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "briefs"
    folder.mkdir()
    for number in range(2):
        content = {"subject": f"Bourse aux vélos {number}", "key_points": ["Samir règle les freins."], "networks": ["x"]}
        (folder / f"{number}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf8")
    found = run("evaluate", "--brand", "vaudrille", "--briefs", str(folder), "--writer", "built-in", "--json").json
    assert (found["briefs"], found["rows"][1]["network"]) == (2, "x")
