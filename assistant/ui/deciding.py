"""The buttons under a draft: which ones exist is the review's word, not ours."""

from collections.abc import Callable

import streamlit as st

from assistant.drafts import Action, Item, State
from assistant.errors import AssistantError, StaleVersion
from assistant.services.exporting import mark_copied
from assistant.ui import kept
from assistant.ui.outside import plain
from assistant.ui.session import get_services, person, said, say

READY = "ready"
"""« Bon pour publication »: submit and approve in one go."""
FIRST = {
    State.DRAFT: (READY, Action.SUBMIT),
    State.IN_REVIEW: (Action.APPROVE, Action.REQUEST_CHANGES),
    State.CHANGES_REQUESTED: (Action.SUBMIT, READY),
    State.APPROVED: (Action.PUBLISH,),
}
"""What is offered at once, the likeliest first; the rest is behind « Plus »."""
REST = (Action.REJECT, Action.WITHDRAW)
REASON_WANTED = (Action.REQUEST_CHANGES, Action.REJECT)
REASON_HEIGHT = 96
After = Callable[[Item], None]


def decide(item: Item, action: str, reason_key: str = "", after: After | None = None) -> None:
    """Take one decision; what cannot be is said in words, and nothing of the person's is lost."""
    review, state = get_services().review, st.session_state
    reason = str(state.get(reason_key, "")) if reason_key else ""
    act = review.ready if action == READY else getattr(review, action.replace("-", "_"))
    try:
        act(item.id, actor=person(), version=item.version, reason=reason)
    except AssistantError as error:
        refuse(item, error)
    else:
        state["told"] = say(f"done.{action}")
        if reason_key:
            kept.forget(reason_key)
    if after is not None:
        after(item)


def refuse(item: Item, error: AssistantError) -> None:
    """Remember why the last action on this item was refused."""
    stale = isinstance(error, StaleVersion)
    st.session_state["refused"] = {item.id: (said(error.message), str(error.values.get("theirs", "")) if stale else "")}


def refusals(item: Item) -> None:
    """Why the last action on this item was refused; with the other person's text when two saved at once."""
    refused = st.session_state.get("refused", {})
    if item.id not in refused:
        return
    sentence, theirs = refused[item.id]
    st.error(plain(sentence), icon=":material/block:")
    if theirs:
        st.caption(say("card.theirs"))
        st.code(theirs, language=None, wrap_lines=True)
    del st.session_state["refused"]


def buttons(item: Item, key: str, *, after: After | None = None) -> None:
    """The decisions that are likeliest now; call it inside a horizontal container."""
    possible = (*get_services().review.actions(item), READY)
    for number, action in enumerate(FIRST.get(item.state, ())):
        if action in possible:
            _button(item, action, key, primary=number == 0, after=after)


def copy_button(item: Item, key: str) -> None:
    """What is approved is copied in one click, and the record says that it left; the browser's part is in `page.js`."""
    if item.state is State.APPROVED:
        st.button(say("action.copy"), key=f"copy_{key}", icon=":material/content_copy:", on_click=_copied, args=(item,))


def _copied(item: Item) -> None:
    try:
        mark_copied(get_services(), item, person())
    except AssistantError as error:
        refuse(item, error)
    else:
        st.session_state["told"] = say("action.copied")


def more_buttons(item: Item, key: str, *, after: After | None = None) -> None:
    """The rarer decisions, one click further away."""
    possible = [action for action in REST if action in get_services().review.actions(item)]
    if not possible:
        return
    with st.popover(say("action.more"), key=f"{key}_more", type="tertiary", on_change="rerun") as more:
        if more.open:
            for action in possible:
                _asking(item, action, key, after) if action in REASON_WANTED else _button(item, action, key, after=after)


def _button(item: Item, action: str, key: str, *, primary: bool = False, after: After | None = None) -> None:
    approving = action in (READY, Action.APPROVE)
    kind, icon = ("primary" if primary else "secondary"), ":material/verified:" if approving else None
    if action in REASON_WANTED or (approving and _waivable(item)):
        with st.popover(say(f"action.{action}"), key=f"{key}_{action}_open", icon=icon, on_change="rerun") as asked:
            if asked.open:
                _asking(item, action, key, after)
        return
    st.button(
        say(f"action.{action}"),
        key=f"{key}_{action}",
        type=kind,  # type: ignore[arg-type] # one of the two above
        icon=icon,
        on_click=decide,
        args=(item, action, "", after),
        help=say("action.ready.help") if action == READY else None,
    )


def _asking(item: Item, action: str, key: str, after: After | None) -> None:
    """A decision with its reason, which is kept while it is typed."""
    if action in (READY, Action.APPROVE):
        st.caption(say("action.approve.waive"))
    reason = f"reason_{item.id}_{action}"
    kept.seed(reason)
    st.text_area(say(f"reason.{action}"), key=reason, height=REASON_HEIGHT, on_change=kept.keep, args=(reason,))
    st.button(say(f"action.{action}"), key=f"{key}_{action}", type="primary", on_click=decide, args=(item, action, reason, after))


def _waivable(item: Item) -> bool:
    """Whether a reason can lift what blocks this text: errors, none of which blocks it whatever the reason."""
    errors = [one for one in item.draft.findings if one.level == "error"]
    return bool(errors) and all(one.waivable for one in errors)
