"""What a model puts around a text, and marks that a network would show as they are."""

import regex

from assistant.briefs import Brief
from assistant.drafting.prompted.facts_kept import WRITTEN_BREAK
from assistant.text import clean, fold

LEAD = regex.compile(
    r"\A(?:(?:bien s[ûu]r|avec plaisir|absolument|certainement|sure|certainly|of course|absolutely)\s?[!,.]\s*)?"
    r"(?:voici (?:(?:une|la|ma|votre|le|un|ton) )?(?:proposition|suggestion|version|variante|post|publication|texte|l[ée]gende|tweet)\b"
    r"|here(?:['’]s| is) (?:(?:a|an|the|your|my) )(?:\p{L}+ ){0,2}(?:post|draft|caption|tweet|version|suggestion)\b)"
    r"[^\n:.]{0,60}\s?:[ \t\u00a0]*(?:\n+|(?=[«“\"]))",
    regex.IGNORECASE,
)
"""« Voici le post : » on a line of its own, or in front of quotation marks; « Voici le texte : » in a sentence stays."""
TAIL = regex.compile(
    r"\n+[^\n]*(?:n['’]h[ée]site(?:z)? pas [àa] me (?:dire|demander)|(?:souhaitez|voulez|souhaites|veux)-(?:vous|tu) que je"
    r"|let me know if you(?:['’]d| would)? (?:like|want|need) (?:me|any)|would you like me to)[^\n]*\Z",
    regex.IGNORECASE,
)
FENCE = regex.compile(r"\A```[\w-]*\n(?P<inside>.*?)\n?```\Z", regex.DOTALL)
AROUND = (("«", "»"), ("“", "”"), ('"', '"'))
BOLD = regex.compile(r"(?<![*\p{L}\p{N}])\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*(?![*\p{L}\p{N}])")
UNDER = regex.compile(r"(?<![_\p{L}\p{N}])__(?=\S)([^_\n]{1,200})(?<=\S)__(?![_\p{L}\p{N}])")
HEADING = regex.compile(r"^#{1,6} +(?=\S)", regex.MULTILINE)
LINK = regex.compile(r"\[([^\]\n]{1,120})\]\(((?:https?://|www\.)[^)\s]*)\)")
CODE = regex.compile(r"(?<![`\p{L}])`([^`\n]{1,80})`(?!`)")
ESCAPED = regex.compile(r"\\(?=#\p{L})")
BREAKS = regex.compile(r"\n[ \t\u00a0]*\n(?:[ \t\u00a0]*\n)+")
ENDS = regex.compile(r"[ \t\u00a0\u202f]+(?=\n|\Z)")
RUNS = regex.compile(r"(?<=\S) {2,}(?=\S)|\t+")
OPENING = 24
"""Characters by which a quotation is known again in the brief."""


def unwrapped(text: str, brief: Brief) -> str:
    """`text` without an introduction, an offer to go on, a fence or quotation marks around the whole of it."""
    bare = TAIL.sub("", LEAD.sub("", text)).strip()
    if fenced := FENCE.match(bare):
        bare = fenced["inside"].strip()
    for left, right in AROUND:
        inside = bare[1:-1].strip(" \u00a0\u202f\n")
        whole = len(bare) > 2 and bare[0] == left and bare[-1] == right and left not in inside and right not in inside
        if whole and not _is_quoted(inside, brief):
            return inside
    return bare


def _is_quoted(text: str, brief: Brief) -> bool:
    """Whether the brief itself quotes these words: then somebody said them, and the marks are part of the text."""
    given = fold("\n".join((brief.subject_sentence, brief.first_words, *brief.key_points, *brief.answers.values(), *brief.must_include)))
    start = fold(text[:OPENING])
    at = given.find(start)
    return at >= 0 and bool(regex.search(r"[«“\"]\s*\Z", given[:at]))


def unmarked(text: str) -> str:
    """`text` without Markdown: bold, headings, code, links written out with their label."""
    text = LINK.sub(lambda m: m[2] if m[1] == m[2] or m[1] in m[2] else f"{m[1]} ({m[2]})", text)
    for pattern in (BOLD, UNDER, CODE):
        text = pattern.sub(r"\1", text)
    return ESCAPED.sub("", HEADING.sub("", text))


def evenly_spaced(text: str) -> str:
    """`text` without characters that nobody sees, with one blank line at most and no surplus spaces; a written `\\n` is a line break."""
    if "\n" not in text:
        text = WRITTEN_BREAK.sub("\n", text)
    return BREAKS.sub("\n\n", RUNS.sub(" ", ENDS.sub("", clean(text))))
