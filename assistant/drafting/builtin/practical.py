"""The practical line: date, hour, place and price, bare or labelled, with the subject in front where it belongs there."""

from collections.abc import Sequence

import regex

from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.labelling import entry, named
from assistant.drafting.builtin.prose import Block, closed, has_colon, labelled, raised
from assistant.drafts import Piece
from assistant.messages import Language

ON_SALE = regex.compile(r"(?:on sale|for sale|good|valid|available|open|en vente|valables?|disponibles?|ouverte?s?)\b", regex.IGNORECASE)
"""A date that is said of something takes no place by a comma."""
FEW = 2
"""Words: a longer price says what it is for."""


def practical_blocks(facts: Sequence[Fact], label: Piece | None, habits: Habits, colon: str, language: Language) -> list[Block]:
    """Blocks for `facts`; `label` is the subject where it leads them."""
    sayings = [_saying(fact) for fact in facts if fact.kind == "sentence"]
    entries = [fact for fact in facts if fact.kind != "sentence"]
    bare = [fact for fact in entries if fact.bare]
    says_for_what = len(bare) == 1 and bare[0].kind == "price" and len(bare[0].value.split()) > FEW
    alone = len(bare) == 1 and not says_for_what and (bare[0].kind in ("price", "hour", "condition") or bare[0].told) and label is None
    if (habits.practical_label and len(bare) > 1 and habits.airy) or alone:
        bare = []
    by_name = [fact for fact in entries if fact not in bare]
    blocks: list[Block] = []
    if bare:
        blocks.append(_line(bare, label, colon, language))
    elif label and by_name:
        blocks.append(Block("label", (Piece(raised(label.text), label.source),)))
    last = [fact for fact in by_name if fact.kind in ("contact", "code")]
    blocks += [Block("practical", named(fact, colon)) for fact in by_name if fact not in last]
    return blocks + sayings + [Block("practical", named(fact, colon)) for fact in last]


def _line(bare: Sequence[Fact], label: Piece | None, colon: str, language: Language) -> Block:
    pieces = _entries(bare)
    if label and not any(has_colon(fact.value) for fact in bare) and not has_colon(label.text):
        return Block("practical", labelled(label.text, label.source, colon, pieces, language))
    return Block("practical", (Piece(raised(pieces[0].text), pieces[0].source), *pieces[1:]))


def _entries(bare: Sequence[Fact]) -> tuple[Piece, ...]:
    """A comma between; a full stop before a price or place that comes after an entry with a comma of its own, or where it has one."""
    pieces: list[Piece] = []
    for before, fact in zip((None, *bare), bare, strict=False):
        split = before is not None and _is_apart(before, fact)
        if before is not None:
            pieces.append(Piece(". " if split else ", ", "joint"))
        pieces += entry(fact, first=split)
    return tuple(pieces)


def _is_apart(before: Fact, fact: Fact) -> bool:
    if fact.kind not in ("price", "place"):
        return False
    return ", " in before.value or (fact.kind == "place" and ON_SALE.match(before.value) is not None)


def _saying(fact: Fact) -> Block:
    return Block("body" if closed(fact.value) else "practical", (Piece(raised(fact.value), fact.source),))
