from datetime import UTC, date, datetime

import pytest

from assistant.brands.kit import Account, Fact, GuidePage, Kit, Playbook
from assistant.errors import NotFound
from assistant.storage.stores import Stores

KIT = Kit(
    slug="atelier",
    name="L’Atelier d’à côté",
    languages=("fr",),
    accounts=(Account(network="instagram", handle="@atelier"),),
    facts=(Fact(id="prix", name="Prix", value="12 €", kind="price", valid_until=date(2026, 12, 31)),),
    guide=(GuidePage(name="voix", text="# Voix\nOn parle simplement."),),
    playbook=Playbook(first_names=True),
    version="v1",
)


def test_a_brand_keeps_the_id_it_was_given_first(stores: Stores, now: datetime) -> None:
    assert stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora") == "brand-2"
    assert stores.brands.ensure("moulin", id="brand-3", now=now, actor="Nora") == "brand-2"
    assert stores.brands.id_of("moulin") == "brand-2"


def test_an_unknown_brand_is_named(stores: Stores) -> None:
    with pytest.raises(NotFound) as caught:
        stores.brands.id_of("nulle-part")
    assert (caught.value.id, caught.value.values) == ("storage.no_brand", {"slug": "nulle-part"})


def test_brands_are_listed_by_slug_and_the_archived_ones_only_when_asked_for(stores: Stores, now: datetime) -> None:
    stores.brands.ensure("abeille", id="brand-2", now=now, actor="Nora")
    stores.brands.archive("atelier", now=now, actor="Nora")
    assert [brand.slug for brand in stores.brands.all()] == ["abeille"]
    assert [(brand.slug, brand.archived) for brand in stores.brands.all(archived=True)] == [("abeille", False), ("atelier", True)]
    stores.brands.archive("atelier", on=False, now=now, actor="Nora")
    assert [brand.slug for brand in stores.brands.all()] == ["abeille", "atelier"]


def test_every_saved_version_of_a_kit_comes_back_whole(stores: Stores, now: datetime) -> None:
    later = KIT.model_copy(update={"name": "L’Atelier", "version": "v2"})
    assert stores.kits.save("atelier", KIT, now=now, actor="Nora") == 1
    assert stores.kits.save("atelier", later, now=now, actor="Samir") == 2
    assert stores.kits.get("atelier", 1) == KIT
    assert stores.kits.get("atelier", 2) == later
    assert [(v.number, v.version, v.actor) for v in stores.kits.history("atelier")] == [(2, "v2", "Samir"), (1, "v1", "Nora")]


def test_the_same_kit_again_is_not_a_new_version(stores: Stores, now: datetime) -> None:
    assert stores.kits.latest_version("atelier") == ""
    stores.kits.save("atelier", KIT, now=now, actor="Nora")
    rows = stores.audit.count()
    assert stores.kits.save("atelier", KIT, now=datetime(2027, 1, 1, tzinfo=UTC), actor="Nora") == 1
    assert stores.audit.count() == rows
    assert stores.kits.latest_version("atelier") == "v1"


def test_a_kit_that_goes_back_to_what_it_was_is_a_new_version(stores: Stores, now: datetime) -> None:
    for kit in (KIT, KIT.model_copy(update={"version": "v2"}), KIT):
        stores.kits.save("atelier", kit, now=now, actor="Nora")
    assert [version.version for version in stores.kits.history("atelier")] == ["v1", "v2", "v1"]


def test_a_version_that_does_not_exist_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound) as caught:
        stores.kits.get("atelier", 7)
    assert caught.value.id == "storage.no_kit_version"
