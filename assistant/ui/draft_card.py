"""One network's card on the drafting page: the best draft, its other angles, edit in place, try again, submit."""

from collections.abc import Sequence

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafts import Action, Item, State
from assistant.ui import deciding, editing, kept, past_posts, remarks, running, tries, wishing
from assistant.ui.card import heading_html, post_html
from assistant.ui.frame import errors_shown, tell
from assistant.ui.outside import plain
from assistant.ui.session import get_services, said, say
from assistant.ui.written_by import details_html


@st.fragment
def network_card(kit: Kit, brief_id: str, network: str) -> None:
    """The drafts of one network: one open, the others a click away. A click in here draws this card anew and no other."""
    with errors_shown():
        tell()
        with errors_shown():
            _try_again(kit, network, brief_id)
        items, failure = tries.on(kit, brief_id, network)
        if failure is not None:
            running.failure(kit, brief_id, network, failure)
        if items:
            _card(kit, items)


def _card(kit: Kit, items: Sequence[Item]) -> None:
    item = _chosen(items)
    network = item.draft.network
    st.html(heading_html(item, say(f"network.{network}"), older=tries.is_older(item)))
    _angles(item, items)
    deciding.refusals(item)
    if editing.is_editing(item):
        editing.edit_box(item)
        return
    st.html(post_html(item.draft, kit) + remarks.findings_html(item.draft))
    wishing.under_way(item)
    _actions(item)
    _why(item)


def _angles(item: Item, items: Sequence[Item]) -> None:
    """The angles to choose from, each named in three words, and another try."""
    key, names, network = _angle_key(items), _names(items), item.draft.network
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.pills(
            say("card.angles"),
            list(names),
            format_func=names.__getitem__,
            key=key,
            required=True,
            wrap=True,
            label_visibility="collapsed",
            on_change=kept.keep,
            args=(key,),
        )
        st.button(
            say("action.again"),
            key=f"again_{item.id}",
            icon=":material/refresh:",
            on_click=running.ask_again,
            args=(network,),
            type="tertiary",
            help=say("action.again.help"),
        )


def _names(items: Sequence[Item]) -> dict[str, str]:
    """Each angle in three words, with what became of it; a number tells apart those that read alike."""
    names: dict[str, str] = {}
    for item in items:
        name = plain(said(item.draft.angle))
        if item.state is not State.DRAFT:
            name = f"{name} · {say(f'state.{item.state}')}"
        elif item.version > 1:
            name = f"{name} · {say('card.edited')}"
        alike = sum(other == name or other.startswith(f"{name} (") for other in names.values())
        names[item.id] = f"{name} ({alike + 1})" if alike else name
    return names


def _chosen(items: Sequence[Item]) -> Item:
    """What the person chose on this network, else the best: the first, as the tries are ordered."""
    key, by_id = _angle_key(items), {item.id: item for item in items}
    kept.seed(key, items[0].id)
    if st.session_state[key] not in by_id:
        st.session_state[key] = items[0].id
    return by_id[st.session_state[key]]


def _angle_key(items: Sequence[Item]) -> str:
    newest = max(items, key=lambda item: (item.created_at, -item.draft.variant))
    return f"angle_{newest.id}"


def _actions(item: Item) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        deciding.buttons(item, f"draft_{item.id}")
        deciding.copy_button(item, f"draft_{item.id}")
        if Action.EDIT in get_services().review.actions(item):
            st.button(
                say("action.edit"), key=f"edit_{item.id}", icon=":material/edit:", on_click=editing.start, args=(item,), type="tertiary"
            )
        wishing.offer(item)
        wishing.back_button(item)


def _why(item: Item) -> None:
    draft, services = item.draft, get_services()
    with st.expander(say("card.why"), icon=":material/help:", key=f"why_{item.id}", on_change="rerun") as why:
        if why.open:
            with st.spinner(say("card.why.working")):
                score = services.voice_score(draft.brand, draft.text, draft.network, draft.language)
                told = remarks.voice_html(score, services.stores.posts.count(draft.brand))
            st.html(f'<div class="plume-why">{told}{details_html(draft)}</div>')
            past_posts.shown(draft, item.id)
            st.html(f'<div class="plume-why">{remarks.provenance_html(draft)}</div>')


def _try_again(kit: Kit, network: str, brief_id: str) -> None:
    asked, by = running.asked_again(network)
    if asked:
        with st.spinner(say("draft.working"), show_time=True):
            tries.again(kit, brief_id, network, by)
