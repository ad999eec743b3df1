"""What should have been taken out before anybody reads it: placeholders, Markdown, the model's own talk, notes to oneself."""

from collections.abc import Iterator

import regex

from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, View, within
from assistant.checks.wordlists import words
from assistant.findings import Finding
from assistant.text import INVISIBLE, TAG_FLAG, fold

PLACEHOLDER = regex.compile(
    r"\{\{?\s*[\p{L}_][\p{L}\p{N}_ .'’-]{0,40}\s*\}?\}|\$\{[^}\n]{1,40}\}|<\p{Lu}[\p{Lu}\p{N}_ ]{1,30}>|%[A-Z_]{3,30}%"
    r"|\[(?i:votre|ton|notre|your|insert|insérer|ins[ée]rez|nom|name|pr[ée]nom|first name|date|lieu|place|prix|price|heure|time|lien|link"
    r"|url|adresse|address|ville|city|produit|product|marque|brand|company|hashtag|num[ée]ro|number|texte|text|emoji|client|customer|x+)\b[^\]\n]{0,40}\]"
    r"|\[\p{Lu}[\p{Lu}\p{N}_ '’-]{2,30}\]"
    r"|\[{1,2}\s*(?i:client|email|tel|commande|compte|numero|mot)[ _-]?\d{1,4}\s*\]{1,2}"
)
NOTE = regex.compile(
    r"(?<![\p{L}\p{N}])(?:X{3,}|(?:X{2}[/.h:]){1,2}X{2}|TODO|TBC|TBD|FIXME"
    r"|À COMPL[ÉE]TER|A COMPLETER|À CONFIRMER|À D[ÉE]FINIR)(?![\p{L}\p{N}])"
    r"|(?i:lorem ipsum|dolor sit amet)"
)
TALK = regex.compile(
    r"(?:^|[.!?:…]\s)\W{0,20}+(?:voici\s+(?:(?:une|la|ma|votre|deux|trois|quelques)\s+)?(?:propositions?|suggestions?|versions?|variantes?|post|publications?|texte|l[ée]gende|tweet)\b[^\n]{0,60}:"
    r"|bien\s+s[ûu]r\s*[!,.]\s*voici\b|(?:absolument|certainement|avec plaisir)\s*!\s*voici\b"
    r"|en\s+tant\s+qu['’]\s?(?:ia|intelligence\s+artificielle|assistant|mod[èe]le)\b"
    r"|here(?:['’]s|\s+is|\s+are)\s+(?:(?:a|an|the|your|my|two|three|some|few)\s+){1,2}(?:\p{L}+\s+){0,2}(?:posts?|drafts?|captions?|tweets?|versions?|options?|suggestions?|proposals?)\b[^\n]{0,60}:"
    r"|(?:sure|certainly|absolutely|of course)\s*[!,.]\s*here\b|as\s+an?\s+(?:ai|artificial\s+intelligence|language\s+model)\b)",
    regex.IGNORECASE | regex.MULTILINE,
)
AFTER_TALK = regex.compile(
    r"(?:n['’]h[ée]sitez\s+pas\s+à\s+(?:me\s+dire|demander\s+des\s+(?:ajustements|modifications))|souhaitez-vous\s+que\s+je\s|voulez-vous\s+que\s+je\s"
    r"|let\s+me\s+know\s+if\s+you(?:['’]d|\s+would)?\s+(?:like|want|need)\s+(?:me|any\s+(?:changes|adjustments|tweaks))|would\s+you\s+like\s+me\s+to\b)[^\n]*$",
    regex.IGNORECASE,
)
OPTION = regex.compile(
    r"^\W*(?:option|version|variante|proposition|variant|draft|alternative)\s*(?:n[°o]\s*)?(?:\d|[A-C])\b(?![ \u00a0]*(?-i:\p{Ll}))",
    regex.IGNORECASE | regex.MULTILINE,
)
SLASHED = regex.compile(r"(?<![\p{L}\p{N}])(?:ou bien|OU|OR)\s*:\s*$|^\s*[-–—*_]{3,}\s*(?:OU|OR)\s*[-–—*_]{3,}\s*$", regex.MULTILINE)
MARKDOWN = regex.compile(
    r"(?<![*\p{L}\p{N}])\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*(?![*\p{L}\p{N}])|(?<![_\p{L}\p{N}])__(?=\S)[^_\n]{1,200}(?<=\S)__(?![_\p{L}\p{N}])"
    r"|^#{1,6} +\S[^\n]*|\[[^\]\n]{1,120}\]\((?:https?://|www\.|/|mailto:)[^)\s]*\)|^```[^\n]*|(?<![`\p{L}])`[^`\n]{1,80}`(?!`)",
    regex.MULTILINE,
)
JSONISH = regex.compile(
    r"\{\s*(?:\"[^\"{}\n]{1,60}\"|'[^'{}\n]{1,60}'|“[^”{}\n]{1,60}”|‘[^’{}\n]{1,60}’)\s*:|^\s*\[\s*\{\s*\"|\\n\\n|\\u[0-9a-f]{4}",
    regex.IGNORECASE,
)
TAGS = regex.compile(
    r"</?(?:p|br|b|i|strong|em|div|span|ul|li|h[1-6]|post|text|draft|system|user|assistant|brief|output)\b[^>\n]{0,80}>", regex.IGNORECASE
)

FORMULA = regex.compile(r"^\s*[=+@-]\s*\p{Lu}{3,20}\s*\([^\n]{0,80}", regex.MULTILINE)
"""What a spreadsheet would carry out: no post begins like this."""


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for body in view.shown:
        text = body.text
        for match in PLACEHOLDER.finditer(text):
            if not within(match.span(), body.links) and _is_placeholder(match.group()):
                yield found("leftover.placeholder", "error", body, match.span())
        for match in NOTE.finditer(body.prose):
            yield found("leftover.note", "error", body, match.span())
        for pattern in (TALK, AFTER_TALK):
            if talk := pattern.search(text):
                yield found("leftover.talk", "error", body, talk.span())
        yield from _options(body)
        if not context.network.markdown:
            for match in MARKDOWN.finditer(text):
                yield found("leftover.markdown", "error", body, match.span())
        for pattern in (JSONISH, TAGS, FORMULA):
            if markup := pattern.search(text):
                yield found("leftover.markup", "error", body, markup.span())
        if hidden := INVISIBLE.search(TAG_FLAG.sub(lambda m: "x" * len(m.group()), text)):
            yield found("leftover.invisible", "warning", body, hidden.span(), text=f"U+{ord(hidden.group()):04X}")


def _is_placeholder(passage: str) -> bool:
    """`[Nom]` and `[NAME]` are; « [vidéo] » is a label, « [SÉRIE 2/3] » too."""
    inner = passage.strip("[]{}<>%$ ")
    return not (passage.startswith("[") and fold(inner) in words("labels"))


def _options(body: Reading) -> Iterator[Finding]:
    heads = [m.span() for m in OPTION.finditer(body.text)]
    if len(heads) >= 2:
        yield found("leftover.options", "error", body, heads[1])
    elif match := SLASHED.search(body.text):
        yield found("leftover.options", "error", body, match.span())


CHECK = Check(
    "leftover.",
    "text, parts, first comment, alt text",
    (
        Rule("leftover.placeholder", "error"),
        Rule("leftover.note", "error"),
        Rule("leftover.talk", "error"),
        Rule("leftover.options", "error"),
        Rule("leftover.markdown", "error"),
        Rule("leftover.markup", "error"),
        Rule("leftover.invisible", "warning"),
    ),
    _run,
)
