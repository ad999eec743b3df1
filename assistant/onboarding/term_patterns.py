"""The forms in which a guide rules a wording, French and English, as patterns over one sentence or one line."""

from typing import Literal

import regex

from assistant.messages import Language

Rule = Literal["never", "avoid", "preferred"]

ITEM = (
    r"(?:«\s?[^»\n]{2,60}\s?»|“[^”\n]{2,60}”|\"[^\"\n]{2,60}\"|\*\*[^*\n]{2,60}\*\*"
    r"|(?<![\p{L}\p{N}])[_*][^_*\n]{2,60}[_*](?![\p{L}\p{N}])|`[^`\n]{2,60}`)"
)
ITEMS = rf"{ITEM}(?:\s*(?:,|;|/|,?\s*(?:ni|ou|et|or|and|nor))\s*{ITEM})*"
END = r"\s*(?:[.;!]|$|\(|,? (?:because|since|car|parce que)\b)"
CONDITION = regex.compile(
    r"\b(?:unless|when|whenever|if|except|to describe|describing|to refer|as an?|in place of|instead of|referring|generic"
    r"|sauf|quand|lorsqu|si|pour désigner|pour parler|excepté|en tant que|à moins)\b",
    regex.IGNORECASE,
)
WORDS_EN, WORDS_FR = (
    r"(?:the )?(?:words?|terms?|phrases?|expressions?)",
    r"(?:les? |l['’])?(?:mots?|termes?|expressions?|formules?|tournures?)",
)
SAY_FR = r"(?:dites|écrivez|utilisez|employez|préférez|on dit|on écrit)"
FORBID: dict[Language, tuple[tuple[Rule, str], ...]] = {
    "en": (
        ("never", rf"\bnever (?:say|use|write)(?: {WORDS_EN})?:?\s+(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\b(?:don['’]t|do not) (?:say|use|write)(?: {WORDS_EN}| things like)?:?\s+(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\bavoid (?:saying |using |writing )?(?:{WORDS_EN}(?: such as| like)?:?\s+)?(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\bavoid {WORDS_EN}\b[^.:\n]{{0,90}}:\s*(?P<items>{ITEMS}){END}"),
    ),
    "fr": (
        ("never", rf"\bne (?:dites|dis|disons|écrivez|employez|utilisez) jamais(?: {WORDS_FR})?\s*:?\s*(?P<items>{ITEMS}){END}"),
        ("never", rf"\b(?:on ne (?:dit|écrit) jamais|jamais)(?: {WORDS_FR})?\s*:?\s*(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\b(?:ne (?:dites|écrivez) pas|n['’](?:employez|utilisez|écrivez) pas)(?: {WORDS_FR})?\s*:?\s*(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\b(?:on ne (?:dit|écrit) pas|à éviter)(?: {WORDS_FR})?\s*:?\s*(?P<items>{ITEMS}){END}"),
        ("avoid", rf"\bévitez(?: d['’](?:utiliser|employer|écrire))?(?: {WORDS_FR}(?: comme| tels? que)?)?\s*:?\s*(?P<items>{ITEMS}){END}"),
    ),
}
REPLACE: dict[Language, tuple[str, ...]] = {
    "en": (
        rf"\b(?:use|say|write|prefer)\s+(?P<good>{ITEM})(?:,? (?:not|instead of|rather than|and not)| to)\s+(?P<items>{ITEMS}){END}",
        rf"^\s*[-*]?\s*(?P<good>{ITEM}),?\s+not\s+(?P<bad>[\p{{L}}\p{{N}}'’ -]{{3,40}}){END}",
    ),
    "fr": (
        rf"\b{SAY_FR}\s+(?P<good>{ITEM}),? (?:et non|et pas|pas|plutôt que|au lieu de|jamais)\s+(?P<items>{ITEMS}){END}",
        rf"\b(?:on ne dit pas|ne dites pas|pas)\s+(?P<items>{ITEMS})\s*,?\s*(?:mais|dites plutôt|on dit)\s+(?P<good>{ITEM}){END}",
    ),
}
AVOID_HEADING = regex.compile(
    r"^(?:#+\s*|\*\*)?(?:words?(?: and phrases)? (?:to avoid|we avoid|not to use|we don['’]t use|we never use)|(?:banned|forbidden) words"
    r"|mots?(?: et expressions)? (?:à éviter|à bannir|à proscrire|interdits?|bannis|proscrits?)"
    r"|vocabulaire à éviter|expressions? à éviter|on ne dit (?:pas|jamais))\s*:?\s*(?:\*\*)?:?\s*$",
    regex.IGNORECASE,
)
NEVER_HEADING = regex.compile(r"never|banned|forbidden|interdit|banni|proscri|jamais", regex.IGNORECASE)
REST = regex.compile(r",?\s*(?:\b(?:or|and|ou|et)\s+)?\b(?:any other|any|other|similar|tous?|toutes?|autres?|etc)\b", regex.IGNORECASE)
"""« ..., or any other fluffy word »: what follows is no word to look for."""
GOOD_COLUMN = regex.compile(
    r"^(?:say|use|we say|write|do|prefer|preferred|instead|yes|on dit|dites|écrivez|à employer|préférer|préférez|oui|à dire)\b", regex.I
)
BAD_COLUMN = regex.compile(
    r"^(?:not|don['’]t|do not|avoid|instead of|we don['’]t say|no|never"
    r"|on ne dit (?:pas|jamais)|ne dites pas|à éviter|éviter|évitez|au lieu de|non|à bannir)\b",
    regex.I,
)
LABELLED_GOOD = regex.compile(r"^\W{0,3}(?:écrivez|dites|write|say|use)\s?:\s*(?P<words>.+?)\W{0,3}$", regex.IGNORECASE)
LABELLED_BAD = regex.compile(r"^\W{0,3}(?:au lieu de|plutôt que|instead of|not|avoid)\s?:\s*(?P<words>.+?)\W{0,3}$", regex.IGNORECASE)
