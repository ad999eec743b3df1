"""Every page, in both languages, with every shipped brand; and what all pages have in common."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import StorageError

Visit = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "assistant" / "ui" / "pages").glob("[!_]*.py"))
BRANDS = sorted(folder.name for folder in (ROOT / "brand_kits").iterdir() if folder.is_dir())


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("brand", BRANDS)
def test_every_page_opens_for_every_brand_in_both_languages(visit: Visit, brand: str, lang: str) -> None:
    desk = visit(brand, lang=lang)
    name = desk.services.kit(brand).name
    for page in (file.stem for file in PAGES):
        read = desk.go(page).reads()
        assert name in read or page in ("health", "kits"), page
        assert desk.at.session_state["brand"] == brand


def test_an_unknown_brand_in_the_address_opens_the_first_one(visit: Visit) -> None:
    assert visit("nowhere").at.session_state["brand"] == BRANDS[0]


def test_with_no_brand_at_all_the_way_to_a_first_one_is_shown(visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("PLUME_KITS_DIR", str(tmp_path / "none"))
    desk = visit("")
    assert "Aucune marque pour l’instant" in desk.reads()
    assert "Nom de la marque" in desk.go("kits").reads()


def test_a_broken_kit_lists_its_problems_and_leaves_the_other_brands_alone(visit: Visit, kits_folder: Path) -> None:
    file = kits_folder / "vaudrille" / "kit.yaml"
    file.write_text(
        file.read_text("utf8").replace("colour:", "color:").replace("time_zone: Europe/Paris", "time_zone: Europe/Autun"), "utf8"
    )
    desk = visit("vaudrille")
    problems = [one.value for one in desk.at.markdown]
    assert len(problems) >= 2, desk.reads()
    for page in ("review", "kits", "draft"):
        desk.go(page)
        assert desk.at.error, page
    desk.choose("brand", "thole-ferry")
    assert not desk.at.error
    assert "Rédiger pour Thole Ferry" in desk.reads()


def test_a_database_that_cannot_be_opened_is_told_in_words(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.ui import session

    def gone(*_: Any) -> None:
        raise StorageError("storage.unreachable")

    monkeypatch.setattr(session, "build", gone)
    assert "ne répond pas" in visit().reads()


def test_the_health_page_tells_what_is_connected_and_shows_no_secret(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-123")
    monkeypatch.setenv("PLUME_CHROMA_URL", "http://user:canary@127.0.0.1:1")
    read = visit(page="health").reads()
    assert "Base de données" in read
    assert "Clé du modèle" in read
    assert "renseigné" in read
    assert "canary" not in read


def test_pages_are_short_scripts_without_classes() -> None:
    for file in PAGES:
        source = file.read_text("utf8")
        assert len(source.splitlines()) <= 150, file.name
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.ClassDef), f"{file.name}: a class in a page is a new type at each run"
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{file.name}: pages run as scripts"
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{file.name}: {node.name}"


def test_no_widget_is_without_a_label() -> None:
    for file in (ROOT / "assistant" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WIDGETS:
                label = node.args[0] if node.args else None
                assert label is not None, f"{file.name}:{node.lineno}"
                assert not (isinstance(label, ast.Constant) and not label.value), f"{file.name}:{node.lineno}"
                words = isinstance(label, ast.Constant) and isinstance(label.value, str)
                assert not words, f"{file.name}:{node.lineno}: a label is a sentence of the catalogue"


WIDGETS = {
    *("button", "text_input", "text_area", "selectbox", "date_input", "pills", "segmented_control", "file_uploader", "download_button"),
    *("expander", "popover", "page_link"),
}


def test_the_label_of_what_opens_never_changes() -> None:
    """To Streamlit another label is another expander or popover: a count in it closes the box under the person's hands."""
    changing = []
    for file in (ROOT / "assistant" / "ui").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("expander", "popover"):
                label = call.args[0]
                fixed = isinstance(label, ast.Call) and getattr(label.func, "id", "") == "say" and not label.keywords
                changing += [] if fixed else [f"{file.name}:{call.lineno}"]
    assert not changing


def test_a_choice_is_never_labelled_with_a_figure_that_changes() -> None:
    """A choice travels by its label: the page of the shelves puts its figures beside the labels and not into them."""
    source = (ROOT / "assistant" / "ui" / "pages" / "review.py").read_text("utf8")
    [chooser] = [
        call for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call) and "segmented_control" in ast.unparse(call.func)
    ]
    assert "counts" not in ast.unparse(chooser)
