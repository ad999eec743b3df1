"""The brief as a form. Nothing here is submitted: every field keeps itself, and the button drafts from what is kept."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assistant.brands.kit import Kit
from assistant.drafting.pasting import pairs_of
from assistant.errors import InputError
from assistant.messages import Message, has
from assistant.networks.catalogue import catalogue
from assistant.ui import brief_in_hand
from assistant.ui.outside import html, plain
from assistant.ui.paste_box import paste_box, reading_note, take_in
from assistant.ui.session import LANGUAGE_NAMES, get_services, moment, said, say

POINTS_HEIGHT, FACTS_HEIGHT, SHORT_HEIGHT = 150, 126, 90
PAUSE = "1s"
RECENT = 12
SHOWN = 60
REFINING = ("purpose", "planned_for", "first_words", "subject_sentence", "objective", "format", "must_include", "avoid", "language")


def toolbar(kit: Kit, id: str) -> None:
    """Another brief, a new one, or one that was written elsewhere."""
    take_in(kit, id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draft_tools"):
        st.button(
            say("draft.new"), icon=":material/add:", on_click=brief_in_hand.take_up, args=(kit.slug,), type="tertiary", key="draft_new"
        )
        with st.popover(say("draft.recent"), icon=":material/history:", type="tertiary", key="draft_recent", on_change="rerun") as recent:
            if recent.open:
                _recent(kit, id)
        with st.popover(
            say("brief.paste"), icon=":material/content_paste:", type="tertiary", key="draft_paste", on_change="rerun"
        ) as paste:
            if paste.open:
                paste_box(kit, id)


def brief_form(kit: Kit, id: str) -> None:
    """Draw the fields of the brief; what comes first is what a post is made of."""
    networks = offered(kit)
    brief_in_hand.seed(networks)
    _parted(kit, id)
    reading_note(id)
    keeping: dict[str, Any] = {"on_change": brief_in_hand.keep, "args": (kit.slug, id)}
    st.text_input(say("brief.subject"), key="draft_subject", live=PAUSE, placeholder=say("brief.subject.placeholder"), **keeping)
    st.text_area(
        say("brief.key_points"),
        key="draft_key_points",
        height=POINTS_HEIGHT,
        placeholder=say("brief.key_points.placeholder"),
        help=say("brief.key_points.help"),
        **keeping,
    )
    st.text_area(
        say("brief.facts"),
        key="draft_facts",
        height=FACTS_HEIGHT,
        placeholder=say("brief.facts.placeholder"),
        help=say("brief.facts.help"),
        **keeping,
    )
    st.text_input(say("brief.link"), key="draft_link", live=PAUSE, placeholder="https://", **keeping)
    st.pills(say("brief.networks"), networks, selection_mode="multi", wrap=True, key="draft_networks", format_func=network_name, **keeping)
    if kit.accounts:
        _other_network(kit, keeping)
    _more(kit, keeping)


def loose_facts() -> list[str]:
    """What to say of lines that are no fact. It is told below the button: above it, it would push the button from under the click."""
    loose = [line for line, value in pairs_of(st.session_state["draft_facts"]).items() if not value]
    return [say("brief.facts.loose", count=len(loose), lines=loose)] if loose else []


def offered(kit: Kit) -> list[str]:
    """The networks to choose from: the brand's accounts, else every network there is; and those that the brief names already."""
    known = list(dict.fromkeys(account.network for account in kit.accounts)) or list(catalogue())
    named = st.session_state["draft_saved"].get("networks", ())
    return known + [key for key in named if key in catalogue() and key not in known]


def _other_network(kit: Kit, keeping: Mapping[str, Any]) -> None:
    """A network where the brand has no account yet, for this brief: chosen here, it stands among the others."""
    rest = [key for key in catalogue() if key not in offered(kit)]
    st.selectbox(
        say("brief.other_network"),
        rest,
        index=None,
        key="draft_other_network",
        format_func=network_name,
        placeholder=say("brief.other_network"),
        label_visibility="collapsed",
        on_change=_also_on,
        args=(kit, keeping),
    )


def _also_on(kit: Kit, keeping: Mapping[str, Any]) -> None:
    state = st.session_state
    if key := state["draft_other_network"]:
        state["draft_networks"] = [*(state["draft_networks"] or offered(kit)), key]
        state["draft_other_network"] = None
        keeping["on_change"](*keeping["args"])


def network_name(key: str) -> str:
    """A network as people call it."""
    return say(f"network.{key}")


def questions(kit: Kit, id: str, asked: Mapping[str, Message]) -> None:
    """What would make a thin brief's post: asked after a first try, answered in a few words, used word for word."""
    names = dict.fromkeys((*asked, *brief_in_hand.answers()))
    for name in names:
        label = said(asked[name]) if name in asked else _question(name)
        key = brief_in_hand.seed_answer(name)
        st.text_input(plain(label), key=key, live=PAUSE, on_change=brief_in_hand.keep, args=(kit.slug, id))


