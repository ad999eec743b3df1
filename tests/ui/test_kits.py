"""Brand kits: what is readable of one, and a new brand from a name, a guide and past posts."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
GUIDE = "# Notre ton\n\nNous disons « vous ». Nous n’écrivons jamais « promo ».\n"


def posts(*accounts: str, count: int = 12) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["account", "network", "text", "likes"])
    for number in range(count):
        for place, account in enumerate(accounts):
            if place == 0 or number % 2:
                writer.writerow([account, "x", f"Le pain {number} de {account} sort du four à {number + 5} heures.", number])
    return out.getvalue().encode()


def drop(desk: Any, key: str, *files: tuple[str, bytes]) -> Any:
    uploader = next(one for one in desk.at.file_uploader if one.key == key)
    uploader.set_value([(name, data, "text/csv") for name, data in files]).run(timeout=120)
    return desk.sound()


@pytest.fixture
def new(visit: Visit, kits_folder: Path) -> Any:
    """The form for a new brand, on a folder of kits of the test's own."""
    return visit(page="kits").choose("kits_view", "new")


def test_a_kit_shows_its_voice_its_words_its_accounts_and_its_facts(visit: Visit) -> None:
    read = visit(page="kits").reads()
    for wanted in (
        "Quincaillerie Vaudrille",
        "Marque fictive",
        "Comptes",
        "@vaudrille_autun",
        "La voix, mesurée sur",
        "Jamais",
        "faits valables",
    ):
        assert wanted in read, wanted


def test_a_brand_is_made_from_a_name_a_guide_and_posts_and_drafts_at_once(new: Any, kits_folder: Path) -> None:
    new.type("new_name", "Boulangerie Lepic").type("new_guide", GUIDE)
    drop(new, "new_posts", ("posts.csv", posts("lepic"))).click("new_make")
    assert "La marque Boulangerie Lepic est prête" in new.reads()
    assert (kits_folder / "boulangerie-lepic" / "kit.yaml").is_file()
    assert new.services.stores.posts.count("boulangerie-lepic") == 12
    assert new.at.session_state["brand"] == "boulangerie-lepic"
    new.go("draft").type("draft_subject", "Le pain de dimanche").choose("draft_networks", ["x"]).click("draft_go")
    assert "Boulangerie Lepic" in "".join(body for body in new.bodies() if "plume-card" in body)


def test_a_file_with_several_accounts_asks_which_one_is_meant(new: Any) -> None:
    new.type("new_name", "Boulangerie Lepic")
    drop(new, "new_posts", ("posts.csv", posts("lepic", "durand")))
    choices = next(one for one in new.at.pills if one.key == "new_account")
    assert [name.replace("\\", "") for name in choices.options] == ["lepic (12)", "durand (6)"]
    new.click("new_make")
    assert "choisissez le vôtre" in new.reads()
    assert "boulangerie-lepic" not in new.services.shelf.slugs()
    new.choose("new_account", "durand").click("new_make")
    assert new.services.stores.posts.count("boulangerie-lepic") == 6


def test_what_was_typed_for_a_new_brand_survives_another_page_and_a_refresh(new: Any, visit: Visit) -> None:
    new.type("new_name", "Boulangerie Lepic").type("new_guide", GUIDE)
    form = new.at.query_params["new"]
    new.go("draft").go("kits").choose("kits_view", "new")
    assert (new.field("new_name"), new.field("new_guide")) == ("Boulangerie Lepic", GUIDE)
    again = visit(page="kits", new=form if isinstance(form, str) else form[0]).choose("kits_view", "new")
    assert (again.field("new_name"), again.field("new_guide")) == ("Boulangerie Lepic", GUIDE)


def test_a_stranger_does_not_see_what_somebody_else_is_typing(new: Any, visit: Visit) -> None:
    new.type("new_name", "Boulangerie Lepic")
    assert visit(page="kits").choose("kits_view", "new").field("new_name") == ""


@pytest.mark.parametrize(("name", "told"), [("", "Il manque le nom"), ("Vaudrille", "existe déjà")])
def test_a_name_that_cannot_be_is_refused_in_words_and_nothing_is_lost(new: Any, name: str, told: str) -> None:
    if name:
        new.type("new_name", name)
    new.type("new_guide", GUIDE).click("new_make")
    assert told in new.reads()
    assert new.field("new_guide") == GUIDE


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 \x00\x01\x02", b"likes,comments\n3,4\n"])
def test_a_file_without_posts_is_refused_in_words_and_nothing_is_made(new: Any, content: bytes) -> None:
    new.type("new_name", "Boulangerie Lepic")
    drop(new, "new_posts", ("posts.csv", content))
    if "new_make" in new.widgets():
        new.click("new_make")
    assert new.at.error, new.reads()
    assert "boulangerie-lepic" not in new.services.shelf.slugs()
    assert new.field("new_name") == "Boulangerie Lepic"


def test_rows_that_were_not_taken_are_listed_with_their_reason(new: Any) -> None:
    new.type("new_name", "Boulangerie Lepic")
    drop(new, "new_posts", ("posts.csv", posts("lepic") + b"lepic,x,,3\n")).click("new_make")
    read = new.reads()
    assert "1 ligne non reprise" in read
    assert "Ligne 14" in read


def test_a_real_guide_and_real_posts_make_a_brand_that_drafts(new: Any, bench_data: Path) -> None:
    guides = sorted((bench_data / "guides" / "dnum_fr").glob("*.md"))
    drop(new, "new_guides", *((file.name, file.read_bytes()) for file in guides))
    drop(new, "new_posts", ("french_media_x.csv", (bench_data / "posts" / "french_media_x.csv").read_bytes()))
    new.type("new_name", "Un média")
    choices = next(one for one in new.at.pills if one.key == "new_account")
    assert len(choices.options) >= 13
    account = next(iter(new.at.session_state["new_accounts"][1]))
    new.choose("new_account", account).click("new_make")
    assert new.services.stores.posts.count("un-media") > 50
    new.go("draft").type("draft_subject", "Le budget").type("draft_key_points", "Le vote est prévu mardi.").click("draft_go")
    assert any("plume-card" in body for body in new.bodies())
