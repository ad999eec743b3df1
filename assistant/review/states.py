"""The table of states: what may be done to a draft, and where it leads. Pure.

    draft ──► in_review ──► approved ──► published
                │    ▲         │
                ▼    │         │ edit: back to in_review, the seal is gone
        changes_requested ◄────┘ (through in_review)

`rejected`, `withdrawn` and `published` are ends. An export changes nothing: it is an event of an approved item.
"""

from collections.abc import Mapping

from assistant.drafts import Action, Item, State
from assistant.errors import NotAllowed
from assistant.messages import Message

MOVES: Mapping[State, Mapping[Action, State]] = {
    State.DRAFT: {
        Action.EDIT: State.DRAFT,
        Action.SUBMIT: State.IN_REVIEW,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.IN_REVIEW: {
        Action.EDIT: State.IN_REVIEW,
        Action.APPROVE: State.APPROVED,
        Action.REQUEST_CHANGES: State.CHANGES_REQUESTED,
        Action.REJECT: State.REJECTED,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.CHANGES_REQUESTED: {
        Action.EDIT: State.CHANGES_REQUESTED,
        Action.SUBMIT: State.IN_REVIEW,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {
        Action.EDIT: State.IN_REVIEW,
        Action.PUBLISH: State.PUBLISHED,
        Action.EXPORT: State.APPROVED,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.PUBLISHED: {},
    State.REJECTED: {},
    State.WITHDRAWN: {},
}
SEALED = (State.APPROVED, State.PUBLISHED)
"""States in which an item carries the seal of the text that was approved."""


def actions(item: Item) -> tuple[Action, ...]:
    """What can be done to `item` now, in the order in which buttons are shown."""
    return tuple(action for action in Action if action in MOVES[item.state])


def apply(item: Item, action: Action) -> State:
    """The state that `action` leads to. Raises NotAllowed `review.not_allowed` naming what is possible."""
    after = MOVES[item.state].get(action)
    if after is None:
        raise not_allowed(item, action)
    return after


def not_allowed(item: Item, action: Action) -> NotAllowed:
    """The refusal of `action`, with what can be done instead."""
    possible = actions(item)
    id = "review.not_allowed" if possible else "review.ended"
    values = {"state": Message(f"state.{item.state}"), "action": Message(f"action.{action}")}
    return NotAllowed(id, **values, allowed=tuple(Message(f"action.{one}") for one in possible))
