"""The index follows the brand: compared again only after something about the brand changed, whoever changed it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.briefs import Brief

if TYPE_CHECKING:
    from assistant.services import Services

SLUG = "vaudrille"
BRIEF = Brief(subject="L’Heure du trou", key_points=("Chacun perce, cheville et visse sa patère.",))


class Counted:
    """The services' own search, with its syncs counted."""

    def __init__(self, services: "Services", monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, own = 0, services.search.sync

        def sync(brand: str) -> object:
            self.times += 1
            return own(brand)

        monkeypatch.setattr(services.search, "sync", sync)


def test_drafting_and_searching_compare_an_unchanged_brand_only_once(services: "Services", monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(services, monkeypatch)
    for _ in range(3):
        list(services.draft(SLUG, BRIEF, networks=["x"]))
        services.find(SLUG, "perceuse")
    assert counted.times == 1


def test_a_ban_and_its_lifting_reach_the_next_search(services: "Services") -> None:
    first = services.find(SLUG, "perceuse")[0]
    for banned in (True, False):
        services.stores.posts.ban(SLUG, first.id, banned, now=services.now(), actor="Ana")
        assert (first.id in {one.id for one in services.find(SLUG, "perceuse")}) is not banned


def test_what_another_process_imports_is_found_without_a_restart(make_services: "Callable[..., Services]", kits_folder: Path) -> None:
    here, there = make_services(), make_services()
    words = "Trois mille chevilles sur le comptoir, comptées une par une."
    assert here.find(SLUG, words)[0].text != words
    known = there.stores.posts.all(SLUG)[0]
    there.stores.posts.import_many(SLUG, [replace(known, id="new-1", text=words)], source="more.csv", now=there.now(), actor="Ana")
    assert here.find(SLUG, words)[0].text == words
