from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from assistant.comments import Comment
from assistant.errors import InputError
from assistant.storage.posts import Imported
from assistant.storage.stores import Stores


def test_comments_come_back_latest_first_and_whole(stores: Stores, now: datetime) -> None:
    first = Comment("1", "Livraison perdue ?", "facebook", "Ana", now, "p1", "https://exemple.fr/p1")
    second = replace(first, id="2", created_at=now + timedelta(minutes=1))
    bare = Comment("3", "👏")
    done = stores.comments.import_many("atelier", [bare, first, second], source="c.csv", now=now, actor="Nora")
    assert done == Imported(3, 0, 0)
    assert stores.comments.all("atelier") == [second, first, bare]


def test_a_comment_that_changed_is_updated_and_the_others_are_left(stores: Stores, now: datetime) -> None:
    comments = [Comment("1", "Bravo"), Comment("2", "Merci")]
    stores.comments.import_many("atelier", comments, source="c.csv", now=now, actor="Nora")
    comments[0] = Comment("1", "Bravo à tous")
    assert stores.comments.import_many("atelier", comments, source="c.csv", now=now, actor="Nora") == Imported(0, 1, 1)
    assert {comment.text for comment in stores.comments.all("atelier")} == {"Bravo à tous", "Merci"}


def test_a_comment_without_an_id_stops_the_import(stores: Stores, now: datetime) -> None:
    with pytest.raises(InputError) as caught:
        stores.comments.import_many("atelier", [Comment("1", "a"), Comment("", "b")], source="c.csv", now=now, actor="Nora")
    assert caught.value.id == "storage.comment_without_id"
    assert stores.comments.all("atelier") == []


def test_a_comment_of_a_day_that_utc_does_not_have_stops_the_import(stores: Stores, now: datetime) -> None:
    first_day = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    with pytest.raises(InputError) as caught:
        stores.comments.import_many("atelier", [Comment("1", "a", created_at=first_day)], source="c.csv", now=now, actor="Nora")
    assert caught.value.id == "storage.impossible_date"
    assert stores.comments.all("atelier") == []
