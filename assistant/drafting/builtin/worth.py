"""What goes first where room is short: crumbs, then fragments, then what has no verb; prices and the subject's own sentence last."""

import regex

from assistant.drafting.builtin.lexicon import plain, tokens
from assistant.drafting.builtin.units import Unit

SIGNS = frozenset({"digit", "number", "name", "contrast", "quotation"})
"""Signs of a point that a draft holds wherever the network has room."""
FIGURES = frozenset({"digit", "number", "name", "quotation"})
PRICE = regex.compile(r"[€$£]|\b(?:gratuite?s?|offerte?s?|centimes?|euros?|free|pounds?|pence|\d+p)\b")
NOTE = 4
"""Words: a crumb has no more, and no sign; a fragment has no more, and no verb."""
FULL, SAYING = 2, 3
"""What a unit is worth that is more than a note, and one that says something of its own: with a verb, or at length with a figure."""


def is_crumb(unit: Unit) -> bool:
    """Whether a short optional unit has neither figure, name, price, contrast nor quotation."""
    folded = plain(unit.text)
    return not (unit.required or unit.reading.signs & SIGNS or PRICE.search(folded)) and len(tokens(folded)) <= NOTE


def is_gesture(unit: Unit) -> bool:
    """Whether it tells what to do: of several such the later ones mean nothing, or harm, without the first."""
    return unit.kind == "instruction" or unit.reading.gesture


def worth(unit: Unit) -> int:
    """The lowest goes first."""
    folded = plain(unit.text)
    if PRICE.search(folded) or unit.source.endswith("subject_sentence"):
        return SAYING + 1
    if is_crumb(unit):
        return 0
    long = len(tokens(folded)) > NOTE
    if unit.reading.finite or unit.reading.gesture or (long and unit.reading.signs & FIGURES):
        return SAYING
    return FULL if long else 1
