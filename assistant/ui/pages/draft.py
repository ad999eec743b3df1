"""Draft: the brief on one side, one card per network on the other."""

import streamlit as st

from assistant.brands.kit import Kit
from assistant.errors import AssistantError, InputError
from assistant.ui import brief_form, brief_in_hand, tries
from assistant.ui.draft_card import network_card
from assistant.ui.frame import show_error, tell, title
from assistant.ui.outside import html, plain
from assistant.ui.session import brand, said, say

CARD = 380  # pixels under which a card is hard to read: the grid takes as many as fit


def ask_for_drafts(kit: Kit, brief_id: str) -> None:
    """Put the wanted networks on the list, or say what is missing. The page draws them one by one."""
    if not brief_in_hand.typed().get("subject"):
        st.warning(say("draft.no_subject"), icon=":material/edit:")
        return
    try:
        tries.ask(kit, brief_id)
    except InputError as error:
        st.error(plain(said(brief_form.wrong(error))), icon=":material/error:")
    else:
        st.session_state["draft_asked"] = st.session_state.get("draft_asked", 0) + 1
        show_cards(st.session_state["draft_asked"])


def show_cards(time: int) -> None:
    """Where the cards come below the form, bring them into view as they come: the script stays with them until all has its place."""
    script = f"/* {time} */ window.plumeShow('.st-key-draft_cards', '.st-key-draft_ask')"
    with st.sidebar:  # out of the way: what comes and goes here moves nothing
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def results(kit: Kit, brief_id: str) -> None:
    """The cards; those that are still to be written are drawn as soon as they are there."""
    networks, waiting = tries.shown(kit, brief_id), tries.waiting(brief_id)
    if not networks:
        st.info(say("draft.empty"), icon=":material/lightbulb:")
        return
    progress = st.empty()
    grid = st.grid(min_column_width=CARD, key="draft_cards")
    places = {network: grid.empty() for network in networks}
    for network, place in places.items():
        if waiting and network in waiting.networks:
            words = say("draft.waiting", network=brief_form.network_name(network))
            place.html(f'<div class="plume-waiting" role="status">{html(words)}</div>')
        else:
            draw(place, kit, brief_id, network)
    if waiting:
        with progress, st.spinner(say("draft.working"), show_time=True):
            work_through(kit, brief_id, waiting, places)


def draw(place: st.delta_generator.DeltaGenerator, kit: Kit, brief_id: str, network: str) -> None:
    """A network's card in its place."""
    with place.container(border=True, key=f"card_{network}"):
        network_card(kit, brief_id, network)


def work_through(kit: Kit, brief_id: str, waiting: tries.Waiting, places: dict[str, st.delta_generator.DeltaGenerator]) -> None:
    """Draft what is waiting; on failure what is there stays, and nothing goes on saying that it is being written."""
    try:
        for network in tries.draft(kit, brief_id, tuple(waiting.networks), waiting.seed):
            draw(places[network], kit, brief_id, network)
    except AssistantError as error:
        for network in waiting.networks:
            places[network].empty()
        tries.stop(brief_id)
        show_error(error)


def remarks_on_brief(kit: Kit, brief_id: str) -> None:
    """What would make it better: questions to answer, what was left undone."""
    heard = tries.heard(brief_id)
    lines = [*brief_form.loose_facts(), *(said(one) for one in heard.warnings)]
    lines += [say("draft.proposal", source=source, words=words) for source, words in heard.proposals.items()]
    if heard.questions or brief_in_hand.answers():
        with st.container(border=True, key="draft_questions"):
            st.html(f'<h2>{html(say("draft.questions"))}</h2><p class="plume-note">{html(say("draft.questions.help"))}</p>')
            brief_form.questions(kit, brief_id, heard.questions)
    if lines:
        st.caption("  \n".join(f":material/info: {plain(line)}" for line in lines))


kit = brand()
brief_id = brief_in_hand.in_hand(kit.slug)
tell()
title(say("draft.title", brand=kit.name), kit.colour)
left, right = st.columns([2, 3], gap="medium")
with left:
    brief_form.toolbar(kit, brief_id)
    brief_form.brief_form(kit, brief_id)
    with st.container(key="draft_ask"):
        asked = st.button(say("draft.go"), type="primary", key="draft_go", icon=":material/edit_note:", width="stretch")
        if asked:
            ask_for_drafts(kit, brief_id)
    beside = st.container()
    st.caption(say("draft.honest"))
with right:
    results(kit, brief_id)
with beside:
    remarks_on_brief(kit, brief_id)
