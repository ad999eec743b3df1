"""What was drafted for the brief in hand, and drafting: network by network, each shown as soon as it is there.

What is still to be drafted is remembered. A click meanwhile interrupts the running page, and the next run goes on where
it stopped, so that nobody gets half of what was asked for.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import streamlit as st

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.drafting.briefing import brief_from
from assistant.drafting.pipeline import Drafted, hash_of, once
from assistant.drafts import Item, State
from assistant.errors import InputError
from assistant.messages import Message
from assistant.storage.codec import from_json, to_json
from assistant.ui import brief_in_hand
from assistant.ui.brief_form import offered
from assistant.ui.session import get_services, person

OVER = (State.REJECTED, State.WITHDRAWN)


@dataclass
class Waiting:
    """Networks that are still to be drafted for a brief."""

    brief_id: str
    networks: list[str]
    seed: int


@dataclass(frozen=True)
class Heard:
    """What the writer said about a brief, beside the drafts."""

    questions: dict[str, Message] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    proposals: dict[str, str] = field(default_factory=dict)

    def and_from(self, drafted: Drafted) -> "Heard":
        """What was said so far and what another network adds, each thing once."""
        asked = {one.id: one.message for one in drafted.questions}
        return Heard(self.questions | asked, once((*self.warnings, *drafted.warnings)), self.proposals | drafted.proposals)


def brief_now() -> Brief:
    """The brief as it is typed. Raises InputError naming what is wrong."""
    typed = brief_in_hand.typed()
    return brief_from(typed | {"facts": {name: value for name, value in dict(typed.get("facts", {})).items() if value}})


def ask(kit: Kit, brief_id: str) -> None:
    """Put every wanted network on the list. The same brief once more is the next try. Raises InputError."""
    brief = brief_now()
    networks = [network.key for network in get_services().networks_for(kit.slug, brief, brief.networks or offered(kit))]
    before = [item for items in everything(kit, brief_id).values() for item in items]
    seeds = [item.draft.provenance.seed for item in before if item.draft.provenance.brief_hash == hash_of(brief)]
    st.session_state["draft_waiting"] = Waiting(brief_id, networks, max(seeds) + 1 if seeds else 0)
    _hear(brief_id, Heard())


def ask_again(item: Item) -> None:
    """Another try on one network; its `on_click`."""
    st.session_state[f"again_{item.draft.network}"] = item.draft.provenance.seed + 1


def waiting(brief_id: str) -> Waiting | None:
    """What is still to be drafted for this brief."""
    found: Waiting | None = st.session_state.get("draft_waiting")
    return found if found and found.brief_id == brief_id and found.networks else None


def draft(kit: Kit, brief_id: str, networks: Sequence[str], seed: int) -> Iterator[str]:
    """Draft and save; each network as soon as its drafts are there. Raises AssistantError."""
    services = get_services()
    drafting = services.draft(kit.slug, brief_now(), networks=networks, seed=seed, actor=person(), brief_id=brief_id)
    for network, drafted in zip(tuple(networks), drafting, strict=True):
        if (left := waiting(brief_id)) and network in left.networks:
            left.networks.remove(network)
        st.session_state.get("draft_items", {}).get(brief_id, {}).pop(network, None)
        _hear(brief_id, heard(brief_id).and_from(drafted))
        yield network


def stop(brief_id: str) -> None:
    """Drafting failed: what is there stays, the rest is not tried again unasked."""
    if found := waiting(brief_id):
        found.networks.clear()


def everything(kit: Kit, brief_id: str, network: str | None = None) -> dict[str, list[Item]]:
    """What the brief has to show, by network: the last try, best first, then what a person has touched of earlier ones."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in get_services().stores.drafts.current(kit.slug, brief_id, network):
        if item.state not in OVER:
            found[item.draft.network].append(item)
    return {network: _ordered(items) for network, items in found.items()}


def shown(kit: Kit, brief_id: str) -> list[str]:
    """The networks to show, in the order of the brand's accounts: those of the brief, and those a person has worked on."""
    found, order = everything(kit, brief_id), offered(kit)
    st.session_state.update({"draft_items": {brief_id: dict(found)}, "draft_hash": _hash()})
    asked = st.session_state.get("draft_networks") or order
    waits = waiting(brief_id)
    wanted = [n for n, items in found.items() if n in asked or any(item.version > 1 for item in items)]
    wanted += waits.networks if waits else []
    return sorted(dict.fromkeys(wanted), key=lambda key: order.index(key) if key in order else len(order))


def on(kit: Kit, brief_id: str, network: str) -> list[Item]:
    """The drafts of one network: as the page has just read them, else, when only its card is drawn, read now."""
    just_read: dict[str, list[Item]] = st.session_state.get("draft_items", {}).get(brief_id, {})
    return just_read.pop(network) if network in just_read else everything(kit, brief_id, network).get(network, [])


def is_older(item: Item) -> bool:
    """Whether the brief has changed since this text was written from it."""
    return item.state is State.DRAFT and st.session_state.get("draft_hash") not in ("", item.draft.provenance.brief_hash)


def heard(brief_id: str) -> Heard:
    """What the writer said when it last drafted from this brief; a refresh finds it again."""
    kept: dict[str, Heard] = st.session_state.setdefault("draft_heard", {})
    if brief_id not in kept:
        kept[brief_id] = Heard(**from_json(get_services().stores.notes.get(f"heard:{brief_id}") or {}))
    return kept[brief_id]


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


def _hear(brief_id: str, said: Heard) -> None:
    services = get_services()
    st.session_state.setdefault("draft_heard", {})[brief_id] = said
    services.stores.notes.put(f"heard:{brief_id}", to_json(vars(said)), now=services.now())
