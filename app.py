"""Plume's screens: configure, choose a brand and a person, navigate. All that is decided is decided in `assistant`."""

import streamlit as st

from assistant.ui.frame import choose_desk, draw_styles, errors_shown, no_brand_yet
from assistant.ui.session import say
from assistant.ui.undisturbed import finish_what_was_clicked

finish_what_was_clicked()
st.set_page_config(page_title="Plume", page_icon="🪶", layout="wide")
draw_styles()

PAGES = "assistant/ui/pages"
kits = st.Page(f"{PAGES}/kits.py", title=say("nav.kits"), icon=":material/palette:", url_path="kits")
page = st.navigation(
    [
        st.Page(f"{PAGES}/draft.py", title=say("nav.draft"), icon=":material/edit_note:", url_path="draft", default=True),
        st.Page(f"{PAGES}/review.py", title=say("nav.review"), icon=":material/fact_check:", url_path="review"),
        kits,
        st.Page(f"{PAGES}/health.py", title=say("nav.health"), icon=":material/health_and_safety:", url_path="health"),
    ]
)
with errors_shown():
    if choose_desk() or page.url_path in ("kits", "health"):
        page.run()
    else:
        no_brand_yet(kits)
