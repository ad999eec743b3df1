"""A mould of the kit filled: the brand's own lines around the person's units."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.brands.kit import Mould
from assistant.brands.lines import SLOT
from assistant.drafting.builtin.prose import JOINT, Block, closed, lowered, lowered_label, raised
from assistant.drafts import Piece
from assistant.messages import Language


def poured(
    mould: Mould, lines: Sequence[str], slots: Mapping[str, Sequence[Block]], language: Language, common: Collection[str]
) -> list[Block] | None:
    """Blocks in the mould's order, or None when a line with words of its own finds its slot empty.

    `lines` are the mould's, typeset; `common` are words known to be no names, which may be lowered after a colon.
    """
    source = f"kit.moulds.{mould.id}"
    blocks: list[Block] = []
    for line in lines:
        match = SLOT.search(line)
        fixed = (line[: match.start()] if match else line).strip()
        filling = list(slots.get(match[1], ())) if match else []
        if match and not filling:
            if fixed:
                return None
            continue
        if fixed and filling:
            filling[0] = replace(filling[0], role="body", pieces=_joined(Piece(fixed, source), filling[0].pieces, language, common))
        elif fixed:
            filling = [Block("closing" if blocks else "first", (Piece(fixed, source),))]
        blocks += filling
    return [_in_place(block, number) for number, block in enumerate(blocks)]


def _in_place(block: Block, number: int) -> Block:
    """The first block opens, no other does."""
    if number == 0:
        return replace(block, role="first") if block.role == "body" else block
    return replace(block, role="body") if block.role == "first" else block


def _joined(fixed: Piece, pieces: tuple[Piece, ...], language: Language, common: Collection[str]) -> tuple[Piece, ...]:
    """The slot after the line's own words: lower case after a colon, a capital after a full stop."""
    head = pieces[0]
    ended = closed(fixed.text) and not fixed.text.endswith(":")
    if ended:
        text = raised(head.text)
    else:
        text = lowered_label(head.text, language, common) if head.source == "brief.subject" else lowered(head.text, language)
    return (fixed, Piece(" ", JOINT), Piece(text, head.source), *pieces[1:])
