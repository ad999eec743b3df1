"""The past posts behind a text, each to be pinned (« write like this ») or banned (« never again »), and taken back."""

from typing import Literal

import streamlit as st

from assistant.drafts import Draft
from assistant.errors import AssistantError
from assistant.networks.catalogue import family
from assistant.posts import Post
from assistant.services import sources
from assistant.ui import remarks
from assistant.ui.frame import trouble
from assistant.ui.outside import plain
from assistant.ui.session import get_services, person, say

Mark = Literal["pin", "ban"]
MARKS: tuple[tuple[Mark, str], ...] = (("pin", ":material/keep:"), ("ban", ":material/block:"))


def shown(draft: Draft, key: str) -> None:
    """Those that lent the draft its layout, with their results, what can be done with each, and what that does."""
    found = sources.of(get_services(), draft)
    posts = [one for one in found if one.source.collection == "post" and family(one.network or draft.network) == family(draft.network)]
    known = get_services().stores.posts.by_ids(draft.brand, [one.source.id for one in posts])
    st.html(remarks.inspired_html(draft, any_post=bool(posts)))
    if known:
        st.caption(plain(say("mark.help")))
    for number, one in enumerate(posts):
        st.html(remarks.source_html(one))
        if post := known.get(one.source.id):
            _marks(draft.brand, post, f"{key}_{number}")
    st.html(remarks.guide_html([one for one in found if one.source.collection == "guide"]))


def _marks(slug: str, post: Post, key: str) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for mark, icon in MARKS:
            on = post.pinned if mark == "pin" else post.banned
            words = say(f"mark.un{mark}" if on else f"mark.{mark}")
            kind: Literal["secondary", "tertiary"] = "secondary" if on else "tertiary"
            st.button(words, key=f"{mark}_{key}", icon=icon, type=kind, on_click=_mark, args=(slug, post.id, mark, not on))


def _mark(slug: str, id: str, mark: Mark, on: bool) -> None:
    try:
        get_services().mark(slug, id, mark, on, person())
    except AssistantError as error:
        trouble(error)
    else:
        st.session_state["told"] = say(f"mark.{'' if on else 'un'}{'pinned' if mark == 'pin' else 'banned'}")
