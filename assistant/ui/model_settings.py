"""The model on the settings page: what is connected, a test of it, servers on this machine, whose texts it may read, what it took.

Nothing here asks a server while the page is drawn, but for the first look around on this machine where nothing is connected.
"""

from collections.abc import Iterable

import streamlit as st

from assistant.errors import AssistantError
from assistant.findings import Level
from assistant.messages import Message
from assistant.models.endpoint import refused
from assistant.models.servers import Server
from assistant.services.budget import rounded
from assistant.services.connection import Connection
from assistant.services.model_health import connected, method, price, purpose
from assistant.ui.frame import trouble
from assistant.ui.outside import html, plain
from assistant.ui.session import figure, get_services, said, say

PATIENT_S = 60.0
"""Seconds that a test may take here, where a person waits for a model on this machine to be loaded."""
ICONS: dict[Level, str] = {"info": ":material/check:", "warning": ":material/warning:", "error": ":material/error:"}


def model_settings() -> None:
    """The whole section."""
    models = get_services().models
    connection = models.connection()
    st.html(f"<h2>{html(say('model_settings.title'))}</h2>")
    with st.container(key="model_settings"):
        _connected(connection)
        _servers(connection)
        st.caption(plain(say("model_settings.which")))
        _privacy()
        _usage()


def _connected(connection: Connection | None) -> None:
    services = get_services()
    if connection is None:
        st.html(f"<p>{html(say('doctor.no_model'))}</p>")
        return
    if wrong := refused(connection.endpoint.base_url):
        st.error(plain(said(wrong)), icon=ICONS["error"])
        return
    rows = [connected(connection), *(message for _, message in (*method(services), *services.models.suits(), *price(services)))]
    st.html(f"<ul>{''.join(f'<li>{html(said(row))}</li>' for row in rows)}</ul>")
    with st.container(horizontal=True):
        if st.button(say("model_settings.test"), key="model_test", icon=":material/network_check:"):
            with st.spinner(say("model_settings.testing")):
                outcome = services.models.test(PATIENT_S)
                now = services.models.connection()  # its model may have been found just now
                st.session_state["model_tested"] = (now.endpoint if now else None, outcome)
            st.rerun()
        if connection.source == "chosen":
            st.button(say("model_settings.forget"), key="model_forget", icon=":material/link_off:", on_click=_forget)
    tested = st.session_state.get("model_tested")
    if tested and tested[0] == connection.endpoint:
        level, message = tested[1]
        {"info": st.success, "warning": st.warning, "error": st.error}[level](plain(said(message)), icon=ICONS[level])


def _servers(connection: Connection | None) -> None:
    """Servers on this machine with their models: one click to use one."""
    first_look = connection is None and "model_servers" not in st.session_state
    if st.button(say("model_settings.look"), key="model_look", icon=":material/search:") or first_look:
        with st.spinner(say("model_settings.looking")):
            st.session_state["model_servers"] = get_services().models.servers()
    found: list[Server] | None = st.session_state.get("model_servers")
    if found is None:
        return
    if not found:
        st.caption(plain(say("model_settings.no_server")))
    if found and connection is not None and connection.source == "settings":
        st.caption(plain(say("model_settings.settings_first")))
    for number, server in enumerate(found):
        _server(number, server, connection)


def _server(number: int, server: Server, connection: Connection | None) -> None:
    if not server.models:
        st.html(f"<p>{html(said(Message('doctor.model.server_empty', {'name': server.name, 'address': server.base_url})))}</p>")
        return
    st.html(f"<h3>{html(say('models.server', name=server.name, address=server.base_url))}</h3>")
    for place, model in enumerate(server.models):
        _, fitness = get_services().models.suits_french(model.name, model.context)
        in_use = connection is not None and (connection.endpoint.base_url, connection.endpoint.model) == (server.base_url, model.name)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f"<p><b>{html(model.name)}</b> <small>{html(said(fitness))}</small></p>", width="stretch")
            if in_use:
                st.html(f"<p>{html(say('model_settings.in_use'))}</p>", width="content")
            elif connection is None or connection.source != "settings":
                key, args = f"model_use_{number}_{place}", (server.base_url, model.name)
                st.button(say("model_settings.use"), key=key, on_click=_use, args=args)


def _privacy() -> None:
    """For each brand what its kit allows, and what that means now."""
    models = get_services().models
    rows = []
    for kit in get_services().shelf.all()[0]:
        why = models.why_not(kit)
        now = said(why) if why else say("model_settings.may")
        rows.append((kit.name, say(f"model_settings.wish.{kit.models}"), now))
    if rows:
        st.html(f"<h3>{html(say('model_settings.privacy'))}</h3>{_table(rows)}")
        st.caption(plain(say("model_settings.privacy.where")))


def _usage() -> None:
    """What was spent this month, and how far each budget has gone."""
    services = get_services()
    month, names = services.models.month(), {kit.slug: kit.name for kit in services.shelf.all()[0]}
    rows = []
    for row in services.models.usage(month):
        sent, received = figure(row.usage.sent), figure(row.usage.received)
        tokens = say("model_settings.tokens", sent=sent, received=received, cached=figure(row.usage.cached))
        cost = say("usage.money", cost=rounded(row.cost), currency=row.currency) if row.cost is not None else ""
        about = say("usage.about") if row.usage.approximate else ""
        calls = say("model_settings.calls", count=row.calls, failed=row.failed)
        name = names.get(row.brand or "", row.brand) or say("usage.no_brand")
        what = purpose(row.purpose)
        rows.append((name, f"{said(what) if isinstance(what, Message) else what} · {row.model}", calls, f"{tokens}{about}", cost))
    st.html(f"<h3>{html(say('model_settings.usage', month=month))}</h3>")
    st.html(_table(rows) if rows else f"<p>{html(say('usage.none', month=month))}</p>")
    for slug in services.shelf.slugs():
        budget = services.models.budget(slug)
        if budget.message:
            (st.error if budget.state == "stop" else st.warning)(plain(said(budget.message)), icon=":material/savings:")


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    lines = "".join(
        f"<tr><th scope='row'>{html(first)}</th>{''.join(f'<td>{html(cell)}</td>' for cell in rest)}</tr>" for first, *rest in rows
    )
    return f"<table class='plume-settings'>{lines}</table>"


def _use(base_url: str, model: str) -> None:
    try:
        get_services().models.choose(base_url, model)
    except AssistantError as error:
        trouble(error)
    else:
        st.session_state["told"] = say("model_settings.chosen", model=model)
        st.session_state.pop("model_tested", None)


def _forget() -> None:
    try:
        get_services().models.forget()
    except AssistantError as error:
        trouble(error)
    else:
        st.session_state["told"] = say("model_settings.forgotten")
