"""Draft: the brief on one side, one card per network on the other."""

import streamlit as st

from assistant.brands.kit import Kit
from assistant.errors import AssistantError, InputError
from assistant.services.runs import Run
from assistant.ui import brief_form, brief_in_hand, correcting, running, tries, writer_choice
from assistant.ui.draft_card import network_card
from assistant.ui.frame import show_error, tell, title
from assistant.ui.outside import html, plain
from assistant.ui.session import brand, said, say

CARD = 380  # pixels under which a card is hard to read: the grid takes as many as fit


def ask_for_drafts(kit: Kit, brief_id: str) -> None:
    """Have the wanted networks written, or say what is missing. The page draws them one by one."""
    if not brief_in_hand.typed().get("subject"):
        st.warning(say("draft.no_subject"), icon=":material/edit:")
        return
    try:
        tries.ask(kit, brief_id)
    except InputError as error:
        st.error(plain(said(brief_form.wrong(error))), icon=":material/error:")
    except AssistantError as error:
        show_error(error)
    else:
        st.session_state["draft_asked"] = st.session_state.get("draft_asked", 0) + 1
        show_cards(st.session_state["draft_asked"])


def show_cards(time: int) -> None:
    """Where the cards come below the form, bring them into view as they come: the script stays with them until all has its place."""
    script = f"/* {time} */ window.plumeShow('.st-key-draft_cards', '.st-key-draft_ask')"
    with st.sidebar:  # out of the way: what comes and goes here moves nothing
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def results(kit: Kit, brief_id: str, beside_button: st.delta_generator.DeltaGenerator) -> None:
    """The cards; where a text is still to come, what is being done for it. The page stays with the first of them for a moment."""
    run = tries.running(brief_id)
    pending = run.pending() if run else ()
    networks = tries.shown(kit, brief_id, pending)
    if not networks:
        st.info(say("draft.empty"), icon=":material/lightbulb:")
        return
    fresh = tries.is_fresh(brief_id)
    cells, lines = grid(list(networks)), {}
    for network, written in networks.items():
        if network not in pending:
            draw(cells[network], kit, brief_id, network)
        elif fresh or not written:
            lines[network] = cells[network]
        else:
            lines[network] = draw(cells[network], kit, brief_id, network)
    if run and fresh:
        with beside_button:
            pending = stay(kit, run, pending, cells)
        lines |= {network: draw(cells[network], kit, brief_id, network) for network in pending if networks[network]}
    if pending:
        with beside_button:
            running.watch(brief_id, pending, {network: lines[network] for network in pending})
    elif len(failed := tries.failed(brief_id, networks)) > 1:
        with beside_button:
            running.several_failed(kit, brief_id, failed)


def grid(networks: list[str]) -> dict[str, st.delta_generator.DeltaGenerator]:
    """A place for each network."""
    places = st.grid(min_column_width=CARD, key="draft_cards")
    return {network: places.empty() for network in networks}


def draw(place: st.delta_generator.DeltaGenerator, kit: Kit, brief_id: str, network: str) -> st.delta_generator.DeltaGenerator:
    """A network's card in its place; the line above it, for what is being done meanwhile."""
    with place.container(border=True, key=f"card_{network}"):
        line = st.empty()
        network_card(kit, brief_id, network)
    return line


def stay(kit: Kit, run: Run, pending: tuple[str, ...], cells: dict[str, st.delta_generator.DeltaGenerator]) -> tuple[str, ...]:
    """Draw each text as soon as it is there, for as long as nobody minds waiting; what is still to come then."""
    with st.spinner(say("draft.working"), show_time=True):
        running.tell(run, pending, cells)
        for came in tries.arriving(run, pending):
            pending = tuple(network for network in pending if network not in came)
            for network in came:
                draw(cells[network], kit, run.brief_id, network)
            running.tell(run, pending, cells)
    return pending


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
    writer_choice.choose(kit)
    with st.container(key="draft_ask"):
        asked = st.button(say("draft.go"), type="primary", key="draft_go", icon=":material/edit_note:", width="stretch")
        if asked:
            ask_for_drafts(kit, brief_id)
        beside_button = st.container()
    beside = st.container()
    writer_choice.explain(kit)
with right:
    results(kit, brief_id, beside_button)
with beside:
    correcting.box(kit, brief_id)
    remarks_on_brief(kit, brief_id)
