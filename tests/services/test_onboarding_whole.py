"""A brand that is onboarded is there whole or not at all, and the same call may be made again."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.errors import NotFound, StorageError
from assistant.services.onboarding import Onboarded, onboard

if TYPE_CHECKING:
    from assistant.services import Services

SLUG = "le-fournil"
GUIDE = ("charte.md", "# Ton\n\nOn tutoie. Jamais « magie ».\n".encode())
POSTS = ("posts.csv", ("text,network\n" + "".join(f"Fournée numéro {n} : le four est chaud.,instagram\n" for n in range(600))).encode())


def bring(services: "Services") -> Onboarded:
    return onboard(services, slug=SLUG, name="Le Fournil", language="fr", guides=[GUIDE], posts=[POSTS])


@pytest.mark.parametrize("spare", [0, 8], ids=["before the brand is known", "in the middle of its posts"])
def test_a_full_disk_leaves_no_half_brand_and_the_next_try_succeeds(spare: int, kits_folder: Path, services: "Services") -> None:
    services.kit("vaudrille")
    file = services.settings.data_dir / "plume.sqlite3"
    with sqlite3.connect(file) as other:
        [pages] = other.execute("PRAGMA page_count").fetchone()
    services.stores.database.engine.dispose()
    with services.stores.database.engine.connect() as held:
        held.exec_driver_sql(f"PRAGMA max_page_count = {pages + spare}")
    with pytest.raises(StorageError):
        bring(services)
    assert not (kits_folder / SLUG).exists()
    assert SLUG not in services.shelf.slugs()
    with pytest.raises(NotFound):
        services.kit(SLUG)
    services.stores.database.engine.dispose()
    assert bring(services).imported == 600
    assert services.find(SLUG, "fournée")
