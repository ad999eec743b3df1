from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from assistant.drafts import Action, Item, State, seal
from assistant.errors import InputError, NotAllowed, NotFound, StaleVersion
from assistant.findings import Finding
from assistant.messages import LANGUAGES, render
from assistant.review.service import Review
from assistant.storage.stores import Stores

HARD = (Finding("limits.length", "error"), Finding("brand.never", "error"), Finding("language.mismatch", "error"))
SOFT = Finding("grounding.number", "error")


def test_a_draft_goes_the_whole_way_and_each_step_is_signed(review: Review, item: Item, stores: Stores) -> None:
    review.submit("d1", actor="Nora", version=1)
    review.request_changes("d1", actor="Samir", version=2, reason="plus court")
    review.edit("d1", actor="Nora", version=3, text="Four chaud.")
    review.submit("d1", actor="Nora", version=4)
    review.approve("d1", actor="Samir", version=5)
    done = review.publish("d1", actor="Nora", version=6)
    assert [(one.action, one.actor, one.before, one.after, one.version) for one in done.history] == [
        (Action.SUBMIT, "Nora", State.DRAFT, State.IN_REVIEW, 2),
        (Action.REQUEST_CHANGES, "Samir", State.IN_REVIEW, State.CHANGES_REQUESTED, 3),
        (Action.EDIT, "Nora", State.CHANGES_REQUESTED, State.CHANGES_REQUESTED, 4),
        (Action.SUBMIT, "Nora", State.CHANGES_REQUESTED, State.IN_REVIEW, 5),
        (Action.APPROVE, "Samir", State.IN_REVIEW, State.APPROVED, 6),
        (Action.PUBLISH, "Nora", State.APPROVED, State.PUBLISHED, 7),
    ]
    assert done.history[1].reason == "plus court"
    assert (done.state, done.version, done.sealed) == (State.PUBLISHED, 7, seal(done.draft))
    assert stores.audit.verify() is None


def test_an_approval_is_sealed_to_the_text(review: Review, item: Item) -> None:
    done = review.ready("d1", actor="Nora", version=1)
    assert done.sealed == seal(item.draft) == done.history[-1].seal


@pytest.mark.parametrize(
    "change", [{"text": "Le four est chaud !"}, {"first_comment": "#pain"}, {"alt_text": "Un four."}, {"parts": ["a"]}]
)
def test_one_changed_character_takes_an_approved_text_back_to_review(review: Review, item: Item, change: dict[str, Any]) -> None:
    approved = review.ready("d1", actor="Nora", version=1)
    edited = review.edit("d1", actor="Nora", version=approved.version, **change)
    assert (edited.state, edited.sealed, edited.version) == (State.IN_REVIEW, "", approved.version + 1)
    with pytest.raises(NotAllowed):
        review.publish("d1", actor="Nora", version=edited.version)


@pytest.mark.parametrize("change", [{"text": "Autre"}, {"first_comment": "#pain"}, {"alt_text": "Un four."}, {"parts": ["a"]}])
def test_every_field_that_leaves_is_kept_as_it_was_read(review: Review, item: Item, stores: Stores, change: dict[str, Any]) -> None:
    edited = review.edit("d1", actor="Nora", version=1, **change)
    assert [one.draft for one in stores.drafts.versions("d1")] == [item.draft, edited.draft]


def test_saving_the_same_text_again_changes_nothing(review: Review, item: Item, stores: Stores) -> None:
    approved = review.ready("d1", actor="Nora", version=1)
    rows = stores.audit.count()
    assert review.edit("d1", actor="Nora", version=approved.version, text=item.draft.text + " \u200b") == approved
    assert stores.audit.count() == rows


def test_ready_is_one_click_of_two_signed_decisions(review: Review, item: Item) -> None:
    done = review.ready("d1", actor="Nora", version=1)
    assert [(one.action, one.version) for one in done.history] == [(Action.SUBMIT, 2), (Action.APPROVE, 3)]
    assert done.state == State.APPROVED


def test_ready_on_a_submitted_text_only_approves_it(review: Review, item: Item) -> None:
    review.submit("d1", actor="Nora", version=1)
    assert [one.action for one in review.ready("d1", actor="Nora", version=2).history] == [Action.SUBMIT, Action.APPROVE]


