"""Amounts in a line: prices, percentages, numbers in digits and in words, with their units."""

import regex

from assistant.checks.grounding import numbers
from assistant.checks.grounding.line import FROM, Key, Line
from assistant.checks.grounding.numbers import DIGITS, SPACE, TIMES
from assistant.checks.wordlists import by_word, words

CURRENCY = by_word("currencies")
_CURRENCY = r"(?:€|£|\$|euros?\b|eur\b|dollars?\b|pounds?\b|chf\b|francs?\b|gbp\b|usd\b)"
PRICE = (
    regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<amount>\d+){SPACE}?(?P<currency>€)(?P<cents>\d{{2}})(?!\d)"),
    regex.compile(
        rf"(?P<currency>[€£$]){SPACE}?(?P<amount>{DIGITS})(?P<times>{TIMES}|[kKmM](?!\p{{L}}))(?:(?:{FROM})(?P<other>{DIGITS})(?!{SPACE}?%))?"
    ),
    regex.compile(
        rf"(?<![\p{{L}}\p{{N}}.,])(?:(?P<other>{DIGITS}){FROM})?(?P<amount>{DIGITS})(?P<times>{TIMES}){SPACE}?(?:d')?(?P<currency>{_CURRENCY})"
    ),
    regex.compile(rf"(?<![\p{{L}}\p{{N}}.,])(?P<amount>\d{{1,2}}){SPACE}?(?P<cent>centimes|cents|p)(?![\p{{L}}\p{{N}}/]|\.m)"),
)
PERCENT = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,])(?:(?P<other>{DIGITS}){FROM})?(?P<amount>{DIGITS}){SPACE}?(?:%|pour{SPACE}cent\b|per{SPACE}?cent\b|p\.{SPACE}?100)"
)
NUMBER = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,])(?P<amount>{DIGITS})(?P<times>{TIMES})(?:er|ere|e|eme|nd|nde|st|rd|th)?(?:{SPACE}?(?P<unit>\p{{L}}+|°c?))?"
)
FREE = regex.compile(
    r"(?<!\p{L})(?:gratuite?s?|gratuitement|for free|free of charge|(?:entree|livraison|port|acces) (?:libre|offerte?s?)"
    r"|free (?:entry|admission|delivery|shipping|returns|tickets?|coffee|gift|workshop|event)|frais de port offerts)(?!\p{L})"
)
UNIT = by_word("measures")
DELAYS = frozenset("dwyh") | {"min", "mo"}


def prices(line: Line, _: bool) -> None:
    """Prices, ranges of them, and what is said to cost nothing."""
    for pattern in PRICE:
        for match in list(pattern.finditer(line.left)):
            groups = match.groupdict()
            if groups.get("cent") and (line.language == "fr") != (groups["cent"] == "centimes"):
                continue
            _one_price(line, match, groups)
            line.take(*match.span())
    for match in FREE.finditer(line.left):
        line.add(
            "price", line.folded.span(*match.span()), {("price", "0", "€"), ("price", "0", "£"), ("price", "0", "$"), ("free",)}, small=True
        )
        line.take(*match.span())


def _one_price(line: Line, match: "regex.Match[str]", groups: dict[str, str | None]) -> None:
    written = groups.get("currency") or ("€" if line.language == "fr" else "£")
    currency = CURRENCY.get(written, written)
    for name in ("amount", "other"):
        amount = numbers.value(groups.get(name) or "")
        if amount is None:
            continue
        if groups.get("cents") or groups.get("cent"):
            amount = amount + numbers.value(groups["cents"] or "0") / 100 if groups.get("cents") else amount / 100  # type: ignore[operator]
        key = numbers.key(amount * numbers.times(groups.get("times") or ""))
        line.add("price", line.folded.span(*match.span()), {("price", key, currency), ("price", key, "?")}, {("price", key, currency)})


def percentages(line: Line, _: bool) -> None:
    """Percentages and ranges of them."""
    for match in list(PERCENT.finditer(line.left)):
        for name in ("amount", "other"):
            amount = numbers.value(match[name] or "")
            if amount is not None:
                line.add("percentage", line.folded.span(*match.span()), {("percent", numbers.key(amount))})
        line.take(*match.span())


def plain_numbers(line: Line, _: bool) -> None:
    """What is left: numbers in digits, then in words."""
    for match in list(NUMBER.finditer(line.left)):
        amount = numbers.value(match["amount"])
        if amount is None or (amount <= 12 and match["unit"] in words("counted")):
            continue
        key = numbers.key(amount * numbers.times(match["times"]))
        needs, offers = _with_unit(key, match["unit"])
        if regex.search(rf"(?<!\p{{L}})(?:le|du|au|the|on){SPACE}$", line.left[: match.start()]):
            needs |= {("day", key)}
        end = match.end("times") if UNIT.get(match["unit"] or "") is None else match.end()
        line.add("number", line.folded.span(match.start(), end), needs, offers)
        line.take(match.start(), match.end("times"))
    for match in list(numbers.words_pattern(line.language).finditer(line.left)):
        _worded(line, match)


def _worded(line: Line, match: "regex.Match[str]") -> None:
    amount = numbers.worded(match.group(), line.language)
    behind = regex.match(rf"{SPACE}(?:d'|de |of )?(?P<word>\p{{L}}+)(?:{SPACE}d'(?P<second>\p{{L}}+))?", line.left[match.end() :])
    word = behind["word"] if behind else ""
    unit = UNIT.get(word)
    span = line.folded.span(*match.span())
    currency = CURRENCY.get(word)
    if currency:
        line.add("price", span, {("price", str(amount), currency), ("price", str(amount), "?")}, {("price", str(amount), currency)})
    elif word in ("pour", "per", "percent") and regex.match(rf"{SPACE}(?:pour{SPACE}cent|per{SPACE}?cent)\b", line.left[match.end() :]):
        line.add("percentage", span, {("percent", str(amount))})
    else:
        needs, offers = _with_unit(str(amount), word)
        if unit == "h":
            offers |= {("hour", str(amount * 60))}
        counted = (amount > 3 or unit in DELAYS) and not (amount <= 12 and word in words("counted"))
        line.add("number" if counted else "wording", span, needs if counted else {("any",)}, offers, small=True)


def _with_unit(key: str, written: str | None) -> tuple[set[Key], set[Key]]:
    unit = UNIT.get(written or "")
    if unit is None:
        return {("number", key)}, {("number", key), ("number", key, "")}
    return {("number", key, unit), ("number", key, "")}, {("number", key), ("number", key, unit)}
