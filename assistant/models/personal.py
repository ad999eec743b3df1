"""Where a text names customers: e-mails, telephone numbers, accounts, numbers of orders, signatures, names that were given.

Patterns find spellings, not people: what is found too much is put back afterwards all the same (`standins`), so they lean
towards finding. What they cannot know (a name in the middle of a sentence that nobody gave) stays: SECURITY.md says so.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import regex

from assistant.text import fold

Kind = Literal["MOT", "EMAIL", "TEL", "COMMANDE", "NUMERO", "COMPTE", "CLIENT"]
KINDS: tuple[Kind, ...] = ("MOT", "EMAIL", "TEL", "COMMANDE", "NUMERO", "COMPTE", "CLIENT")
"""Of two that overlap, the first one counts. MOT is what only looks like a stand-in: somebody typed it."""

GAP = r"(?:[ \t]?[.\-–/_·][ \t]?|[ \t]{1,3})"
PLAIN = {
    **dict.fromkeys((0x00A0, 0x202F, *range(0x2000, 0x200B)), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212), "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
"""Spaces, hyphens and full-width forms as a keyboard has them, sign for sign: every place stays where it is."""
STAND_IN = regex.compile(
    r"@?\[\[(?P<kind>MOT|EMAIL|TEL|COMMANDE|NUMERO|COMPTE|CLIENT)_(?P<number>\d{1,5})\]\]"
    r"|@?(?:\\?\[){1,2}\s*(?P<kind>MOT|EMAIL|TEL|COMMANDE|NUMERO|COMPTE|CLIENT)\\?[ _\-\u00a0\u202f]?(?P<number>\d{1,5})\s*(?:\\?\]){1,2}"
    r"|(?<![\p{L}\p{N}_])@?(?P<kind>MOT|EMAIL|TEL|COMMANDE|NUMERO|COMPTE|CLIENT)\\?_(?P<number>\d{1,5})(?![\p{L}\p{N}_])",
    regex.IGNORECASE,
)
"""A stand-in as it is given, and as models hand it back: other case, spaces, single or escaped brackets, none, `@` in front."""
BRACKETED = r"[ \t]?[(\[{{][ \t]?(?:{})[ \t]?[)\]}}][ \t]?"
AT = rf"(?:@|[ \t]?@[ \t](?=\p{{L}})|{BRACKETED.format('at|arobase|@')}|[ \t]arobase[ \t])"
DOT = rf"(?:\.|{BRACKETED.format('dot|point|[.]')}|[ \t](?:dot|point)[ \t])"
PART = r"[\p{L}\p{N}-]{1,63}"
EMAIL = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}._%+'’@-])(?:[\p{{L}}\p{{N}}_-]{{1,30}}[ \t](?:dot|point)[ \t])?[\p{{L}}\p{{N}}._%+'’-]{{1,64}}"
    rf"(?:{AT}{PART}(?:{DOT}{PART}){{0,4}}{DOT}|[ \t]at[ \t]{PART}(?:[ \t]dot[ \t]{PART}){{0,4}}[ \t]dot[ \t])\p{{L}}{{2,24}}",
    regex.IGNORECASE,
)
TEL = regex.compile(
    r"(?<![\p{L}\p{N}+])(?:"
    rf"(?:(?:\+|00)33{GAP}?(?:\(0\){GAP}?)?|0)[1-9](?:(?:{GAP}\d\d){{4}}|{GAP}?\d{{8}}|{GAP}\d{{3}}{GAP}\d{{3}}{GAP}\d\d)"  # France
    rf"|33[1-9]\d{{8}}|0\d\d{GAP}\d{{3}}{GAP}\d\d{GAP}\d\d|0\d{{3}}{GAP}\d\d{GAP}\d\d{GAP}\d\d"  # and Switzerland, Belgium
    rf"|(?:\+|00[1-9])\d{{0,2}}{GAP}?(?:\(\d{{1,4}}\){GAP}?)?\d{{1,4}}(?:{GAP}?\d{{2,4}}){{2,4}}"  # international
    rf"|\(?0\d{{2}}\)?{GAP}\d{{4}}{GAP}\d{{4}}|\(?0\d{{3}}\)?{GAP}\d{{3}}{GAP}\d{{4}}|\(?0\d{{4}}\)?{GAP}?\d{{3}}{GAP}?\d{{3}}"  # UK
    rf"|\(\d{{3}}\){GAP}?\d{{3}}{GAP}\d{{4}}|(?<!\d )[2-9]\d\d[-. ]\d{{3}}[-. ]\d{{4}}"  # North America
    r")(?![\p{L}\p{N}])"
)
THING = (
    r"commandes?|cm?de?|bons?|orders?|factures?|invoices?|tickets?|dossiers?|clients?|customers?|r[ée]servations?|bookings?|r[ée]f(?:[ée]rences?)?"
    r"|references?|colis|parcels?|suivi|tracking|devis|quotes?|tirages?|contrats?|contracts?|abonnements?|subscriptions?|adh[ée]rents?|members?"
)
MARK = r"(?:n[°ºo]s?\.?|num(?:[ée]ros?|bers?)?\.?|nos?\.|nr\.?|id|#|:)"
MARKED = r"(?P<number>(?=[\p{L}/_-]{0,6}\d)[\p{L}\p{N}][\p{L}\p{N}/_-]{1,30}(?:[ \u00a0]\d{2,6}(?![\p{L}\p{N}/-]|[.,:]\d| ?[€$£%h])){0,4})"
BARE = r"(?P<number>(?=[\p{L}/_-]{0,6}\d)(?=[\p{L}\p{N}/_-]*\d{3})[\p{L}\p{N}][\p{L}\p{N}/_-]{3,30})(?!\s?[€$£%])"
MORE = rf"(?:\s?(?:,|;|&|et|and|ou|or)\s?{BARE}){{0,9}}"
NUMBERED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:{MARK}\s*(?:de\s+(?:la\s+|ma\s+|mon\s+)?|d['’]|of\s+)?(?:{THING})|(?:{THING}))\b"
    rf"(?:\s*{MARK}){{1,3}}\s*{MARKED}{MORE}"
    rf"|(?<![\p{{L}}\p{{N}}])(?:{THING}|{MARK}\s*(?:de\s+|d['’]|of\s+)(?:{THING}))\s+{BARE}{MORE}",
    regex.IGNORECASE,
)
LONG = regex.compile(
    r"(?<![\p{L}\p{N}])(?:[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{4}){3,7}(?:[ \u00a0\u202f]?[A-Z0-9]{1,3})?"  # IBAN
    r"|[A-Z]{2}\d{9}[A-Z]{2}|[A-Z0-9]{2}\d{11}"  # parcels: UPU S10, Colissimo
    r"|\d(?:[ \u00a0\u202f-]?\d){11,18})(?![\p{L}\p{N}])"  # cards, social security
)
HANDLE = regex.compile(
    r"(?<![\p{L}\p{N}_@.])@+[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-]{0,60}[\p{L}\p{N}_])?(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,24})?"
)
PROFILE = regex.compile(
    r"(?<![\p{L}\p{N}])(?:(?:instagram|tiktok|facebook|fb|twitter|x|threads|linkedin|youtube|pinterest)\.com|threads\.net|t\.me|bsky\.app)/"
    r"(?:(?:in|u|user|profile|c)/)?(?P<name>@?[\p{L}\p{N}_][\p{L}\p{N}_.\-]{1,60}[\p{L}\p{N}_])(?=[/?#]?(?:[\s)\],;:!?.…»>\"]|$))",
    regex.IGNORECASE,
)
"""The address of an account; what goes on behind its name is a post's."""
NAME = r"\p{Lu}[\p{L}\p{M}'’-]+(?:[ \u00a0](?:d['’]|de |du |van |von |le |la )?(?:\p{Lu}[\p{L}\p{M}'’-]+|\p{Lu}\.)){1,2}"
FAREWELL = (
    r"cordialement|salutations|amicalement|sinc[èe]rement|bien [àa] (?:vous|toi)|[àa] bient[ôo]t|bonne (?:journ[ée]e|soir[ée]e)|merci"
    r"|regards|sincerely|best|wishes|cheers|thanks|thank you|yours"
)
CAPITALISED = r"\p{Lu}[\p{L}\p{M}'’-]+"
TITLE = r"MM?\.|Mmes?|Mlles?|Mr\.?|Mrs\.?|Ms\.?|Madame|Monsieur|Mademoiselle"
SIGNED = regex.compile(
    rf"(?i:\bsign[ée]e?|\bsigned)\s*(?::|by)?\s*(?P<name>{NAME})|[—–][ \u00a0\t]*(?P<name>{NAME})[ \u00a0\t]*\.?[ \t]*$"
    rf"|^(?i:[^\n]{{0,40}}\b(?:{FAREWELL})\b[^\n]{{0,20}})\n\s*(?P<name>{NAME}|{CAPITALISED})[ \t]*$"
    rf"|(?<!\p{{L}})(?:{TITLE}) (?P<name>{CAPITALISED}(?: {CAPITALISED}){{0,2}})",
    regex.MULTILINE,
)
"""Behind a dash, under a greeting, behind a title."""
SPELLED: Mapping[Kind, "regex.Pattern[str]"] = {"MOT": STAND_IN, "EMAIL": EMAIL, "TEL": TEL, "NUMERO": LONG, "COMPTE": HANDLE}
BEFORE = "@\\"
"""Signs in front that models add or that would be read as part of a stand-in: they go with what they stand before."""


