"""The command-line contract: shapes, exit codes, and nothing but JSON on stdout."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

SAMPLES = ("rotelier", "thole-ferry", "vaudrille")
Run = Callable[..., Any]


def brief_file(folder: Path, **fields: Any) -> str:
    file = folder / "brief.yaml"
    file.write_text(yaml.safe_dump({"subject": "Bourse aux vélos", **fields}, allow_unicode=True), "utf8")
    return str(file)


def test_count_gives_the_contract_s_keys(run: Run) -> None:
    found = run("count", "--network", "x", "--json", "Un lien : exemple.fr 🎉").json
    assert set(found) == {"network", "length", "limit", "unit", "fits", "fold_at", "limits"}
    assert (found["network"], found["length"], found["limit"], found["fits"]) == ("x", 10 + 23 + 1 + 2, 280, True)


def test_count_reads_standard_input_for_a_dash(run: Run) -> None:
    assert run("count", "--network", "bluesky", "--json", "-", input="Bonjour\n").json["length"] == 7


def test_count_of_many_lines_gives_one_line_each_and_says_which_is_bad(run: Run) -> None:
    ran = run("count", "--network", "x", "--jsonl", input='"un"\n{"text": "deux"}\nnot json\n{"other": 1}\n')
    assert ran.code == 1
    assert [line.get("length") for line in ran.lines] == [2, 4, None, None]
    assert ran.lines[2]["error"]["id"] == "input.bad_line"
    assert set(ran.lines[3]["error"]) == {"id", "message"}


def test_networks_lists_all_eighteen_with_source_and_date(run: Run) -> None:
    rows = run("networks", "--json").json
    assert len(rows) == 18
    assert all(row["source"] and row["as_of"] and row["limit"] > 0 for row in rows)


def test_an_unknown_network_is_refused_with_a_cause_and_a_mend(run: Run) -> None:
    ran = run("count", "--network", "myspace", "--json", "texte")
    assert (ran.code, ran.out) == (2, "")
    assert "myspace" in ran.err
    assert "instagram" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_kits_are_listed_by_slug_with_their_posts(run: Run) -> None:
    rows = run("kits", "list", "--json").json
    assert [row["slug"] for row in rows] == sorted(row["slug"] for row in rows)
    assert {row["slug"]: row["posts"] >= 60 for row in rows} == dict.fromkeys(SAMPLES, True)
    assert all(row["languages"] for row in rows)


@pytest.mark.parametrize("slug", SAMPLES)
def test_shipped_kits_are_sound(run: Run, slug: str) -> None:
    ran = run("kits", "check", slug, "--json")
    assert (ran.code, ran.json) == (0, {"slug": slug, "problems": []})


def test_a_broken_kit_lists_all_its_problems_and_spares_the_others(run: Run, kits_folder: Path) -> None:
    kit = kits_folder / SAMPLES[0] / "kit.yaml"
    kit.write_text(kit.read_text("utf8") + "\nunknown_key: 1\nother_unknown: 2\n", "utf8")
    ran = run("kits", "check", SAMPLES[0], "--json")
    assert ran.code == 1
    assert len(ran.json["problems"]) == 2
    assert run("search", "--brand", SAMPLES[1], "--json", "samedi").code == 0
    refused = run("search", "--brand", SAMPLES[0], "--json", "samedi")
    assert (refused.code, refused.out) == (2, "")
    assert "unknown_key" in refused.err
    assert "other_unknown" in refused.err


def test_search_gives_whole_stored_texts_with_reasons(run: Run) -> None:
    rows = run("search", "--brand", "vaudrille", "--json", "--limit", "3", "samedi").json
    assert len(rows) == 3
    assert set(rows[0]) >= {"id", "collection", "network", "text", "score", "reasons", "engine"}
    assert rows == sorted(rows, key=lambda row: -row["score"])


def test_search_of_many_queries_gives_a_list_each(run: Run) -> None:
    ran = run("search", "--brand", "vaudrille", "--limit", "2", "--jsonl", input='"samedi"\n{"query": "prix"}\n')
    assert ran.code == 0
    assert [len(line) for line in ran.lines] == [2, 2]


def test_an_unknown_brand_is_refused_naming_those_there_are(run: Run) -> None:
    ran = run("draft", "--brand", "../etc", "--brief", "x", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "vaudrille" in run("search", "--brand", "nobody", "--json", "x").err


def test_index_adds_everything_once(run: Run) -> None:
    first = run("index", "--brand", "vaudrille", "--json").json
    again = run("index", "--brand", "vaudrille", "--json").json
    assert first["added"] >= 60
    assert again == {"added": 0, "updated": 0, "unchanged": first["added"], "removed": 0}


def test_draft_gives_the_contract_s_shape(run: Run, tmp_path: Path) -> None:
    file = brief_file(
        tmp_path, key_points=["On vous garde une place jusqu’à jeudi.", "Samir règle les freins."], facts={"date": "samedi 5 décembre"}
    )
    ran = run("draft", "--brand", "vaudrille", "--brief", file, "--networks", "instagram,x", "--variants", "2", "--json")
    assert set(ran.json) == {"drafts", "questions", "warnings", "proposals"}
    assert {draft["network"] for draft in ran.json["drafts"]} == {"instagram", "x"}
    draft = ran.json["drafts"][0]
    assert set(draft) == {
        *("id", "network", "variant", "angle", "language", "text", "parts", "first_comment", "alt_text", "visual_brief"),
        *("length", "limit", "findings", "evidence", "provenance"),
    }
    assert all(set(one) == {"id", "level", "field", "message", "hint", "span"} for one in draft["findings"])
    assert "".join(piece["text"] for piece in draft["provenance"]["pieces"]) == draft["text"]


def test_the_same_brief_and_seed_give_the_same_texts(run: Run, tmp_path: Path) -> None:
    file = brief_file(tmp_path, key_points=["Samir règle les freins."])
    texts = [[draft["text"] for draft in run("draft", "--brand", "vaudrille", "--brief", file, "--json").json["drafts"]] for _ in range(2)]
    assert texts[0] == texts[1]


def test_a_model_that_is_not_there_is_refused_with_the_way_out(run: Run, tmp_path: Path) -> None:
    ran = run("draft", "--brand", "vaudrille", "--brief", brief_file(tmp_path), "--writer", "model", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "built-in" in ran.err


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "brief.yaml"),
        ("subject: ''", "subject"),
        ("subject: x\nsubjet: y", "subjet"),
        ("subject: [", "brief.yaml"),
        ("subject: x\nvariants: 99\nobjective: fame", "objective"),
        ("subject: " + "x" * 1_000_000, "brief.yaml"),
    ],
)
def test_a_bad_brief_is_refused_and_says_where(run: Run, tmp_path: Path, content: str, named: str) -> None:
    file = tmp_path / "brief.yaml"
    file.write_text(content, "utf8")
    ran = run("draft", "--brand", "vaudrille", "--brief", str(file), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err


def test_check_gives_findings_and_a_voice_between_0_and_1(run: Run) -> None:
    ran = run("check", "--brand", "vaudrille", "--network", "x", "--json", "Tout à 83,17 €, dès le 4 mars !")
    assert set(ran.json) == {"findings", "length", "limit", "voice"}
    assert {"grounding.price"} <= {one["id"] for one in ran.json["findings"]}
    assert 0 <= ran.json["voice"]["score"] <= 1


def test_check_of_many_lines_takes_texts_and_objects_with_a_brief(run: Run) -> None:
    rows = ['"Entrée 83,17 €"', json.dumps({"text": "Entrée 83,17 €", "brief": {"subject": "Atelier", "facts": {"prix": "83,17 €"}}})]
    ran = run("check", "--brand", "vaudrille", "--network", "facebook", "--jsonl", input="\n".join(rows))
    prices = [[one for one in line["findings"] if one["id"] == "grounding.price"] for line in ran.lines]
    assert [len(found) for found in prices] == [1, 0]


def test_a_draft_goes_through_review_to_an_export(run: Run, tmp_path: Path) -> None:
    file = brief_file(tmp_path, key_points=["Samir règle les freins."])
    id = run("draft", "--brand", "vaudrille", "--brief", file, "--networks", "facebook", "--json").json["drafts"][0]["id"]
    shown = run("queue", "show", id, "--json").json
    assert (shown["state"], shown["version"]) == ("draft", 1)
    submitted = run("queue", "submit", id, "--as", "Ana", "--version", "1", "--json").json
    stale = run("queue", "approve", id, "--as", "Bo", "--version", "1", "--json")
    assert (stale.code, stale.out) == (2, "")
    approved = run("queue", "approve", id, "--as", "Bo", "--version", str(submitted["version"]), "--json").json
    assert approved["state"] == "approved"
    assert [one["actor"] for one in approved["history"]][-2:] == ["Ana", "Bo"]
    out = tmp_path / "approved.csv"
    assert run("queue", "export", "--to", str(out), "--json").json["exported"] == [id]
    assert "Samir" in out.read_text("utf-8-sig")
    assert run("audit", "verify", "--json").json["broken"] is None


def test_doctor_looks_at_everything_and_finds_nothing_wrong(run: Run) -> None:
    run("index", "--brand", "vaudrille", "--json")
    ran = run("doctor", "--json")
    assert ran.code == 0
    assert {"doctor.database", "doctor.no_model"} <= {one["id"] for one in ran.json}


def test_onboarding_makes_a_brand_that_can_draft(run: Run, kits_folder: Path, tmp_path: Path) -> None:
    guide, posts = tmp_path / "guide.md", tmp_path / "posts.csv"
    guide.write_text("# Notre ton\n\nOn tutoie. Jamais « incontournable ».\n", "utf8")
    posts.write_text("text;likes\n" + "\n".join(f"On a réparé {n} vélos ce matin, tu passes quand ?;{n * 3}" for n in range(2, 32)), "utf8")
    arguments = (
        "kits",
        "onboard",
        "ma-marque",
        "--name",
        "Ma Marque",
        "--guide",
        str(guide),
        "--posts",
        str(posts),
        "--network",
        "facebook",
    )
    made = run(*arguments, "--json")
    assert made.code == 0
    assert made.json["posts"] == 30
    assert "confidence" in made.json
    assert "open_questions" in made.json
    drafted = run("draft", "--brand", "ma-marque", "--brief", brief_file(tmp_path), "--json")
    assert drafted.json["drafts"]
    again = run(*arguments, "--json")
    assert (again.code, again.out) == (2, "")
    assert "ma-marque" in again.err


def test_every_command_prints_one_json_document_when_asked(run: Run) -> None:
    ready = run("prepare", "--json").json
    assert {row["brand"]: row["trouble"] for row in ready} == dict.fromkeys(SAMPLES)
    assert all(row["posts"] and row["indexed"] for row in ready)
    assert {row["indexed"] for row in run("prepare", "--json").json} == {0}
    id = run("search", "--brand", "vaudrille", "--json", "perceuse").json[0]["id"]
    assert run("posts", "pin", "--brand", "vaudrille", "--json", id).json == {"id": id, "pinned": True, "banned": False}
    assert run("posts", "ban", "--brand", "vaudrille", "--json", id).json == {"id": id, "pinned": False, "banned": True}
    assert run("posts", "ban", "--brand", "vaudrille", "--json", "--before", "2025-10-01").json["before"] == "2025-10-01"


def test_the_audit_names_its_last_hash_and_every_decision_changes_it(run: Run) -> None:
    before = run("audit", "verify", "--json").json
    id = run("search", "--brand", "vaudrille", "--json", "perceuse").json[0]["id"]
    run("posts", "pin", "--brand", "vaudrille", id)
    after = run("audit", "verify", "--json").json
    assert len(after["head"]) == 64
    assert after["head"] != before["head"]


def test_every_command_takes_json() -> None:
    from assistant.cli import plume

    def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
        for name, one in group.commands.items():
            if isinstance(one, click.Group):
                yield from commands(one, f"{path}{name} ")
            else:
                yield f"{path}{name}", one

    found = dict(commands(plume))
    assert len(found) > 15
    assert not [name for name, one in found.items() if "--json" not in {flag for option in one.params for flag in option.opts}]
