"""Joints: how units become sentences. Nothing is added but a colon, a comma, a full stop, a space or a line break."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import regex

from assistant.drafting.builtin.hanging import hung, may_hang
from assistant.drafting.builtin.lexicon import lexicon, plain
from assistant.drafting.builtin.units import Unit
from assistant.drafts import Piece
from assistant.messages import Language

JOINT = "joint"
CLOSED = regex.compile(r"[.!?…:;][»”\"')\]\s]*\Z|(?<![\p{L}\p{N}])[:;=][-^']?[)(DPp]\Z|\p{Extended_Pictographic}\ufe0f?\Z")
LINKED = regex.compile(r"(?:https?://\S+|[\p{L}\p{N}-]+\.\p{Ll}{2,}(?:/\S*)?|[#@]\S+)\Z")
COLON = regex.compile(r":(?=\s|\Z)")
FIRST = regex.compile(r"\A([«“\"'‘(\[]?[\s\u00a0]*)(\p{Ll})(\S*)")
LOWERED = ("lowered", "subjects", "determiners", "gestures", "numbers", "participles", "bare_adjectives", "conditions")
WORD = regex.compile(r"\A(\p{L}+['’]?)")


@dataclass(frozen=True)
class Block:
    """A run of pieces that stays on one line, and its part in the post."""

    role: str
    """lead, first, body, aside, practical, label, ask, closing, link, signature, tags."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The block as it reads."""
        return "".join(piece.text for piece in self.pieces)


def raised(text: str) -> str:
    """`text` with its first letter raised; « iPhone », links, tags and handles stay as typed."""
    match = FIRST.match(text)
    if not match or regex.search(r"\p{Lu}|\d|\.\p{Ll}", match[3]) or LINKED.match(text.split()[0]):
        return text
    start = match.start(2)
    return text[:start] + text[start].upper() + text[start + 1 :]


def lowered(text: str, language: Language) -> str:
    """A unit as it stands after a colon: an article, pronoun, number or verb of the closed lists loses its capital, nothing else does."""
    lists = lexicon(language).words
    orders = frozenset(f"{verb[:-2]}ez" for verb in lists["gestures"] if language == "fr" and verb.endswith("er"))
    return _lowered_if(text, orders.union(*(lists[name] for name in LOWERED)))


def lowered_label(text: str, language: Language, common: Collection[str]) -> str:
    """A label after a colon: an article goes down, and a word of `common`, unless more capitals follow and make it a title."""
    lists = lexicon(language).words
    title = text[1:] != text[1:].lower()
    return _lowered_if(text, lists["lowered"] | (frozenset() if title else lists["label_nouns"] | frozenset(common)))


def _lowered_if(text: str, known: Collection[str]) -> str:
    match = WORD.match(text)
    if not match or match[1] == "I" or (match[1].isupper() and len(match[1].rstrip("'’")) > 1):
        return text
    return text[0].lower() + text[1:] if plain(match[1]) in known else text


def closed(text: str) -> bool:
    """Whether a text needs no full stop: it has a final mark, or ends in an emoji or a link."""
    return bool(CLOSED.search(text)) or ends_in_address(text)


def ends_in_address(text: str) -> bool:
    """Whether a link, an e-mail address, a handle or a hashtag comes last."""
    return bool(LINKED.search(text.split()[-1] if text.split() else ""))


def has_colon(text: str) -> bool:
    """Whether a colon stands in the text, hours and links left out."""
    return bool(COLON.search(text))


def labelled(label: str, source: str, colon: str, after: Sequence[Piece], language: Language) -> tuple[Piece, ...]:
    """« Label : what follows », the first word after the colon lowered where the closed list says so."""
    head = Piece(lowered(after[0].text, language), after[0].source)
    return (Piece(raised(label), source), Piece(colon, JOINT), head, *after[1:])


def listed(values: Iterable[Piece]) -> tuple[Piece, ...]:
    """Entries of a practical line, a comma between."""
    pieces: list[Piece] = []
    for value in values:
        if pieces:
            pieces.append(Piece(", ", JOINT))
        pieces.append(value)
    return tuple(pieces)


def blocks_of(units: Sequence[Unit], colon: str, language: Language, first_role: str = "first") -> list[Block]:
    """Each unit a sentence of its own; a bare list hangs on the clause before it by a colon."""
    blocks: list[Block] = []
    before: Unit | None = None
    for unit in units:
        if before is not None and may_hang(before, unit, language):
            text = blocks[-1].text
            if not closed(text) and not has_colon(text):
                items = (Piece(colon, JOINT), Piece(hung(lowered(unit.text, language)), unit.source))
                blocks[-1] = Block(blocks[-1].role, blocks[-1].pieces + items)
                before = unit
                continue
        blocks.append(Block("body" if blocks else first_role, (Piece(raised(unit.text), unit.source),)))
        before = unit
    return blocks
