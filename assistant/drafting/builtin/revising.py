"""A draft again: shorter, drier, with another opening, or rid of what the checks found. What a person edited is left alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz.fuzz import ratio

from assistant.brands.openings import opening_sentence
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.pieces import spans_of, taken_apart, without
from assistant.drafting.staying import cut, whose
from assistant.drafting.writer import Composition, WriteRequest
from assistant.drafts import Draft, Piece
from assistant.errors import NotAllowed
from assistant.findings import Finding
from assistant.messages import Message
from assistant.networks.counting import measure
from assistant.text import fold, sentence_spans

WISHES = ("shorter", "drier", "other-opening")
EXCLAIMED = regex.compile(r"[\u00a0\u202f ]*!+")
FIGURE = regex.compile(r"\p{N}+")
REWORDED = 70
"""A sentence this much like another (rapidfuzz ratio, 100: the same) is that one, edited."""
FLOURISHES = ("aside", "closing", "opening")


@dataclass(frozen=True)
class Task:
    """What is to be revised, and what may be touched."""

    request: WriteRequest
    material: Material
    draft: Draft
    pieces: list[Piece]
    span: tuple[int, int] | None
    locked: tuple[str, ...]

    def free(self, at: int, pieces: Sequence[Piece]) -> bool:
        """Whether the piece at `at` may be touched: inside the span, not a person's, not locked."""
        piece, (start, end) = pieces[at], spans_of(pieces)[at]
        if piece.source == "person" or any(start < b and end > a for a, b in self._held(pieces)):
            return False
        return self.span is None or (start < self.span[1] and end > self.span[0])

    def _held(self, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
        """Where the locked passages stand."""
        text = "".join(piece.text for piece in pieces)
        return [(text.find(one), text.find(one) + len(one)) for one in self.locked if one and one in text]

    def spares(self, at: int, pieces: Sequence[Piece]) -> bool:
        """Whether the text states without the piece at `at` every figure that it states with it."""
        rest = "".join(piece.text for number, piece in enumerate(pieces) if number != at)
        return set(FIGURE.findall(pieces[at].text)) <= set(FIGURE.findall(rest))


def revised(
    request: WriteRequest,
    material: Material,
    draft: Draft,
    findings: tuple[Finding, ...],
    wish: str | None,
    span: tuple[int, int] | None,
    locked: tuple[str, ...],
    others: Callable[[], Sequence[Composition]],
) -> Composition:
    """The draft mended, or as wished. Raises NotAllowed for a wish beyond this writer, or when nothing is left to change."""
    task = Task(request, material, draft, taken_apart(request, material, draft), span, locked)
    wanted = (wish or "").strip().replace(" ", "-")
    if not wanted:
        return _mended(task, findings)
    if wanted == "shorter":
        return _shorter(task)
    if wanted == "drier":
        return _drier(task)
    if wanted == "other-opening":
        return _other_opening(task, others())
    raise NotAllowed("writer.wish.unknown", wish=wish, known=[Message(f"writer.wish.{known}") for known in WISHES])


def _shorter(task: Task) -> Composition:
    at = _last_optional(task, task.pieces, spared=True)
    if at is None:
        raise NotAllowed("writer.wish.nothing_left")
    source = task.pieces[at].source
    return _composition(task, without(task.pieces, at), (source,))


def _last_optional(task: Task, pieces: Sequence[Piece], *, spared: bool = False) -> int | None:
    """The last whole unit that is not required and nothing leans on; else a line of the kit. `spared`: no figure goes with it."""
    units = {unit.source: unit for unit in task.material.units if not unit.required}
    after_tied = False
    for at in range(len(pieces) - 1, -1, -1):
        unit = units.get(pieces[at].source)
        may_go = unit is not None and not after_tied and task.free(at, pieces) and (at > 0 or task.span is not None)
        if may_go and (task.spares(at, pieces) or not spared):
            return at
        tied = next((u for u in task.material.units if u.source == pieces[at].source), None)
        after_tied = tied.tied if tied else after_tied
    return next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].source.startswith("kit.lines.") and task.free(at, pieces)), None)