@dataclass(frozen=True)
class Found:
    """A passage that names somebody."""

    start: int
    end: int
    kind: Kind
    given: bool = False
    """One of the names that were given, whole: no guess."""


class Finder:
    """Finds what may name a customer: by spelling, and by the names of `people`."""

    def __init__(self, people: tuple[str, ...] = ()) -> None:
        self._names = _pattern(people)
        self._parts = _pattern(_parts(people))

    def found(self, text: str) -> Iterator[Found]:
        """Every such passage; they may overlap."""
        text = text.translate(PLAIN)
        for kind, pattern in SPELLED.items():
            for match in pattern.finditer(text):
                yield Found(match.start(), match.end(), kind)
        for match in NUMBERED.finditer(text):
            yield from (Found(start, end, "COMMANDE") for start, end in match.spans("number"))
        for match in PROFILE.finditer(text):
            yield Found(*match.span("name"), "COMPTE")
        for match in SIGNED.finditer(text):
            yield Found(*match.span("name"), "CLIENT")
        if self._names is None:
            return
        plain, places = levelled(text)
        for match in self._names.finditer(plain):
            yield Found(places[match.start()], places[match.end()], "CLIENT", given=True)
        for match in self._parts.finditer(plain) if self._parts else ():
            # "Pierre" is somebody, « une pierre » is not.
            if text[places[match.start()]].isupper():
                yield Found(places[match.start()], places[match.end()], "CLIENT")


