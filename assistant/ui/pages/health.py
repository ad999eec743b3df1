"""Settings and health: what is connected, stale or missing, with the mend of each."""

import streamlit as st

from assistant.services.health import examine
from assistant.ui.frame import errors_shown, tell, title
from assistant.ui.model_settings import model_settings
from assistant.ui.outside import html
from assistant.ui.session import get_services, said, say

services, settings = get_services(), get_services().settings
tell()
title(say("health.title"))
with st.spinner(say("health.working")):
    # What is merely good to know about the model stands below, in its own part.
    points = [
        one for one in examine(services) if one.level != "info" or not one.message.id.startswith(("doctor.model.", "doctor.no_model"))
    ]
rows = "".join(f'<li class="{one.level}"><b>{html(say(f"health.{one.level}"))}</b> {html(said(one.message))}</li>' for one in points)
st.html(f'<div class="plume-findings health"><ul>{rows}</ul></div>')

with errors_shown():
    model_settings()

unset, is_set = say("health.unset"), say("health.set")
values = {
    "PLUME_DATA_DIR": settings.data_dir.resolve(),
    "PLUME_KITS_DIR": settings.kits_folder.resolve(),
    "PLUME_DATABASE_URL": is_set if settings.database_url else unset,
    "PLUME_CHROMA_URL": is_set if settings.chroma_url else unset,
    "PLUME_MODEL": settings.model or unset,
    "PLUME_BASE_URL": is_set if settings.base_url else unset,
    "OPENAI_API_KEY": is_set if settings.openai_api_key else unset,
    "PLUME_LANGUAGE": settings.language,
    "PLUME_TIMEZONE": settings.timezone,
}
lines = "".join(
    f"<tr><th scope='row'>{html(say(f'setting.{name}'))}</th><td>{html(str(value))}</td><td><code>{name}</code></td></tr>"
    for name, value in values.items()
)
st.html(f"<h2>{html(say('health.settings'))}</h2><table class='plume-settings'>{lines}</table>")
st.caption(say("health.where"))
