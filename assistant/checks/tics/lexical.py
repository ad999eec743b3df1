"""The tics that are wordings: closed lists of patterns per language, each with where it counts and what makes it none."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from assistant.checks.reading import Folded, Reading, Span, fold_with_origin
from assistant.messages import Language

PLACES = ("start", "first", "last", "any")


@dataclass(frozen=True)
class Case:
    """One way a tic shows itself."""

    tic: str
    at: str
    find: "regex.Pattern[str]"
    needs: "regex.Pattern[str] | None"
    unless: "regex.Pattern[str] | None"
    kinds: tuple[str, ...]


@cache
def cases(language: Language) -> tuple[Case, ...]:
    """All cases of one language, in the order of the file. Raises ValueError for an unknown key or place."""
    data = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf8"))
    return tuple(_case(tic, entry) for tic, entries in data.items() for entry in entries)


def _case(tic: str, entry: dict[str, object]) -> Case:
    if unknown := set(entry) - {"at", "find", "needs", "unless", "kinds"}:
        raise ValueError(f"{tic}: {sorted(unknown)}")
    at, patterns, kinds = str(entry["at"]), entry["find"], entry.get("kinds", [])
    if at not in PLACES or not isinstance(patterns, list) or not isinstance(kinds, list):
        raise ValueError(f"{tic}: {at}")
    return Case(
        tic, at, regex.compile(f"(?:{'|'.join(patterns)})"), _compiled(entry.get("needs")), _compiled(entry.get("unless")), tuple(kinds)
    )


def _compiled(pattern: object) -> "regex.Pattern[str] | None":
    return regex.compile(str(pattern)) if pattern else None


class Prose:
    """What the brand itself says in one field, folded, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self.folded: Folded = fold_with_origin(reading.own_prose)
        self.sentences = tuple((self.folded.at(a), self.folded.at(b)) for a, b in reading.sentences)
        said = [s for s in self.sentences if regex.search(r"\p{L}", self.folded.text[s[0] : s[1]])]
        self.first = said[0] if said else (0, 0)
        self.last = said[-1] if said else (0, 0)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that a folded offset stands in."""
        return next((s for s in self.sentences if s[0] <= offset < s[1]), (0, len(self.folded.text)))


def found(reading: Reading, language: Language, kind: str) -> Iterator[tuple[str, Span]]:
    """The lexical tics of one field, the first passage of each."""
    prose = Prose(reading)
    seen: set[str] = set()
    for case in cases(language):
        if case.tic in seen or (case.kinds and kind not in case.kinds):
            continue
        span = _first(case, prose)
        if span is not None:
            seen.add(case.tic)
            yield case.tic, prose.folded.span(*span)


def _first(case: Case, prose: Prose) -> Span | None:
    for span in _places(case, prose):
        start, end = prose.sentence_at(span[0])
        sentence = prose.folded.text[start:end]
        if (case.needs is None or case.needs.search(sentence)) and (case.unless is None or not case.unless.search(sentence)):
            return span
    return None


def _places(case: Case, prose: Prose) -> Iterator[Span]:
    text = prose.folded.text
    if case.at == "any":
        yield from (m.span() for m in case.find.finditer(text) if not _inside_word(text, m.start()))
    elif case.at == "last":
        start, end = prose.last
        match = case.find.search(text[start:end])
        if match and not _inside_word(text, start + match.start()):
            yield start + match.start(), start + match.end()
    else:
        for start, end in (prose.first,) if case.at == "first" else prose.sentences:
            for lead in (LEADING.match(text, start, end), LEADING_CLAUSE.match(text, start, end)):
                match = case.find.match(text, lead.end(), end) if lead else None
                if match:
                    yield match.span()
                    break


LEADING = regex.compile(r"[^\p{L}\p{N}]*")
LEADING_CLAUSE = regex.compile(r"[^\p{L}\p{N}]*(?:[^\n,.;:!?|]{1,40}(?:, | ?[|:] ))")
"""« Cet hiver, » and « VIDÉO | » before the words that count."""


def _inside_word(text: str, start: int) -> bool:
    return start > 0 and text[start].isalnum() and text[start - 1].isalnum()
