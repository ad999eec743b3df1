"""The frame around every page: styles, the sidebar (brand, person, language), the title, and how news and errors are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from assistant.errors import AssistantError, KitError
from assistant.messages import LANGUAGES
from assistant.text import strip_invisible
from assistant.ui.outside import html, plain
from assistant.ui.session import LANGUAGE_NAMES, get_services, language, said, say

IN_ADDRESS = {"brand": "brand", "lang": "language", "as": "person", "new": "new_form"}
STYLE, SCRIPT = Path(__file__).with_name("style.css"), Path(__file__).with_name("page.js")


def draw_styles() -> None:
    """The few rules that make a card look like a post, and the script that keeps what is typed at every pause."""
    st.html(STYLE)
    speaks = f"document.documentElement.lang = '{language()}';"
    with st.sidebar:
        st.html(f"<script>{speaks}</script><script>{_script()}</script>", unsafe_allow_javascript=True)


@cache
def _script() -> str:
    return SCRIPT.read_text("utf8")


def title(words: str, colour: str = "") -> None:
    """The page's one heading of the first rank, with the brand's colour where it speaks of one."""
    marked = f' class="plume-brand" style="--brand:{escape(colour)}"' if colour else ""
    st.html(f"<h1{marked}>{html(words)}</h1>")


def choose_desk() -> bool:
    """The sidebar: brand, person, language; whether there is a brand. What is chosen goes into the address: a refresh keeps it."""
    state, shelf = st.session_state, get_services().shelf
    slugs = shelf.slugs()
    names = {kit.slug: kit.name for kit in shelf.all()[0]}
    _hand_back()
    wanted = state.pop("brand_wanted", None) or state.get("brand")
    if slugs and (wanted not in slugs or wanted != state.get("brand")):
        state["brand"] = wanted if wanted in slugs else slugs[0]
    with st.sidebar:
        if slugs:
            st.selectbox(say("desk.brand"), slugs, format_func=lambda slug: strip_invisible(names.get(slug) or str(slug)), key="brand")
        st.text_input(say("desk.person"), key="person", live="1s", placeholder=say("desk.person.placeholder"), help=say("desk.person.help"))
        st.segmented_control(say("desk.language"), LANGUAGES, format_func=LANGUAGE_NAMES.__getitem__, key="language", required=True)
        st.caption(say("desk.promise"))
    for name, key in IN_ADDRESS.items():
        in_address(name, str(state.get(key) or ""))
        state[f"{key}_kept"] = state.get(key)
    return bool(slugs)


def _hand_back() -> None:
    """Give the sidebar what it held before: Streamlit may forget widgets, and the address, when another page is opened."""
    state = st.session_state
    for name, key in IN_ADDRESS.items():
        if key not in state:
            state[key] = language() if key == "language" else state.get(f"{key}_kept") or st.query_params.get(name, "")


def no_brand_yet(kits: st.Page) -> None:
    """What to do first where there is no brand at all."""
    st.info(say("desk.no_brand"), icon=":material/palette:")
    st.page_link(kits, label=say("kits.new"), icon=":material/add:")


def in_address(name: str, value: str) -> None:
    """Put a value into the address, or take it out: a refresh keeps it."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an AssistantError in the reader's language where it happened; anything else is a fault of ours and crashes visibly."""
    try:
        yield
    except AssistantError as error:
        show_error(error)


def show_error(error: AssistantError) -> None:
    """What went wrong, in words; every problem of a broken kit."""
    st.error(plain(said(error.message)), icon=":material/error:")
    for problem in error.problems if isinstance(error, KitError) else ():
        st.markdown(f"- {plain(said(problem))}")


def trouble(error: AssistantError) -> None:
    """Remember an error met in a callback: callbacks run before there is a page to show it on."""
    st.session_state["trouble"] = said(error.message)


def tell() -> None:
    """Say once what was just done, and what could not be."""
    if told := st.session_state.pop("told", ""):
        st.toast(told, icon=":material/check:")
    if failed := st.session_state.pop("trouble", ""):
        st.error(plain(failed), icon=":material/error:")
