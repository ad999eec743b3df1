"""The brief in hand: which one it is, what is saved of it, and keeping what is typed from the first pause.

A save names the version it saw. When another tab or person saved in between, nothing is overwritten: what was typed here
becomes a brief of its own, and the other one is a click away.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

import streamlit as st

from assistant.briefs import Format, Objective, Purpose
from assistant.drafting.pasting import lines_of, pairs_of
from assistant.errors import AssistantError, NotFound, StaleVersion
from assistant.messages import LANGUAGES
from assistant.ui.frame import trouble
from assistant.ui.session import get_services, person

LINES = ("key_points", "must_include", "avoid")
TEXTS = ("subject", "subject_sentence", "first_words", "link")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "purpose": get_args(Purpose),
    "objective": get_args(Objective),
    "format": get_args(Format),
    "language": LANGUAGES,
}
FIELDS = (*TEXTS, *LINES, *CHOICES, "facts", "planned_for", "networks")
ANSWER = "draft_answer_"


def in_hand(slug: str) -> str:
    """The id of the brief in hand for this brand: from the address, from this session, or a new one. Its fields are seeded."""
    held: dict[str, str] = st.session_state.setdefault("draft_briefs", {})
    asked = st.query_params.get("brief")
    if asked and asked not in held.values() and _belongs(asked, slug):
        held[slug] = asked
    if slug not in held:
        held[slug] = get_services().new_id()
    id = held[slug]
    if st.query_params.get("brief") != id:
        st.query_params["brief"] = id
    if st.session_state.get("draft_shown") != id:
        _load(id)
    return id


def take_up(slug: str, id: str = "") -> None:
    """Take up another brief, or a new one; what was typed into the one before is saved already."""
    st.session_state["draft_briefs"][slug] = id or get_services().new_id()
    st.query_params["brief"] = st.session_state["draft_briefs"][slug]
    st.session_state.update({"draft_recent": False, "draft_paste": False})


def seed(networks: Iterable[str]) -> None:
    """Give each field what was saved, unless the person has it in hand: Streamlit forgets fields on leaving a page."""
    saved: Mapping[str, Any] = st.session_state["draft_saved"]
    for field in FIELDS:
        key = f"draft_{field}"
        if key not in st.session_state:
            st.session_state[key] = _shown(field, saved.get(field))
    chosen = [key for key in st.session_state["draft_networks"] or () if key in networks]
    if chosen != st.session_state["draft_networks"]:
        st.session_state["draft_networks"] = chosen


def seed_answer(name: str) -> str:
    """The key of the field for the answer to the question `name`, seeded with what was answered before."""
    key = f"{ANSWER}{name}"
    if key not in st.session_state:
        st.session_state[key] = answers().get(name, "")
    if name not in st.session_state["draft_asked_about"]:
        st.session_state["draft_asked_about"].append(name)
    return key


def answers() -> dict[str, str]:
    """The answers given so far, by question."""
    state = st.session_state
    given = dict(state["draft_saved"].get("answers", {}))
    typed = {name: state.get(f"{ANSWER}{name}", given.get(name, "")) for name in state["draft_asked_about"]}
    return {str(name): str(value) for name, value in (given | typed).items() if value}


def typed() -> dict[str, Any]:
    """The form's content in the shape of a brief, empty fields left out; what the form does not show is passed on."""
    state, saved = st.session_state, st.session_state["draft_saved"]
    found = {field: value for field, value in saved.items() if field not in (*FIELDS, "answers")}
    found |= {field: state.get(f"draft_{field}") for field in (*TEXTS, *CHOICES)}
    found |= {field: lines_of(state.get(f"draft_{field}", "")) for field in LINES}
    found |= {"facts": pairs_of(state.get("draft_facts", "")), "planned_for": _day(state.get("draft_planned_for"), saved)}
    found |= {"networks": list(state.get("draft_networks") or ()), "answers": answers()}
    return {field: value for field, value in found.items() if value}


def keep(slug: str, id: str) -> None:
    """Save what is typed; the `on_change` of every field of the brief."""
    services, state, content = get_services(), st.session_state, typed()
    if state.get("draft_shown") != id or content == state["draft_saved"]:
        return
    try:
        state["draft_version"] = services.stores.briefs.save(
            id=id, slug=slug, brief_json=content, version=state["draft_version"], now=services.now(), actor=person()
        )
        state["draft_saved"] = content
    except StaleVersion as error:
        _part(slug, id, content, str(error.values.get("by", "")))
    except AssistantError as error:
        trouble(error)


def fill(slug: str, id: str, fields: Mapping[str, Any]) -> None:
    """Put what was read in a pasted message into the fields, where it can be read and changed; what has no field is kept with the brief."""
    for field, value in fields.items():
        if field in FIELDS:
            st.session_state[f"draft_{field}"] = _shown(field, value)
        else:
            st.session_state["draft_saved"] = {**st.session_state["draft_saved"], field: value}
    st.session_state["draft_paste"] = False
    keep(slug, id)


def _part(slug: str, id: str, content: dict[str, Any], by: str) -> None:
    """Two versions: the one typed here goes on as a brief of its own."""
    services, state = get_services(), st.session_state
    new = services.new_id()
    state["draft_version"] = services.stores.briefs.save(
        id=new, slug=slug, brief_json=content, version=None, now=services.now(), actor=person()
    )
    state.update({"draft_saved": content, "draft_shown": new, "draft_parted": {"mine": new, "theirs": id, "by": by}})
    take_up(slug, new)


def _load(id: str) -> None:
    state = st.session_state
    try:
        saved = get_services().stores.briefs.get(id)
        state["draft_saved"], state["draft_version"] = dict(saved.brief), saved.version
    except NotFound:
        state["draft_saved"], state["draft_version"] = {}, None
    for key in [key for key in state if str(key).startswith(ANSWER) or key in {f"draft_{field}" for field in FIELDS}]:
        del state[key]
    state["draft_asked_about"], state["draft_shown"] = [], id


def _belongs(id: str, slug: str) -> bool:
    try:
        return get_services().stores.briefs.get(id).brand == slug
    except NotFound:
        return False


def _day(planned: date | None, saved: Mapping[str, Any]) -> str | None:
    """The planned day as it is saved; an hour that came with it from elsewhere stays."""
    before = str(saved.get("planned_for") or "")
    return None if planned is None else before if before[:10] == planned.isoformat() else planned.isoformat()


def _shown(field: str, value: Any) -> Any:
    """A field's saved value as its widget takes it; what the widget does not know is left out."""
    if field in LINES:
        return value if isinstance(value, str) else "\n".join(map(str, value or ()))
    if field == "facts":
        return "\n".join(f"{name} : {fact}" if fact else name for name, fact in dict(value or {}).items())
    if field == "planned_for":
        return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None
    if field == "networks":
        return list(value or ())
    if field in CHOICES:
        return value if value in CHOICES[field] else None
    return str(value or "")
