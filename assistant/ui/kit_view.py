"""A kit, readable: who speaks where, what is said and not, and the measured voice beside it."""

from collections.abc import Iterable

import streamlit as st

from assistant.brands.kit import Kit, Term
from assistant.brands.portrait import portrait
from assistant.ui.outside import html
from assistant.ui.session import get_services, said, say
from assistant.ui.voice_words import voice_words


def kit_view(kit: Kit) -> None:
    """Everything a person checks before trusting a brand's drafts."""
    about = f'<p class="plume-note">{html(say("kit.fictional"))}</p>' if kit.fictional else ""
    st.html(f'<h2 class="plume-brand" style="--brand:{kit.colour}">{html(kit.name)}</h2>{about}<p>{html(kit.description)}</p>')
    _questions(kit)
    with st.grid(min_column_width=420, gap="medium", key="kit_parts"):
        _part("kit.accounts", [_account(kit, number) for number in range(len(kit.accounts))])
        _voice(kit)
    voice_words(kit)
    _terms(kit)
    _facts(kit)


def _questions(kit: Kit) -> None:
    """What the kit does not know yet, each with a recommendation."""
    if kit.open_questions:
        rows = [f"<b>{html(one.question)}</b> <small>{html(one.recommendation)}</small>" for one in kit.open_questions]
        _part("kit.questions", rows, count=len(rows))


def _part(id: str, rows: Iterable[str], **values: object) -> None:
    items = "".join(f"<li>{row}</li>" for row in rows)
    if items:
        st.html(f'<section class="plume-part"><h3>{html(say(id, **values))}</h3><ul>{items}</ul></section>')


def _account(kit: Kit, number: int) -> str:
    account = kit.accounts[number]
    speaks = say("kit.account", address=say(f"address.{account.address}"), speaker=say(f"speaker.{account.speaker}"))
    return f"<b>{html(say(f'network.{account.network}'))}</b> {html(account.handle)} <small>{html(speaks)}</small>"


def _voice(kit: Kit) -> None:
    services = get_services()
    with st.spinner(say("kit.voice.working")):
        found = portrait(services.voice_of(kit.slug))
    rows = [html(said(message)) for message in found]
    rows += [f"<b>{html(trait.name)}</b> <small>{html(trait.sounds_like)}</small>" for trait in kit.voice.we_are]
    _part("kit.voice", rows, count=services.stores.posts.count(kit.slug))


def _terms(kit: Kit) -> None:
    shown = ""
    for kind in ("never", "avoid", "preferred", "must"):
        terms: tuple[Term, ...] = getattr(kit.terms, kind)
        if terms:
            shown += f"<div><h4>{html(say(f'kit.terms.{kind}'))}</h4><ul>{''.join(map(_term, terms))}</ul></div>"
    if shown:
        st.html(f'<section class="plume-part"><h3>{html(say("kit.terms"))}</h3><div class="plume-terms">{shown}</div></section>')


def _term(term: Term) -> str:
    instead = f" → {html(term.alternative)}" if term.alternative else ""
    return f"<li>{html(term.term)}{instead} <small>{html(term.reason)}</small></li>"


def _facts(kit: Kit) -> None:
    today = get_services().now().date()
    rows = []
    for fact in kit.facts:
        until = say("kit.fact.until", day=f"{fact.valid_until:%d/%m/%Y}") if fact.valid_until else ""
        note = until if fact.holds_on(today) else say("kit.fact.expired", until=until)
        rows.append(f"<li>{html(fact.name)} : {html(fact.value)} <small>{html(note)}</small></li>")
    if rows:
        head = f"<h3>{html(say('kit.facts', count=len(kit.facts_on(today))))}</h3>"
        folded = f"<details><summary>{html(say('kit.facts.show'))}</summary><ul>{''.join(rows)}</ul></details>"
        st.html(f'<section class="plume-part">{head}{folded}</section>')
