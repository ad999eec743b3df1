"""A fact of the brief that was changed: the texts that state the old value, the difference in each, one click that corrects them."""

from collections.abc import Sequence

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafts import State
from assistant.errors import AssistantError
from assistant.services import corrections
from assistant.services.corrections import Found, Proposed
from assistant.ui.comparing import difference_html
from assistant.ui.frame import trouble
from assistant.ui.outside import html
from assistant.ui.session import get_services, person, said, say

OPEN = 2
"""Differences shown at once; the rest is folded."""


def box(kit: Kit, brief_id: str) -> None:
    """What states what the brief states no more; nothing where all agrees."""
    found = corrections.found(get_services(), kit.slug, brief_id)
    if not (found.open or found.gone):
        return
    with st.container(border=True, key="draft_corrections"):
        st.html(f"<h2>{html(say('correction.title'))}</h2>{''.join(map(_line, _pairs(found)))}")
        seen = {one.item.id: one.item.version for one in found.open if one.differs}
        if seen:
            st.button(
                say("correction.apply", count=len(seen)),
                key="draft_correct",
                type="primary",
                icon=":material/published_with_changes:",
                on_click=_apply,
                args=(kit.slug, brief_id, seen),
            )
        st.html(_list([_shown(one) for one in found.open]))
        if found.gone:
            gone = [f"<p>{html(_name(one))}</p>{difference_html(one.item.draft.text, one.draft.text)}" for one in found.gone]
            st.html(f"<h3>{html(say('correction.gone'))}</h3>{_list(gone)}")


def _list(shown: Sequence[str]) -> str:
    """The first few open, the others folded."""
    rest = "".join(shown[OPEN:])
    folded = f"<details><summary>{html(say('correction.more', count=len(shown) - OPEN))}</summary>{rest}</details>" if rest else ""
    return "".join(shown[:OPEN]) + folded


def _shown(one: Proposed) -> str:
    told = [say("correction.approved")] if one.item.state is State.APPROVED else []
    unsure = [change.old for change in one.changes if not change.sure]
    if unsure or one.left_over:
        told.append(say("correction.look", words=[*unsure, *one.left_over]))
    notes = "".join(f'<p class="plume-note">{html(note)}</p>' for note in told)
    return f"<p><b>{html(_name(one))}</b></p>{difference_html(one.item.draft.text, one.draft.text)}{notes}"


def _name(one: Proposed) -> str:
    return " · ".join((say(f"network.{one.item.draft.network}"), said(one.item.draft.angle), say(f"state.{one.item.state}")))


def _pairs(found: Found) -> list[tuple[str, str, str]]:
    return [(say("correction.link") if one.name == "link" else one.name, one.old, one.new) for one in found.changes]


def _line(pair: tuple[str, str, str]) -> str:
    name, old, new = pair
    return f'<p class="plume-note">{html(say("correction.fact", name=name, old=old, new=new))}</p>'


def _apply(slug: str, brief_id: str, seen: dict[str, int]) -> None:
    try:
        done = corrections.apply(get_services(), slug, brief_id, seen, actor=person())
    except AssistantError as error:
        trouble(error)
    else:
        st.session_state["told"] = say("correction.done", count=len(done))
