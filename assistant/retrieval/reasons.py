"""Why a text was chosen, as messages for a person."""

from dataclasses import dataclass
from datetime import date

from assistant.messages import Message, has
from assistant.networks.catalogue import family
from assistant.retrieval.records import Record
from assistant.retrieval.tokens import WORD, stems, tokens

SHOWN_WORDS = 3
CLOSE = 0.25
"""Cosine from which two texts without a common word are called alike."""
TOP_SHARE = 0.5
"""Only the upper half is worth a word."""
ENOUGH_POSTS = 10
"""Percentiles among fewer posts are not quoted."""
MONTH = 30.44
YEAR = 365.25


@dataclass(frozen=True)
class Found:
    """What is known of a record that was found."""

    record: Record
    asked: bool
    """Whether there was a query."""
    words: tuple[str, ...]
    similarity: float
    percentile: float | None
    sample: int


def reasons(found: Found, network: str | None, today: date) -> tuple[Message, ...]:
    """Most telling first."""
    record = found.record
    given: list[Message | None] = [
        Message("retrieval.reason.pinned") if record.pinned else None,
        _subject(found),
        _performance(found),
        _age(record, today),
        _place(record, network),
    ]
    return tuple(message for message in given if message)


def shared_words(query: str, text: str) -> tuple[str, ...]:
    """Words of `query`, as typed, that are found in `text`."""
    held = set(tokens(text))
    typed = dict.fromkeys(WORD.findall(query))
    return tuple(word for word in typed if any(stem in held for stem in stems(word)))


def network_name(key: str) -> Message | str:
    """The network as the reader's language calls it; an unknown key as it stands."""
    return Message(f"network.{key}") if has(f"network.{key}") else key


def _subject(found: Found) -> Message | None:
    if not found.asked:
        return None
    if found.words:
        return Message("retrieval.reason.words", {"words": list(found.words[:SHOWN_WORDS])})
    return Message("retrieval.reason.alike" if found.similarity >= CLOSE else "retrieval.reason.far")


def _performance(found: Found) -> Message | None:
    if found.percentile is None:
        return None
    if found.sample < ENOUGH_POSTS:
        return Message("retrieval.reason.few_posts", {"count": found.sample})
    share = max(1, round(100 * (1 - found.percentile)))
    values = {"share": share, "posts": found.sample, "network": network_name(found.record.network)}
    if found.percentile < TOP_SHARE:
        return None
    return Message("retrieval.reason.top" if values["network"] else "retrieval.reason.top_anywhere", values)


def _age(record: Record, today: date) -> Message | None:
    if record.published_at is None:
        return None
    days = (today - record.published_at.date()).days
    if days < 0:
        return Message("retrieval.reason.planned")
    if days < 2 * MONTH:
        return Message("retrieval.reason.days", {"count": days})
    if days < 2 * YEAR:
        return Message("retrieval.reason.months", {"count": round(days / MONTH)})
    return Message("retrieval.reason.years", {"count": round(days / YEAR)})


def _place(record: Record, network: str | None) -> Message | None:
    if not network or not record.network or family(record.network) == family(network):
        return None
    return Message("retrieval.reason.other_network", {"network": network_name(record.network)})
