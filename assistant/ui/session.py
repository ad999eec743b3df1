"""What a session knows: the shared services, who is there, which brand, which language."""

import atexit
import gc
import threading
from datetime import datetime
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from assistant.brands.kit import Kit
from assistant.errors import AssistantError, InputError
from assistant.messages import LANGUAGES, Language, Message, render, text
from assistant.models.openai_compatible import warm
from assistant.services import Services, build
from assistant.settings import Settings, read_settings

LANGUAGE_NAMES: dict[Language, str] = {"fr": "Français", "en": "English"}


@st.cache_resource(show_spinner=False)
def get_services() -> Services:
    """The services, shared by every session of this process. Brands are prepared and heavy imports warmed in the background."""
    services = build(read_settings())
    threading.Thread(target=_warm, args=(services,), name="plume-warm", daemon=True).start()
    return services


def _warm(services: Services) -> None:
    """Do what the first draft would have to wait for, then freeze what was imported: Streamlit collects garbage after each rerun,
    and walking every imported module costs 0.2 s a click (measured with chromadb loaded)."""
    try:
        for one in services.prepare():
            if one.trouble:
                print(render(one.trouble, services.settings.language))  # noqa: T201 -- the server's log; the screens say it again
        services.search.warm()
        if services.models.connection() is not None:
            warm()
    except AssistantError as error:
        print(render(error.message, services.settings.language))  # noqa: T201 -- the server's log; the screens say it again
    gc.collect()
    gc.freeze()
    # A folder given back needs no examination at the next start. Not before all is imported: an import dies in a process that ends.
    atexit.register(services.close)


def language() -> Language:
    """The language of the screens: chosen in this session, else the address, else the settings."""
    chosen = st.session_state.get("language") or st.session_state.get("language_kept") or st.query_params.get("lang")
    if chosen not in LANGUAGES:
        chosen = _default_language()
    return "en" if chosen == "en" else "fr"


@cache
def _default_language() -> Language:
    try:
        return read_settings().language
    except InputError:  # said by the page itself, in a language it must have
        return cast(Language, Settings.model_fields["language"].default)


def say(id: str, /, **values: object) -> str:
    """The sentence `id` in this session's language."""
    return text(id, language(), **values)


def said(message: Message) -> str:
    """A message in this session's language."""
    return render(message, language())


def figure(number: int) -> str:
    """A number as this session's language groups it."""
    return f"{number:,}".replace(",", "\u202f") if language() == "fr" else f"{number:,}"


def moment(at: datetime) -> tuple[str, str]:
    """The day and the hour at the desk of an instant in the record."""
    here = at.astimezone(ZoneInfo(get_services().settings.timezone))
    return f"{here:%d/%m/%Y}", f"{here:%H:%M}"


def person() -> str:
    """Who is at the desk; named in the record of every decision."""
    return " ".join(str(st.session_state.get("person") or "").split()) or say("person.unnamed")


def brand() -> Kit:
    """The brand in hand, its starter data taken in. Raises KitError when its kit is broken."""
    return get_services().kit(str(st.session_state["brand"]))
