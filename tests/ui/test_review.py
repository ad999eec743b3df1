"""The review page: what waits, what changed, and the decisions that are possible."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafts import State

Visit = Callable[..., Any]


@pytest.fixture
def waiting(visit: Visit) -> Callable[..., tuple[Any, list[str]]]:
    """Texts that wait for review, and the page on which they do."""

    def prepare(*networks: str, lang: str = "fr", person: str = "Ana") -> tuple[Any, list[str]]:
        services = visit().services
        brief = Brief(subject="L’Heure du trou", key_points=("Idriss monte trois murs exprès.",), facts={"prix": "12 €"})
        content = brief.model_dump(mode="json", exclude_defaults=True)
        services.stores.briefs.save(id="b1", slug="vaudrille", brief_json=content, version=None, now=services.now(), actor="Léo")
        ids = []
        for drafted in services.draft("vaudrille", brief, networks=networks or ("x",), actor="Léo", brief_id="b1"):
            ids.append(drafted.drafts[0].id)
            services.review.submit(ids[-1], actor="Léo", version=1)
        return visit(page="review", lang=lang, person=person), ids

    return prepare


def state_of(desk: Any, id: str) -> State:
    state: State = desk.services.stores.drafts.get(id).state
    return state


def test_what_waits_is_shown_with_its_author_and_its_network(waiting: Callable[..., Any]) -> None:
    desk, _ = waiting("x", "threads")
    read = desk.reads()
    assert "L’Heure du trou" in read
    assert "Threads, par Léo" in read
    assert "(2)" in beside_the_shelves(desk)


def beside_the_shelves(desk: Any) -> str:
    """The figures that the style puts beside the shelves' names."""
    return " ".join(str(one.proto.body) for one in desk.at.get("html") if "st-key-review_filter" in str(one.proto.body))


@pytest.mark.parametrize(("lang", "told"), [("fr", "Approuvé"), ("en", "Approved")])
def test_approving_seals_the_text_and_leaves_the_card_where_it_is(waiting: Callable[..., Any], lang: str, told: str) -> None:
    desk, (first, second) = waiting("x", "threads", lang=lang)
    before, labels = [key for key in desk.widgets() if key.startswith("edit_")], desk.at.segmented_control[0].options
    desk.click(f"review_{first}_approve")
    item = desk.services.stores.drafts.get(first)
    assert (item.state, item.history[-1].actor) == (State.APPROVED, "Ana")
    assert item.sealed
    assert told in desk.reads()
    assert [key for key in desk.widgets() if key.startswith("edit_")] == before, "the next item does not slip under the pointer"
    assert desk.at.segmented_control[0].options == labels, "a choice travels by its label: one that changes loses a click"
    assert "(1)" in beside_the_shelves(desk)
    assert state_of(desk, second) is State.IN_REVIEW


def test_a_decided_card_is_gone_after_a_look_at_another_shelf(waiting: Callable[..., Any]) -> None:
    desk, (first, _) = waiting("x", "threads")
    desk.click(f"review_{first}_approve").choose("review_filter", "approved").choose("review_filter", "waiting")
    assert f"edit_{first}" not in desk.widgets()


def test_asking_for_changes_wants_words_and_shows_them_to_the_author(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    desk.open(f"review_{id}_request-changes_open").click(f"review_{id}_request-changes")
    assert "Dites ce qui doit changer" in desk.reads()
    assert state_of(desk, id) is State.IN_REVIEW
    desk.open(f"review_{id}_request-changes_open").type(f"reason_{id}_request-changes", "La date **d’abord**")
    desk.click(f"review_{id}_request-changes")
    assert state_of(desk, id) is State.CHANGES_REQUESTED
    desk.choose("review_filter", "changes")
    assert "La date **d’abord**" in desk.reads()
    desk.click(f"review_{id}_submit")
    assert state_of(desk, id) is State.IN_REVIEW


def test_rejecting_and_withdrawing_are_behind_more(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    assert f"review_{id}_withdraw" not in desk.widgets()
    desk.open(f"review_{id}_more").type(f"reason_{id}_reject", "Hors sujet").click(f"review_{id}_reject")
    assert state_of(desk, id) is State.REJECTED


def test_the_history_shows_who_changed_which_words(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    text = desk.services.stores.drafts.get(id).draft.text
    desk.click(f"edit_{id}").type(f"text_{id}", text.replace("exprès", "pour vous")).click(f"save_{id}").open(f"history_{id}")
    changes = next(body for body in desk.bodies() if "plume-diff" in body)
    assert "<del>exprès</del>" in changes or "<del>exprès." in changes
    assert "<ins>pour" in changes
    assert "Léo" in changes
    assert "a modifié" in desk.reads()


def test_an_edit_takes_an_approval_back_to_review(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    desk.click(f"review_{id}_approve").click(f"edit_{id}").type(f"text_{id}", "Trois murs, 12 €.").click(f"save_{id}")
    assert state_of(desk, id) is State.IN_REVIEW


def test_somebody_elses_decision_in_between_is_told(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    desk.services.review.reject(id, actor="Léo", version=2, reason="doublon")
    desk.click(f"review_{id}_approve")
    assert "Léo a enregistré une autre version" in desk.reads()
    assert state_of(desk, id) is State.REJECTED


def test_approved_texts_can_be_exported_and_the_record_too(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x")
    assert not desk.at.download_button
    desk.click(f"review_{id}_approve").choose("review_filter", "approved")
    assert [one.key for one in desk.at.download_button] == ["review_export", "review_export_raw", "review_record"]
    assert desk.at.download_button[0].label == "Exporter 1 texte (CSV)"
    desk.click(f"review_{id}_publish")
    assert state_of(desk, id) is State.PUBLISHED


def test_many_items_come_in_pages(waiting: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.ui import shelves

    monkeypatch.setattr(shelves, "PAGE", 2)
    desk, _ = waiting("x", "threads", "bluesky")
    assert sum(key.startswith("edit_") for key in desk.widgets()) == 2
    desk.click("review_more")
    assert sum(key.startswith("edit_") for key in desk.widgets()) == 3
    assert "review_more" not in desk.widgets()


def test_without_a_name_the_page_says_how_decisions_will_be_recorded(waiting: Callable[..., Any]) -> None:
    desk, (id,) = waiting("x", person="")
    assert "«\u00a0sans nom\u00a0»" in desk.reads()
    desk.click(f"review_{id}_approve")
    assert desk.services.stores.drafts.get(id).history[-1].actor == "sans nom"


def test_an_empty_shelf_says_so(visit: Visit) -> None:
    desk = visit(page="review")
    assert "Rien à relire" in desk.reads()
    assert "Aucun texte approuvé" in desk.choose("review_filter", "approved").reads()
