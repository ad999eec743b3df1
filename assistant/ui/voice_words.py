"""Words for the voice: a model's proposal, each trait with the brand's own sentence behind it; a person takes it or not."""

from dataclasses import asdict
from typing import Any

import streamlit as st
from pydantic import TypeAdapter

from assistant.brands.kit import Kit
from assistant.errors import AssistantError
from assistant.onboarding.voice_words import Shown, VoiceWords
from assistant.services.reading import take_words, words_for_voice
from assistant.ui.frame import errors_shown, trouble
from assistant.ui.outside import html, plain
from assistant.ui.session import get_services, person, said, say

SHAPE = TypeAdapter(VoiceWords)


def voice_words(kit: Kit) -> None:
    """Draw the way to a proposal, or the proposal. Nothing where no model is connected."""
    services = get_services()
    words = _kept(kit.slug)
    if words is None and services.models.connection() is None:
        return
    with st.container(border=True, key="voice_words"):
        st.html(f"<h3>{html(say('voice_words.title'))}</h3>")
        if words is not None:
            _proposal(kit, words)
        elif why := services.models.why_not(kit):
            st.caption(plain(said(why)))
        else:
            st.caption(plain(say("voice_words.about")))
            if st.button(say("voice_words.propose"), key="voice_words_propose", icon=":material/auto_awesome:"):
                _propose(kit)


def _propose(kit: Kit) -> None:
    services = get_services()
    with errors_shown(), st.spinner(say("voice_words.working"), show_time=True):
        words = words_for_voice(services, kit)
        services.stores.notes.put(_key(kit.slug), asdict(words), now=services.now())
        st.rerun()


def _proposal(kit: Kit, words: VoiceWords) -> None:
    st.caption(plain(say("voice_words.by", model=words.by, count=words.posts)))
    rows = [
        f"<p><b>{html(one.name)}</b></p><blockquote>{html(one.sounds_like)}</blockquote>{_source(one)}{_not(one.not_like)}"
        for one in words.we_are
    ]
    _section("voice_words.we_are", rows)
    _section("voice_words.we_are_not", [html(one) for one in words.we_are_not])
    _section("voice_words.words", [html(say("voice_words.reworded", right=one.right, wrong=one.wrong)) for one in words.rewordings])
    _section("voice_words.questions", [html(one) for one in words.questions])
    if words.left_out:
        st.caption(plain(say("voice_words.left_out", count=len(words.left_out), said=list(words.left_out))))
    with st.container(horizontal=True, gap="small"):
        st.button(say("voice_words.take"), key="voice_words_take", type="primary", on_click=_take, args=(kit, words))
        st.button(say("voice_words.drop"), key="voice_words_drop", on_click=_drop, args=(kit.slug,))


def _source(trait: Shown) -> str:
    network = say(f"network.{trait.network}") if trait.network else "—"
    return f"<p><small>{html(say('voice_words.source', network=network, post=trait.post))}</small></p>"


def _not(words: str) -> str:
    return f"<p><small>{html(say('voice_words.rather_than', words=words))}</small></p>" if words else ""


def _section(id: str, rows: list[str]) -> None:
    if rows:
        st.html(f'<section class="plume-part"><h4>{html(say(id))}</h4><ul>{"".join(f"<li>{row}</li>" for row in rows)}</ul></section>')


def _take(kit: Kit, words: VoiceWords) -> None:
    try:
        added = take_words(get_services(), kit, words, person())
    except AssistantError as error:
        trouble(error)
        return
    page = next(page.name for page in added.guide if page.name not in {one.name for one in kit.guide})
    st.session_state["told"] = say("voice_words.taken", page=page)
    _drop(kit.slug)


def _drop(slug: str) -> None:
    get_services().stores.notes.drop(_key(slug))


def _kept(slug: str) -> VoiceWords | None:
    value: Any = get_services().stores.notes.get(_key(slug))
    return SHAPE.validate_python(value) if value else None


def _key(slug: str) -> str:
    return f"voice_words:{slug}"
