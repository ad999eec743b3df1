"""What a voice guide states plainly: forms of address, marks and emoji it rules out. What is put any other way is left to people."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from assistant.brands.kit import Address, GuidePage
from assistant.brands.wording import plain
from assistant.messages import Language

QUOTED = 160
MARKUP = regex.compile(r"<[^>\n]{1,80}>|\*\*|__|~~|`")


@dataclass(frozen=True)
class Statement:
    """A rule found in a guide, with the sentence that states it."""

    value: str
    page: str
    sentence: str


_CHOOSE = r"(?:(?:nous|on) (?:utilis|privilégi|employ|préfér|pratiqu)\w+|utilisez|privilégiez|employez|préférez) (?:toujours )?"
ADDRESS: dict[Language, tuple[tuple[Address, str], ...]] = {
    "fr": (
        ("vous", rf"\b{_CHOOSE}le vouvoiement\b|\bvouvoiement (?:de rigueur|obligatoire|systématique)\b"),
        ("vous", r"\btutoiement\b(?:\s+\w+){0,2}\s+(?:proscri|bann|interdi)\w*|\b(?:jamais de|pas de) tutoiement\b"),
        ("vous", r"\b(?:nous vouvoyons|on vouvoie|vouvoyez)\b"),
        ("tu", rf"\b{_CHOOSE}le tutoiement\b|\b(?:jamais de|pas de) vouvoiement\b"),
        ("tu", r"\b(?:nous tutoyons|on tutoie|tutoyez)\b"),
    ),
    "en": (),
}
_NO: dict[Language, str] = {
    "fr": r"\b(?:(?:pas|jamais|n['’]utilisez pas) d(?:e |['’])|aucun |sans |(?:évitez|éviter|bannissez|bannir|proscrire) les )",
    "en": r"\b(?:no|never use|don't use|do not use|avoid(?: using)?) (?:any )?",
}
_WHERE: dict[Language, str] = {
    "fr": r"(?! (?:dans|après|pour|sur|ou d'|à la fin|quand|lorsqu))",
    "en": r"(?! (?:in|as|for|when|to|after|at|on|or)\b)",
}
"""A rule for one place only is no rule for posts."""
SIGNS: dict[str, dict[Language, str]] = {
    "exclamation": {"fr": r"points? d'exclamation\b", "en": r"exclamation (?:points?|marks?)\b"},
    "emoji": {"fr": r"(?:émojis?|emojis?|émoticônes?)\b", "en": r"(?:emojis?|emoticons?)\b"},
    "hashtag": {"fr": r"(?:hashtags?|mots-dièses?)\b", "en": r"hashtags?\b"},
}


def address(pages: Sequence[GuidePage], language: Language) -> Statement | None:
    """The form of address that the guide states; None when it states none, or two."""
    found = [
        Statement(form, page.name, sentence)
        for page in pages
        for sentence in sentences_of(page)
        for form, pattern in ADDRESS[language]
        if regex.search(pattern, plain(sentence), regex.IGNORECASE)
    ]
    return found[0] if found and len({one.value for one in found}) == 1 else None


def forbids(what: str, pages: Sequence[GuidePage], language: Language) -> Statement | None:
    """Where the guide rules out exclamation marks, emoji or hashtags; None when it does not."""
    pattern = regex.compile(_NO[language] + SIGNS[what][language] + _WHERE[language], regex.IGNORECASE)
    for page in pages:
        for sentence in sentences_of(page):
            if pattern.search(plain(sentence)):
                return Statement(what, page.name, sentence)
    return None


def sentences_of(page: GuidePage) -> list[str]:
    """The sentences of a page, without marks of Markdown, shortened for quoting."""
    found = []
    for line in page.text.splitlines():
        bare = " ".join(MARKUP.sub(" ", line).strip("|#>*- \t").split())
        found += [piece.strip()[:QUOTED] for piece in regex.split(r"(?<=[.!?])\s+", bare) if piece.strip()]
    return found
