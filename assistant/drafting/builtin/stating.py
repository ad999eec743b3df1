"""When a text states a fact in other words: « 31 mars » for « mercredi 31 mars 2027 », 18:30 for « 18 h 30 », a price, a number to ring.

A fact said twice, once as a form, is what gives a draft away. Only forms of one value count as equal: the day and the month,
the hour and the minute, the amount and its currency, the digits of a telephone number. What a value says besides must be there too.
"""

from collections.abc import Iterator
from datetime import date

import regex

from assistant.checks.grounding.claims import Claim, in_text
from assistant.checks.grounding.dates import named_by_weekday
from assistant.checks.grounding.sources import words_of
from assistant.checks.wordlists import words as listed
from assistant.drafting.builtin.lexicon import plain
from assistant.messages import Language

EXACT = frozenset({"date", "hour", "price", "phone", "email", "link"})
"""Kinds that have one normal form."""
FREE = ("free",)
"""What costs nothing has many wordings, and a free coffee is no free entry: as typed or not at all."""
LAST = regex.compile(
    r"(?:\b(?:avant|jusqu'a|jusqu'au|d'ici|limite|dernier(?:e|s)?|before|by|until|till|deadline|closing date|last)\b[^\n.;]{0,24})\Z"
)
"""Before a day: it is the last one, not the one."""
STREET = regex.compile(
    r"\b(?:street|st|road|rd|lane|avenue|ave?|quay|square|way|yard|rue|boulevard|bd|quai|impasse|chemin|route|allee|place|passage|cours)\b"
)
LEAD = regex.compile(r"de|du|des|d|a|au|aux|le|la|les|l|en|et|ou|the|on|at|to|and|or|is|of")
"""Small words of a value that a sentence may put otherwise."""
START = regex.compile(r"partir|depuis|from|dates?")
"""The same for days and hours; « à partir de 10 € » is not « 10 € »."""


def says(text: str, value: str, language: Language, *, month_first: bool = False, last: bool = False) -> bool:
    """Whether `text` states every claim of `value`, and whatever else it says; `last` where the value is a last day by its name."""
    wanted = [claim for claim in in_text(value, language, month_first=month_first) if claim.kind != "weekday"]
    if not any(claim.kind in EXACT for claim in wanted) or any(FREE in claim.needs for claim in wanted):
        return False
    there = list(in_text(text, language, month_first=month_first))
    for claim in wanted:
        places_in_text = [one.span[0] for one in there if _meets(one, claim)]
        if claim.day is not None:
            places_in_text += named_by_weekday(plain(text), claim.day)
        if not any(_same_end(text[:at], value, claim, last=last) for at in places_in_text):
            return False
    known = words_of(text)
    return all(word in known or f"{word}s" in known or word.removesuffix("s") in known for word in _rest(value, wanted, language))


def places(text: str, value: str) -> bool:
    """Whether `text` names a place: its name and its street; the town, which comes last, may go unsaid."""
    parts = [part.strip() for part in regex.split(r"[,()]", value) if part.strip()]
    town = len(parts) > 1 and not any(c.isdigit() for c in parts[-1]) and not STREET.search(plain(parts[-1]))
    return bool(parts) and all(_holds(text, part) for part in parts[: -1 if town else None])


def happened_on(text: str, value: str, language: Language, today: date, days: int) -> bool:
    """Whether `text` names the weekday of the day that `value` is, and that day is at most `days` behind: no other can be meant."""
    meant = [day for claim in in_text(value, language) if claim.day is not None and (day := claim.day.resolved(today))]
    named = {key[1] for claim in in_text(text, language) if claim.kind == "weekday" for key in claim.needs}
    return len(meant) == 1 and str(meant[0].weekday()) in named and 0 <= (today - meant[0]).days <= days


def _meets(one: Claim, wanted: Claim) -> bool:
    if wanted.day is not None:
        return one.day is not None and (one.day.day, one.day.month) == (wanted.day.day, wanted.day.month)
    return not (wanted.needs | wanted.offers).isdisjoint(one.needs | one.offers) and "any" not in {
        key[0] for key in one.needs & wanted.needs
    }


def _same_end(before: str, value: str, wanted: Claim, *, last: bool) -> bool:
    """A last day is not the day itself: « avant le 31 mars » does not state that it is on 31 March."""
    if wanted.kind != "date":
        return True
    return bool(LAST.search(plain(before))) == (last or bool(LAST.search(plain(value[: wanted.span[0]]))))


def _rest(value: str, claims: list[Claim], language: Language) -> Iterator[str]:
    """Folded words of a value that no claim covers and that mean something."""
    spans = [claim.span for claim in in_text(value, language)] + [claim.span for claim in claims]
    left = "".join(" " if any(a <= at < b for a, b in spans) else c for at, c in enumerate(value))
    priced = any(claim.kind == "price" for claim in claims)
    for word in words_of(LAST.sub(" ", plain(left))):
        if not LEAD.fullmatch(word) and (priced or not (START.fullmatch(word) or word in listed("small"))):
            yield word


def _holds(text: str, part: str) -> bool:
    pattern = r"\W+".join(regex.escape(word) for word in regex.findall(r"\w+", plain(part)))
    return bool(pattern) and regex.search(rf"(?<!\w){pattern}(?!\w)", plain(text)) is not None
