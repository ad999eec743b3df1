"""Blocks put on the page by the account's habits: spaces, line breaks, blank lines, final stops. No word is added."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.prose import JOINT, Block, closed, ends_in_address, has_colon
from assistant.drafts import Piece
from assistant.text import sentences

SPACE, LINE, BLANK = " ", "\n", "\n\n"
PARAGRAPH = 160
"""Characters of prose that are not split to reach a number of blocks."""
PROSE = frozenset({"first", "body", "aside", "ask", "closing"})
BESIDE = frozenset({"practical", "tags"})
"""Blocks that not every post has: they come beside the usual number, and so does a closing behind the practical line."""
DEMOTED = (
    "body body",
    "body aside",
    "practical practical",
    "label practical",
    "ask link",
    "body ask",
    "practical ask",
    "body closing",
    "practical link",
    "body link",
)
"""Blank lines that go first when the account uses fewer; all others follow, last place first. The one before the tags stays."""


def arrange(blocks: Sequence[Block], habits: Habits, colon: str = ": ") -> tuple[Piece, ...]:
    """All pieces in order, joints included; `colon` with the spaces of the house variant."""
    breaks = [_wish(before, after, habits) for before, after in pairwise(blocks)]
    breaks = _as_many_blocks(blocks, breaks, habits)
    breaks = [_past_an_address(before, after, gap) for (before, after), gap in zip(pairwise(blocks), breaks, strict=True)]
    pieces: list[Piece] = []
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        following = "" if last else breaks[number]
        pieces.extend(block.pieces)
        led = following == SPACE and habits.link_led and _may_lead_to(blocks[number + 1], block)
        joint = colon if led else _stop(blocks, number, breaks, habits) + following
        if joint:
            pieces.append(Piece(joint, JOINT))
    return tuple(pieces)


def _may_lead_to(link: Block, before: Block) -> bool:
    """Whether a colon may stand between the practical line and a bare address: neither the line nor its sentence has one."""
    bare = link.role == "link" and link.pieces[0].source == "brief.link"
    return bare and before.role == "practical" and not closed(before.text) and not has_colon(sentences(before.text)[-1])


def _past_an_address(before: Block, after: Block, gap: str) -> str:
    """An address ends its line: a full stop would look like a part of it, and without one the next sentence runs into it."""
    return LINE if gap == SPACE and after.role != "tags" and ends_in_address(before.text) else gap


def _wish(before: Block, after: Block, habits: Habits) -> str:
    """The break the account would put between two blocks."""
    apart = BLANK if habits.blank else LINE
    if after.role == "tags":
        return (apart if habits.tags_last else LINE) if habits.airy else SPACE
    if before.role in ("lead", "first") and after.role in ("body", "aside", "closing", "ask", "label"):
        return apart if habits.break_first else (LINE if habits.lines else SPACE)
    own_line = habits.practical_own or habits.airy
    if before.role == "label" or (before.role == after.role == "practical"):
        return LINE if own_line else SPACE
    if after.role == "link" and not habits.single and not _printed(after) and not _is_entry(before):
        return SPACE
    if "practical" in (before.role, after.role):
        between = apart if habits.single or after.role == "link" else BLANK
        return between if own_line or (after.role == "link" and habits.link_own) else SPACE
    if after.role == "link":
        return apart if habits.link_own else (LINE if habits.airy else SPACE)
    if after.role in ("signature", "label", "closing", "ask"):
        within = LINE if habits.airy and (habits.single or after.role not in PROSE) else SPACE
        return apart if habits.blank else within
    return LINE if habits.lines else SPACE


def _printed(block: Block) -> bool:
    """Whether a link's address is shown: words for a link that cannot be opened are words like others."""
    return any(piece.source == "brief.link" for piece in block.pieces)


def _is_entry(block: Block) -> bool:
    """Whether a block is one entry of a list of facts, « Caution : 50 € »: no sentence follows on its line."""
    named = len(block.pieces) > 1 and block.pieces[0].source != "brief.subject" and block.pieces[1].text.strip() == ":"
    return named and block.role == "practical"


def _as_many_blocks(blocks: Sequence[Block], breaks: list[str], habits: Habits) -> list[str]:
    """Blank lines up or down to what the account uses."""
    if not habits.blank:
        return breaks
    roles = {block.role for block in blocks}
    behind = any((a.role, b.role) == ("practical", "closing") for a, b in pairwise(blocks))
    wanted = habits.blocks - 1 + len(roles & BESIDE) + behind
    for place in _demotable(blocks, breaks):
        if breaks.count(BLANK) <= wanted:
            break
        within = {blocks[place].role, blocks[place + 1].role} <= PROSE
        breaks[place] = SPACE if within and not habits.single else LINE
    prose = sum(len(block.text) for block in blocks if block.role in ("first", "body"))
    inner = [n for n, b in enumerate(breaks) if b == SPACE and blocks[n].role in ("body", "first")]
    body = [n for n in inner if blocks[n + 1].role in ("body", "aside")] if prose >= PARAGRAPH else []
    while breaks.count(BLANK) < wanted and len(body) > 1:
        middle = body.pop(len(body) // 2)
        breaks[middle] = BLANK
        body = [n for n in body if abs(n - middle) > 1]
    return breaks


def _demotable(blocks: Sequence[Block], breaks: Sequence[str]) -> list[int]:
    """Places of blank lines, the least needed first."""
    pairs = [f"{a.role} {b.role}" for a, b in pairwise(blocks)]
    blank = [n for n, b in enumerate(breaks) if b == BLANK and blocks[n + 1].role != "tags"]
    return sorted(blank, key=lambda n: DEMOTED.index(pairs[n]) if pairs[n] in DEMOTED else len(DEMOTED) + len(blank) - n)


def _stop(blocks: Sequence[Block], number: int, breaks: Sequence[str], habits: Habits) -> str:
    """A full stop where the sentence needs one; the last one is a habit, unless another stands before it on the same line."""
    block, following = blocks[number], breaks[number] if number < len(breaks) else ""
    if closed(block.text) or block.role in ("tags", "link", "signature") or (block.role == "label" and following != SPACE):
        return ""
    if following == SPACE and blocks[number + 1].role != "tags":
        return "."
    after = {b.role for b in blocks[number + 1 :]}
    goes_on = bool(after & PROSE) or (block.role != "practical" and "practical" in after)
    if habits.stop or (goes_on and not habits.lines):
        return "."
    beside = number > 0 and breaks[number - 1] == SPACE
    return "." if not habits.stopless and (beside or habits.lines) else ""
