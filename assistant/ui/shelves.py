"""The shelves of the review page: what stands on each, in an order that does not jump under somebody's hand.

An item that was just decided stays where it was, with its new state, until another shelf is chosen: otherwise the second
of two quick clicks would hit the item that took its place.
"""

import streamlit as st

from assistant.drafts import Item, State
from assistant.ui.session import get_services

SHELVES: dict[str, tuple[State, ...]] = {
    "waiting": (State.IN_REVIEW,),
    "changes": (State.CHANGES_REQUESTED,),
    "approved": (State.APPROVED,),
    "ended": (State.PUBLISHED, State.REJECTED, State.WITHDRAWN),
}
PAGE = 12


def counts(slug: str) -> dict[str, int]:
    """How many items stand on each shelf."""
    drafts = get_services().stores.drafts
    return {name: drafts.count(slug, states) for name, states in SHELVES.items()}


def on(slug: str, shelf: str) -> tuple[list[Item], int]:
    """The items to show, and how many more there are. Each is handed to its card without being read again."""
    state, drafts = st.session_state, get_services().stores.drafts
    if state.get("review_at") != (slug, shelf):
        state.update({"review_at": (slug, shelf), "review_order": [], "review_decided": [], "review_shown": PAGE})
    limit = state["review_shown"]
    found = {item.id: item for item in drafts.find(slug, SHELVES[shelf], limit=limit)}
    for id in state["review_decided"]:
        found.setdefault(id, drafts.get(id))
    known = {id: place for place, id in enumerate(state["review_order"])}
    fresh = [item for item in found.values() if item.id not in known]
    items = [*fresh, *sorted((item for item in found.values() if item.id in known), key=lambda item: known[item.id])]
    state["review_order"] = [item.id for item in items]
    state["review_items"] = {item.id: item for item in items}
    return items, max(0, drafts.count(slug, SHELVES[shelf]) - limit)


def item(id: str) -> Item:
    """One item: as the page has just read it, else, when only its card is drawn, read now."""
    just_read: dict[str, Item] = st.session_state.get("review_items", {})
    return just_read.pop(id, None) or get_services().stores.drafts.get(id)


def decided(item: Item) -> None:
    """Keep a decided item where it stands, and draw the whole page anew, since the shelves' counts have changed."""
    if item.id not in st.session_state["review_decided"]:
        st.session_state["review_decided"].append(item.id)
    st.rerun()


def show_more() -> None:
    """Show another page of items; an `on_click`."""
    st.session_state["review_shown"] += PAGE