def test_ready_that_cannot_approve_does_not_submit_either(review: Review, item: Item, checks: Any, stores: Stores) -> None:
    checks.findings = HARD
    with pytest.raises(NotAllowed):
        review.ready("d1", actor="Nora", version=1)
    assert stores.drafts.get("d1") == item


@pytest.mark.parametrize("finding", HARD, ids=lambda finding: finding.id)
def test_no_reason_waives_what_cannot_be_waived(review: Review, item: Item, checks: Any, finding: Finding) -> None:
    checks.findings = (finding, SOFT)
    with pytest.raises(NotAllowed) as caught:
        review.ready("d1", actor="Nora", version=1, reason="le client le veut")
    assert (caught.value.id, caught.value.values["count"]) == ("review.blocked", 1)


def test_another_error_needs_a_reason_which_is_kept_with_what_it_waives(review: Review, item: Item, checks: Any) -> None:
    checks.findings = (SOFT, Finding("typography.spaces", "warning"))
    with pytest.raises(NotAllowed) as caught:
        review.ready("d1", actor="Nora", version=1, reason="  ")
    assert (caught.value.id, caught.value.values["count"]) == ("review.errors_remain", 1)
    done = review.ready("d1", actor="Nora", version=1, reason="chiffre confirmé par Samir")
    assert done.history[-1].reason == "chiffre confirmé par Samir"
    assert done.history[-1].findings == ("grounding.number", "typography.spaces")


def test_warnings_do_not_stop_an_approval(review: Review, item: Item, checks: Any) -> None:
    checks.findings = (Finding("brand.avoid", "warning"), Finding("tics.opening", "info"))
    done = review.ready("d1", actor="Nora", version=1)
    assert done.state == State.APPROVED
    assert [finding.id for finding in done.draft.findings] == ["brand.avoid", "tics.opening"]


def test_a_text_is_checked_afresh_when_it_is_edited_and_when_it_is_approved(review: Review, item: Item, checks: Any) -> None:
    edited = review.edit("d1", actor="Nora", version=1, text="Nouveau")
    assert edited.draft.length == 7
    review.submit("d1", actor="Nora", version=2)
    review.approve("d1", actor="Nora", version=3)
    assert checks.read == ("Nouveau", "Nouveau")


def test_checks_that_change_the_text_are_caught(stores: Stores, item: Item, now: datetime) -> None:
    meddling = Review(stores, lambda: now, lambda: "id", lambda draft: replace(draft, text=draft.text + "!"))
    with pytest.raises(ValueError, match="changed the text"):
        meddling.ready("d1", actor="Nora", version=1)
    assert stores.drafts.get("d1") == item


@pytest.mark.parametrize("action", ["submit", "ready", "withdraw"])
def test_a_second_click_finds_its_work_done(review: Review, item: Item, stores: Stores, action: str) -> None:
    first = getattr(review, action)("d1", actor="Nora", version=1)
    rows = stores.audit.count()
    assert getattr(review, action)("d1", actor="Nora", version=1) == first
    assert stores.audit.count() == rows


@pytest.mark.parametrize(
    ("action", "reason"), [("approve", ""), ("request_changes", "plus court"), ("reject", "hors sujet"), ("reject", "")]
)
def test_a_second_click_on_a_submitted_text_finds_its_work_done(review: Review, item: Item, action: str, reason: str) -> None:
    review.submit("d1", actor="Nora", version=1)
    first = getattr(review, action)("d1", actor="Samir", version=2, reason=reason)
    assert getattr(review, action)("d1", actor="Samir", version=2, reason=reason) == first


def test_a_second_click_on_save_finds_its_text_saved(review: Review, item: Item) -> None:
    first = review.edit("d1", actor="Nora", version=1, text="Nouveau")
    assert review.edit("d1", actor="Nora", version=1, text="Nouveau ") == first


def test_a_second_click_still_finds_its_work_done_when_others_went_on(review: Review, item: Item) -> None:
    review.submit("d1", actor="Nora", version=1)
    approved = review.approve("d1", actor="Samir", version=2)
    assert review.submit("d1", actor="Nora", version=1) == approved


