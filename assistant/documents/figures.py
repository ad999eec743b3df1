"""Figures as people and exports write them: 1 234, 1,234, 12,5, 1.2K, 3,4 k, 10172891.0."""

import regex

NOTHING = {"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a", "non disponible", "not available", "--"}
FIGURE = regex.compile(r"(?P<sign>[-−]?)(?P<digits>\p{Nd}[\p{Nd}.,'’\s\u00a0\u202f\u2009]*)(?P<times>[kKmM]|mille|millions?)?")
TIMES = {"k": 1_000, "mille": 1_000, "m": 1_000_000, "million": 1_000_000, "millions": 1_000_000}


def count_of(text: str) -> int | None:
    """The whole number that `text` gives; None where it gives none. Raises ValueError for what is no number."""
    bare = text.strip().casefold()
    if bare in NOTHING:
        return None
    match = FIGURE.fullmatch(text.strip())
    if match is None or match["sign"]:
        raise ValueError(text)
    times = TIMES[match["times"].casefold()] if match["times"] else 1
    return round(_number(match["digits"]) * times)


def _number(digits: str) -> float:
    """A mark before exactly three digits groups thousands, unless another mark follows: figures here are counts."""
    bare = regex.sub(r"[\s\u00a0\u202f\u2009'’]", "", digits).rstrip(".,")
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return float(bare)
    last = max(bare.rfind("."), bare.rfind(","))
    grouped = len(bare) - last - 1 == 3 and (len(set(marks)) == 1) and bare[:last].lstrip("0") != ""
    if grouped or (len(marks) > 1 and len(set(marks)) == 1):
        return float(regex.sub(r"[.,]", "", bare))
    return float(regex.sub(r"[.,]", "", bare[:last]) + "." + (bare[last + 1 :] or "0"))
