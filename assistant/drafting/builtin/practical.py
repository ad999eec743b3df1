"""The practical line: date, hour, place and price, bare or labelled, with the subject in front where it belongs there."""

from collections.abc import Sequence

from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.prose import Block, closed, has_colon, labelled, listed, raised
from assistant.drafts import Piece
from assistant.messages import Language


def practical_blocks(facts: Sequence[Fact], label: Piece | None, habits: Habits, colon: str, language: Language) -> list[Block]:
    """Blocks for `facts`; `label` is the subject where it leads them."""
    sayings = [_saying(fact) for fact in facts if fact.kind == "sentence"]
    entries = [fact for fact in facts if fact.kind != "sentence"]
    bare = [fact for fact in entries if fact.bare]
    alone = len(bare) == 1 and (bare[0].kind in ("price", "hour", "condition") or bare[0].told) and label is None
    if (habits.practical_label and len(bare) > 1 and habits.airy) or alone:
        bare = []
    named = [fact for fact in entries if fact not in bare]
    blocks: list[Block] = []
    if bare:
        blocks.append(_line(bare, label, colon, language))
    elif label and named:
        blocks.append(Block("label", (Piece(raised(label.text), label.source),)))
    blocks += [Block("practical", _named(fact, colon)) for fact in named]
    return blocks + sayings


def _line(bare: Sequence[Fact], label: Piece | None, colon: str, language: Language) -> Block:
    pieces = listed(Piece(fact.value, fact.source) for fact in bare)
    if label and not any(has_colon(fact.value) for fact in bare) and not has_colon(label.text):
        return Block("practical", labelled(label.text, label.source, colon, pieces, language))
    return Block("practical", (Piece(raised(pieces[0].text), pieces[0].source), *pieces[1:]))


def _named(fact: Fact, colon: str) -> tuple[Piece, ...]:
    return Piece(raised(fact.name), fact.name_source), Piece(colon, "joint"), Piece(fact.value, fact.source)


def _saying(fact: Fact) -> Block:
    return Block("body" if closed(fact.value) else "practical", (Piece(raised(fact.value), fact.source),))
