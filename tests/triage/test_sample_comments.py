"""The comments of the sample brands: what must not be missed, and what must not be taken for worse than it is."""

import csv
from pathlib import Path

import pytest

from assistant.triage import triage

KITS = Path(__file__).parents[2] / "brand_kits"
BRANDS = {"vaudrille": "fr", "thole-ferry": "en"}
GRAVE = {
    "c-7599": ("self-harm", 4),
    "c-7833": ("safety", 4),
    "c-7898": ("personal-data", 3),
    "c-7911": ("legal", 3),
    "thole-c020": ("hate", 3),
    "thole-c035": ("safety", 4),
    "thole-c042": ("personal-data", 3),
    "thole-c045": ("self-harm", 4),
    "thole-c046": ("legal", 3),
}
ROUGH = {"c-7417", "c-7560"}
"""Attacks on people and accusations: 3 as well, whatever their kind."""
KINDS = {
    "c-7339": "question",
    "c-7378": "factual-error",
    "c-7508": "complaint.price",
    "c-7534": "suggestion",
    "c-7651": "spam",
    "c-7690": "influencer",
    "c-7716": "spam",
    "c-7742": "complaint.product",
    "c-7794": "complaint.delivery",
    "c-7872": "complaint.bug",
    "c-7781": "complaint.service",
    "thole-c005": "praise",
    "thole-c017": "spam",
    "thole-c031": "influencer",
    "thole-c033": "suggestion",
    "thole-c036": "complaint.delivery",
    "thole-c047": "question",
}


def comments() -> list[tuple[str, str, str]]:
    found = []
    for brand, language in BRANDS.items():
        with (KITS / brand / "comments.csv").open(encoding="utf8", newline="") as file:
            found += [(row["id"], row["text"], language) for row in csv.DictReader(file)]
    return found


@pytest.mark.parametrize(("id", "text", "language"), comments(), ids=lambda value: value if len(value) < 12 else "")
def test_a_grave_comment_is_found_and_no_other_is_called_grave(id: str, text: str, language: str) -> None:
    found = triage(text, language)
    if id in GRAVE:
        assert (found.kind, found.severity) == GRAVE[id]
    elif id in ROUGH:
        assert found.severity == 3
    else:
        assert found.severity <= 2
    if id in KINDS:
        assert found.kind == KINDS[id]
