"""The kit's words: never, avoid, preferred, spelled like this, competitors. Whole words, in any case, with or without accents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from assistant.brands.kit import Kit, Term
from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.memory import Kept
from assistant.checks.reading import Reading, Span, View, within
from assistant.findings import Finding
from assistant.messages import Message
from assistant.text import fold


@dataclass(frozen=True)
class Lexicon:
    """Terms compiled into one pattern; `entries` says which term a match belongs to."""

    pattern: "regex.Pattern[str] | None"
    entries: dict[str, Term]

    def find(self, reading: Reading) -> Iterator[tuple[Span, Term]]:
        """Every occurrence, links left out."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(reading.folded.text):
            span = reading.folded.span(*match.span())
            if not within(span, reading.links):
                yield span, self.entries[_key(match.group())]


def _key(words: str) -> str:
    """Folded words, a hyphen like a space: what two spellings of one name share."""
    return " ".join(fold(words).replace("-", " ").split())


def lexicon(entries: Iterable[tuple[str, Term]]) -> Lexicon:
    """The terms as one pattern, longest first; a space in a term is any white space or hyphen in a text."""
    by_key = {_key(words): term for words, term in entries if _key(words)}
    if not by_key:
        return Lexicon(None, {})
    written = sorted(by_key, key=len, reverse=True)
    alternatives = "|".join(r"[\s-]+".join(regex.escape(word) for word in key.split()) for key in written)
    return Lexicon(regex.compile(rf"(?<![\p{{L}}\p{{N}}_])(?:{alternatives})(?![\p{{L}}\p{{N}}_])"), by_key)


@dataclass(frozen=True)
class Words:
    """A kit's terms, ready to be looked for."""

    never: Lexicon
    avoid: Lexicon
    preferred: Lexicon
    must: Lexicon
    competitors: Lexicon


def _compile(kit: Kit) -> Words:
    terms = kit.terms
    return Words(
        never=lexicon((t.term, t) for t in terms.never),
        avoid=lexicon((t.term, t) for t in terms.avoid),
        preferred=lexicon((wording, t) for t in terms.preferred for wording in t.instead_of),
        must=lexicon((wording, t) for t in terms.must for wording in (t.term, *t.instead_of)),
        competitors=lexicon((name, Term(term=name)) for name in kit.competitors),
    )


WORDS: Kept[Kit, Words] = Kept(_compile)


def misspelled(field: Reading, kit: Kit) -> Iterator[tuple[Span, Term]]:
    """Names that the kit writes otherwise, hashtags left out."""
    for span, term in WORDS.of(kit).must.find(field):
        if not _spelled(field.text[span[0] : span[1]], term.term) and not within(span, field.hashtags):
            yield span, term


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.kit is None:
        return
    words = WORDS.of(context.kit)
    for field in view.shown:
        for span, term in words.never.find(field):
            yield found("brand.never", "error", field, span, advice=_advice(term))
        for span, term in words.avoid.find(field):
            yield found("brand.avoid", "warning", field, span, advice=_advice(term))
        for span, term in words.preferred.find(field):
            yield found("brand.preferred", "warning", field, span, alternative=term.term)
        for span, term in misspelled(field, context.kit):
            yield found("brand.must", "warning", field, span, alternative=term.term)
        for span, _ in words.competitors.find(field):
            yield found("brand.competitor", "warning", field, span)


def _spelled(written: str, wanted: str) -> bool:
    """Whether it is spelled as wanted; apostrophes and spaces have several forms that nobody sees."""
    plain = " ".join(written.replace("’", "'").split())
    return plain in (" ".join(wanted.replace("’", "'").split()), " ".join(wanted.replace("’", "'").upper().split()))


def _advice(term: Term) -> Message:
    """What the kit says to do instead, and why, as far as it says so."""
    known = "_".join(name for name in ("alternative", "reason") if getattr(term, name)) or "none"
    return Message(f"checks.advice.{known}", {"alternative": term.alternative, "reason": term.reason})


CHECK = Check(
    "brand.",
    "text, parts, first comment, alt text",
    (
        Rule("brand.never", "error"),
        Rule("brand.avoid", "warning"),
        Rule("brand.preferred", "warning"),
        Rule("brand.must", "warning"),
        Rule("brand.competitor", "warning"),
    ),
    _run,
)
