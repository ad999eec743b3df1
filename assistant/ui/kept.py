"""What is typed but not yet used (an edit in progress, a reason, a guide being pasted) is kept in the database at every pause:
another page, a refresh or a restart of the server finds it again. It is forgotten once it was used or given up."""

from typing import Any

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.frame import trouble
from assistant.ui.session import get_services, person


def seed(key: str, start: Any = "", whose: str = "") -> None:
    """Give the field `key`, which is about to be drawn, what was typed into it before, else `start`.

    `whose` tells people apart who have the same field open; it is the person's name unless something better is known.
    """
    if key not in st.session_state:
        kept = get_services().stores.notes.get(_note(key, whose))
        st.session_state[key] = start if kept is None else kept


def keep(key: str, whose: str = "") -> None:
    """Keep what the field `key` holds now; its `on_change`."""
    services, value = get_services(), st.session_state[key]
    try:
        services.stores.notes.put(_note(key, whose), value, now=services.now())
    except AssistantError as error:
        trouble(error)


def is_kept(key: str, whose: str = "") -> bool:
    """Whether something is waiting for the field `key`."""
    return get_services().stores.notes.get(_note(key, whose)) is not None


def forget(*keys: str, whose: str = "") -> None:
    """What was typed into these fields has been used, or given up."""
    for key in keys:
        st.session_state.pop(key, None)
    get_services().stores.notes.drop(*(_note(key, whose) for key in keys))


def _note(key: str, whose: str) -> str:
    return f"typed:{key}:{whose or person()}"
