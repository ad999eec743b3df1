"""From a brief to an exported text through the services, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.briefs import Brief
from assistant.drafts import Action, State
from assistant.errors import StaleVersion
from assistant.services.exporting import export_file
from assistant.services.onboarding import import_posts

if TYPE_CHECKING:
    from assistant.services import Services

SLUG = "vaudrille"
BRIEF = Brief(
    subject="L’Heure du trou",
    purpose="event",
    key_points=("Idriss monte trois murs exprès.", "Chacun perce, cheville et visse sa patère."),
    facts={"date": "samedi 28 novembre 2026", "prix": "12 €"},
)


@pytest.fixture
def desk(database_url: str, kits_folder: Path, make_services: "Callable[..., Services]", monkeypatch: pytest.MonkeyPatch) -> "Services":
    """Services on a database of either kind, with kits of their own."""
    monkeypatch.setenv("PLUME_DATABASE_URL", database_url)
    services = make_services()
    assert services.shelf.root == kits_folder
    assert services.database.kind in database_url
    return services


def test_a_brief_becomes_a_text_that_is_edited_approved_exported_and_told(desk: "Services", tmp_path: Path) -> None:
    drafted = list(desk.draft(SLUG, BRIEF, networks=["instagram", "x"], variants=1, actor="Ana"))
    assert [draft.drafts[0].network for draft in drafted] == ["instagram", "x"]
    id = drafted[0].drafts[0].id
    item = desk.review.edit(id, actor="Ana", version=1, text=drafted[0].drafts[0].text + "\n\nOn vous garde une chaise.")
    item = desk.review.submit(id, actor="Ana", version=item.version)
    with pytest.raises(StaleVersion):
        desk.review.approve(id, actor="Bo", version=1)
    item = desk.review.approve(id, actor="Bo", version=item.version, reason="vérifié avec Idriss")
    assert item.state is State.APPROVED
    file = tmp_path / "approved.csv"
    export_file(desk, file, SLUG, actor="Bo", language="fr")
    assert "On vous garde une chaise." in file.read_text("utf-8-sig")
    assert [one.action for one in desk.stores.drafts.get(id).history] == [Action.EDIT, Action.SUBMIT, Action.APPROVE]
    assert desk.stores.audit.verify() is None


def test_posts_are_imported_searched_and_counted_for_the_next_draft(desk: "Services") -> None:
    rows = "text,network,likes\n" + "".join(f"Une porte qui grince numéro {n}.,instagram,{n}\n" for n in range(30))
    done, rejected = import_posts(desk, SLUG, "export.csv", rows.encode(), actor="Ana")
    assert (done.imported, rejected) == (30, ())
    assert "grince" in desk.find(SLUG, "une porte qui grince", network="instagram")[0].text
    [drafted] = desk.draft(SLUG, BRIEF.model_copy(update={"subject": "La porte qui grince"}), networks=["instagram"], variants=1)
    assert any("grince" in one.text for one in drafted.evidence)
