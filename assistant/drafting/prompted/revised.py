"""What a revision must not lose: the rest of a text of which one passage was asked for, and every word that a person wrote."""

from collections.abc import Sequence

import regex

from assistant.drafts import Draft


def of_the_person(draft: Draft, locked: Sequence[str]) -> tuple[str, ...]:
    """What stays to the sign: the sentences that are locked, and what the draft remembers as written by a person."""
    own = (piece.text for piece in draft.provenance.pieces if piece.source == "person")
    return tuple(dict.fromkeys(text.strip() for text in (*locked, *own) if text.strip()))


def passage_of(answer: str, text: str, span: tuple[int, int] | None) -> str:
    """What `answer` offers for the passage at `span`, or for the whole text.

    A model that gave back the whole text although one passage was asked for is read all the same.
    """
    if span is None:
        return answer.strip()
    head, tail = text[: span[0]].strip(), text[span[1] :].strip()
    if not head and not tail:
        return answer.strip()
    found = regex.fullmatch(rf"{_loosely(head)}\s*(?P<new>.+?)\s*{_loosely(tail)}", answer.strip(), regex.DOTALL)
    return found["new"] if found else answer.strip()


def put_in(passage: str, text: str, span: tuple[int, int] | None) -> str:
    """`text` with `passage` at `span`, white space at its edges kept; `passage` alone where there is no span."""
    if span is None:
        return passage
    start, end = span
    old = text[start:end]
    before, after = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
    return text[:start] + before + passage + after + text[end:]


def lost(text: str, kept: Sequence[str]) -> list[str]:
    """Those of `kept` that `text` does not hold, whatever kind of space, apostrophe or quotation mark it writes."""
    return [one for one in kept if not regex.search(_loosely(one), text)]


def restored(text: str, kept: Sequence[str]) -> str:
    """`text` with each of `kept` exactly as it was written."""
    for one in kept:
        text = regex.sub(_loosely(one), lambda _, exact=one: exact, text, count=1)  # type: ignore[misc]
    return text


SPACES = r"[\s\u00a0\u202f]*"
SAME = {"'": "['’]", "’": "['’]", "…": r"(?:…|\.\.\.)"} | dict.fromkeys('"“”«»', f'{SPACES}["“”«»]{SPACES}')
"""Signs that typography writes in several ways."""
DOUBLE = ";:!?"
"""In French a space stands before them."""


def _loosely(words: str) -> str:
    """A pattern for `words`, however they are typeset."""
    parts = []
    for sign in words.strip().replace("...", "…"):
        if sign.isspace():
            parts.append(SPACES)
        else:
            parts.append((SPACES if sign in DOUBLE else "") + SAME.get(sign, regex.escape(sign)))
    return "".join(parts)
