"""Wishes on a card, and past posts that are pinned or banned, as a person meets them."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.text import sentence_spans
from tests.models.faulty_server import FaultyServer, refuses
from tests.writing_model import writing

Visit = Callable[..., Any]
POINTS = "Idriss monte trois murs exprès !\nChacun perce, cheville et visse sa patère.\nOn repart avec la patère."
FACTS = "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €"
WARMER = "Idriss monte trois murs rien que pour vous ! L’Heure du trou, samedi 28 novembre 2026, 10 h–11 h, 12 €."


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., FaultyServer]]:
    """A model server on loopback, connected by the settings."""
    opened: list[FaultyServer] = []

    def start(*answers: Any) -> FaultyServer:
        opened.append(FaultyServer(answers))
        opened[-1].__enter__()
        for name, value in {"BASE_URL": opened[-1].url, "MODEL": "plume-test", "STRUCTURED_OUTPUT": "json_schema"}.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        return opened[-1]

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def written(desk: Any, network: str = "facebook", *, by: str = "") -> tuple[Any, Any]:
    desk.type("draft_subject", "L’Heure du trou").type("draft_key_points", POINTS).type("draft_facts", FACTS)
    desk.choose("draft_networks", [network])
    if by:
        desk.choose("draft_writer", by)
    desk.click("draft_go")
    run = desk.services.runs.of(desk.brief_id)
    assert run is None or run.wait(60)
    desk.run()
    return desk, shown(desk, network)


def shown(desk: Any, network: str) -> Any:
    """The draft that its card shows."""
    [angle] = [one for one in desk.at.pills if str(one.key).startswith("angle_")]
    found = desk.services.stores.drafts.current("vaudrille", desk.brief_id, network)
    return next(one for one in found if one.id == angle.value)


def settled(desk: Any, item: Any) -> Any:
    """Look again until the wish is over."""
    for _ in range(500):
        if desk.services.wishes.of(item.id) is None:
            return desk.run()
        time.sleep(0.02)
    raise AssertionError("the wish is still under way")


def test_a_wish_gives_a_new_text_at_once_and_the_one_before_is_a_click_away(visit: Visit) -> None:
    desk, item = written(visit())
    assert f"wish_back_{item.id}" not in desk.widgets()
    desk.open(f"wish_{item.id}")
    assert {f"wish_shorter_{item.id}", f"wish_drier_{item.id}", f"wish_other-opening_{item.id}"} <= set(desk.widgets())
    assert f"wish_warmer_{item.id}" not in desk.widgets(), "the built-in writer makes up no words"
    desk.click(f"wish_shorter_{item.id}")
    after = desk.services.stores.drafts.get(item.id)
    assert len(after.draft.text) < len(item.draft.text)
    assert "12" in after.draft.text
    assert (after.history[-1].actor, after.history[-1].reason) == ("Ana", "wish.shorter")
    desk.click(f"wish_back_{item.id}")
    assert desk.services.stores.drafts.get(item.id).draft.text == item.draft.text
    assert f"wish_back_{item.id}" in desk.widgets(), "and back again"


def test_one_sentence_can_be_chosen_and_one_that_was_edited_cannot(visit: Visit) -> None:
    desk, item = written(visit())
    text = item.draft.text
    mine = text.replace("On repart avec la patère", "On repart fier")
    desk.services.review.edit(item.id, actor="Ana", version=1, text=mine)
    desk.open(f"wish_{item.id}")
    spans = sentence_spans(mine)
    [own] = [number for number, span in enumerate(spans) if "On repart fier" in mine[slice(*span)]]
    [other] = [number for number, span in enumerate(spans) if "Chacun perce" in mine[slice(*span)]]
    box = desk.at.selectbox(key=f"wish_where_{item.id}_2")
    assert len(box.options) == len(spans), "the whole text, and every sentence but the edited one"
    assert own != other
    desk.choose(f"wish_where_{item.id}_2", other)
    assert f"wish_other-opening_{item.id}" not in desk.widgets(), "that is for a whole text"
    desk.click(f"wish_shorter_{item.id}")
    after = desk.services.stores.drafts.get(item.id).draft.text
    assert "Chacun perce" not in after
    assert "On repart fier" in after


def test_what_cannot_be_done_is_said_on_the_card_and_the_text_stays(visit: Visit) -> None:
    desk, item = written(visit())
    desk.services.review.edit(item.id, actor="Léo", version=1, text=item.draft.text + " Léo.")
    for _ in range(9):
        if desk.open(f"wish_{item.id}").click(f"wish_shorter_{item.id}").at.error:
            break
    assert "rien à retirer" in " ".join(one.value for one in desk.at.error)


def test_a_stale_card_is_refused_and_shows_the_newer_text(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, item = written(visit())
    desk.open(f"wish_{item.id}")
    wish = desk.services.wishes.wish

    def after_leo(id: str, *rest: Any, **options: Any) -> Any:
        desk.services.review.edit(id, actor="Léo", version=1, text="Le texte de Léo, 12 €.")
        return wish(id, *rest, **options)

    monkeypatch.setattr(desk.services.wishes, "wish", after_leo)
    desk.click(f"wish_shorter_{item.id}")
    assert "Léo" in " ".join(one.value for one in desk.at.info)
    assert "Le texte de" in desk.reads()
    assert item.draft.text in [one.value for one in desk.at.code], "the text that was seen is not lost"


def test_a_model_takes_over_a_built_in_draft_behind_the_page(visit: Visit, serve: Any) -> None:
    serve(writing((WARMER,), after_s=0.5))
    desk, item = written(visit(), by="built-in")
    desk.open(f"wish_{item.id}").choose(f"wish_by_{item.id}", "model")
    desk.click(f"wish_warmer_{item.id}")
    assert f"wish_cancel_{item.id}" in desk.widgets()
    assert "plus chaleureux" in desk.reads()
    assert f"wish_{item.id}" not in [one.key for one in desk.at.main if hasattr(one, "key")]
    settled(desk, item)
    after = desk.services.stores.drafts.get(item.id)
    assert after.draft.text.replace("\u00a0", " ").replace("\u202f", " ") == WARMER
    assert "Écrit par" in desk.reads()
    assert [row.calls for row in desk.services.models.usage(desk.services.models.month(), "vaudrille")] == [1]


def test_a_model_that_fails_says_so_on_the_card_until_it_was_read_and_a_refresh_finds_it_again(visit: Visit, serve: Any) -> None:
    serve(refuses(401, "bad key"))
    desk, item = written(visit(), by="built-in")
    desk.open(f"wish_{item.id}").choose(f"wish_by_{item.id}", "model")
    desk.click(f"wish_warmer_{item.id}")
    settled(desk, item)
    assert "Le texte n’a pas changé" in " ".join(one.value for one in desk.at.error).replace("\\", "")
    other = visit(brief=desk.brief_id, person="Léo")
    assert f"wish_read_{item.id}" in other.widgets()
    other.click(f"wish_read_{item.id}")
    assert f"wish_read_{item.id}" not in desk.run().widgets()
    assert desk.services.stores.drafts.get(item.id) == item


def test_a_wish_can_be_stopped(visit: Visit, serve: Any) -> None:
    serve(writing((WARMER,), after_s=30.0))
    desk, item = written(visit(), by="built-in")
    desk.open(f"wish_{item.id}").choose(f"wish_by_{item.id}", "model")
    desk.click(f"wish_warmer_{item.id}")
    desk.click(f"wish_cancel_{item.id}")
    settled(desk, item)
    assert desk.services.stores.drafts.get(item.id) == item
    assert f"wish_read_{item.id}" in desk.widgets()


def test_the_history_on_the_review_page_names_the_wish(visit: Visit) -> None:
    desk, item = written(visit())
    after = desk.services.wishes.wish(item.id, "shorter", version=1, actor="Ana")
    desk.services.review.submit(item.id, actor="Ana", version=after.version)
    assert "plus court" in visit(page="review", item=item.id).open(f"history_{item.id}").reads()


def test_a_past_post_is_pinned_or_banned_where_the_text_says_what_inspired_it(visit: Visit) -> None:
    desk, item = written(visit(), "instagram")
    desk.open(f"why_{item.id}")
    pin, ban = f"pin_{item.id}_0", f"ban_{item.id}_0"
    assert {pin, ban} <= set(desk.widgets())
    desk.click(ban)
    [banned] = [post for post in desk.services.stores.posts.all("vaudrille") if post.banned]
    assert "Réadmettre ce post" in desk.reads()
    assert banned.id not in [one.id for one in desk.services.find("vaudrille", banned.text)]
    desk.click(ban)
    assert not [post for post in desk.services.stores.posts.all("vaudrille") if post.banned]
    desk.click(pin)
    [pinned] = [post for post in desk.services.stores.posts.all("vaudrille") if post.pinned]
    assert pinned.id == banned.id
