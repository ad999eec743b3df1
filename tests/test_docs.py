"""What the documents take from the code is current, and nothing a person can use is left unsaid."""

import re
from pathlib import Path

import pytest

from assistant.briefs import Brief
from assistant.settings import Settings
from tests import docs

ROOT = Path(__file__).parents[1]
MARKDOWN = [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", sorted(docs.BLOCKS))
def test_a_block_that_comes_from_the_code_is_current(name: str) -> None:
    file, make = docs.BLOCKS[name]
    text = file.read_text("utf8")
    assert docs.written(text, name, make()) == text, "run `make docs`"


def test_every_command_is_documented_and_has_help() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text("utf8")
    for name, command in docs.commands(docs.plume):
        assert f"`{name} " in text, name
        assert command.help, name


def test_every_setting_is_documented_with_what_it_is_for() -> None:
    rows = docs.settings_table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    assert all(row.split("|")[3].strip() for row in rows), rows


def test_every_field_of_a_brief_is_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text("utf8")
    assert not [field for field in Brief.model_fields if field not in text]


@pytest.mark.parametrize("file", MARKDOWN, ids=lambda file: file.name)
def test_every_link_to_a_file_leads_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text("utf8"))
    assert not [target for target in targets if not (file.parent / target).exists()]


def test_a_decision_record_is_forty_lines_at_most() -> None:
    long = [file.name for file in (ROOT / "docs" / "decisions").glob("*.md") if len(file.read_text("utf8").splitlines()) > 40]
    assert not long
