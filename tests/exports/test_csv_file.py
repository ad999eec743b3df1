import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import Action, Decision, Draft, Item, State, seal
from assistant.errors import InputError
from assistant.exports import csv_file
from assistant.messages import LANGUAGES, Language
from assistant.text import strip_invisible

RUNS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+33 6 12 34 56 78",
    "-5 % ce week-end",
    "@atelier vous attend",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u202f+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1+1",
    "\u22121+1",
    "\x00=1",
]
RESTS = ["", "Bonjour", "Le prix = 12 €", "a-b", "« =1 »", "12 €", "— Un tiret", "’tis", "👩‍🍳 =", 'DDE ("cmd";"/C calc";"!A0")A0', "#pain"]


@pytest.fixture
def approved(make_item: Callable[..., Item], make_draft: Callable[..., Draft], now: datetime) -> Callable[[str], Item]:
    def make(text: str) -> Item:
        draft = make_draft("d1", text, planned_for="2026-04-01T18:30", link="https://exemple.fr")
        item = make_item("d1", draft=draft, state=State.APPROVED, version=3)
        sealed = seal(item.draft)
        first = Decision(now, "Nora", Action.SUBMIT, State.DRAFT, State.IN_REVIEW, 2, sealed)
        second = Decision(now, "Samir", Action.APPROVE, State.IN_REVIEW, State.APPROVED, 3, sealed)
        return type(item)(**{**vars(item), "sealed": sealed, "history": (first, second)})

    return make


def read(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline="")))


def formula_cells(content: str, file: Path) -> list[object]:
    """What a spreadsheet would run, after the cells went through a real workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in read(content):
        sheet.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in line])
    book.save(file)
    opened = openpyxl.load_workbook(file).active
    assert opened is not None
    return [cell.value for row in opened.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("cell", RUNS)
def test_a_cell_that_would_run_is_defused_with_one_apostrophe(cell: str, tmp_path: Path) -> None:
    assert csv_file.defused(cell) == "'" + cell
    assert formula_cells(csv_file.rows(["a"], [[cell]]), tmp_path / "a.xlsx") == []


@pytest.mark.parametrize("cell", RESTS)
def test_any_other_cell_is_left_as_it_is(cell: str) -> None:
    assert csv_file.defused(cell) == cell


def test_public_payloads_make_no_formula_cell(tmp_path: Path) -> None:
    folder = os.environ.get("PLUME_BENCH_DATA")
    if not folder:
        pytest.skip("PLUME_BENCH_DATA is not set: no public payloads here")
    lines = (Path(folder) / "hostile" / "csv_injection.txt").read_text("utf8").splitlines()
    payloads = [line for line in lines if line and not line.startswith("#")]
    assert len(payloads) > 10
    assert formula_cells(csv_file.rows(["a"], [[line] for line in payloads], raw=True), tmp_path / "raw.xlsx") != []
    content = csv_file.rows(["a"], [[line] for line in payloads])
    assert formula_cells(content, tmp_path / "defused.xlsx") == []
    assert [line.removeprefix("'") for (line,) in read(content)[1:]] == payloads


@given(st.lists(st.lists(st.text("=+-@＝'\" ,;\t\n\ra1\u200b", max_size=8), min_size=2, max_size=2), max_size=4))
def test_every_table_comes_back_cell_by_cell_and_no_cell_begins_with_a_sign(table: list[list[str]]) -> None:
    cells = read(csv_file.rows(["a", "b"], table))
    assert cells == [["a", "b"], *([csv_file.defused(cell) for cell in line] for line in table)]
    assert all(strip_invisible(cell).lstrip()[:1] not in {"=", "+", "-", "@", "＝"} for line in cells for cell in line)
    assert read(csv_file.rows(["a", "b"], table, raw=True)) == [["a", "b"], *table]


@pytest.mark.parametrize("language", LANGUAGES)
def test_approved_items_are_written_for_people(approved: Callable[[str], Item], language: Language) -> None:
    item = approved('@atelier : « l’été »,\nfour ; chaud "enfin"')
    header, line = read(csv_file.approved([item], language))
    named = dict(zip(header, line, strict=True))
    assert named[{"fr": "Texte", "en": "Text"}[language]] == "'" + item.draft.text
    assert named[{"fr": "Date prévue", "en": "Planned for"}[language]] == "2026-04-01T18:30"
    assert named[{"fr": "Approuvé par", "en": "Approved by"}[language]] == "Samir"
    assert named[{"fr": "Approuvé le (UTC)", "en": "Approved at (UTC)"}[language]] == "2026-03-02T09:30:00+00:00"
    assert item.sealed in line
    assert len(header) == len(csv_file.COLUMNS)


def test_the_raw_variant_has_fixed_columns_and_untouched_cells(approved: Callable[[str], Item]) -> None:
    item = approved("=1+1")
    header, line = read(csv_file.approved([item], "fr", raw=True))
    assert tuple(header) == csv_file.COLUMNS
    assert dict(zip(header, line, strict=True))["text"] == "=1+1"


def test_a_file_for_people_has_a_byte_order_mark_and_a_raw_one_has_none(tmp_path: Path) -> None:
    csv_file.write(tmp_path / "people.csv", csv_file.rows(["été"], []))
    csv_file.write(tmp_path / "raw.csv", csv_file.rows(["été"], [], raw=True), raw=True)
    assert (tmp_path / "people.csv").read_bytes() == b'\xef\xbb\xbf"\xc3\xa9t\xc3\xa9"\r\n'
    assert (tmp_path / "raw.csv").read_bytes() == b'"\xc3\xa9t\xc3\xa9"\r\n'
    assert sorted(file.name for file in tmp_path.iterdir()) == ["people.csv", "raw.csv"]


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        csv_file.write(tmp_path / "nowhere" / "a.csv", "a")
    assert caught.value.id == "export.cannot_write"


WRITING = """
import resource, sys
from pathlib import Path
from assistant.errors import InputError
from assistant.exports import csv_file
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
try:
    csv_file.write(Path(sys.argv[1]), "x" * 50_000)
except InputError as error:
    print(error.id)
"""


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    done = subprocess.run([sys.executable, "-c", WRITING, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout == "export.cannot_write\n"
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_device_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError) as caught:
        csv_file.write(pipe, "a")
    assert caught.value.id == "export.cannot_write"
    assert pipe.is_fifo()
