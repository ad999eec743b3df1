"""One comment in, what it is out."""

from collections.abc import Sequence

from assistant.assessments import Triaged
from assistant.messages import Message
from assistant.triage import kind as kinds
from assistant.triage import language as languages
from assistant.triage import severity as severities
from assistant.triage.exposed import exposed
from assistant.triage.kind import COMPLAINTS
from assistant.triage.lexicon import Tongue, all_known, phrases
from assistant.triage.patterns import ENDS, Hit
from assistant.triage.reading import Read, listed, read
from assistant.triage.tone import feel, tone_of

EXCEPT = "except_"
TOLD = ("emoji-only", "several-languages")
"""Signs that are reasons too; the others show in the reasons of kind, tone and severity."""


def triage(text: str, language: str = "fr") -> Triaged:
    """What the comment `text` is; `language` (ISO 639-1) is the brand's, for what is too short to tell. Raises nothing."""
    first = _read(text, french=language == "fr")
    spoken, several = languages.language_of(first.text, first.words, language)
    seen = first if (spoken == "fr") == (language == "fr") else _read(text, french=spoken == "fr")
    tongues = _tongues(seen, spoken)
    hits = find(seen, tongues)
    felt = feel(seen, hits, tongues)
    found = kinds.Found(seen, hits, felt, tone_of(felt, turns=not listed("but").isdisjoint(seen.words)), exposed(seen.text))
    sorted_out = kinds.kind_of(found)
    severity = severities.severity_of(found, sorted_out.kind)
    signs = (*kinds.signs(found), "several-languages") if several else kinds.signs(found)
    told = [Message(f"triage.sign.{sign}", {"passage": ""}) for sign in signs if sign in TOLD]
    return Triaged(
        language=spoken,
        tone=found.tone,
        kind=sorted_out.kind,
        severity=severity.level,
        reasons=_distinct([*sorted_out.reasons, *severity.reasons, *kinds.tone_reasons(found), *told]),
        others=sorted_out.others,
        signs=signs,
    )


def _read(text: str, *, french: bool) -> Read:
    return read(text, french, all_known())


def _tongues(seen: Read, language: str) -> list[tuple[Tongue, ...]]:
    """For each word whose lists it is read with: the choice is made sentence by sentence."""
    found: list[tuple[Tongue, ...]] = []
    start = 0
    for place, word in enumerate([*seen.words, "."]):
        if word in ENDS:
            found += [languages.tongues(seen.words[start:place], language)] * (place + 1 - start)
            start = place + 1
    return found[: len(seen.words)]


def find(seen: Read, tongues: Sequence[tuple[Tongue, ...]]) -> list[Hit]:
    """The phrases of a comment, without those that an exception beside them takes back."""
    hits: list[Hit] = []
    for tongue in ("fr", "en"):
        if any(tongue in one for one in tongues):
            hits += [hit for hit in phrases(tongue).find(seen.words) if tongue in tongues[hit.start]]
    good = {place for hit in hits if hit.label == "positive" for place in range(hit.start, hit.end)}
    if good:
        hits = [hit for hit in hits if not (hit.label in COMPLAINTS and good & set(range(hit.start, hit.end)))]
    back = {hit.label.removeprefix(EXCEPT): set[int]() for hit in hits if hit.label.startswith(EXCEPT)}
    if not back:
        return hits
    for hit in hits:
        if hit.label.startswith(EXCEPT):
            back[hit.label.removeprefix(EXCEPT)] |= set(range(hit.start, hit.end))
    return [
        hit
        for hit in hits
        if not hit.label.startswith(EXCEPT) and not (hit.label in back and back[hit.label] & set(range(hit.start, hit.end)))
    ]


def _distinct(reasons: Sequence[Message]) -> tuple[Message, ...]:
    """Reasons in order, each once."""
    kept: dict[tuple[str, str], Message] = {}
    for one in reasons:
        kept.setdefault((one.id, str(one.values.get("passage", ""))), one)
    return tuple(kept.values())
