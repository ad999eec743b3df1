"""Sheets given out, filled in and read back: what readers said comes through, and a bad value is refused where it stands."""

import csv
import io
import json
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.evaluation.sheets import Sheet, checked, is_in, rows_of, template
from assistant.evaluation.summary import joined, kappa, summary
from assistant.messages import LANGUAGES, render

TEXT = "Idriss taille une clé plate en cinq minutes : 6 €. Passez avec la vôtre."
KEY = {
    f"Tab12cd-0{n}": {"source": "built-in" if n < 4 else "published", "brand": "vaudrille", "network": "x", "language": "fr", "text": TEXT}
    for n in range(1, 6)
}
ONE = "Tab12cd-01"


def as_csv(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    header, given = template([(ONE, "x", "fr")])
    empty = dict(zip(header, given[0], strict=True))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*header, *sorted({name for row in rows for name in row} - set(header))], delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**empty, **row} for row in rows)
    return out.getvalue().encode(encoding)


def filled(**fields: str) -> dict[str, str]:
    return {"reader": "r1", "text_id": ONE, "verdict": "send", "S1": "4", "S5": "5", "P1": "3", **fields}


def problems(*rows: dict[str, str]) -> list[str]:
    sheets, wrong = checked(rows_of(as_csv(*rows), "r1.csv"), KEY)
    assert not sheets or not wrong or len(rows) > 1
    return [one.id.rpartition(".")[2] for one in wrong]


def test_a_sheet_comes_back_as_it_was_filled_in() -> None:
    row = filled(
        verdict="rewrite",
        first_verdict="small_edit",
        S5="4",
        hard_faults="G01: 6 € | G02:",
        tics="T12: Passez avec la vôtre",
        author_guess="machine",
    )
    (sheet,), wrong = checked(rows_of(as_csv(row), "r1.csv"), KEY)
    assert wrong == []
    assert (sheet.reader, sheet.text_id, sheet.verdict, sheet.first_verdict) == ("r1", ONE, "rewrite", "small_edit")
    assert sheet.hard_faults == (("G01", "6 €"), ("G02", ""))
    assert sheet.tics == (("T12", "Passez avec la vôtre"),)
    assert sheet.scores == {"S1": 4, "S5": 4, "P1": 3}


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8")])
def test_a_spreadsheet_may_save_it_its_own_way(delimiter: str, encoding: str) -> None:
    data = as_csv(filled(best_words="clé plate, déjà"), delimiter=delimiter, encoding=encoding)
    (sheet,), wrong = checked(rows_of(data, "r1.csv"), KEY)
    assert wrong == []
    assert sheet.best_words == "clé plate, déjà"


def test_the_rubric_s_own_objects_are_read_too() -> None:
    one: dict[str, Any] = {
        "sheet": 1,
        "reader": "r2",
        "text_id": ONE,
        "set_id": None,
        "kind": "post",
        "network": "x",
        "language": "fr",
        "first_verdict": "send",
        "verdict": "small_edit",
        "small_edit": {"from": "Passez avec la vôtre", "to": "Apportez la vôtre"},
        "hard_faults": [],
        "tics": [{"id": "T12", "quote": "passez avec"}],
        "scores": {"S1": 4, "S5": 4, "R1": None},
        "sets": {"V1": None},
        "author_guess": "person",
        "pair": {"other_id": None, "preferred": None, "why": None},
    }
    for data in (json.dumps([one]), json.dumps(one), json.dumps(one) + "\n" + json.dumps({**one, "reader": "r3"})):
        sheets, wrong = checked(rows_of(data.encode(), "r.json"), KEY)
        assert wrong == []
        assert sheets[0].small_edit == ("Passez avec la vôtre", "Apportez la vôtre")
        assert sheets[0].scores == {"S1": 4, "S5": 4}


def test_rows_that_nobody_has_read_yet_are_left_out() -> None:
    sheets, wrong = checked(rows_of(as_csv({"reader": "r1"}, filled()), "r1.csv"), KEY)
    assert (len(sheets), wrong) == (1, [])


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"reader": ""}, "empty"),
        ({"text_id": "Tffffff-09"}, "unknown_text"),
        ({"verdict": "maybe"}, "choice"),
        ({"verdict": ""}, "choice"),
        ({"first_verdict": "yes"}, "choice"),
        ({"network": "facebook"}, "choice"),
        ({"language": "en"}, "choice"),
        ({"kind": "reply"}, "choice"),
        ({"sheet": "2"}, "choice"),
        ({"author_guess": "robot"}, "choice"),
        ({"pair_other_id": "Tab12cd-02", "pair_preferred": "Tab12cd-03"}, "choice"),
        ({"S1": "6"}, "score"),
        ({"S1": "3.5"}, "score"),
        ({"P2": "four"}, "score"),
        ({"R1": "3"}, "not_for_posts"),
        ({"extra": "x"}, "unknown_column"),
        ({"hard_faults": "G12: 6 €", "verdict": "rewrite"}, "choice"),
        ({"hard_faults": "G01: words that are not there", "verdict": "rewrite"}, "quotation"),
        ({"hard_faults": "G01", "verdict": "rewrite"}, "quotation"),
        ({"hard_faults": "G01: 6 €", "verdict": "send"}, "fault_and_verdict"),
        ({"tics": "T99: Passez", "S5": "4"}, "choice"),
        ({"tics": "T12: passez vite", "S5": "4"}, "quotation"),
        ({"tics": "T12: Passez", "S5": "5"}, "s5"),
        ({"verdict": "small_edit"}, "no_edit"),
        ({"verdict": "small_edit", "small_edit_from": "not there", "small_edit_to": "x"}, "quotation"),
    ],
)
def test_a_bad_value_is_refused_and_said_with_its_row(fields: dict[str, str], problem: str) -> None:
    assert problems({**filled(), **fields}) == [problem]
    _, wrong = checked(rows_of(as_csv({**filled(), **fields}), "r1.csv"), KEY)
    for language in LANGUAGES:
        said = render(wrong[0], language)
        assert "r1.csv" in said
        assert "2" in said


