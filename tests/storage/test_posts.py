from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import InputError, NotFound
from assistant.posts import Metrics, Post
from assistant.storage.posts import Imported
from assistant.storage.stores import Stores

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Post(
    id="17841400000000000001",
    text="Bonne fournée ce matin !",
    network="instagram",
    account="@atelier",
    published_at=MARCH,
    url="https://exemple.fr/p/1",
    format="photo",
    metrics=Metrics(likes=12, comments=3, reach=900),
)

Import = Callable[..., Imported]


@pytest.fixture
def bring(stores: Stores, now: datetime) -> Import:
    def run(*posts: Post, source: str = "posts.csv") -> Imported:
        return stores.posts.import_many("atelier", posts, source=source, now=now, actor="Nora")

    return run


def test_a_post_comes_back_whole_with_its_long_id_as_text(stores: Stores, bring: Import) -> None:
    assert bring(POST) == Imported(1, 0, 0)
    assert stores.posts.get("atelier", POST.id) == POST
    assert stores.posts.count("atelier") == 1


def test_the_same_file_again_changes_nothing(stores: Stores, bring: Import) -> None:
    bring(POST)
    rows = stores.audit.count()
    assert bring(POST) == Imported(0, 0, 1)
    assert stores.audit.count() == rows


def test_newer_figures_replace_older_ones_and_what_an_export_does_not_give_is_kept(stores: Stores, bring: Import) -> None:
    bring(POST)
    assert bring(replace(POST, metrics=Metrics(likes=20, comments=0))) == Imported(0, 1, 0)
    assert stores.posts.get("atelier", POST.id).metrics == Metrics(likes=20, comments=0, reach=900)


def test_a_text_that_was_edited_on_the_network_is_updated(stores: Stores, bring: Import) -> None:
    bring(POST)
    assert bring(Post(id=POST.id, text="Bonne fournée ce soir !")) == Imported(0, 1, 0)
    assert stores.posts.get("atelier", POST.id) == replace(POST, text="Bonne fournée ce soir !")


def test_a_pin_and_a_ban_survive_another_import(stores: Stores, bring: Import, now: datetime) -> None:
    bring(POST, replace(POST, id="2"))
    stores.posts.pin("atelier", POST.id, now=now, actor="Nora")
    stores.posts.ban("atelier", "2", now=now, actor="Nora")
    bring(replace(POST, text="Autre texte"), replace(POST, id="2", metrics=Metrics(likes=1)))
    assert stores.posts.get("atelier", POST.id).pinned
    assert stores.posts.get("atelier", "2").banned


def test_pin_and_ban_exclude_each_other_and_can_be_taken_back(stores: Stores, bring: Import, now: datetime) -> None:
    bring(POST)
    stores.posts.ban("atelier", POST.id, now=now, actor="Nora")
    pinned = stores.posts.pin("atelier", POST.id, now=now, actor="Nora")
    assert (pinned.pinned, pinned.banned) == (True, False)
    banned = stores.posts.ban("atelier", POST.id, now=now, actor="Nora")
    assert (banned.pinned, banned.banned) == (False, True)
    assert stores.posts.ban("atelier", POST.id, on=False, now=now, actor="Nora") == POST
    assert stores.posts.get("atelier", POST.id) == POST


def test_pinning_twice_is_told_once(stores: Stores, bring: Import, now: datetime) -> None:
    bring(POST)
    stores.posts.pin("atelier", POST.id, now=now, actor="Nora")
    rows = stores.audit.count()
    stores.posts.pin("atelier", POST.id, now=now, actor="Nora")
    assert stores.audit.count() == rows


def test_all_posts_before_a_day_are_banned_those_that_come_later_too_but_not_the_pinned(
    stores: Stores, bring: Import, now: datetime
) -> None:
    old, new, kept = POST, replace(POST, id="new", published_at=MARCH + timedelta(days=9)), replace(POST, id="kept")
    bring(old, new, kept, Post(id="undated", text="Sans date"))
    stores.posts.pin("atelier", "kept", now=now, actor="Nora")
    assert stores.posts.ban_before("atelier", date(2026, 3, 5), now=now, actor="Nora") == 1
    bring(replace(POST, id="late"))
    assert {post.id for post in stores.posts.all("atelier") if post.banned} == {old.id, "late"}
    assert {post.id for post in stores.posts.all("atelier", banned=False)} == {"new", "kept", "undated"}