@pytest.mark.parametrize(("actor", "reason"), [("Ana", "plus court"), ("Samir", "une autre raison")])
def test_the_same_action_by_somebody_else_or_for_another_reason_is_stale(review: Review, item: Item, actor: str, reason: str) -> None:
    review.submit("d1", actor="Nora", version=1)
    review.request_changes("d1", actor="Samir", version=2, reason="plus court")
    with pytest.raises(StaleVersion) as caught:
        review.request_changes("d1", actor=actor, version=2, reason=reason)
    assert caught.value.values["by"] == "Samir"


def test_a_stale_edit_is_refused_with_both_texts(review: Review, item: Item) -> None:
    review.edit("d1", actor="Samir", version=1, text="Le four est froid.")
    with pytest.raises(StaleVersion) as caught:
        review.edit("d1", actor="Nora", version=1, text="Le four est tiède.")
    assert caught.value.values == {"mine": "Le four est tiède.", "theirs": "Le four est froid.", "version": 2, "by": "Samir"}


def test_a_stale_approval_shows_what_was_read_and_what_it_is_now(review: Review, item: Item) -> None:
    review.submit("d1", actor="Nora", version=1)
    review.edit("d1", actor="Nora", version=2, text="Le four est froid.")
    with pytest.raises(StaleVersion) as caught:
        review.approve("d1", actor="Samir", version=2)
    assert caught.value.values == {"mine": "Le four est chaud.", "theirs": "Le four est froid.", "version": 3, "by": "Nora"}


@pytest.mark.parametrize("version", [0, -1, 2, 99])
def test_a_version_that_never_was_is_refused(review: Review, item: Item, version: int) -> None:
    with pytest.raises(StaleVersion):
        review.submit("d1", actor="Nora", version=version)


@pytest.mark.parametrize("end", [State.PUBLISHED, State.REJECTED, State.WITHDRAWN])
def test_nothing_moves_after_the_end(review: Review, stores: Stores, make_item: Callable[..., Item], now: datetime, end: State) -> None:
    item = make_item(state=end)
    stores.drafts.add([item], now=now, actor="Nora")
    for name in ("submit", "approve", "ready", "reject", "publish", "withdraw"):
        with pytest.raises(NotAllowed) as caught:
            getattr(review, name)("d1", actor="Nora", version=1)
        assert caught.value.id == "review.ended"
    with pytest.raises(NotAllowed):
        review.edit("d1", actor="Nora", version=1, text="Autre")
    assert stores.drafts.get("d1") == item


def test_who_asks_for_changes_says_which(review: Review, item: Item) -> None:
    review.submit("d1", actor="Nora", version=1)
    with pytest.raises(InputError) as caught:
        review.request_changes("d1", actor="Samir", version=2, reason=" ")
    assert caught.value.id == "review.reason_wanted"


@pytest.mark.parametrize("actor", ["", "  ", "\n", "\u200b\u202e"])
def test_nobody_decides_nothing(review: Review, item: Item, actor: str) -> None:
    with pytest.raises(InputError) as caught:
        review.ready("d1", actor=actor, version=1)
    assert caught.value.id == "review.no_actor"


def test_an_unknown_item_is_not_found(review: Review) -> None:
    with pytest.raises(NotFound):
        review.submit("nowhere", actor="Nora", version=1)


def test_a_text_changed_behind_the_approval_cannot_be_published(
    review: Review, stores: Stores, make_item: Callable[..., Item], now: datetime
) -> None:
    stores.drafts.add([make_item(state=State.APPROVED, sealed="0" * 64)], now=now, actor="Nora")
    with pytest.raises(NotAllowed) as caught:
        review.publish("d1", actor="Nora", version=1)
    assert caught.value.id == "review.seal_broken"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_approval_names_the_first_error(review: Review, item: Item, checks: Any, language: Any) -> None:
    checks.findings = (SOFT, replace(SOFT, values={}))
    with pytest.raises(NotAllowed) as caught:
        review.ready("d1", actor="Nora", version=1)
    values = {**caught.value.values, "first": "X.", "findings": ()}
    assert "X." in render(replace(caught.value.message, values=values), language)
    assert [message.id for message in caught.value.values["findings"]] == ["finding.grounding.number"] * 2  # type: ignore[attr-defined]