def test_all_problems_of_all_rows_are_said_at_once() -> None:
    assert problems({**filled(), "S1": "9", "verdict": "no"}, {**filled(), "text_id": "T0"}) == ["choice", "score", "unknown_text"]


def test_one_reader_scores_a_text_once() -> None:
    assert problems(filled(), filled()) == ["twice"]
    assert problems(filled(), filled(reader="r2")) == []


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"{not json", b"[1, 2]", b'"text"'])
def test_a_file_that_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(data, "x.csv")
    assert refused.value.id == "evaluation.no_sheet"


@pytest.mark.parametrize("quote", ["une cle PLATE", "« Passez avec la vôtre. »", "Idriss taille… 6 €", "minutes\u202f: 6\u00a0€"])
def test_a_quotation_is_found_however_it_was_typed(quote: str) -> None:
    assert is_in(quote, TEXT)


def sheet(reader: str, text: int = 1, verdict: str = "send", **fields: Any) -> Sheet:
    return Sheet(reader, f"Tab12cd-0{text}", verdict, **fields)


def test_shares_and_means_are_per_source() -> None:
    said = summary(
        joined(
            [
                *(sheet("a", 1, "send", scores={"S1": 4, "P1": 5}), sheet("b", 1, "small_edit", scores={"S1": 2, "P1": 5})),
                *(sheet("a", 2, "send", scores={"S1": 5}), sheet("a", 3, "rewrite", scores={"S1": 1})),
                sheet("a", 4, "send", scores={"S1": 5}, author_guess="person"),
            ],
            KEY,
        )
    )
    whole = {group["source"]: group for group in said["groups"] if not group["network"] and not group["language"]}
    assert (said["texts"], said["readers"]) == (4, ["a", "b"])
    assert [whole["built-in"][name] for name in ("texts", "sheets", "send", "small_edit", "rewrite")] == [3, 4, 0.333, 0.333, 0.333]
    assert whole["built-in"]["means"] == {"S1": 3.0, "P1": 5.0}
    assert (whole["published"]["send"], whole["published"]["guessed"]["person"]) == (1.0, 1.0)


def test_a_tie_of_verdicts_takes_the_severer() -> None:
    (read,) = joined([sheet("a", verdict="send"), sheet("b", verdict="rewrite")], KEY)
    assert read.verdict == "rewrite"


def test_two_readers_confirm_a_hard_fault_and_it_caps_the_score() -> None:
    fault = (("G01", "6 €"),)
    both = [
        sheet("a", verdict="rewrite", hard_faults=fault, scores={"S1": 5}),
        sheet("b", verdict="rewrite", hard_faults=fault, scores={"S1": 5}),
    ]
    said = summary(joined(both, KEY))
    assert (said["groups"][0]["hard_faults"], said["groups"][0]["overall"]) == (1, 2.0)
    assert said["faults"][0]["confirmed"]
    alone = summary(joined(both[:1], KEY))
    assert (alone["groups"][0]["hard_faults"], alone["groups"][0]["overall"]) == (0, 5.0)
    assert alone["faults"] == [
        {"text_id": ONE, "source": "built-in", "id": "G01", "confirmed": False, "said": [{"reader": "a", "quote": "6 €"}]}
    ]


def test_readers_who_differ_by_two_are_named_and_agreement_is_counted() -> None:
    pairs = [
        (sheet("a", n, "send", scores={"S1": 4}), sheet("b", n, verdict, scores={"S1": score}))
        for n, verdict, score in ((1, "send", 4), (2, "rewrite", 2))
    ]
    said = summary(joined([one for pair in pairs for one in pair], KEY))
    assert said["far_apart"] == [{"text_id": "Tab12cd-02", "criterion": "S1", "scores": {"a": 4, "b": 2}}]
    (agreed,) = said["agreement"]
    assert (agreed["texts"], agreed["same_verdict"], agreed["same_send_or_not"], agreed["scores_within_one"]) == (2, 0.5, 0.5, 0.5)
    assert agreed["kappa"] == 0.0


def test_kappa_of_a_textbook_table() -> None:
    """Cohen 1960, the usual worked example: 20 both yes, 15 both no, 5 and 10 apart: 0.4."""
    counts = {("send", "send"): 20, ("send", "rewrite"): 5, ("rewrite", "send"): 10, ("rewrite", "rewrite"): 15}
    assert kappa([pair for pair, number in counts.items() for _ in range(number)]) == 0.4
    assert kappa([("send", "send")] * 3) is None
