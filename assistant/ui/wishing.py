"""Wishes on a card: what to change, where, and who does it; what a model is doing meanwhile; the text before, one click away."""

import streamlit as st

from assistant.drafting.staying import edited_spans
from assistant.drafting.wishes import OF_ONE_SENTENCE
from assistant.drafts import Action, Item
from assistant.errors import AssistantError, StaleVersion
from assistant.services.runs import CANCELLED, Run
from assistant.services.wishes import By
from assistant.text import sentence_spans, strip_invisible
from assistant.ui.deciding import refuse
from assistant.ui.frame import errors_shown
from assistant.ui.outside import html, plain
from assistant.ui.remarks import shortened
from assistant.ui.session import get_services, person, said, say

EVERY_S = 1.0
"""Between two looks at what a model does."""
ALL = -1
"""The whole text, among its sentences."""
QUOTED = 60
ORDER = ("shorter", "other-opening", "drier", "warmer", "less-ad", "other-angle", "reworded")
"""As they are offered, the most wanted first."""
NOT_A_FAULT = (*CANCELLED, "wish.cancelled", "wish.not_there", "storage.stale")


def offer(item: Item) -> None:
    """The wishes that can be fulfilled for this text; call it inside a horizontal container."""
    if Action.EDIT not in get_services().review.actions(item) or get_services().wishes.of(item.id) is not None:
        return
    with st.popover(say("wish.open"), key=_key(item), icon=":material/tune:", type="tertiary", on_change="rerun") as opened:
        if opened.open:
            _choices(item)


def back_button(item: Item) -> None:
    """The text before the last wish, one click away."""
    if get_services().wishes.undoable(item) and get_services().wishes.of(item.id) is None:
        st.button(say("wish.back"), key=f"wish_back_{item.id}", icon=":material/undo:", type="tertiary", on_click=_back, args=(item,))


def under_way(item: Item) -> None:
    """What a model is doing for this text; why it changed nothing, once it is over."""
    run = get_services().wishes.of(item.id)
    if run is not None:
        _watch(item, run)
        return
    failure = get_services().wishes.failure(item)
    if failure is None:
        return
    words = say("wish.theirs_shown" if failure.mine else "wish.failed", why=said(failure.why))
    if failure.why.id in NOT_A_FAULT:
        st.info(plain(words), icon=":material/pause_circle:")
    else:
        st.error(plain(words), icon=":material/error:")
    if failure.mine:
        st.code(failure.mine, language=None, wrap_lines=True)
    st.button(say("wish.read"), key=f"wish_read_{item.id}", on_click=get_services().wishes.forget, args=(item.id,), type="tertiary")


def _choices(item: Item) -> None:
    wishes = get_services().wishes
    writers = wishes.writers(item)
    if not writers:
        why = wishes.why_no_model(item)
        st.caption(plain(say("wish.no_model", why=said(why) if why else "")))
        return
    by = _writer(item, writers)
    where = _where(item)
    offered = [wish for wish in ORDER if wish in wishes.offered(by)]
    offered = [wish for wish in offered if (wish in OF_ONE_SENTENCE if where != ALL else wish != "reworded")]
    with st.container(horizontal=True, gap="xsmall"):
        for wish in offered:
            st.button(say(f"wish.button.{wish}"), key=f"wish_{wish}_{item.id}", on_click=_ask, args=(item, wish, where, by))
    st.caption(plain(say("wish.rules")))
    if writers == ("built-in",):
        st.caption(plain(say("wish.built_in.only")))


def _writer(item: Item, writers: tuple[By, ...]) -> By:
    """Who does it: the writer that wrote the text, unless the person hands it over."""
    if len(writers) == 1:
        return writers[0]
    key = f"wish_by_{item.id}"
    st.segmented_control(say("wish.by"), writers, format_func=lambda by: say(f"wish.by.{by}"), key=key, default=writers[0], required=True)
    chosen: By = st.session_state[key]
    return chosen


def _where(item: Item) -> int:
    """The sentence it is for, by its place in the text; those that a person edited are not to be had."""
    text, edited = item.draft.text, edited_spans(item.draft)
    spans = sentence_spans(text)
    free = [number for number, span in enumerate(spans) if span not in edited]
    names = {number: strip_invisible(shortened(text[slice(*spans[number])], QUOTED)) for number in free}
    key = f"wish_where_{item.id}_{item.version}"
    return int(
        st.selectbox(
            say("wish.where"), [ALL, *free], format_func=lambda number: say("wish.where.all") if number == ALL else names[number], key=key
        )
    )


def _ask(item: Item, wish: str, where: int, by: By) -> None:
    """Have it done: at once by the built-in writer, behind the page by a model."""
    wishes = get_services().wishes
    span = None if where == ALL else sentence_spans(item.draft.text)[where]
    st.session_state[_key(item)] = False
    try:
        if by == "model":
            wishes.start(item.id, wish, span, version=item.version, actor=person(), by=by)
            return
        wishes.wish(item.id, wish, span, version=item.version, actor=person(), by=by)
    except StaleVersion as error:
        wishes.note(item.id, error, version=item.version)
        return
    except AssistantError as error:
        refuse(item, error)
        return
    wishes.forget(item.id)
    st.session_state["told"] = say("wish.done", wish=say(f"wish.{wish}"))


def _back(item: Item) -> None:
    try:
        get_services().wishes.undo(item.id, version=item.version, actor=person())
    except AssistantError as error:
        refuse(item, error)
    else:
        st.session_state["told"] = say("wish.done", wish=say("wish.undone"))


@st.fragment(run_every=EVERY_S)
def _watch(item: Item, run: Run) -> None:
    """How far it is, and a way to stop it; the page is drawn anew once it is over."""
    with errors_shown():
        if get_services().wishes.of(item.id) is None:
            st.rerun()
        now = run.progress()[item.id]
        wish = say(run.writers[item.id])
        id = {"cancelled": "wish.stopping", "retrying": "wish.retrying"}.get(now.stage, "wish.working")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = say(id) if id == "wish.stopping" else say(id, wish=wish)
            seconds = round(now.seconds_left)
            more = f" · {say('run.seconds', seconds=seconds)}" if seconds and id != "wish.stopping" else ""
            st.html(f'<p class="plume-running" role="status">{html(words + more)}</p>')
            st.button(say("run.cancel"), key=f"wish_cancel_{item.id}", icon=":material/close:", type="tertiary", on_click=run.cancel)


def _key(item: Item) -> str:
    return f"wish_{item.id}"
