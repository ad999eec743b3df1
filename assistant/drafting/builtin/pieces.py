"""A draft taken apart again: which run of its text comes from where, and one run taken out with the joint beside it."""

from collections.abc import Sequence

from assistant.drafting.builtin.extras import own_text
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.prose import JOINT, raised
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Draft, Piece


def taken_apart(request: WriteRequest, material: Material, draft: Draft) -> list[Piece]:
    """The draft's pieces as it remembers them; where a person edited the text, found again by what they say."""
    kept = list(draft.provenance.pieces)
    if "".join(piece.text for piece in kept) == draft.text:
        return kept
    known = [(unit.text, unit.source) for unit in material.units]
    known += [(fact.value, fact.source) for fact in material.facts] + [(material.link, "brief.link"), (material.label, "brief.subject")]
    known += [(own_text(request, line), f"kit.lines.{line.id}") for line in request.kit.lines]
    return _found(draft.text, [(text, source) for text, source in known if text])


def _found(text: str, known: Sequence[tuple[str, str]]) -> list[Piece]:
    """What is found as typed, longest first; the rest is the person's."""
    spans: list[tuple[int, int, str]] = []
    for wanted, source in sorted(known, key=lambda k: -len(k[0])):
        start = text.casefold().find(wanted.casefold())
        end = start + len(wanted)
        if start >= 0 and not any(start < b and end > a for a, b, _ in spans):
            spans.append((start, end, source))
    pieces: list[Piece] = []
    at = 0
    for start, end, source in [*sorted(spans), (len(text), len(text), "")]:
        if start > at:
            between = text[at:start]
            pieces.append(Piece(between, "person" if any(c.isalnum() for c in between) else JOINT))
        if end > start:
            pieces.append(Piece(text[start:end], source))
        at = end
    return pieces


def without(pieces: Sequence[Piece], at: int) -> list[Piece]:
    """`pieces` without the one at `at` and without the joint it hung on."""
    kept = list(pieces)
    before = kept[at - 1] if at and kept[at - 1].source == JOINT else None
    after = kept[at + 1] if at + 1 < len(kept) and kept[at + 1].source == JOINT else None
    if before is None:
        del kept[at : at + (2 if after else 1)]
        if kept:
            kept[0] = Piece(raised(kept[0].text), kept[0].source)
        return kept
    if after is None:
        del kept[at - 1 : at + 1]
        return kept
    last = at + 2 == len(kept)
    joint = _wider(before.text, after.text)
    joint = joint.rstrip() if last else joint  # nothing stands below the last line
    kept[at - 1 : at + 2] = [Piece(joint, JOINT)]
    return kept


def _wider(before: str, after: str) -> str:
    """One joint for two: the stop of either, the larger of both breaks."""
    stop = before.rstrip(" \n") or after.rstrip(" \n")
    rest = max((before[len(before.rstrip(" \n")) :], after[len(after.rstrip(" \n")) :]), key=lambda gap: (gap.count("\n"), len(gap)))
    return stop + rest


def spans_of(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Start and end of each piece in the text."""
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    return spans
