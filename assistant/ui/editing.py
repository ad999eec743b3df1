"""Editing in place. What is typed is kept at every pause and only becomes the draft's text when it is saved."""

import streamlit as st

from assistant.drafts import Item
from assistant.errors import AssistantError
from assistant.networks.catalogue import get
from assistant.ui import kept
from assistant.ui.card import counter_html
from assistant.ui.deciding import refuse
from assistant.ui.session import get_services, person, say

SHORT = 90


def is_editing(item: Item) -> bool:
    """Whether the person has this text open; also when it was left open before a refresh."""
    flag = f"editing_{item.id}"
    if flag not in st.session_state:
        st.session_state[flag] = kept.is_kept(f"text_{item.id}")
    return bool(st.session_state[flag])


def start(item: Item) -> None:
    """Open the text for editing."""
    st.session_state[f"editing_{item.id}"] = True


def stop(item: Item) -> None:
    """Give the edit up."""
    st.session_state[f"editing_{item.id}"] = False
    kept.forget(*_keys(item).values())


def edit_box(item: Item) -> None:
    """The text, and the fields that the network has."""
    network = get(item.draft.network)
    for field, key in _keys(item).items():
        kept.seed(key, getattr(item.draft, field))
        helped = say("card.alt_text.help") if field == "alt_text" else None
        height = "content" if field == "text" else SHORT
        st.text_area(say(f"card.{field}"), key=key, height=height, help=helped, on_change=kept.keep, args=(key,))  # type: ignore[arg-type]
        if field == "text":
            st.html(f'<div class="plume-card bare"><footer>{counter_html(str(st.session_state[key]), network)}</footer></div>')
    with st.container(horizontal=True):
        st.button(say("action.save"), key=f"save_{item.id}", type="primary", on_click=save, args=(item,))
        st.button(say("action.cancel"), key=f"cancel_{item.id}", on_click=stop, args=(item,))


def save(item: Item) -> None:
    """Save what was typed into the card. A stale save is refused with both texts shown, and what was typed stays in the box."""
    state = st.session_state
    fields = {field: str(state[key]) for field, key in _keys(item).items() if key in state}
    try:
        get_services().review.edit(item.id, actor=person(), version=item.version, **fields)
    except AssistantError as error:
        refuse(item, error)
        return
    state["told"] = say("done.edit")
    stop(item)


def _keys(item: Item) -> dict[str, str]:
    """The fields that can be edited, each with the key of its box."""
    fields = ["text"]
    fields += ["first_comment"] if item.draft.first_comment else []
    fields += ["alt_text"] if get(item.draft.network).alt_text_limit else []
    return {field: f"{field}_{item.id}" for field in fields}
