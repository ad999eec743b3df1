from collections.abc import Callable

import pytest

from assistant.drafts import Action, Item, State
from assistant.errors import NotAllowed
from assistant.messages import LANGUAGES, has, render
from assistant.review import states

S, A = State, Action
TABLE: dict[tuple[State, Action], State | None] = {
    (S.DRAFT, A.EDIT): S.DRAFT,
    (S.DRAFT, A.SUBMIT): S.IN_REVIEW,
    (S.DRAFT, A.APPROVE): None,
    (S.DRAFT, A.REQUEST_CHANGES): None,
    (S.DRAFT, A.REJECT): None,
    (S.DRAFT, A.PUBLISH): None,
    (S.DRAFT, A.WITHDRAW): S.WITHDRAWN,
    (S.DRAFT, A.EXPORT): None,
    (S.IN_REVIEW, A.EDIT): S.IN_REVIEW,
    (S.IN_REVIEW, A.SUBMIT): None,
    (S.IN_REVIEW, A.APPROVE): S.APPROVED,
    (S.IN_REVIEW, A.REQUEST_CHANGES): S.CHANGES_REQUESTED,
    (S.IN_REVIEW, A.REJECT): S.REJECTED,
    (S.IN_REVIEW, A.PUBLISH): None,
    (S.IN_REVIEW, A.WITHDRAW): S.WITHDRAWN,
    (S.IN_REVIEW, A.EXPORT): None,
    (S.CHANGES_REQUESTED, A.EDIT): S.CHANGES_REQUESTED,
    (S.CHANGES_REQUESTED, A.SUBMIT): S.IN_REVIEW,
    (S.CHANGES_REQUESTED, A.APPROVE): None,
    (S.CHANGES_REQUESTED, A.REQUEST_CHANGES): None,
    (S.CHANGES_REQUESTED, A.REJECT): None,
    (S.CHANGES_REQUESTED, A.PUBLISH): None,
    (S.CHANGES_REQUESTED, A.WITHDRAW): S.WITHDRAWN,
    (S.CHANGES_REQUESTED, A.EXPORT): None,
    (S.APPROVED, A.EDIT): S.IN_REVIEW,
    (S.APPROVED, A.SUBMIT): None,
    (S.APPROVED, A.APPROVE): None,
    (S.APPROVED, A.REQUEST_CHANGES): None,
    (S.APPROVED, A.REJECT): None,
    (S.APPROVED, A.PUBLISH): S.PUBLISHED,
    (S.APPROVED, A.WITHDRAW): S.WITHDRAWN,
    (S.APPROVED, A.EXPORT): S.APPROVED,
    **{(ended, action): None for ended in (S.PUBLISHED, S.REJECTED, S.WITHDRAWN) for action in A},
}
"""Written out a second time on purpose: a change of the table has to be meant."""


def test_every_cell_of_the_table_is_looked_at() -> None:
    assert set(TABLE) == {(state, action) for state in State for action in Action}


@pytest.mark.parametrize(("state", "action", "after"), [(*cell, after) for cell, after in TABLE.items()])
def test_an_action_leads_where_the_table_says_or_is_refused(
    make_item: Callable[..., Item], state: State, action: Action, after: State | None
) -> None:
    item = make_item(state=state)
    if after is not None:
        assert states.apply(item, action) == after
        assert action in states.actions(item)
        return
    with pytest.raises(NotAllowed) as caught:
        states.apply(item, action)
    assert action not in states.actions(item)
    assert {message.id for message in caught.value.values["allowed"]} == {f"action.{one}" for one in states.actions(item)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("state", "action"), [cell for cell, after in TABLE.items() if after is None])
def test_a_refusal_reads_as_a_sentence(make_item: Callable[..., Item], state: State, action: Action, language: str) -> None:
    sentence = render(states.not_allowed(make_item(state=state), action).message, "fr" if language == "fr" else "en")
    assert "$" not in sentence
    assert "state." not in sentence
    assert "action." not in sentence


def test_every_state_and_action_has_a_name() -> None:
    assert [id for id in (*(f"state.{one}" for one in State), *(f"action.{one}" for one in Action)) if not has(id)] == []


def test_only_an_approved_text_can_be_exported_or_published(make_item: Callable[..., Item]) -> None:
    free = [state for state in State if {Action.EXPORT, Action.PUBLISH} & set(states.actions(make_item(state=state)))]
    assert free == [State.APPROVED]
