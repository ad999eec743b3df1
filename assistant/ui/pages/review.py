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
    """Which items to show, each shelf with how many are on it.

    A choice travels by its label: one that changes between two runs loses the click that was made meanwhile. So the labels stay
    as they are, and the figures are put beside them by the style.
    """
    counts = shelves.counts(kit.slug)
    at = ".st-key-review_filter [role=radio]:nth-of-type({}) p::after"
    figures = (f'{at.format(number)} {{ content: "\\00a0({counts[name]})"; }}' for number, name in enumerate(shelves.SHELVES, 1))
    st.html(f"<style>{''.join(figures)}</style>")
    chosen = st.segmented_control(
        say("review.filter"),
        list(shelves.SHELVES),
        format_func=lambda name: say(f"shelf.{name}"),
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
