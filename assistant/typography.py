"""House rules of typography: spaces, quotation marks, apostrophes, ellipses, by variant of French and English.

One list of slips serves both sides: `slips` says what differs from the rules and `typeset` mends exactly that. Links,
e-mail addresses, hashtags, handles, hours (`12:30`, « 18h30 »), emoticons and code are never touched. Sources:
Imprimerie nationale for France (U+202F before `; ! ?`, U+00A0 before `:` and inside « »), OQLF for Canada (nothing
before `; ! ?`), the European style guide and Swiss newspapers for fr-CH (no space at all).
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

import regex

from assistant.text import EMAIL, HASHTAG, MENTION

Slip = tuple[int, int, str]
"""Start, end (Python characters) and what is wanted there."""

NBSP, NARROW = "\u00a0", "\u202f"
GAP = r"[ \t\u00a0\u2007\u2009\u202f]"
BEFORE = r"\p{L}\p{M}\p{N}»”’\"')\]%€$£…°"
"""What a double punctuation mark may follow."""

_URL_END = r"[^\s.,;:!?…»”\"')\]]"
_SHUT = (
    rf"(?:https?://|www\.)\S*{_URL_END}",
    rf"(?<![\p{{L}}\p{{N}}@.])[\p{{L}}\p{{N}}-]+(?:\.[\p{{L}}\p{{N}}-]+)*\.\p{{Ll}}{{2,}}(?:/(?:\S*{_URL_END})?)?(?![\p{{L}}\p{{N}}])",
    r"`[^`\n]*`",
    r"&\w{2,8};",
    r":[a-z0-9_+-]{2,}:",
    r"(?<![\p{L}\p{N}])[:;=][-^']?[)(\]\[DPpOo/|3*](?![\p{L}\p{N}])",
    r"(?<![\p{L}\p{N}])\d{1,2}(?::\d{2}|[hH]\d{0,2})(?![\p{L}\p{N}])",
    r"\{\w+\}",
)
PROTECTED = (*(regex.compile(pattern) for pattern in _SHUT), EMAIL, HASHTAG, MENTION)

NARROWLESS = frozenset({"x", "x-premium", "threads", "bluesky"})
"""Networks where U+202F costs more than U+00A0 (two on X, three bytes elsewhere) and shows no better."""

UNITS = "€|\\$|£|%|‰|°C|°F|°|kg|g|mg|km|hm|m|cm|mm|ml|cl|dl|l|L|min|h|s|ans?|mois|jours?|Go|Mo|To|W|kW|kWh|m²|m³|ha|t"
LIGATURES = "coeur|soeur|oeuf|oeuvre|boeuf|noeud|voeu|oeil|oeillet|moeurs|choeur|manoeuvre|rancoeur|chef-d'oeuvre"


def narrow_on(network_key: str) -> bool:
    """Whether U+202F is used in texts for this network."""
    return network_key not in NARROWLESS


@lru_cache(maxsize=4096)
def typeset(text: str, variant: str, *, narrow: bool) -> str:
    """`text` by the house rules of `variant` (`fr-FR`, `fr-CA`, `fr-CH`, `fr-BE`, `en-GB`, `en-US`); twice changes nothing more."""
    for _ in range(4):
        found = slips(text, variant, narrow=narrow)
        if not found:
            break
        for start, end, wanted in reversed(found):
            text = text[:start] + wanted + text[end:]
    return text


def slips(text: str, variant: str, *, narrow: bool) -> list[Slip]:
    """Where `text` departs from the house rules, in order, never overlapping, each with what is wanted instead."""
    shut = _protected(text)
    kept: list[Slip] = []
    for start, end, wanted in sorted(_wanted(text, variant, narrow), key=lambda s: (s[0], -s[1])):
        if text[start:end] == wanted or (kept and (start < kept[-1][1] or kept[-1][:2] == (start, end))):
            continue
        if any(start < b and end > a and not (start == end and start in (a, b)) for a, b in shut):
            continue
        kept.append((start, end, wanted))
    return kept


def is_visible(text: str, slip: Slip) -> bool:
    """Whether a reader could see the slip: one kind of space for another cannot be seen."""
    start, end, wanted = slip
    return regex.sub(GAP + "+", " ", text[start:end]) != regex.sub(GAP + "+", " ", wanted)


def set_french(text: str, variant: str, network_key: str) -> str:
    """French `text` as it is set on one network."""
    return typeset(text, variant, narrow=narrow_on(network_key))


def set_english(text: str, variant: str) -> str:
    """English `text`; no network changes anything."""
    return typeset(text, variant, narrow=False)


def set_hours(text: str, variant: str) -> str:
    """French `text` with « 9h30-12h » as « 9 h 30–12 h », where the variant writes hours so; links, tags and codes stay.

    Apart from `slips`, for « 18h30 » in a post is a habit that nobody needs to be told of.
    """
    if variant not in SPACED_HOURS:
        return text
    shut = _protected(HOUR_SHUT.sub(lambda match: "x" * len(match.group()), text))
    for pattern, change in HOURS:
        for match in reversed(list(pattern.finditer(text))):
            if not any(match.start() < b and match.end() > a for a, b in shut):
                text = text[: match.start()] + change(match) + text[match.end() :]
        shut = _protected(HOUR_SHUT.sub(lambda match: "x" * len(match.group()), text))
    return text


SPACED_HOURS = frozenset({"fr-FR", "fr-CA", "fr-BE"})
HOUR_SHUT = regex.compile(r"(?<![\p{L}\p{N}])\d{1,2}[hH]\d{0,2}(?![\p{L}\p{N}])")
"""What `slips` leaves alone and this does not."""
_HOUR = rf"\d{{1,2}}{GAP}?[hH](?:{GAP}?[0-5]\d)?(?![\p{{L}}\p{{N}}/_])"
HOURS: tuple[tuple["regex.Pattern[str]", Callable[["regex.Match[str]"], str]], ...] = (
    (regex.compile(rf"(?<=(?<![\p{{L}}\p{{N}}.,:/@#_-])(?:\d{{1,2}}|{_HOUR}))-(?={_HOUR})"), lambda _: "–"),
    (
        regex.compile(rf"(?<![\p{{L}}\p{{N}}.,:/@#_-])(?P<hour>\d{{1,2}}){GAP}?[hH](?:{GAP}?(?P<minute>[0-5]\d))?(?![\p{{L}}\p{{N}}/_])"),
        lambda match: NBSP.join(filter(None, (match["hour"], "h", match["minute"]))),
    ),
)


def _protected(text: str) -> list[tuple[int, int]]:
    return [match.span() for pattern in PROTECTED for match in pattern.finditer(text)]


def _wanted(text: str, variant: str, narrow: bool) -> Iterator[Slip]:
    for pattern, replacement in _rules(variant, narrow):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), replacement if isinstance(replacement, str) else replacement(match.group())
    yield from _quotes(text, variant)


Replacement = str | Callable[[str], str]


@lru_cache(maxsize=16)
def _rules(variant: str, narrow: bool) -> tuple[tuple["regex.Pattern[str]", Replacement], ...]:
    shared: list[tuple[str, Replacement]] = [
        (r"(?<=\p{L})'(?=[\p{L}«])", "’"),
        (r"(?<!\.)\.\.\.(?!\.)", "…"),
        (r"(?<=\S) {2,}(?=\S)", " "),
        (rf"{GAP}+(?=\n|$)", ""),
        (rf"(?<=[\p{{L}}\p{{N}})]){GAP}+(?=[,.](?:\s|$))", ""),
        (rf"(?<=\p{{L}}){GAP}+(?=…(?:\s|$))", ""),
    ]
    own = _english(variant) if variant.startswith("en") else _french(variant, NARROW if narrow else NBSP, narrow)
    return tuple((regex.compile(pattern, regex.MULTILINE), replacement) for pattern, replacement in shared + own)


def _french(variant: str, fine: str, narrow: bool) -> list[tuple[str, Replacement]]:
    high = {"fr-CA": "", "fr-CH": ""}.get(variant, fine)
    wide = "" if variant == "fr-CH" else NBSP
    rules: list[tuple[str, Replacement]] = [
        (rf"(?<=[{BEFORE}]){GAP}*(?![;][-^']?[)(DPp])(?=[;!?][;!?…]*(?:[^\p{{L}}\p{{N}};!?…]|$))", high),
        (rf"(?<=[{BEFORE}]){GAP}*(?=:(?:[\s«“\"]|$))", wide),
        (rf"(?<=«){GAP}*(?=\S)", wide),
        (rf"(?<=[^\s«]){GAP}*(?=»)", wide),
        (rf"(?<=\d){GAP}(?=(?:{UNITS})(?![\p{{L}}\p{{N}}]))", NBSP),
        (r"(?<=\d)(?=[€%](?![\p{L}\p{N}]))", NBSP),
        (rf"(?<=\d{GAP}h){GAP}(?=\d)", NBSP),
        (rf"(?<=(?<!\d)\d{{1,3}}(?:{GAP}\d{{3}})*){GAP}(?=\d{{3}}(?!\d))", NBSP),
        (rf"(?<=(?<!\p{{L}})(?:[Nn]°|M\.|Mme|Mlle|Dr|p\.)){GAP}(?=[\p{{Lu}}\d])", NBSP),
        (r"(?<=[\p{L}\p{N}»)]) -(?= [\p{L}«(])", f"{NBSP}–"),
        (rf"(?<!\p{{L}})(?:{LIGATURES})(?=s?(?!\p{{L}})|x(?!\p{{L}}))", lambda word: word.replace("oe", "œ")),
        (rf"(?<!\p{{L}})(?:{LIGATURES.title()})(?=s?(?!\p{{L}})|x(?!\p{{L}}))", lambda word: word.replace("Oe", "Œ").replace("oe", "œ")),
        (r"(?:(?<=^)|(?<=[.!?…] ))A(?= (?:partir|vos|bientôt|demain|noter|la|ce|tout|toutes|tous|midi|table|l['’]))", "À"),
        (r"(?:(?<=^)|(?<=[.!?…] ))Ca(?= )", "Ça"),
    ]
    if not narrow:
        rules.append((NARROW, NBSP))
    return rules


def _english(variant: str) -> list[tuple[str, Replacement]]:
    rules: list[tuple[str, Replacement]] = [
        (rf"(?<=[\p{{L}}\p{{N}}”’)]){GAP}+(?=[;!?]+(?:\s|$))", ""),
        (rf"(?<=[\p{{L}}\p{{N}}”’)]){GAP}+(?=:\s)", ""),
        (rf"(?<=[£$€]){GAP}+(?=\d)", ""),
        (rf"(?<=\d){GAP}+(?=%)", ""),
        (r"(?<![\p{L}\p{N}'’])'(?=\d0s\b|\d\d(?!\d|['’]))", "’"),
        (r"(?<=\p{L}s)'(?= \p{Ll})(?<!(?<!\p{L})'[^'\n]*')", "’"),
        (NARROW, NBSP),
    ]
    if variant == "en-GB":
        rules += [(r"(?<=[\p{L}\p{N}”’)]) (?:-|--)(?= [\p{L}“(])", " –")]
    return rules


STRAIGHT = regex.compile(r"(?<![\p{L}\p{N}\"])\"(?=[^\s\"])[^\"\n]{1,300}?(?<=[^\s\"])\"(?![\p{L}\p{N}\"])")
CURLY = regex.compile(r"“[^“”\n]{1,300}”")
FRENCH = regex.compile(r"«[^«»\n]{1,400}»")


def _quotes(text: str, variant: str) -> Iterator[Slip]:
    """Straight pairs become the variant's; in French an outer “ ” becomes « », an inner one stays."""
    french = not variant.startswith("en")
    inside = [match.span() for match in FRENCH.finditer(text)] if french else []
    space = "" if variant == "fr-CH" else NBSP
    outer = (f"«{space}", f"{space}»") if french else ("“", "”")
    for pattern in (STRAIGHT, CURLY) if french else (STRAIGHT,):
        for match in pattern.finditer(text):
            a, b = match.span()
            left, right = ("“", "”") if any(x < a and b < y for x, y in inside) else outer
            yield a, a + 1, left
            yield b - 1, b, right
