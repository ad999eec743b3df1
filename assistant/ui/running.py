"""What is being written behind the page: said where each text will stand, with a way to stop it, until it is there or has failed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.brands.kit import Kit
from assistant.messages import Message
from assistant.services.runs import CANCELLED, Progress, Run
from assistant.ui import tries
from assistant.ui.brief_form import network_name
from assistant.ui.frame import errors_shown
from assistant.ui.outside import html, plain
from assistant.ui.session import said, say

EVERY_S = 1.0
"""Between two looks at what goes on."""
Places = Mapping[str, st.delta_generator.DeltaGenerator]
NOT_A_FAULT = (*CANCELLED, "run.not_there")
OFFERS: tuple[tuple[tries.Writer | None, str, str], ...] = (
    (None, "run.again", ":material/refresh:"),
    ("built-in", "run.built_in", ":material/edit_note:"),
)
"""Who would write, what the button says, its sign; the second only where somebody else wrote, or may write, first."""


@st.fragment(run_every=EVERY_S)
def watch(brief_id: str, drawn: Sequence[str], places: Places) -> None:
    """Say how far it is, and offer to stop; the page is drawn anew as soon as a text is there."""
    with errors_shown():
        run = tries.running(brief_id)
        pending = run.pending() if run else ()
        if run is None or set(pending) != set(drawn):
            st.rerun()
        told = run.progress()
        done = sum(one.stage in ("done", "failed", "cancelled") for one in told.values())
        words = html(say("run.summary", count=done, of=len(told)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draft_running"):
            st.html(f'<p class="plume-running" role="status">{words}</p>')
            st.button(say("run.cancel"), key="draft_cancel", icon=":material/close:", type="tertiary", on_click=run.cancel)
        tell(run, pending, places)


def tell(run: Run, pending: Sequence[str], places: Places) -> None:
    """Where each text will stand, what is being done for it."""
    told = run.progress()
    for network in pending:
        if (now := told[network]).stage not in ("done", "failed"):  # it has come since: the page draws it next
            places[network].html(waiting_html(network, now))


def waiting_html(network: str, now: Progress) -> str:
    """What is being done for one network, in words."""
    name, seconds = network_name(network), round(now.seconds_left)
    words = say(f"run.{now.stage}", network=name) if now.stage != "cancelled" else say("run.stopping", network=name)
    why = said(now.why) if now.stage == "retrying" and now.why else ""
    more = " · ".join(filter(None, (why, say("run.seconds", seconds=seconds) if seconds else "")))
    below = f"<br><small>{html(more[:1].upper() + more[1:])}</small>" if more else ""
    return f'<div class="plume-waiting">{html(words)}{below}</div>'


def failure(kit: Kit, brief_id: str, network: str, why: Message) -> None:
    """Why there is no new text for a network, and what can be done about it; Plume takes nothing over unasked."""
    words = plain(say("run.failed", network=network_name(network), why=said(why)))
    if why.id in NOT_A_FAULT:
        st.info(words, icon=":material/pause_circle:")
    else:
        st.error(words, icon=":material/error:")
    with st.container(horizontal=True, gap="xsmall"):
        for by, id, icon in OFFERS if why.id.startswith("model.") or tries.writer(kit) != "built-in" else OFFERS[:1]:
            key = f"retry_{network}" if by is None else f"takeover_{network}"
            st.button(say(id), key=key, icon=icon, on_click=ask_again, args=(network, by))


def several_failed(kit: Kit, brief_id: str, networks: Sequence[str]) -> None:
    """What can be done about several networks at once: a server that is away fails them all."""
    st.html(f'<p class="plume-running">{html(say("run.several", count=len(networks)))}</p>')
    with st.container(horizontal=True, gap="small"):
        for by, id, icon in OFFERS if tries.writer(kit) != "built-in" else OFFERS[:1]:
            key = "retry_all" if by is None else "takeover_all"
            args = (kit, brief_id, networks, by)
            st.button(say(id), key=key, icon=icon, on_click=tries.again_for, args=args, type="tertiary")


def asked_again(network: str) -> tuple[bool, tries.Writer | None]:
    """Whether another try was asked for on a card since it was last drawn, and by whom; said once."""
    if f"again_{network}" not in st.session_state:
        return False, None
    by: tries.Writer | None = st.session_state.pop(f"again_{network}")
    return True, by


def ask_again(network: str, by: tries.Writer | None = None) -> None:
    """Another try on one network; the `on_click` of its button, heard by its card."""
    st.session_state[f"again_{network}"] = by