def test_a_day_begins_at_midnight_where_the_brand_is(stores: Stores, bring: Import, now: datetime) -> None:
    bring(replace(POST, published_at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC)))
    assert stores.posts.ban_before("atelier", date(2026, 3, 5), zone=ZoneInfo("Europe/Paris"), now=now, actor="Nora") == 0
    assert stores.posts.ban_before("atelier", date(2026, 3, 5), now=now, actor="Nora") == 1


def test_posts_come_latest_first_and_undated_last(stores: Stores, bring: Import) -> None:
    dated = [replace(POST, id=f"p{day}", published_at=MARCH + timedelta(days=day)) for day in range(3)]
    bring(Post(id="undated", text="Sans date"), *dated)
    assert [post.id for post in stores.posts.all("atelier")] == ["p2", "p1", "p0", "undated"]


def test_a_moment_is_the_same_moment_whatever_zone_it_was_given_in(stores: Stores, bring: Import) -> None:
    local = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    bring(replace(POST, published_at=local))
    assert bring(POST) == Imported(0, 0, 1)
    assert stores.posts.get("atelier", POST.id).published_at == MARCH


def test_only_those_that_exist_are_given_by_id(stores: Stores, bring: Import) -> None:
    bring(POST)
    ids = [POST.id, *(f"no-{number}" for number in range(1200))]
    assert stores.posts.by_ids("atelier", ids) == {POST.id: POST}


def test_brands_do_not_see_each_other_s_posts(stores: Stores, bring: Import, now: datetime) -> None:
    bring(POST)
    stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")
    assert stores.posts.all("moulin") == []
    with pytest.raises(NotFound):
        stores.posts.pin("moulin", POST.id, now=now, actor="Nora")
    stores.posts.import_many("moulin", [replace(POST, text="Autre marque")], source="m.csv", now=now, actor="Nora")
    assert stores.posts.get("atelier", POST.id) == POST


def test_the_last_of_several_rows_with_one_id_counts(stores: Stores, bring: Import) -> None:
    assert bring(POST, replace(POST, text="Dernière version")) == Imported(1, 0, 0)
    assert stores.posts.get("atelier", POST.id).text == "Dernière version"


@pytest.mark.parametrize(
    ("bad", "id"),
    [
        (replace(POST, id=""), "storage.post_without_id"),
        (replace(POST, id="\x00"), "storage.post_without_id"),
        (replace(POST, id="x" * 501), "storage.id_too_long"),
        (replace(POST, id="2", metrics=Metrics(views=2**63)), "storage.impossible_figure"),
        (replace(POST, id="2", published_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))), "storage.impossible_date"),
        (replace(POST, id="2", published_at=datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))), "storage.impossible_date"),
    ],
)
def test_a_post_that_cannot_be_kept_stops_the_whole_import(stores: Stores, bring: Import, bad: Post, id: str) -> None:
    with pytest.raises(InputError) as caught:
        bring(POST, bad)
    assert caught.value.id == id
    assert stores.posts.count("atelier") == 0


def test_the_longest_id_and_the_greatest_figure_are_kept(stores: Stores, bring: Import, now: datetime) -> None:
    post = replace(POST, id="é" * 500, metrics=Metrics(views=2**63 - 1))
    bring(post)
    stores.posts.pin("atelier", post.id, now=now, actor="Nora")
    assert stores.posts.get("atelier", post.id) == replace(post, pinned=True)


def test_characters_that_no_database_holds_are_left_out(stores: Stores, bring: Import) -> None:
    assert bring(replace(POST, text="a\x00b\udc00c")) == Imported(1, 0, 0)
    assert bring(replace(POST, text="a\x00b\udc00c")) == Imported(0, 0, 1)
    assert stores.posts.get("atelier", POST.id).text == "abc"


def test_figures_beyond_32_bits_are_kept(stores: Stores, bring: Import) -> None:
    bring(replace(POST, metrics=Metrics(views=9_000_000_000)))
    assert stores.posts.get("atelier", POST.id).metrics.views == 9_000_000_000


def test_the_stamp_changes_with_posts_figures_pins_and_bans(stores: Stores, bring: Import, now: datetime) -> None:
    stamps = [stores.posts.stamp("atelier")]
    bring(POST)
    stamps.append(stores.posts.stamp("atelier"))
    stores.posts.pin("atelier", POST.id, now=now, actor="Nora")
    stamps.append(stores.posts.stamp("atelier"))
    stores.posts.import_many(
        "atelier", [replace(POST, metrics=Metrics(likes=99))], source="b.csv", now=now + timedelta(hours=1), actor="Nora"
    )
    stamps.append(stores.posts.stamp("atelier"))
    assert len(set(stamps)) == 4
    assert stores.posts.stamp("atelier") == stamps[-1]
