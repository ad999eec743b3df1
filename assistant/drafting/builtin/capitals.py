"""Sentences inside a unit start with a capital: « On a regardé. la vis, on l'a » was two sentences when it was typed."""

import regex

from assistant.drafting.builtin.reading import QUOTED
from assistant.text import BEFORE_NUMBER, MERIDIEM, TITLE

STOP = regex.compile(r"(?P<mark>(?<=[^\s.])\.|[!?])[)\]]*[ \u00a0\u202f]+(?P<word>\p{Ll}\S*)")
SHORT = regex.compile(
    r"(?<!\p{L})(?:etc|env|ex|cf|av|bd|hab|tél|tel|éd|ed|st|rd|inc|ltd|vs|dept|incl|excl|resp|sq|suiv|lun|mar|mer|jeu|ven|sam|dim"
    r"|mon|tues?|weds?|thurs?|fri|sat|sun)\.\Z|(?<![\p{L}’'])\p{L}\.\Z",
    regex.IGNORECASE,
)
"""Abbreviations that end in a full stop and no sentence with it."""
NUMBERED = regex.compile(r"(?:\A|\s)\d{1,2}\.\Z")
CRIES = regex.compile(
    r"(?<!\p{L})(?:ah|oh|eh|hé|hep|hélas|bah|ouf|aïe|hein|allez|chut|hey|well|oui|non|si|yes|no)[\s\u00a0\u202f]?[!?]\Z", regex.IGNORECASE
)
SAYS = regex.compile(r"(?:dit|disait|demande|demandait|répond|répondait|crie|fait|said|says|asks|asked|wrote)(?!\p{L})")
OWN_CASE = regex.compile(r"\p{Lu}|\d|\.\p{Ll}|[@/]")


def sentences_raised(text: str) -> str:
    """`text` with a capital after each full stop, `!` or `?` inside it; quotations, abbreviations, addresses and « iPhone » stay."""
    shut = [match.span() for match in QUOTED.finditer(text)]
    for match in STOP.finditer(text):
        at, before = match.start("word"), text[: match.end("mark")]
        if OWN_CASE.search(match["word"]) or any(a <= at < b or a < match.end("mark") < b for a, b in shut):
            continue
        if match["mark"] == "." and any(short.search(before) for short in (SHORT, TITLE, BEFORE_NUMBER, MERIDIEM, NUMBERED)):
            continue
        if match["mark"] != "." and (CRIES.search(before) or SAYS.match(match["word"])):
            continue
        text = text[:at] + text[at].upper() + text[at + 1 :]
    return text
