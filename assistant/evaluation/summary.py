"""What the readers say, per source: verdicts, criteria, hard faults with their words, and how far two readers agree.

A text's score is the mean over its readers; its verdict is the majority's, the severer one in a tie. A hard fault is confirmed
when two readers found it in the same text; one that a single reader found is listed to be looked up in brief and kit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean
from typing import Any

from assistant.evaluation.rubric import CAPPED, CRITERIA, DOUBLE, GUESSES, VERDICTS
from assistant.evaluation.sheets import Sheet

FAR = 2
"""Scores of two readers that differ by this much are not averaged away: they are listed."""


@dataclass(frozen=True)
class Read:
    """One text with all its sheets."""

    id: str
    source: str
    brand: str
    network: str
    language: str
    sheets: tuple[Sheet, ...]

    @property
    def verdict(self) -> str:
        """The majority's; the severer one in a tie."""
        return _majority([one.verdict for one in self.sheets])

    @property
    def first_verdict(self) -> str:
        """The majority's at first sight; empty where nobody said."""
        given = [one.first_verdict for one in self.sheets if one.first_verdict]
        return _majority(given) if given else ""

    @property
    def scores(self) -> dict[str, float]:
        """The mean over readers of each criterion that anybody scored."""
        given: dict[str, list[int]] = defaultdict(list)
        for one in self.sheets:
            for name, score in one.scores.items():
                given[name].append(score)
        return {name: mean(given[name]) for name in CRITERIA if name in given}

    @property
    def confirmed(self) -> tuple[str, ...]:
        """Hard faults that two readers found."""
        found = Counter(id for one in self.sheets for id in {id for id, _ in one.hard_faults})
        return tuple(sorted(id for id, readers in found.items() if readers > 1))

    @property
    def overall(self) -> float | None:
        """The weighted mean of its scores, capped where a hard fault is confirmed."""
        weights = {name: 2 if name in DOUBLE else 1 for name in self.scores}
        if not weights:
            return None
        whole = sum(self.scores[name] * weight for name, weight in weights.items()) / sum(weights.values())
        return min(whole, CAPPED) if self.confirmed else whole


def joined(sheets: Iterable[Sheet], key: Mapping[str, Mapping[str, str]]) -> list[Read]:
    """Texts with their sheets, by text id; texts that nobody read are left out."""
    by_text: dict[str, list[Sheet]] = defaultdict(list)
    for one in sheets:
        by_text[one.text_id].append(one)
    return [
        Read(id, key[id]["source"], key[id]["brand"], key[id]["network"], key[id]["language"], tuple(by_text[id])) for id in sorted(by_text)
    ]


def summary(reads: Sequence[Read]) -> dict[str, Any]:
    """Everything that the sheets say, per source and, within a source, per language and per network."""
    sources = sorted({one.source for one in reads})
    groups = []
    for source in sources:
        own = [one for one in reads if one.source == source]
        languages = [(language, "") for language in sorted({one.language for one in own})]
        networks = [("", network) for network in sorted({one.network for one in own})]
        for language, network in (("", ""), *languages, *networks):
            some = [one for one in own if language in ("", one.language) and network in ("", one.network)]
            groups.append({"source": source, "language": language, "network": network, **_figures(some)})
    return {"texts": len(reads), "readers": sorted({s.reader for r in reads for s in r.sheets}), "groups": groups, **_lists(reads)}


def _figures(reads: Sequence[Read]) -> dict[str, Any]:
    verdicts = Counter(one.verdict for one in reads)
    shares = {name: round(verdicts[name] / len(reads), 3) for name in VERDICTS}
    first = [one.first_verdict for one in reads if one.first_verdict]
    scored: dict[str, list[float]] = defaultdict(list)
    for one in reads:
        for name, score in one.scores.items():
            scored[name].append(score)
    overall = [one.overall for one in reads if one.overall is not None]
    sheets = [sheet for one in reads for sheet in one.sheets]
    guesses = Counter(sheet.author_guess for sheet in sheets if sheet.author_guess)
    return {
        "texts": len(reads),
        "sheets": len(sheets),
        **shares,
        "send_or_small_edit": round(1 - shares["rewrite"], 3),
        "send_at_first_sight": round(first.count("send") / len(first), 3) if first else None,
        "overall": round(mean(overall), 2) if overall else None,
        "means": {name: round(mean(scored[name]), 2) for name in CRITERIA if name in scored},
        "hard_faults": sum(len(one.confirmed) for one in reads),
        "hard_faults_per_100": round(100 * sum(len(one.confirmed) for one in reads) / len(reads), 1),
        "tics_per_100": round(100 * mean(mean(len({id for id, _ in s.tics}) for s in one.sheets) for one in reads), 1),
        "guessed": {name: round(guesses[name] / guesses.total(), 3) for name in GUESSES} if guesses else {},
    }


def _lists(reads: Sequence[Read]) -> dict[str, Any]:
    """Hard faults with their words, where two readers are far apart, and how far they agree."""
    faults = [
        {
            "text_id": one.id,
            "source": one.source,
            "id": id,
            "confirmed": id in one.confirmed,
            "said": [{"reader": sheet.reader, "quote": quote} for sheet in one.sheets for known, quote in sheet.hard_faults if known == id],
        }
        for one in reads
        for id in sorted({id for sheet in one.sheets for id, _ in sheet.hard_faults})
    ]
    apart = [
        {"text_id": one.id, "criterion": name, "scores": {a.reader: a.scores[name], b.reader: b.scores[name]}}
        for one in reads
        for a, b in combinations(one.sheets, 2)
        for name in CRITERIA
        if name in a.scores and name in b.scores and abs(a.scores[name] - b.scores[name]) >= FAR
    ]
    return {"faults": faults, "far_apart": apart, "agreement": agreement(reads)}


def agreement(reads: Sequence[Read]) -> list[dict[str, Any]]:
    """For each two readers: texts they share, equal verdicts, equal on "can go out", Cohen's kappa, scores at most one apart."""
    pairs: dict[tuple[str, str], list[tuple[Sheet, Sheet]]] = defaultdict(list)
    for one in reads:
        for a, b in combinations(sorted(one.sheets, key=lambda sheet: sheet.reader), 2):
            pairs[a.reader, b.reader].append((a, b))
    found = []
    for (first, second), both in sorted(pairs.items()):
        close = [abs(a.scores[name] - b.scores[name]) <= 1 for a, b in both for name in CRITERIA if name in a.scores and name in b.scores]
        found.append(
            {
                "readers": [first, second],
                "texts": len(both),
                "same_verdict": round(mean(a.verdict == b.verdict for a, b in both), 3),
                "same_send_or_not": round(mean((a.verdict == "rewrite") == (b.verdict == "rewrite") for a, b in both), 3),
                "kappa": kappa([(a.verdict, b.verdict) for a, b in both]),
                "scores_within_one": round(mean(close), 3) if close else None,
            }
        )
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond what the two readers' own leanings would give; None where both only ever said one thing."""
    same = mean(a == b for a, b in pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(left[name] * right[name] for name in VERDICTS) / len(pairs) ** 2
    return None if by_chance == 1 else round((same - by_chance) / (1 - by_chance), 3)


def _majority(verdicts: Sequence[str]) -> str:
    counts = Counter(verdicts)
    return max(counts, key=lambda verdict: (counts[verdict], VERDICTS.index(verdict)))
