"""One item on the review page: the post, the remarks, the decisions, the history."""

from itertools import pairwise

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafts import Action, Decision, Item
from assistant.exports.plain import plain
from assistant.messages import has
from assistant.ui import deciding, editing, remarks, shelves
from assistant.ui.card import heading_html, post_html
from assistant.ui.comparing import difference_html
from assistant.ui.frame import errors_shown, tell
from assistant.ui.outside import html
from assistant.ui.session import get_services, moment, say


@st.fragment
def review_card(kit: Kit, id: str) -> None:
    """A click in here draws this card anew; a decision draws the page anew."""
    with errors_shown():
        _card(kit, id)


def _card(kit: Kit, id: str) -> None:
    item = shelves.item(id)
    tell()
    note = say("review.written", author=item.author, network=say(f"network.{item.draft.network}"))
    st.html(heading_html(item, title_of(item), note))
    deciding.refusals(item)
    if editing.is_editing(item):
        editing.edit_box(item)
        return
    st.html(post_html(item.draft, kit) + asked_for(item) + remarks.findings_html(item.draft))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        deciding.buttons(item, f"review_{id}", after=shelves.decided)
        deciding.copy_button(item, f"review_{id}")
        if Action.EDIT in get_services().review.actions(item):
            st.button(say("action.edit"), key=f"edit_{id}", icon=":material/edit:", on_click=editing.start, args=(item,), type="tertiary")
        deciding.more_buttons(item, f"review_{id}", after=shelves.decided)
    history(item)


def title_of(item: Item) -> str:
    """The brief's subject, else the first words of the text."""
    brief = get_services().brief_of(item.brief_id)
    return brief.subject if brief else remarks.shortened(item.draft.text)[:60]


def asked_for(item: Item) -> str:
    """What the last request for changes says, while it stands."""
    last = item.history[-1] if item.history else None
    if last is None or last.action is not Action.REQUEST_CHANGES:
        return ""
    return (
        f'<blockquote class="plume-quote"><b>{html(last.actor)}</b> {html(say(f"event.{last.action}"))}<br>{html(last.reason)}</blockquote>'
    )


def history(item: Item) -> None:
    """Who did what, and what changed between two versions."""
    with st.expander(say("review.history"), key=f"history_{item.id}", icon=":material/history:", on_change="rerun") as opened:
        if opened.open:
            versions = get_services().stores.drafts.versions(item.id)
            changes = [
                f"<h3>{html(say('review.changed', actor=after.actor, version=after.version))}</h3>"
                + difference_html(*(plain(one.draft, one.draft.language) for one in (before, after)))
                for before, after in pairwise(versions)
            ]
            st.html(f'<ol class="plume-history">{"".join(map(_told, item.history))}</ol>{"".join(changes)}')


def _told(one: Decision) -> str:
    said = say(one.reason) if one.reason.startswith("wish.") and has(one.reason) else one.reason
    reason = f"<br>{html(said)}" if said else ""
    day, hour = moment(one.at)
    at = say("review.at", day=day, hour=hour)
    return f"<li><small>{html(at)}</small> <b>{html(one.actor)}</b> {html(say(f'event.{one.action}'))}{reason}</li>"
