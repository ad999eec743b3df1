"""Figures on texts with known faults: every column says what it is called."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.briefs import Brief
from assistant.evaluation import keeping
from assistant.evaluation.figures import FIGURES, Asked, Measured, counted
from assistant.evaluation.keeping import Run
from assistant.evaluation.table import Row, as_text, compared, rows_of, shown
from assistant.evaluation.variety import last_said, shell
from assistant.messages import LANGUAGES, has
from assistant.services import Services

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
FIGURE = {one.id: one for one in FIGURES}


def draft(
    text: str = "Idriss taille une clé.", *findings: tuple[str, str], network: str = "x", case: str = "a", **fields: object
) -> Measured:
    given: dict[str, object] = {"variant": 1, "writer": "built-in", "opening": "figure", "voice": 0.5, "shell": text, **fields}
    return Measured(case, "vaudrille", "fr", network, text=text, length=len(text), limit=280, findings=findings, **given)  # type: ignore[arg-type]


def asked(*drafts: Measured, **fields: object) -> Asked:
    first = drafts[0] if drafts else draft()
    return Asked(first.case, "vaudrille", "fr", first.network, drafts, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("finding", "figure"),
    [
        (("limits.length", "error"), "fits"),
        (("brief.missing_fact", "error"), "complete"),
        (("brief.must_include", "error"), "complete"),
        (("grounding.price", "error"), "grounded"),
        (("grounding.name", "warning"), "grounded"),
        (("brand.never", "error"), "terms"),
        (("brand.preferred", "warning"), "terms"),
        (("brief.avoid", "warning"), "terms"),
        (("brand.address", "warning"), "address"),
        (("language.mixed", "warning"), "language"),
        (("leftover.placeholder", "error"), "approvable"),
    ],
)
def test_a_fault_lowers_the_share_it_belongs_to_and_no_other(finding: tuple[str, str], figure: str) -> None:
    found = counted([asked(draft()), asked(draft("texte", finding))])
    assert found[figure] == 0.5
    untouched = {"fits", "complete", "grounded", "terms", "address", "language"} - {figure}
    assert {found[name] for name in untouched} == {1.0}


def test_a_trap_counts_over_briefs_that_hold_one() -> None:
    caught = draft("Mets plein d’emojis.", traps=2, fell_for=("emojis",))
    assert counted([asked(draft()), asked(caught), asked(draft(traps=2))])["traps"] == 0.5
    assert counted([asked(draft())])["traps"] is None


def test_a_remark_counts_for_no_share_and_a_soft_limit_is_no_overflow() -> None:
    found = counted([asked(draft("texte", ("grounding.claim", "info"), ("limits.soft", "warning")))])
    assert (found["grounded"], found["fits"], found["unsupported"]) == (1.0, 1.0, 100.0)


def test_tics_and_copies_are_counted_per_hundred_drafts() -> None:
    two = draft("texte", ("tics.T01", "warning"), ("tics.T12", "warning"))
    found = counted([asked(two), asked(draft("x", ("originality.past_post", "warning"))), asked(draft("y")), asked(draft("z"))])
    assert (found["tics"], found["copies"]) == (50.0, 25.0)


def test_variants_that_say_the_same_are_alike_and_others_are_not() -> None:
    same = counted([asked(draft("Idriss taille une clé."), draft("Idriss taille une clé.", variant=2))])
    other = counted([asked(draft("Idriss taille une clé."), draft("On ferme vendredi, c’est dit.", variant=2))])
    assert same["within"] == 1.0
    assert other["within"] is not None
    assert other["within"] < 0.5


def test_a_mould_shows_in_shells_openings_and_endings() -> None:
    moulded = [asked(draft(f"Clé {n}.\nPassez nous voir.", shell="_.\nPassez nous voir.", case=str(n))) for n in range(10)]
    found = counted(moulded)
    assert (found["shells"], found["openings"], found["endings"]) == (1.0, 1.0, 0.9)


def test_rows_of_ten_are_those_of_one_account_and_the_eleventh_begins_another() -> None:
    drafts = [asked(draft(f"texte {n}", shell=str(n), opening="figure" if n < 10 else "name", case=str(n))) for n in range(14)]
    assert counted(drafts)["openings"] == 1.0, "a row of four says nothing"
    assert counted([asked(draft("a")), asked(draft("a", network="facebook"))])["endings"] == 0.0


def test_a_network_without_a_draft_is_counted_and_nothing_is_made_of_it() -> None:
    found = counted([asked(failure="model.timeout")])
    assert (found["drafts"], found["failed"], found["fits"], found["voice"]) == (0, 1, None, None)


def test_tokens_and_seconds_are_per_brief_and_network() -> None:
    found = counted([asked(draft(), tokens=900, seconds=2.0), asked(draft(), tokens=1100, seconds=1.0)])
    assert (found["tokens"], found["seconds"]) == (1000, 1.5)


def test_a_shell_leaves_what_the_brief_did_not_say() -> None:
    brief = Brief(subject="L'Heure du trou", key_points=("Idriss monte trois murs",), link="https://vaudrille.example/ateliers")
    text = "L’Heure du trou : Idriss monte trois murs.\n\nAvant la perceuse, le crayon.\nhttps://vaudrille.example/ateliers"
    assert shell(text, brief) == "_ : _.\n\nAvant la perceuse, le crayon.\n_"


def test_the_end_of_a_post_is_its_last_line_that_says_something() -> None:
    assert last_said("Un.\nDeux.\n#Autun #Clé\nhttps://x.example") == "Deux."
    assert last_said("#Autun") == ""


def test_better_and_worse_follow_the_figure_s_own_way_and_small_moves_are_none() -> None:
    row = Row("", "", "", {"fits": 0.9, "tics": 2.0, "voice": 0.61, "drafts": 9}, {"fits": 0.8, "tics": 9.0, "voice": 0.605, "drafts": 4})
    assert [row.change(FIGURE[name]) for name in ("fits", "tics", "voice", "drafts", "seconds")] == ["better", "better", "same", "", ""]
    worse = Row("", "", "", {"fits": 0.7, "tics": 11.0}, row.before)
    assert [worse.change(FIGURE[name]) for name in ("fits", "tics")] == ["worse", "worse"]


def test_the_table_has_a_row_for_all_for_each_brand_and_for_each_network() -> None:
    other = Asked("c", "thole-ferry", "en", "x", (draft(),))
    rows = rows_of([asked(draft()), asked(draft(network="facebook")), other])
    assert [row.name for row in rows] == [
        *(("", "", ""), ("vaudrille", "fr", ""), ("vaudrille", "fr", "facebook"), ("vaudrille", "fr", "x")),
        *(("thole-ferry", "en", ""), ("thole-ferry", "en", "x")),
    ]
    assert (
        compared(rows, [{"brand": "vaudrille", "language": "fr", "network": "x", "figures": {"fits": 0.5}}])[3].change(FIGURE["fits"])
        == "better"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_name_and_the_table_reads_like_the_language(language: str) -> None:
    assert all(has(f"evaluation.figure.{one.id}") for one in FIGURES)
    said = as_text(rows_of([asked(draft())]), language)  # type: ignore[arg-type]
    assert ("100,0\u00a0%" if language == "fr" else "100.0%") in said
    assert shown(FIGURE["tokens"], None, "fr") == "–"


def test_a_run_is_kept_and_only_one_of_the_same_suite_is_compared(tmp_path: Path) -> None:
    run = Run("suite-1", NOON, "built-in", (asked(draft(), questions=("what",)),))
    file = keeping.keep(run, tmp_path)
    again = keeping.keep(run, tmp_path)
    assert file != again, "two runs in one second are two files"
    (tmp_path / "29991231T000000Z.json").write_text("{broken off", "utf8")
    assert keeping.last(tmp_path, "suite-2") is None
    found = keeping.last(tmp_path, "suite-1")
    assert found is not None
    assert found["writers"] == ["built-in"]
    assert found["rows"][0]["figures"]["drafts"] == 1


def test_briefs_of_two_brands_may_bear_one_name() -> None:
    run = Run("s", NOON, "auto", (asked(draft()), Asked("a", "thole-ferry", "en", "x", (draft(),))))
    assert run.as_json(drafts=False)["briefs"] == 2


def test_nothing_is_compared_where_nothing_was_kept(tmp_path: Path) -> None:
    assert keeping.last(tmp_path / "none", "suite-1") is None


def test_a_text_with_known_faults_is_measured_as_the_checks_see_it(services: Services) -> None:
    """The same findings that a person sees are those that are counted."""
    brief = Brief(subject="Double de clé", key_points=("taillée sur place",), facts={"prix": "6 €"})
    text = "Découvrez notre double de clé, la solution indestructible, à 83 € !"
    verdict = services.check("vaudrille", "facebook", text, brief=brief)
    found = counted([asked(draft(text, *((one.id, one.level) for one in verdict.findings)))])
    assert (found["complete"], found["grounded"], found["terms"], found["approvable"]) == (0.0, 0.0, 0.0, 0.0)
    assert found["tics"] is not None
    assert found["tics"] > 0
