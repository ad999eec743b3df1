"""What an edit leaves of a draft: the new texts, and whose words they now are."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.drafts import Draft, Piece
from assistant.errors import InputError
from assistant.text import clean

PERSON = "person"


def edited(
    draft: Draft,
    *,
    text: str | None = None,
    first_comment: str | None = None,
    alt_text: str | None = None,
    parts: Sequence[str] | None = None,
) -> Draft:
    """`draft` with what a person changed; None leaves a field as it is. Raises InputError `review.no_text` for an empty text.

    A new text takes a thread's old parts away unless new ones come with it: they would go out as nobody read them.
    """
    new_text = draft.text if text is None else clean(text)
    if not new_text:
        raise InputError("review.no_text")
    new_parts = draft.parts if new_text == draft.text else ()
    if parts is not None:
        new_parts = tuple(part for part in map(clean, parts) if part)
    return replace(
        draft,
        text=new_text,
        parts=new_parts,
        first_comment=draft.first_comment if first_comment is None else clean(first_comment),
        alt_text=draft.alt_text if alt_text is None else clean(alt_text),
        provenance=replace(draft.provenance, pieces=_pieces(draft, new_text)),
    )


def _pieces(draft: Draft, text: str) -> tuple[Piece, ...]:
    """The pieces of the new text: those before and after the change keep their source, what is between is the person's."""
    old, pieces = draft.text, draft.provenance.pieces
    if text == old or not pieces:
        return pieces
    if "".join(piece.text for piece in pieces) != old:
        return (Piece(text, PERSON),)
    start = _shared(old, text)
    end = _shared(old[start:][::-1], text[start:][::-1])
    between = (Piece(text[start : len(text) - end], PERSON),) if start + end < len(text) else ()
    return (*_cut(pieces, 0, start), *between, *_cut(pieces, len(old) - end, len(old)))


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(pieces: tuple[Piece, ...], start: int, end: int) -> list[Piece]:
    found, at = [], 0
    for piece in pieces:
        kept = piece.text[max(0, start - at) : max(0, end - at)]
        if kept:
            found.append(Piece(kept, piece.source))
        at += len(piece.text)
    return found