def thing(kind: Kind, passage: str) -> str:
    """What a passage names, whatever its spelling: the digits of a telephone number, a name without case and accents."""
    bare = passage.translate(PLAIN).lstrip(BEFORE)
    match kind:
        case "TEL":
            digits = regex.sub(r"\D", "", bare.replace("(0)", ""))
            return regex.sub(r"^(?:00)?33(?=\d{9}$)", "0", digits)
        case "COMMANDE" | "NUMERO":
            return regex.sub(r"[^\p{L}\p{N}]", "", bare).casefold()
        case "COMPTE":
            return bare.casefold()
        case "EMAIL":
            return regex.sub(DOT, ".", regex.sub(rf"{AT}|[ \t]at[ \t]", "@", bare.casefold()))
    return " ".join(fold(bare).split())


def _pattern(people: tuple[str, ...]) -> "regex.Pattern[str] | None":
    """Names as whole words of a levelled text, the longest first; None for nobody."""
    whole = {" ".join(levelled(one.strip().lstrip("@"))[0].split()) for one in people}
    names = sorted((name for name in whole if len(name) > 1), key=lambda name: (-len(name), name))
    if not names:
        return None
    joined = "|".join(r"\s+".join(regex.escape(part) for part in name.split()) for name in names)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}_])(?:{joined})(?![\p{{L}}\p{{N}}_])")


def _parts(people: tuple[str, ...]) -> tuple[str, ...]:
    """First names and surnames out of full names: three letters at least, capitalised."""
    return tuple(part for one in people if len(one.split()) > 1 for part in one.split() if len(part) > 2 and part[0].isupper())


def levelled(text: str) -> tuple[str, list[int]]:
    """`text` in lower case without accents, and for each of its characters (and its end) the place it had in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(letter):
                letters.append("'" if letter in "’ʼ" else letter)
                places.append(place)
    places.append(len(text))
    return "".join(letters), places
