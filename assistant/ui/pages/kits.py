"""Brand kits: who each brand is, how its own posts speak, and a new brand in one form."""

import streamlit as st

from assistant.ui.frame import errors_shown, in_address, tell, title
from assistant.ui.kit_view import kit_view
from assistant.ui.new_brand import made, new_brand
from assistant.ui.session import brand, get_services, say

tell()
title(say("kits.title"))
views = ["kit", "new"] if get_services().shelf.slugs() else ["new"]
seen = st.session_state.get("kits_view") or st.session_state.get("kits_view_kept") or st.query_params.get("view")
wanted = st.session_state.pop("kits_wanted", None) or seen
if wanted != st.session_state.get("kits_view") or wanted not in views:
    st.session_state["kits_view"] = wanted if wanted in views else views[0]
view = st.segmented_control(
    say("kits.view"),
    views,
    format_func=lambda name: say(f"kits.{name}"),
    key="kits_view",
    required=True,
    label_visibility="collapsed",
)
st.session_state["kits_view_kept"] = view
in_address("view", "new" if view == "new" and len(views) > 1 else "")
with errors_shown():
    if view == "new":
        with st.container(key="kits_new"):
            new_brand()
    else:
        made()
        kit_view(brand())
