"""Taking approved texts out: a CSV file for people, one for programs, and the record of who approved what."""

from collections.abc import Sequence

import streamlit as st

from assistant.drafts import Item
from assistant.services import Services
from assistant.services.exporting import approved_csv, approved_items, mark_exported, record_csv
from assistant.ui.session import get_services, language, person, say


def export_box(slug: str) -> None:
    """The approved texts, and the record. No file leaves without its event in the record."""
    services, items = get_services(), approved_items(get_services(), slug)
    with st.container(horizontal=True, vertical_alignment="center"):
        _texts(services, items, slug, raw=False)
        _texts(services, items, slug, raw=True)
        tongue = language()
        st.download_button(
            say("export.record"),
            data=lambda: record_csv(services, slug, tongue),
            file_name=f"{slug}-{say('export.record.file')}.csv",
            mime="text/csv",
            icon=":material/history_edu:",
            type="tertiary",
            key="review_record",
            on_click="ignore",
        )
    st.caption(say("export.defused"))


def _texts(services: Services, items: Sequence[Item], slug: str, *, raw: bool) -> None:
    tongue, actor = language(), person()

    def leave() -> bytes:
        """Made at the click, in a thread of its own: first the event, which is refused if a text changed since, then the file."""
        mark_exported(services, items, actor)
        return approved_csv(items, tongue, raw=raw)

    st.download_button(
        say("export.raw" if raw else "export.csv", count=len(items)),
        data=leave,
        file_name=f"{slug}-{say('export.file')}{'-raw' if raw else ''}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary" if raw else "secondary",
        disabled=not items,
        key="review_export_raw" if raw else "review_export",
        on_click="ignore",  # drawing the page anew would take the file's address away before the browser has asked for it
    )
