"""Triage against people's labels on real comments, and its speed.

Words and rules were learnt from the errors on the train files and on first halves; figures are of the val files and of second halves.
"""

import csv
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from assistant.assessments import Triaged
from assistant.triage import triage

FOLDER = Path(os.environ.get("PLUME_BENCH_DATA") or "/nowhere") / "comments"
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="PLUME_BENCH_DATA is unset: no real comments to measure on"),
]
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def second_half(of: Sequence[Row]) -> Sequence[Row]:
    return of[len(of) // 2 :]


def record(what: str, figure: str, unit: str, reach: str) -> None:
    print(f"{what}: {figure} {unit} (to reach: {reach})")
    out = os.environ.get("PLUME_BENCH_OUT")
    if out:
        with Path(out).open("a", encoding="utf8") as file:
            file.write(json.dumps({"what": what, "figure": figure, "unit": unit, "reach": reach}, ensure_ascii=False) + "\n")


def negatives(told: Iterable[tuple[str, str]], language: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the tone `negative` against (text, label)."""
    found = [(triage(text, language).tone == "negative", label == "negative") for text, label in told]
    right = sum(ours and theirs for ours, theirs in found)
    precision = right / max(1, sum(ours for ours, _ in found))
    recall = right / max(1, sum(theirs for _, theirs in found))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def test_a_thousand_comments_a_second() -> None:
    texts = [row["text"] for row in rows("airline_tweets_en")[:1500]] + [row["text"] for row in rows("sentiment_fr_train")[:1500]]
    triage("warm"), triage("warm", "en")
    began = time.process_time()
    for text in texts:
        triage(text, "fr")
    each = len(texts) / (time.process_time() - began)
    record("triage, built-in, one core", f"{each:,.0f}", "comments a second", "≥ 1,000")
    assert each > 300, "far from the thousand, whatever else the machine does"


def test_negatives_among_english_airline_tweets() -> None:
    told = [(row["text"], row["airline_sentiment"]) for row in second_half(rows("airline_tweets_en"))]
    precision, recall, _ = negatives(told, "en")
    record(
        "negatives in airline tweets, held-out half (VADER 0.90 / 0.44)",
        f"{precision:.3f} / {recall:.3f}",
        "precision / recall",
        "≥ 0.85 / 0.80",
    )
    assert precision >= 0.85
    assert recall >= 0.80


def test_negatives_in_french_and_in_english_alike() -> None:
    scores = {}
    for language in ("fr", "en"):
        told = [(row["text"], row["label"]) for row in rows(f"sentiment_{language}_val")]
        scores[language] = negatives(told, language)[2]
        record(f"negatives in tweets, {language}, val", f"{scores[language]:.3f}", "F1", "≥ 0.55")
        assert scores[language] >= 0.55
    assert abs(scores["fr"] - scores["en"]) <= 0.05


def grave(found: Triaged) -> bool:
    return found.severity >= 3


def test_threats_and_hate_are_serious(capsys: pytest.CaptureFixture[str]) -> None:
    labelled: dict[str, Callable[[Row], bool]] = {
        "threats": lambda row: row["VERBAL_ABUSE"] == "threat",
        "hate": lambda row: row["HATE_SPEECH"] == "yes",
        "threats and hate": lambda row: row["VERBAL_ABUSE"] == "threat" or row["HATE_SPEECH"] == "yes",
    }
    held = second_half(rows("aggression_fr"))
    for what, holds in labelled.items():
        of = [row["TEXT"] for row in held if holds(row)]
        missed = [text for text in of if not grave(triage(text, "fr"))]
        record(f"{what} in French chats taken as serious, held-out half", f"{1 - len(missed) / len(of):.3f}", f"of {len(of)}", "≥ 0.90")
    for text in missed:
        print("  missed:", text)
    calm = [row["TEXT"] for row in held if row["VERBAL_ABUSE"] == "none" and row["HATE_SPEECH"] == "no"]
    record(
        "the other lines of these chats taken as serious",
        f"{sum(grave(triage(text, 'fr')) for text in calm) / len(calm):.3f}",
        f"of {len(calm)}",
        "low",
    )
    assert len(missed) <= 0.4 * len(of)


def test_offensive_english_tweets_are_graver_than_others() -> None:
    held = second_half(rows("offensive_en_val"))
    shares = {}
    for label in ("offensive", "not-offensive"):
        found = [grave(triage(row["text"], "en")) for row in held if row["label"] == label]
        shares[label] = sum(found) / len(found)
    record(
        "offensive / other English tweets taken as serious, held-out half",
        f"{shares['offensive']:.3f} / {shares['not-offensive']:.3f}",
        "share",
        "reported",
    )
    assert shares["offensive"] > 2 * shares["not-offensive"]
