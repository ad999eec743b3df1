"""Personal data that somebody left in view: bank and card numbers, telephones, addresses. Patterns and check sums, no lists of names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import regex

from assistant.text import ADDRESS, EMAIL

IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00A0\u202F-]?[A-Z0-9]{4}){2,7}(?:[ \u00A0\u202F-]?[A-Z0-9]{1,4})?\b", regex.IGNORECASE)
CARD = regex.compile(r"(?<![\d+])(?:\d[ \u00A0\u202F-]?){12,18}\d(?!\d)")
PHONE = regex.compile(
    r"(?<![\d\w+])(?:(?:\+|00)\d{2,3}[ .\u00A0\u202F-]?\(?0?\)?[ .\u00A0\u202F-]?[1-9](?:[ .\u00A0\u202F-]?\d){6,10}"
    r"|0[1-9](?:[ .\u00A0\u202F-]?\d{2}){4}|07\d{3}[ \u00A0]?\d{3}[ \u00A0]?\d{3}"
    r"|(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4})(?!\d)"
)
NATIONAL_ID = regex.compile(r"(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?(?!\d)")
STREET = regex.compile(
    r"\b\d{1,4}(?:[ ,]*(?:bis|ter|[a-d]))?[ ,]+(?:rue|avenue|av\.?|boulevard|bd|impasse|all[ée]e|chemin|route|quai|cours)\s+"
    r"(?:d[eu]s?\s+|de\s+la\s+|l['’])?\p{L}[\p{L}'’\- ]{2,40}"
    r"|\b\d{1,5}[ ,]+(?:\p{Lu}[\p{L}'’\-]+[ ]){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Crescent|Terrace|Way)\b",
    regex.IGNORECASE,
)
MINE = regex.compile(
    r"\b(?:j['’ ]?habite|mon adresse|chez (?:moi|nous)|livr(?:er|aison) au|adresse\s*:|i live|my (?:address|house)|deliver(?:ed|y)? to)\b"
    r"|\b\d{5}\s+\p{Lu}|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b",
    regex.IGNORECASE,
)
"""What makes a street somebody's home: an announcement, a postcode."""
DESK = regex.compile(
    r"^(?:contact|info|infos|support|help|sav|hello|bonjour|service|press|presse|noreply|no-reply|clients?|sales|admin)[@.\-]",
    regex.IGNORECASE,
)
DIGITS: Final = 7


@dataclass(frozen=True)
class Exposed:
    """What kind of personal data, and the words."""

    what: str
    """`iban`, `card`, `national-id`, `phone`, `email`, `address`."""
    passage: str


def exposed(text: str) -> tuple[Exposed, ...]:
    """The personal data in `text`, most delicate first; links hold none."""
    if "@" not in text and sum(map(str.isdigit, text)) < 3:
        return ()
    if "://" in text:
        text = ADDRESS.sub(" ", text)
    found: list[Exposed] = []
    if sum(map(str.isdigit, text)) >= DIGITS:
        for what, pattern, holds in NUMBERS:
            found += [Exposed(what, match.group().strip()) for match in pattern.finditer(text) if holds(match.group())]
    found += [Exposed("email", match.group()) for match in EMAIL.finditer(text) if not DESK.match(match.group())]
    if MINE.search(text):
        found += [Exposed("address", match.group().strip()) for match in STREET.finditer(text)]
    return tuple(found)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _is_iban(given: str) -> bool:
    """ISO 13616: the first four characters last, letters as numbers, 1 modulo 97."""
    plain = "".join(one for one in given.upper() if one.isalnum())
    if not 15 <= len(plain) <= 34 or not plain.isascii():
        return False
    return int("".join(str(int(one, 36)) for one in plain[4:] + plain[:4])) % 97 == 1


def _is_card(given: str) -> bool:
    """Luhn's sum over 13 to 19 digits."""
    digits = [int(one) for one in _digits(given)]
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_national_id(given: str) -> bool:
    """Thirteen digits and, where the key is there, 97 minus the rest of the division by 97."""
    digits = _digits(given.upper().replace("2A", "19").replace("2B", "18"))
    return len(digits) == 15 and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _always(given: str) -> bool:
    return bool(given)


NUMBERS: Final[tuple[tuple[str, "regex.Pattern[str]", Callable[[str], bool]], ...]] = (
    ("iban", IBAN, _is_iban),
    ("card", CARD, _is_card),
    ("national-id", NATIONAL_ID, _is_national_id),
    ("phone", PHONE, _always),
)