def _drier(task: Task) -> Composition:
    roles = {f"kit.lines.{line.id}": line.role for line in task.request.kit.lines}
    pieces, gone = list(task.pieces), []
    for at in range(len(pieces) - 1, -1, -1):
        if at >= len(pieces):
            continue  # taking one out may take its joints too
        piece = pieces[at]
        if (roles.get(piece.source) in FLOURISHES or piece.source == "kit.emoji") and task.free(at, pieces):
            gone.append(piece.source)
            pieces = without(pieces, at)
    for at, piece in enumerate(pieces):
        if "!" in piece.text and piece.source not in ("brief.link", "kit.hashtags") and task.free(at, pieces):
            pieces[at] = Piece(EXCLAIMED.sub(".", piece.text), piece.source)
    if pieces == task.pieces:
        raise NotAllowed("writer.wish.nothing_left")
    return _composition(task, pieces, ())


def _other_opening(task: Task, others: Sequence[Composition]) -> Composition:
    """The next way in that begins otherwise and states every figure that the draft states; one that starts from something else first."""
    now = task.pieces[0].source if task.pieces else ""
    text, starts = task.draft.text, [c.pieces[0].source for c in others]
    at = starts.index(now) if now in starts else -1
    turned = (_with_own(other, task) for other in [*others[at + 1 :], *others[: at + 1]])
    found = [other for other in turned if other is not None]
    found = [other for other in found if set(FIGURE.findall(text)) <= set(FIGURE.findall(other.text))]
    found = [other for other in found if fold(opening_sentence(other.text)) != fold(opening_sentence(text))]
    if not found:
        raise NotAllowed("writer.wish.no_other_opening")
    return min(found, key=lambda other: other.pieces[0].source == now)


def _with_own(other: Composition, task: Task) -> Composition | None:
    """`other` with what a person edited in the place of the sentence it was made of; None where no sentence of it is that one."""
    text, pieces = other.text, other.pieces
    for own in task.locked:
        if own in text:
            continue
        spans = [span for span in sentence_spans(text) if text[slice(*span)] not in task.draft.text]
        likeness, (start, end) = max(((ratio(fold(own), fold(text[a:b])), (a, b)) for a, b in spans), default=(0.0, (0, 0)))
        if likeness < REWORDED:
            return None
        pieces = whose(
            (*cut(pieces, 0, start), Piece(own, "person"), *cut(pieces, end, len(text))), text[:start] + own + text[end:], (own,)
        )
        text = text[:start] + own + text[end:]
    return replace(other, text=text, pieces=whose(pieces, text, task.locked))


def _mended(task: Task, findings: Sequence[Finding]) -> Composition:
    """Takes out what the findings point at and the kit brought, and whole optional units while the text is too long."""
    pieces, gone = list(task.pieces), list[str]()
    for finding in findings:
        for at in range(len(pieces) - 1, -1, -1):
            if at < len(pieces) and _at_fault(finding, pieces, at):  # taking one out may take its joints too
                gone.append(pieces[at].source)
                pieces = without(pieces, at)
    if any(finding.id.startswith("limits.") and finding.field == "text" for finding in findings):
        while not measure("".join(p.text for p in pieces), task.request.network).fits:
            last = _last_optional(task, pieces)
            if last is None:
                break
            gone.append(pieces[last].source)
            pieces = without(pieces, last)
    return _composition(task, pieces, tuple(gone))


def _at_fault(finding: Finding, pieces: Sequence[Piece], at: int) -> bool:
    source = pieces[at].source
    if finding.field != "text" or not source.startswith(("kit.lines.", "kit.emoji", "kit.hashtags")):
        return False
    if finding.span is None:
        return (source == "kit.emoji" and "emoji" in finding.id) or (source == "kit.hashtags" and "hashtag" in finding.id)
    start, end = spans_of(pieces)[at]
    return start < finding.span[1] and end > finding.span[0]


def _composition(task: Task, pieces: Sequence[Piece], gone: tuple[str, ...]) -> Composition:
    draft = task.draft
    said = tuple(source for source in gone if source.startswith("brief."))
    return Composition(
        text="".join(piece.text for piece in pieces),
        angle=draft.angle,
        pieces=tuple(pieces),
        opening=draft.provenance.opening,
        left_out=(*said, *draft.provenance.left_out),
        parts=draft.parts,
        first_comment=draft.first_comment,
        alt_text=draft.alt_text,
        visual_brief=draft.visual_brief,
    )
