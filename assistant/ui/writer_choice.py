"""Who writes: a model where one may be used for the brand, or the built-in writer; said before anything is sent."""

import streamlit as st

from assistant.brands.kit import Kit
from assistant.ui import kept, tries
from assistant.ui.outside import plain
from assistant.ui.session import get_services, said, say

WRITERS: tuple[tries.Writer, ...] = ("auto", "built-in")
WHOLE = 34
"""Characters of a model's name that fit beside the other choice."""


def choose(kit: Kit) -> None:
    """The choice, where there is one, and a word about this month's budget where it runs short."""
    models = get_services().models
    connection = models.connection()
    if connection is not None and models.why_not(kit) is None:
        name = plain(connection.endpoint.model)
        names = {"auto": name if len(name) <= WHOLE else f"{name[:WHOLE]}…", "built-in": say("writer.built_in")}
        kept.seed("draft_writer", "auto")
        st.segmented_control(
            say("writer.choice"),
            WRITERS,
            format_func=names.__getitem__,
            key="draft_writer",
            required=True,
            on_change=kept.keep,
            args=("draft_writer",),
        )
    budget = models.budget(kit.slug)
    if budget.state != "open" and budget.message is not None:
        st.warning(plain(said(budget.message)), icon=":material/savings:")


def explain(kit: Kit) -> None:
    """What the writer in charge does, where it runs, and why it is no model."""
    models = get_services().models
    connection, why = models.connection(), models.why_not(kit)
    if tries.writer(kit) == "auto" and connection is not None:
        endpoint = connection.endpoint
        where = say("writer.here" if endpoint.local else "writer.elsewhere", model=endpoint.model, host=endpoint.host)
        st.caption(plain(where))
        return
    st.caption(say("draft.honest"))
    if why is not None and connection is not None:
        st.caption(plain(said(why)))
