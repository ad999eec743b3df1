"""Stand-ins for customers: `[[CLIENT_1]]`, `[[EMAIL_1]]` go to the model, the names come back into its answer.

The promise is exact: `restore(mask(text)) == text` for any text, and what somebody typed that only looks like a stand-in
comes back as typed, so nobody can fetch another customer's name by writing `[[CLIENT_1]]` into a comment.
"""

import threading
from collections.abc import Iterable
from copy import copy

import regex

from assistant.models.personal import BEFORE, KINDS, STAND_IN, Finder, Found, Kind, thing
from assistant.text import fold

OWN_KINDS: tuple[Kind, ...] = ("EMAIL", "TEL", "COMMANDE", "NUMERO", "COMPTE")


class Own:
    """What belongs to the brand and is never hidden: its accounts, what its kit and the brief state."""

    def __init__(self, texts: Iterable[str]) -> None:
        said = tuple(text for text in texts if text.strip())
        self._things = {(one.kind, thing(one.kind, text[one.start : one.end])) for text in said for one in Finder().found(text)}
        # Accounts are also given bare: `vaudrille_autun`, `vaudrille@outils.example` for the account and its server.
        bare = {text.strip().lstrip("@").casefold() for text in said if " " not in text.strip()}
        self._accounts = bare | {one.split("@")[0] for one in bare} | {name for kind, name in self._things if kind == "COMPTE"}
        self._words = fold("\n".join(said))
        self._names = {thing("CLIENT", text) for text in said}

    def holds(self, kind: Kind, passage: str, *, given: bool = False) -> bool:
        """Whether the passage is the brand's own. A customer's name that was `given` stays one though a sentence of ours holds it."""
        if kind == "MOT":
            return False
        name = thing(kind, passage)
        if kind == "COMPTE":
            return name in self._accounts
        if kind == "CLIENT" and given:
            return name in self._names
        if kind == "CLIENT":
            return regex.search(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(name)}(?![\p{{L}}\p{{N}}])", self._words) is not None
        return any((other, name) in self._things for other in OWN_KINDS)


class StandIns:
    """Stand-ins of one request; the same passage gets the same one. May be used by several threads."""

    def __init__(self, people: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        """`people`: names and accounts of customers that are known. `own`: texts whose names and numbers are the brand's."""
        self._finder = Finder(tuple(people))
        self._own = Own(own)
        self.forget()

    def again(self) -> "StandIns":
        """The same people and the same brand, no stand-in given yet: numbers then depend on the request alone."""
        fresh = copy(self)
        fresh.forget()
        return fresh

    def forget(self) -> None:
        """Start with no stand-in given."""
        self._passages: dict[str, str] = {}
        self._given: dict[tuple[Kind, str], str] = {}
        self._lock = threading.Lock()

    @property
    def passages(self) -> dict[str, str]:
        """What stands for what, by stand-in."""
        return dict(self._passages)

    def mask(self, text: str) -> str:
        """`text` with a stand-in for every passage that may name a customer."""
        pieces: list[str] = []
        end = 0
        for one in self._chosen(text):
            pieces += (text[end : one.start], self._for(one.kind, text[one.start : one.end]))
            end = one.end
        return "".join((*pieces, text[end:]))

    def restore(self, text: str) -> str:
        """`text` with the passages back in place; a stand-in that was never given stays, and blocks approval as a leftover."""
        return STAND_IN.sub(self._passage, text)

    def _chosen(self, text: str) -> list[Found]:
        """What is hidden, in order, none overlapping another: kinds in their order, then the longer one."""
        chosen: list[Found] = []
        taken = bytearray(len(text))
        for one in sorted(self._finder.found(text), key=lambda one: (KINDS.index(one.kind), one.start - one.end, one.start)):
            start = one.start
            while start and text[start - 1] in BEFORE and not taken[start - 1]:
                start -= 1
            if any(taken[start : one.end]) or self._own.holds(one.kind, text[start : one.end], given=one.given):
                continue
            taken[start : one.end] = b"\x01" * (one.end - start)
            chosen.append(Found(start, one.end, one.kind))
        return sorted(chosen, key=lambda one: one.start)

    def _for(self, kind: Kind, passage: str) -> str:
        # By spelling, not by person: `restore` must give back what was written.
        with self._lock:
            known = self._given.get((kind, passage))
            if known is None:
                number = 1 + sum(1 for other, _ in self._given if other == kind)
                known = self._given[kind, passage] = f"[[{kind}_{number}]]"
                self._passages[known] = passage
            return known

    def _passage(self, match: "regex.Match[str]") -> str:
        return self._passages.get(f"[[{match['kind'].upper()}_{int(match['number'])}]]", match.group())
