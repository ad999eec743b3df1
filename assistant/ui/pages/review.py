"""Review: what waits for a person, the text as it will look, what changed, and the decisions that are possible."""

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafts import Item, State
from assistant.ui import shelves
from assistant.ui.exporting import export_box
from assistant.ui.frame import tell, title
from assistant.ui.review_card import review_card
from assistant.ui.session import brand, person, say

CARD = 420


def choose_shelf(kit: Kit) -> str:
    """Which items to show, each shelf with how many are on it."""
    counts = shelves.counts(kit.slug)
    chosen = st.segmented_control(
        say("review.filter"),
        list(shelves.SHELVES),
        format_func=lambda name: f"{say(f'shelf.{name}')} ({counts[name]})",
        key="review_filter",
        default="waiting",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or "waiting"


def show(kit: Kit, items: list[Item]) -> None:
    """The cards, as many beside each other as there is room for."""
    with st.grid(min_column_width=CARD, key="review_cards"):
        for item in items:
            with st.container(border=True, key=f"item_{item.id}"):
                review_card(kit, item.id)


kit = brand()
tell()
title(say("review.title", brand=kit.name), kit.colour)
if person() == say("person.unnamed"):
    st.caption(f":material/badge: {say('review.unnamed')}")
shelf = choose_shelf(kit)
items, more = shelves.on(kit.slug, shelf)
if shelf == "approved" and any(item.state is State.APPROVED for item in items):
    export_box(kit.slug)
if items:
    show(kit, items)
else:
    st.info(say(f"shelf.{shelf}.empty"))
if more:
    st.button(say("review.more", count=more), key="review_more", on_click=shelves.show_more, icon=":material/expand_more:")