def wrong(error: InputError) -> Message:
    """What is wrong with a brief, its fields named as the form names them."""
    problems = error.values.get("problems")
    if not isinstance(problems, list):
        return error.message
    named = [Message(one.id, {**one.values, "field": _field(str(one.values.get("field", "")))}) for one in problems]
    return Message(error.id, {**error.values, "problems": named})


def _field(path: str) -> str:
    name, _, number = path.partition(".")
    label = say(f"brief.{name}") if has(f"brief.{name}") else name
    return f"{label} ({int(number) + 1})" if number.isdigit() else label


def _question(name: str) -> str:
    if name.startswith("which."):
        return say("writer.question.which", word=name.removeprefix("which."))
    return say(f"writer.question.{name}") if has(f"writer.question.{name}") else name


def _more(kit: Kit, keeping: Mapping[str, Any]) -> None:
    """What refines a brief, drawn only when it is opened; closed, a line says how much of it is filled in.

    The label never changes: to Streamlit another label is another expander, and the person's would close under their hands.
    """
    with st.expander(say("brief.more"), key="draft_more", icon=":material/tune:", on_change="rerun") as more:
        if more.open:
            _refine(kit, keeping)
    filled = sum(bool(st.session_state.get(f"draft_{field}")) for field in REFINING)
    if filled and not more.open:
        st.caption(say("brief.more.filled", count=filled))


def _refine(kit: Kit, keeping: Mapping[str, Any]) -> None:
    _choice(st, "purpose", keeping)
    st.date_input(say("brief.planned_for"), value=None, key="draft_planned_for", format="DD/MM/YYYY", **keeping)
    st.text_input(say("brief.first_words"), key="draft_first_words", live=PAUSE, help=say("brief.first_words.help"), **keeping)
    st.text_input(
        say("brief.subject_sentence"), key="draft_subject_sentence", live=PAUSE, help=say("brief.subject_sentence.help"), **keeping
    )
    left, right = st.columns(2)
    _choice(left, "objective", keeping)
    _choice(right, "format", keeping)
    st.text_area(say("brief.must_include"), key="draft_must_include", height=SHORT_HEIGHT, **keeping)
    st.text_area(say("brief.avoid"), key="draft_avoid", height=SHORT_HEIGHT, **keeping)
    if len(kit.languages) > 1:
        st.segmented_control(say("brief.language"), kit.languages, key="draft_language", format_func=LANGUAGE_NAMES.__getitem__, **keeping)


def _choice(place: Any, field: str, keeping: Mapping[str, Any]) -> None:
    named: Callable[[str], str] = lambda value: say(f"{field}.{value}")  # noqa: E731 -- typed
    options = brief_in_hand.CHOICES[field]
    place.selectbox(
        say(f"brief.{field}"), options, index=None, key=f"draft_{field}", format_func=named, placeholder=say("brief.any"), **keeping
    )


def _recent(kit: Kit, id: str) -> None:
    found = [one for one in get_services().stores.briefs.recent(kit.slug, limit=RECENT) if one.id != id]
    if not found:
        st.caption(say("draft.recent.none"))
    for one in found:
        day, hour = moment(one.updated_at)
        label = f"{str(one.brief.get('subject') or say('draft.untitled'))[:SHOWN]} · {say('review.at', day=day, hour=hour)}"
        st.button(plain(label), key=f"open_{one.id}", on_click=brief_in_hand.take_up, args=(kit.slug, one.id), type="tertiary")


def _parted(kit: Kit, id: str) -> None:
    """Two people or two tabs wrote at once: this one goes on as a brief of its own, the other one is shown and a click away."""
    parted = st.session_state.get("draft_parted", {})
    if parted.get("mine") != id:
        return
    with st.container(border=True, key="draft_parted_box"):
        st.warning(plain(say("brief.parted", by=parted["by"])), icon=":material/call_split:")
        theirs = get_services().stores.briefs.get(parted["theirs"]).brief
        mine = brief_in_hand.typed()
        rows = [_difference(field, theirs.get(field)) for field in (*mine, *theirs) if mine.get(field) != theirs.get(field)]
        st.html("".join(dict.fromkeys(rows)))
        st.button(say("brief.parted.open"), key="draft_open_theirs", on_click=brief_in_hand.take_up, args=(kit.slug, parted["theirs"]))


def _difference(field: str, value: Any) -> str:
    shown = "\n".join(f"{name} : {one}" for name, one in value.items()) if isinstance(value, dict) else value
    shown = "\n".join(map(str, shown)) if isinstance(shown, list) else str(shown or "—")
    name = say(f"brief.{field}") if has(f"brief.{field}") else field
    return f'<p class="plume-extra"><small>{html(name)}</small><br>{html(shown)}</p>'
