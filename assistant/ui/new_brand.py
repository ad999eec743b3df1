"""A new brand in one form: name, language, the guide pasted or dropped, the posts as CSV. What was typed stays until it is made."""

from typing import Any

import streamlit as st

from assistant.brands.slugs import slug_of
from assistant.messages import LANGUAGES, Message
from assistant.services.onboarding import Onboarded, accounts_in, onboard
from assistant.ui import kept
from assistant.ui.outside import html, plain
from assistant.ui.session import LANGUAGE_NAMES, get_services, language, person, said, say

GUIDE_HEIGHT = 220
PAUSE = "1s"
FIELDS = ("new_name", "new_language", "new_guide")
FEW = 40
"""Accounts that are shown as choices of one click; a file with more of them gets a list to search."""
SHOWN = 200


def new_brand() -> None:
    """Draw the form; make the brand when asked. Raises AssistantError, and then nothing was made."""
    form = _form()
    for field, start in zip(FIELDS, ("", language(), ""), strict=True):
        kept.seed(field, start, whose=form)
    st.text_input(say("new.name"), key="new_name", live=PAUSE, on_change=kept.keep, args=("new_name", form))
    st.segmented_control(
        say("new.language"),
        list(LANGUAGES),
        format_func=LANGUAGE_NAMES.__getitem__,
        key="new_language",
        required=True,
        on_change=kept.keep,
        args=("new_language", form),
    )
    st.text_area(
        say("new.guide"), key="new_guide", height=GUIDE_HEIGHT, help=say("new.guide.help"), on_change=kept.keep, args=("new_guide", form)
    )
    guides = st.file_uploader(say("new.guide_files"), type=["md", "txt"], accept_multiple_files=True, key="new_guides")
    posts = st.file_uploader(
        say("new.posts"), type=["csv", "xlsx", "tsv"], accept_multiple_files=True, key="new_posts", help=say("new.posts.help")
    )
    account = _account(posts)
    if st.button(say("new.make"), type="primary", key="new_make", icon=":material/add:"):
        _make(form, guides, posts, account)


def made() -> None:
    """What became of the brand that was just made, and the way to its first draft."""
    done: dict[str, Any] | None = st.session_state.get("new_made")
    if done is None:
        return
    st.success(plain(say("new.made", brand=done["name"], count=done["imported"])), icon=":material/check:")
    if st.button(say("new.draft"), key="new_draft", type="primary", icon=":material/edit_note:"):
        del st.session_state["new_made"]
        st.switch_page("assistant/ui/pages/draft.py")
    if rejected := done["rejected"]:
        st.caption(f":material/info: {say('new.rejected', count=len(rejected))}")
        with st.expander(say("new.rejected.show"), key="new_rejected"):
            rows = "".join(f"<li>{html(say('new.row', row=row))} {html(said(reason))}</li>" for row, reason in rejected[:SHOWN])
            st.html(f"<ul>{rows}</ul>")


def _form() -> str:
    """The id of this form, in the address: a refresh finds what was typed, and two people do not share a form."""
    form = st.query_params.get("new") or st.session_state.get("new_form") or get_services().new_id()
    st.session_state["new_form"] = st.query_params["new"] = form
    return str(form)


def _account(posts: Any) -> str | None:
    """Brands never mix: of a file that holds several accounts one is chosen, with a click."""
    if not posts:
        return None
    files = tuple(file.file_id for file in posts)
    if st.session_state.get("new_accounts", ((),))[0] != files:
        with st.spinner(say("new.reading")):
            st.session_state["new_accounts"] = (files, accounts_in(get_services(), _contents(posts)))
    accounts: dict[str, int] = st.session_state["new_accounts"][1]
    if len(accounts) < 2:
        return None
    named = {name: f"{name} ({count})" for name, count in accounts.items()}
    if len(accounts) > FEW:
        return st.selectbox(say("new.account"), list(named), index=None, format_func=named.__getitem__, key="new_account")
    labels = {name: plain(label) for name, label in named.items()}
    return st.pills(say("new.account"), list(named), format_func=labels.__getitem__, key="new_account", help=say("new.account.help"))


def _make(form: str, guides: Any, posts: Any, account: str | None) -> None:
    state, name = st.session_state, " ".join(st.session_state["new_name"].split())
    if not name:
        st.warning(say("new.no_name"), icon=":material/edit:")
        return
    if len(state.get("new_accounts", ((), ()))[1]) > 1 and posts and account is None:
        st.warning(say("new.which_account"), icon=":material/group:")
        return
    pages = _contents(guides) + ([("guide.md", state["new_guide"].encode())] if state["new_guide"].strip() else [])
    with st.spinner(say("new.working"), show_time=True):
        done = onboard(
            get_services(),
            slug=slug_of(name),
            name=name,
            language=state["new_language"],
            guides=pages,
            posts=_contents(posts),
            account=account,
            actor=person(),
        )
    _finish(form, done)


def _finish(form: str, done: Onboarded) -> None:
    rejected: list[tuple[int, Message]] = [(row.row, row.reason) for row in done.rejected]
    kept.forget(*FIELDS, whose=form)
    for key in ("new_form", "new_form_kept", "new_accounts", "new_account"):
        st.session_state.pop(key, None)
    st.query_params.pop("new", None)
    st.session_state.update(
        {
            "new_made": {"name": done.kit.name, "imported": done.imported, "rejected": rejected},
            "brand_wanted": done.kit.slug,
            "kits_wanted": "kit",
        }
    )
    st.rerun()


def _contents(files: Any) -> list[tuple[str, bytes]]:
    return [(file.name, file.getvalue()) for file in files or ()]
