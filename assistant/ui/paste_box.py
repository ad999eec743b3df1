"""A message pasted from elsewhere becomes a brief: read by its labels and lines, or by the brand's model, and the person sees which."""

from typing import Any

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafting.pasting import from_pasted
from assistant.drafting.understanding import Understood
from assistant.services.reading import read_pasted
from assistant.storage.codec import from_json, to_json
from assistant.ui import brief_in_hand, kept
from assistant.ui.outside import html, plain
from assistant.ui.session import get_services, person, said, say

PASTE_HEIGHT = 160
LISTS = ("left_out", "put_back", "aside")


def paste_box(kit: Kit, id: str) -> None:
    """The field for the message, and the ways to read it."""
    if st.session_state.get("draft_pasted_for") != kit.slug:  # another brand was in hand: its message waits there
        st.session_state.pop("draft_pasted", None)
        st.session_state["draft_pasted_for"] = kit.slug
    kept.seed("draft_pasted", whose=_whose(kit.slug))
    st.text_area(
        say("brief.paste.label"),
        key="draft_pasted",
        height=PASTE_HEIGHT,
        placeholder=say("brief.paste.placeholder"),
        on_change=kept.keep,
        args=("draft_pasted", _whose(kit.slug)),
    )
    models = get_services().models
    connection, why = models.connection(), models.why_not(kit)
    with st.container(horizontal=True, gap="small", key="draft_ways"):
        st.button(say("brief.paste.fill"), key="draft_fill", type="primary", on_click=_fill, args=(kit.slug, id))
        if why is None and st.button(say("reading.by_model"), key="draft_fill_model", icon=":material/auto_awesome:"):
            _ask(kit, id)
    if connection is not None and why is not None:
        st.caption(plain(said(why)))
    elif connection is not None and not connection.stays_here:
        st.caption(plain(say("reading.goes_to", host=connection.endpoint.host)))


def take_in(kit: Kit, id: str) -> None:
    """Put what a model has read into the fields. To be called before any of them, or the box, is drawn."""
    pending: dict[str, Any] | None = st.session_state.pop("paste_read", None)
    if pending and pending["brief"] == id:
        found: Understood = pending["found"]
        brief_in_hand.fill(kit.slug, id, found.fields)
        kept.forget("draft_pasted", whose=_whose(kit.slug))
        _note(id, found)


def reading_note(id: str) -> None:
    """Who read the message of this brief, and what did not get into the fields; until the person has seen it."""
    read: dict[str, Any] | None = get_services().stores.notes.get(_key(id))
    if read is None:
        return
    with st.container(border=True, key="draft_reading_box"):
        who = say("reading.read_by", model=read["by"]) if read["by"] else say("reading.read_here")
        st.markdown(f":material/{'auto_awesome' if read['by'] else 'rule'}: {plain(who)}")
        if read.get("because"):
            st.warning(plain(say("reading.instead", reason=from_json(read["because"]))), icon=":material/info:")
        if lists := "".join(_list(name, read[name]) for name in LISTS):
            st.html(lists)
        st.button(say("reading.seen"), key="draft_reading_seen", type="tertiary", on_click=_seen, args=(id,))


def _note(id: str, found: Understood) -> None:
    """Keep what the reading left: the message itself is forgotten, and a refresh must lose none of it."""
    services = get_services()
    value = {"by": found.by, "because": to_json(found.why)} | {name: list(getattr(found, name)) for name in LISTS}
    services.stores.notes.put(_key(id), value, now=services.now())


def _whose(slug: str) -> str:
    """Whose message it is: this person's, for this brand."""
    return f"{person()}:{slug}"


def _key(id: str) -> str:
    return f"read:{id}"


def _list(name: str, texts: list[str]) -> str:
    """What was left out is shown at once; what is in a field, or for the person alone, folds up."""
    if not texts:
        return ""
    rows = "".join(f"<li>{html(one)}</li>" for one in texts)
    shown = " open" if name == "left_out" else ""
    return f"<details{shown}><summary>{html(say(f'reading.{name}', count=len(texts)))}</summary><ul>{rows}</ul></details>"


def _ask(kit: Kit, id: str) -> None:
    message = str(st.session_state.get("draft_pasted") or "")
    if not message.strip():
        return
    with st.spinner(say("reading.working"), show_time=True):
        found = read_pasted(get_services(), kit, message)
    st.session_state["paste_read"] = {"brief": id, "found": found}
    st.rerun()


def _fill(slug: str, id: str) -> None:
    message = str(st.session_state.get("draft_pasted") or "")
    brief_in_hand.fill(slug, id, from_pasted(message))
    kept.forget("draft_pasted", whose=_whose(slug))
    if message.strip():
        _note(id, Understood({}))


def _seen(id: str) -> None:
    get_services().stores.notes.drop(_key(id))
