"""Drafting twice from one brief: what was tried before is no other brief's draft, whatever was reworded in between."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import hash_of

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(subject="L’Heure du trou", key_points=("Chacun perce, cheville et visse sa patère.",), facts={"prix": "12 €"})


@pytest.mark.parametrize(
    ("changed", "same"),
    [({"networks": ("x",)}, True), ({"key_points": ("Chacun perce.",)}, False), ({"answers": {"detail": "trois murs"}}, False)],
)
def test_asking_for_other_networks_does_not_make_another_brief(changed: dict[str, object], same: bool) -> None:
    assert (hash_of(BRIEF) == hash_of(BRIEF.model_copy(update=changed))) is same


def test_a_reworded_brief_does_not_have_to_differ_from_its_own_earlier_tries(services: "Services") -> None:
    reworded = BRIEF.model_copy(update={"facts": {"prix": "14 €"}})
    for _ in services.draft("vaudrille", BRIEF, networks=["x"], actor="Ana", brief_id="one"):
        pass
    [again] = services.draft("vaudrille", reworded, networks=["x"], actor="Ana", brief_id="one")
    assert not [found.id for draft in again.drafts for found in draft.findings if found.id.startswith("originality")]
    assert services.recent("vaudrille", "x", but=hash_of(reworded), but_id="one") == ()
    assert len(services.recent("vaudrille", "x", but=hash_of(reworded))) == 1


def test_a_brands_files_are_taken_in_once_and_again_when_they_change(kits_folder: Path, make_services: "Callable[..., Services]") -> None:
    services = make_services()
    assert services.shelf.root == kits_folder
    services.kit("vaudrille")
    posts = services.stores.posts.count("vaudrille")
    with (kits_folder / "vaudrille" / "posts.csv").open("a", encoding="utf8") as more:
        more.write("\nnew-1,x,vaudrille_autun,2026-11-01T10:00:00+01:00,Un post de plus.,,,1,1,1,,,,,,\n")
    services.kit("vaudrille")
    assert services.stores.posts.count("vaudrille") == posts + 1
