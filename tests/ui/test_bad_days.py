"""Bad days on the screens, in both languages: it is said in words, nothing that was typed is lost, and the next try goes through."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

Visit = Callable[..., Any]
LANGUAGES = ["fr", "en"]
POINTS = "Trois pierres, trois grains.\nSamir règle les freins."
LOCKED = {"fr": "occupée par un autre programme", "en": "Another program is keeping the database busy"}
FULL = {"fr": "plus de place pour enregistrer", "en": "no room left to save"}
EMPTY = 4_096
"""Bytes beyond which no file may grow: the first page of the database's journal is all there is room for."""


def read(desk: Any) -> str:
    return str(desk.reads()).replace("\u00a0", " ").replace("\u202f", " ")


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the database."""
    blocker = sqlite3.connect(file, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        blocker.rollback()
        blocker.close()


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (EMPTY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["locked", pytest.param("full", marks=pytest.mark.skipif(resource is None, reason="needs RLIMIT_FSIZE"))])
def bad_day(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Callable[[], Any], dict[str, str]]:
    """A way to spoil the day, and what is then said."""
    if request.param == "locked":
        return lambda: locked(tmp_path / "data" / "plume.sqlite3"), LOCKED
    return full_disk, FULL


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 0.2 s for a busy database, not five."""
    from assistant.storage.database import Database

    monkeypatch.setattr(Database.__init__, "__kwdefaults__", {"busy_timeout_ms": 200})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_typed_on_a_bad_day_stays_in_the_field_and_is_saved_on_the_next_pause(
    visit: Visit, bad_day: tuple[Callable[[], Any], dict[str, str]], lang: str
) -> None:
    spoiled, said = bad_day
    desk = visit(lang=lang).type("draft_subject", "Soirée affûtage")
    with spoiled():
        desk.type("draft_key_points", POINTS)
        assert said[lang] in read(desk)
        assert desk.field("draft_key_points") == POINTS
    desk.type("draft_link", "https://vaudrille.example")
    kept = visit(lang=lang, brief=desk.brief_id).field("draft_key_points")
    assert (kept, desk.field("draft_subject")) == (POINTS, "Soirée affûtage")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drafts_that_cannot_be_saved_are_told_and_come_on_the_next_click(
    visit: Visit, bad_day: tuple[Callable[[], Any], dict[str, str]], lang: str
) -> None:
    spoiled, said = bad_day
    desk = visit(lang=lang).type("draft_subject", "Soirée affûtage").type("draft_key_points", POINTS).choose("draft_networks", ["x"])
    with spoiled():
        desk.click("draft_go")
        assert said[lang] in read(desk)
    assert desk.services.stores.drafts.find() == []
    assert desk.field("draft_key_points") == POINTS
    desk.click("draft_go")
    assert [item.draft.network for item in desk.services.stores.drafts.find() if item.draft.variant == 1] == ["x"]
    assert desk.services.stores.audit.verify() is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_edit_and_an_approval_on_a_bad_day_lose_no_word_and_decide_nothing(
    visit: Visit, bad_day: tuple[Callable[[], Any], dict[str, str]], lang: str
) -> None:
    spoiled, said = bad_day
    desk = visit(lang=lang).type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    id = desk.button("_submit").removeprefix("draft_").removesuffix("_submit")
    before = desk.services.stores.drafts.get(id)
    desk.click(f"edit_{id}")
    with spoiled():
        desk.type(f"text_{id}", "Le texte d’Ana, relu.").click(f"save_{id}")
        assert said[lang] in read(desk)
        assert desk.field(f"text_{id}") == "Le texte d’Ana, relu."
    assert desk.services.stores.drafts.get(id) == before
    desk.click(f"save_{id}")
    assert desk.services.stores.drafts.get(id).draft.text == "Le texte d’Ana, relu."
    with spoiled():
        desk.click(f"draft_{id}_submit")
        assert said[lang] in read(desk)
    assert desk.services.stores.drafts.get(id).state == "draft"
    desk.click(f"draft_{id}_submit")
    assert desk.services.stores.drafts.get(id).state == "in_review"
    assert desk.services.stores.audit.verify() is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_of_a_megabyte_is_told_by_its_name_and_kept(visit: Visit, lang: str) -> None:
    long = "mot " * 250_000
    desk = visit(lang=lang).type("draft_subject", "Soirée affûtage").type("draft_key_points", long).choose("draft_networks", ["x"])
    desk.click("draft_go")
    words = {"fr": "4000 caractères", "en": "4000 characters"}[lang]
    assert words in read(desk)
    assert desk.services.stores.drafts.find() == []
    assert len(desk.field("draft_key_points")) >= len(long.strip())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_brief_and_control_characters_are_told_or_left_out(visit: Visit, lang: str) -> None:
    desk = visit(lang=lang).type("draft_subject", "\u200b\u202e").choose("draft_networks", ["x"]).click("draft_go")
    assert desk.services.stores.drafts.find() == []
    assert desk.at.warning or desk.at.error
    desk.type("draft_subject", "Soirée\u202e affû\u200btage\x07").click("draft_go")
    texts = [item.draft.text for item in desk.services.stores.drafts.find()]
    assert texts
    assert not {"\u202e", "\u200b", "\x07"} & set("".join(texts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_broken_kit_says_how_many_problems_and_keeps_what_was_typed(visit: Visit, kits_folder: Path, lang: str) -> None:
    desk = visit(lang=lang).type("draft_subject", "Soirée affûtage")
    brief, kit = desk.brief_id, kits_folder / "vaudrille" / "kit.yaml"
    sound = kit.read_text("utf8")
    kit.write_text(sound + "\nunknown_key: 1\nother_key: 2\n", "utf8")
    assert {"fr": "contient 2 erreurs", "en": "has 2 problems"}[lang] in read(desk.run())
    kit.write_text(sound, "utf8")
    assert visit(lang=lang, brief=brief).field("draft_subject") == "Soirée affûtage"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PLUME_TIMEOUT_S", "abc", "PLUME_TIMEOUT_S"),
        ("PLUME_TIMEZONE", "Mars/Olympus", "PLUME_TIMEZONE"),
        ("PLUME_LANGUAGE", "de", "fr, en"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_on_the_page(
    name: str, value: str, said: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert said in read(visit(lang="en"))
