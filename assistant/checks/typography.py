"""What a careful reader would see: spaces, quotation marks, apostrophes, capitals, hours, ordinals, one English spelling.

The rules are those of `assistant.typography`; here they become remarks, one per kind of slip, with a count. Which kind of
no-break space was typed cannot be seen and is never spoken of.
"""

from collections import defaultdict
from collections.abc import Iterator

import regex

from assistant import typography
from assistant.checks.check import Check, Rule, found, shown
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, Span, View, within
from assistant.checks.spelling import other_variety
from assistant.checks.wordlists import words
from assistant.findings import Finding, Level
from assistant.text import fold

Marked = tuple[str, Span, str]
"""A kind of slip, the word it is in, what that word should be."""

LEVEL: dict[str, Level] = {"space": "warning", "space_before": "warning", "capital": "warning", "spelling": "warning"}
"""Levels of the kinds that are more than a remark."""
KINDS = (
    "space",
    "space_before",
    "quotes",
    "apostrophe",
    "ellipsis",
    "double_space",
    "unit",
    "dash",
    "ligature",
    "capital",
    "hour",
    "ordinal",
    "spelling",
)
FRENCH_ONLY = ("space", "unit", "ligature", "capital", "hour", "ordinal")
ENGLISH_ONLY = ("spelling",)
EXTENT = 24

HOUR = regex.compile(r"(?<![\p{L}\p{N}:.,/])(\d{1,2})(?::([0-5]\d)|[ \u00a0]?H[ \u00a0]?([0-5]\d)?)(?![\p{L}\p{N}:])")
ORDINAL = regex.compile(r"(?<![\p{L}\p{N}.,])(\d{1,3})(ème|ième|eme|ieme|ère|iere|ier)(s?)(?![\p{L}\p{N}])|(?<![\p{N}])1 er(?!\p{L})")
RAISED = regex.compile(r"(?<![\p{L}\p{N}#@’'-])E\p{Ll}+(?!\p{L})")


def _slips(reading: Reading, context: CheckContext) -> Iterator[Marked]:
    text = reading.text
    for slip in typography.slips(text, context.variant, narrow=typography.narrow_on(context.network.key)):
        doubled = slip[2] == " " and text[slip[0] : slip[1]].startswith("  ")
        if not (doubled or typography.is_visible(text, slip)) or within((slip[0], max(slip[1], slip[0] + 1)), reading.links):
            continue
        kind = _kind(text, slip, context.language)
        if kind is not None:
            yield (kind, *_in_word(text, slip))


def _kind(text: str, slip: typography.Slip, language: str) -> str | None:
    start, end, wanted = slip
    passage = text[start:end]
    simple = {"’": "apostrophe", "…": "ellipsis", "À": "capital", "Ça": "capital"}
    if wanted in simple:
        return simple[wanted]
    if passage in ("“", "”", '"'):
        return "quotes"
    if "–" in wanted:
        return "dash"
    if "œ" in wanted.casefold():
        return "ligature"
    return _space(text, slip, language)


def _space(text: str, slip: typography.Slip, language: str) -> str | None:
    start, end, wanted = slip
    behind = text[end : end + 1]
    if not wanted.strip() and wanted and not text[start:end]:
        return "unit" if behind in "€%" and behind else ("space" if language == "fr" else None)
    if wanted == " ":
        return "double_space"
    if wanted or not behind.strip() or (behind == "…" and language == "en"):
        return None
    return "space_before"


def _in_word(text: str, slip: typography.Slip) -> tuple[Span, str]:
    """The word or two around a slip, as typed and as wanted."""
    start, end, wanted = slip
    a = max(text.rfind(" ", 0, max(0, start - 1)), text.rfind("\n", 0, start), start - EXTENT) + 1
    stops = [at for at in (text.find(" ", end + 1), text.find("\n", end)) if at >= 0]
    b = min([*stops, len(text), end + EXTENT])
    b = max(b, end)
    return (a, b), shown(text[a:start] + wanted + text[end:b])


def _french(reading: Reading) -> Iterator[Marked]:
    prose = reading.prose
    for match in HOUR.finditer(prose):
        minutes = match[2] or match[3]
        yield "hour", match.span(), f"{match[1]} h {minutes}" if minutes and minutes != "00" else f"{match[1]} h"
    for match in ORDINAL.finditer(prose):
        ending = (
            "er" if not match[2] or (match[2].startswith("ier") and match[2] == "ier") else "re" if match[2] in ("ère", "iere") else "e"
        )
        yield "ordinal", match.span(), f"{match[1] or '1'}{ending}{match[3] or ''}"
    for match in RAISED.finditer(prose):
        if fold(match.group()) in words("acute"):
            yield "capital", match.span(), "É" + match.group()[1:]


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for field in (*view.bodies, view.first_comment):
        if not field.text.strip():
            continue
        by_kind: dict[str, list[Marked]] = defaultdict(list)
        found_here = [*_slips(field, context), *(_french(field) if context.language == "fr" else other_variety(field, context))]
        for one in sorted(found_here, key=lambda m: m[1]):
            by_kind[one[0]].append(one)
        for kind, many in by_kind.items():
            _, span, wanted = many[0]
            yield found(f"typography.{kind}", LEVEL.get(kind, "info"), field, span, count=len(many), wanted=wanted)


def _rule(kind: str) -> Rule:
    languages = ("fr",) if kind in FRENCH_ONLY else ("en",) if kind in ENGLISH_ONLY else ("fr", "en")
    return Rule(f"typography.{kind}", LEVEL.get(kind, "info"), languages)  # type: ignore[arg-type]


CHECK = Check("typography.", "text, parts, first comment", tuple(_rule(kind) for kind in KINDS), _run)
