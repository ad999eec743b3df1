"""What was drafted for the brief in hand, and asking for more: a run writes behind the page, each network is shown once it is there."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import streamlit as st

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.drafting.briefing import brief_from
from assistant.drafting.pipeline import hash_of
from assistant.drafts import Item, State
from assistant.errors import AssistantError, InputError
from assistant.messages import Message
from assistant.services import heard as remarks_kept
from assistant.services.heard import Heard
from assistant.services.runs import Run
from assistant.ui import brief_in_hand
from assistant.ui.brief_form import offered
from assistant.ui.frame import trouble
from assistant.ui.session import get_services, person

OVER = (State.REJECTED, State.WITHDRAWN)
AT_ONCE_S = {"built-in": 60.0, "auto": 3.0}
"""How long the page stays with what was asked for: until the built-in writer is done, for a model only as long as nobody minds."""
GLANCE_S = 0.2
"""Between two looks for what came, at which a click is heard too."""
Writer = Literal["auto", "built-in"]


def brief_now() -> Brief:
    """The brief as it is typed. Raises InputError naming what is wrong."""
    typed = brief_in_hand.typed()
    return brief_from(typed | {"facts": {name: value for name, value in dict(typed.get("facts", {})).items() if value}})


def writer(kit: Kit) -> Writer:
    """Who would write now: a model where there is one that may, unless the person prefers the built-in writer."""
    chosen = st.session_state.get("draft_writer")
    return "built-in" if chosen == "built-in" or get_services().models.why_not(kit) is not None else "auto"


def ask(kit: Kit, brief_id: str) -> None:
    """Have every wanted network written. The same brief once more is the next try. Raises InputError, StorageError."""
    brief = brief_now()
    networks = [network.key for network in get_services().networks_for(kit.slug, brief, brief.networks or offered(kit))]
    _start(kit, brief, brief_id, networks, writer(kit), afresh=True)
    st.session_state["draft_fresh"] = brief_id


def again(kit: Kit, brief_id: str, network: str, by: Writer | None = None) -> None:
    """Another try on one network, its card stays with it as long as the page would. Raises AssistantError."""
    by = by or writer(kit)
    run = _start(kit, brief_now(), brief_id, [network], by)
    if run.wait_for_change([network], AT_ONCE_S[by]):
        _forget_what_was_read(brief_id, network)
    else:
        st.rerun()


def again_for(kit: Kit, brief_id: str, networks: Sequence[str], by: Writer | None) -> None:
    """Another try on several networks; the `on_click` of its button."""
    try:
        _start(kit, brief_now(), brief_id, networks, by or writer(kit))
        st.session_state["draft_fresh"] = brief_id
    except AssistantError as error:
        trouble(error)


def running(brief_id: str) -> Run | None:
    """What is being written for this brief, whoever asked for it."""
    return get_services().runs.of(brief_id)


def is_fresh(brief_id: str) -> bool:
    """Whether drafts were asked for in this very run of the page; said once."""
    return bool(st.session_state.pop("draft_fresh", None) == brief_id)


def arriving(run: Run, networks: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The networks that have come since the last look, while the page stays with them."""
    by = "built-in" if all(run.writers.get(network) == "built-in" for network in networks) else "auto"
    until, left = time.monotonic() + AT_ONCE_S[by], tuple(networks)
    while left and time.monotonic() < until:
        came = run.wait_for_change(left, GLANCE_S)
        left = tuple(network for network in left if network not in came)
        for network in came:
            _forget_what_was_read(run.brief_id, network)
        yield came


def everything(kit: Kit, brief_id: str, network: str | None = None) -> dict[str, list[Item]]:
    """What the brief has to show, by network: the last try, best first, then what a person has touched of earlier ones."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in get_services().stores.drafts.current(kit.slug, brief_id, network):
        if item.state not in OVER:
            found[item.draft.network].append(item)
    return {network: _ordered(items) for network, items in found.items()}


def shown(kit: Kit, brief_id: str, pending: Sequence[str]) -> dict[str, bool]:
    """The networks to show, in the order of the brand's accounts, and whether there is a text yet.

    Those are the brief's that have texts, are still to come or have failed, and those a person has worked on.
    """
    found, failures, order = everything(kit, brief_id), heard(brief_id).failures, offered(kit)
    read = {network: (found.get(network, []), failures.get(network)) for network in {**found, **failures}}
    st.session_state.update({"draft_read": {brief_id: read}, "draft_hash": _hash()})
    asked = st.session_state.get("draft_networks") or order
    wanted = [n for n in read if n in asked or any(item.version > 1 for item in found.get(n, ()))]
    wanted = sorted({*wanted, *pending}, key=lambda key: (order.index(key) if key in order else len(order), key))
    return {network: bool(found.get(network)) for network in wanted}


def failed(brief_id: str, networks: Iterable[str]) -> list[str]:
    """Those of the networks that were asked for and got nothing new."""
    failures = heard(brief_id).failures
    return [network for network in networks if network in failures]


def on(kit: Kit, brief_id: str, network: str) -> tuple[list[Item], Message | None]:
    """The drafts of one network and why there is nothing newer: as the page has just read them, else read now for its card alone."""
    just_read: dict[str, tuple[list[Item], Message | None]] = st.session_state.get("draft_read", {}).get(brief_id, {})
    if network in just_read:
        return just_read.pop(network)
    run = running(brief_id)
    failure = None if run and network in run.pending() else heard(brief_id).failures.get(network)
    return everything(kit, brief_id, network).get(network, []), failure


def is_older(item: Item) -> bool:
    """Whether the brief has changed since this text was written from it."""
    return item.state is State.DRAFT and st.session_state.get("draft_hash") not in ("", item.draft.provenance.brief_hash)


def heard(brief_id: str) -> Heard:
    """What the writer said when it last drafted from this brief."""
    return remarks_kept.read(get_services().stores, brief_id)


def _start(kit: Kit, brief: Brief, brief_id: str, networks: Sequence[str], by: Writer, *, afresh: bool = False) -> Run:
    items = [item for found in everything(kit, brief_id).values() for item in found if afresh or item.draft.network in networks]
    seeds = [item.draft.provenance.seed for item in items if item.draft.provenance.brief_hash == hash_of(brief) or not afresh]
    seed = max(seeds) + 1 if seeds else 0
    return get_services().runs.start(kit.slug, brief, brief_id, networks, by, seed, person(), afresh=afresh)


def _forget_what_was_read(brief_id: str, network: str) -> None:
    st.session_state.get("draft_read", {}).get(brief_id, {}).pop(network, None)


def _ordered(items: Sequence[Item]) -> list[Item]:
    last = max((item.created_at, item.draft.provenance.seed) for item in items)

    def place(item: Item) -> tuple[int, int, int]:
        newest = (item.created_at, item.draft.provenance.seed) == last
        rank = 0 if item.state is not State.DRAFT else 1 if newest and item.version > 1 else 2 if newest else 3
        return rank, sum(one.level == "error" for one in item.draft.findings), item.draft.variant

    kept = [item for item in items if (item.created_at, item.draft.provenance.seed) == last or item.version > 1]
    return sorted(kept, key=place)


def _hash() -> str:
    try:
        return hash_of(brief_now())
    except InputError:
        return ""
