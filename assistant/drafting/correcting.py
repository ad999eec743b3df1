"""A fact of the brief that was changed (« c'est vendredi, finalement »): its old value found in a text, however typeset, and replaced."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from assistant.drafting.staying import cut
from assistant.drafts import Piece
from assistant.text import fold

GAP = r"[\s\u00a0\u202f]*"
TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{N}+|[^\s\p{L}\p{N}]")
SAME = {"'": "['’]", "’": "['’]", "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]"}
SHORT = 4
"""A value of one word that is shorter than this, or of one number, stands in a text for many things."""


@dataclass(frozen=True)
class Changed:
    """One fact of a brief with another value than before."""

    name: str
    old: str
    new: str

    @property
    def sure(self) -> bool:
        """Whether the old value is told from other words: « 3 » is not."""
        tokens = TOKEN.findall(self.old)
        return len(tokens) > 1 or any(token.isalpha() and len(token) >= SHORT for token in tokens)


@dataclass(frozen=True)
class Corrected:
    """A text with new values in the place of old ones."""

    text: str
    pieces: tuple[Piece, ...]
    done: tuple[Changed, ...]


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Changed, ...]:
    """The facts that both have, with different values; one that came or went corrects nothing."""
    pairs = ((name, before[name].strip(), now[name].strip()) for name in before if name in now)
    return tuple(Changed(name, old, new) for name, old, new in pairs if old and new and old != new)


def stated(text: str, changes: Sequence[Changed]) -> tuple[Changed, ...]:
    """Those whose old value `text` states; not where the old value is only a part of the new one that stands there already."""
    return tuple(one for one in changes if _places(text, one))


def corrected(text: str, pieces: Sequence[Piece], changes: Sequence[Changed], typeset: Callable[[str], str]) -> Corrected:
    """`text` with every sure old value replaced, all at once: a new value is never taken for an old one."""
    found = [(start, end, one) for one in changes if one.sure for start, end in _places(text, one)]
    found.sort(key=lambda place: (place[0], -place[1]))
    if "".join(piece.text for piece in pieces) != text:
        pieces = (Piece(text, "model"),)
    made, done, at = list[Piece](), list[Changed](), 0
    for start, end, one in found:
        if start < at:
            continue
        new = typeset(one.new)
        new = new[:1].upper() + new[1:] if text[start].isupper() else new
        source = "brief.link" if one.name == "link" else f"brief.facts.{one.name}"
        made += [*cut(pieces, at, start), Piece(new, source)]
        done.append(one)
        at = end
    made += cut(pieces, at, len(text))
    return Corrected("".join(piece.text for piece in made), tuple(made), tuple(dict.fromkeys(done)))


def left_over(text: str, changes: Sequence[Changed]) -> tuple[str, ...]:
    """Words and numbers of old values, of no new one, that `text` still says: « samedi » where the date is a Friday now."""
    new = {fold(token) for one in changes for token in TOKEN.findall(one.new)}
    old = [token for one in changes for token in TOKEN.findall(one.old) if token.isdigit() or len(token) >= SHORT]
    said = {fold(token) for token in TOKEN.findall(text)}
    return tuple(dict.fromkeys(token for token in old if fold(token) not in new and fold(token) in said))


def _places(text: str, one: Changed) -> list[tuple[int, int]]:
    already = [match.span() for match in _pattern(one.new).finditer(text)]
    spans = [match.span() for match in _pattern(one.old).finditer(text)]
    return [(a, b) for a, b in spans if not any(start <= a and b <= end for start, end in already)]


@lru_cache(maxsize=512)
def _pattern(value: str) -> "regex.Pattern[str]":
    """`value` however it is typeset, whole: « 18 h » is no part of « 18 h 30 », nor « 200 € » of « 1 200 € »."""
    signs = GAP.join(SAME.get(token, regex.escape(token)) for token in TOKEN.findall(value.strip().rstrip(".")))
    first, last = value.strip()[:1], value.strip().rstrip(".")[-1:]
    before = r"(?<![\p{L}\p{N}])" + (r"(?<!\p{N}[.,\s\u00a0\u202f])" if first.isdigit() else "")
    after = r"(?![\p{L}\p{N}])" + (r"(?![.,\s\u00a0\u202f]\p{N})" if last.isalnum() and not last.isspace() else "")
    return regex.compile(before + signs + after, regex.IGNORECASE)
