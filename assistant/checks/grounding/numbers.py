"""Numbers as people write them, in digits or words, made one: « 1 000 », 1.000 and 1,000; « vingt-quatre » and 24."""

from decimal import Decimal, InvalidOperation
from functools import cache

import regex

from assistant.checks.wordlists import in_order
from assistant.messages import Language
from assistant.text import fold

SPACE = r"[ \u00a0\u2009\u202f]"
_CENTS = r"(?:[.,]\d{1,2}(?!\d))?"
DIGITS = rf"(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d){_CENTS}|\d{{1,3}}(?:[.,]\d{{3}})+(?!\d){_CENTS}|\d+(?:[.,]\d+)?)"
TIMES = rf"(?:{SPACE}?(?:k(?=€|\b)|K(?=€|\b)|millions?\b|milliards?\b|mille\b|thousand\b|billions?\b|bn\b|Md?(?=€)|MM(?=€)))?"
MULTIPLIERS = {"k": 10**3, "mille": 10**3, "thousand": 10**3, "million": 10**6, "m": 10**6, "mm": 10**6}
MULTIPLIERS |= {"milliard": 10**9, "billion": 10**9, "bn": 10**9, "md": 10**9}

_UNITS_FR = in_order("units_fr")
_UNITS_EN = in_order("units_en")
_TENS_FR = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 70: "septante", 80: "huitante", 90: "nonante"}
_TENS_EN = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_COLLECTIVE = {
    "fr": {
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "centaine": 100,
    },
    "en": {"dozen": 12},
}
_ORDINALS_EN = in_order("ordinals_en")
AMBIGUOUS = {"fr": frozenset({"un", "neuf", "zero"}), "en": frozenset({"one", "zero"})}
"""Words that are far more often an article, « nouveau » or a figure of speech."""
MEANT = {
    "fr": rf"(?:un|neuf|zero)(?={SPACE}?(?:euros?\b|€|pour{SPACE}cent\b|%))|neuf(?={SPACE}(?:heures?|centimes?)\b)",
    "en": rf"(?:one|zero)(?={SPACE}(?:euros?|per{SPACE}?cent)\b)",
}
"""Where such a word can be nothing but a number."""


def value(written: str) -> Decimal | None:
    """What digits say: with a single separator, three digits behind it make it a thousand."""
    plain = regex.sub(SPACE, "", written)
    marks = [c for c in plain if c in ".,"]
    if len(set(marks)) == 2:
        decimal = plain[max(plain.rfind("."), plain.rfind(","))]
        plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif len(marks) > 1 or (marks and regex.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain)):
        plain = plain.replace(",", "").replace(".", "")
    else:
        plain = plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def times(written: str) -> int:
    """The factor a multiplier stands for; 1 for none."""
    word = fold(written).strip()
    return MULTIPLIERS.get(word, MULTIPLIERS.get(word.rstrip("s"), 1))


def key(number: Decimal) -> str:
    """One spelling for one value: 12,50 and 12.5 are the same."""
    return format(number.normalize(), "f")


def _below_hundred_fr() -> dict[str, int]:
    spelled = {word: n for n, word in enumerate(_UNITS_FR)} | {f"dix-{_UNITS_FR[n]}": 10 + n for n in (7, 8, 9)}
    for ten, word in _TENS_FR.items():
        spelled[word] = ten
        spelled |= {f"{word}-{_UNITS_FR[n]}": ten + n for n in range(2, 10)} | {f"{word}-et-un": ten + 1, f"{word}-et-une": ten + 1}
    teens = {n: _UNITS_FR[n] for n in range(10, 17)} | {n: f"dix-{_UNITS_FR[n - 10]}" for n in (17, 18, 19)}
    spelled |= {f"soixante-{word}": 60 + n for n, word in teens.items()} | {"soixante-et-onze": 71, "quatre-vingts": 80, "quatre-vingt": 80}
    spelled |= {f"quatre-vingt-{word}": 80 + n for n, word in teens.items()} | {
        f"quatre-vingt-{_UNITS_FR[n]}": 80 + n for n in range(1, 10)
    }
    return spelled


def _below_hundred_en() -> dict[str, int]:
    spelled = {word: n for n, word in enumerate(_UNITS_EN)}
    for ten, word in _TENS_EN.items():
        spelled[word] = ten
        spelled |= {f"{word}-{_UNITS_EN[n]}": ten + n for n in range(1, 10)}
    return spelled


@cache
def spelled(language: Language) -> dict[str, int]:
    """Folded number words to their value: up to 999, ordinals from the third on, dozens; ambiguous ones too."""
    small = _below_hundred_fr() if language == "fr" else _below_hundred_en()
    hundred = "cent" if language == "fr" else "hundred"
    words = dict(small) | _COLLECTIVE[language]
    for n in range(2, 10):
        units = _UNITS_FR[n] if language == "fr" else _UNITS_EN[n]
        words |= {f"{units}-{hundred}s": n * 100, f"{units}-{hundred}": n * 100}
    if language == "fr":
        words |= {"cent": 100} | {f"cent-{word}": 100 + n for word, n in small.items() if n}
        words |= {word.rstrip("e") + "ieme": n for word, n in small.items() if 3 <= n <= 30 and word not in ("cinq", "neuf")} | {
            "cinquieme": 5,
            "neuvieme": 9,
        }
    else:
        words |= {"one-hundred": 100, "a-hundred": 100} | {f"one-hundred-and-{word}": 100 + n for word, n in small.items() if n}
        words |= {word: n for n, word in enumerate(_ORDINALS_EN, 3)}
    return words


@cache
def words_pattern(language: Language) -> "regex.Pattern[str]":
    """Finds number words in a folded text; hyphen or space between their parts."""
    written = sorted(spelled(language).keys() - AMBIGUOUS[language], key=lambda word: (-len(word), word))
    alternatives = "|".join([*(word.replace("-", "[- ]") for word in written), MEANT[language]])
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}'-])(?:{alternatives})(?![\p{{L}}\p{{N}}-])")


def worded(match: str, language: Language) -> int:
    """The value of number words that `words_pattern` found."""
    return spelled(language)[match.replace(" ", "-")]
