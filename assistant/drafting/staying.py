"""What a wish must leave alone: the sentences that a person edited, the sentences around the one that was asked for, the facts."""

import unicodedata
from collections.abc import Iterator, Sequence

import regex

from assistant.briefs import Brief
from assistant.drafts import Draft, Piece
from assistant.text import sentence_spans

PERSON = "person"
NUMBER = regex.compile(r"\p{N}+")
Span = tuple[int, int]


def edited_spans(draft: Draft) -> tuple[Span, ...]:
    """The sentences that a person touched, whole: a changed figure makes its sentence the person's."""
    pieces = draft.provenance.pieces
    if "".join(piece.text for piece in pieces) != draft.text:
        return ()
    touched = [span for piece, span in zip(pieces, _spans(pieces), strict=True) if piece.source == PERSON and piece.text.strip()]
    return tuple((start, end) for start, end in sentence_spans(draft.text) if any(start < b and end > a for a, b in touched))


def whose(pieces: Sequence[Piece], text: str, own: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of `text` with each passage of `own` in it as one piece of the person's; the others keep their source."""
    if "".join(piece.text for piece in pieces) != text:
        pieces = (Piece(text, "model"),)
    held, at = [], 0
    for passage in own:
        start = text.find(passage, at)
        start = text.find(passage) if start < 0 else start
        if start >= 0:
            held.append((start, start + len(passage)))
            at = start + len(passage)
    made, at = list[Piece](), 0
    for start, end in (*sorted(held), (len(text), len(text))):
        if start < at:
            continue
        made += cut(pieces, at, start)
        made += [Piece(text[start:end], PERSON)] if end > start else []
        at = end
    return tuple(made)


def figures_gone(brief: Brief, before: str, after: str) -> tuple[str, ...]:
    """What `before` states and the brief holds, and `after` states no more: facts and wordings of the brief, its link, its figures."""
    was, now = _flat(before), _flat(after)
    wanted = [*brief.facts.values(), *brief.must_include, brief.link]
    gone = [value.strip() for value in wanted if (flat := _flat(value)) and flat in was and flat not in now]
    known, left = set(NUMBER.findall(" ".join(_typed(brief)))), set(NUMBER.findall(after))
    said = "".join(gone)
    figures = [one for one in NUMBER.findall(before) if one in known and one not in left and one not in NUMBER.findall(said)]
    return tuple(dict.fromkeys((*gone, *figures)))


def around_is_lost(before: str, after: str, span: Span | None) -> str:
    """The first sentence outside `span` that `after` does not hold word for word; nothing where none is missing, or all was asked for.

    A sentence that comes to stand first may have got its capital, a last one its full stop.
    """
    if span is None:
        return ""
    now = _flat(after)
    for start, end in sentence_spans(before):
        outside = end <= span[0] or start >= span[1]
        if outside and _flat(before[start:end]).rstrip(".,:;") not in now:
            return before[start:end]
    return ""


def _typed(brief: Brief) -> Iterator[str]:
    yield from (brief.subject, brief.subject_sentence, brief.first_words, brief.link)
    yield from (*brief.key_points, *brief.answers.values(), *brief.facts.values(), *brief.must_include)


def _flat(text: str) -> str:
    """Without case and spaces, apostrophes and dashes alike: how a text is typeset changes no fact."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("–", "-")
    return "".join(folded.split())


def _spans(pieces: Sequence[Piece]) -> list[Span]:
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    return spans


def cut(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """The pieces of the text between `start` and `end`, each with its source."""
    between = [Piece(p.text[max(0, start - a) : max(0, end - a)], p.source) for p, (a, _) in zip(pieces, _spans(pieces), strict=True)]
    return [piece for piece in between if piece.text]
