"""What a comment is about: the weightiest thing that was found in it, and what else."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assessments import KINDS, Tone
from assistant.messages import Message
from assistant.triage.exposed import Exposed
from assistant.triage.patterns import ASKED, ENDS, Hit
from assistant.triage.reading import Read, listed
from assistant.triage.tone import Feel

ALWAYS = {
    "self-harm": "self-harm",
    "threat": "hate",
    "hate": "hate",
    "safety": "safety",
    "hazard": "safety",
    "data-request": "personal-data",
    "legal": "legal",
    "press": "legal",
}
"""Labels that decide alone, and the kind they stand for."""
COMPLAINTS = {f"complaint-{what}": f"complaint.{what}" for what in ("bug", "delivery", "product", "price", "service")}
FURIOUS = 4.0
"""How cold a comment is that corrects, wishes or asks only in anger."""
TAIL = 3
"""Words that may be quoted after those that decided."""
OPENING = 5
"""Words (a greeting, a handle) before which a question may begin that carries no mark."""
SHORT = 12
"""Words of a cold remark that is meant for the page even without a "you" or an "I"."""
FAMILIAR = listed("familiar")
"""Words by which one person speaks to another, or down to them."""


@dataclass(frozen=True)
class Found:
    """All that was read in one comment."""

    read: Read
    hits: Sequence[Hit]
    felt: Feel
    tone: Tone
    exposed: Sequence[Exposed]

    def of(self, *labels: str) -> list[Hit]:
        """The phrases with one of these labels, in order."""
        return [hit for hit in self.hits if hit.label in labels]

    def passage(self, hit: Hit) -> str:
        """The words of a phrase as they were typed, with the few that end its clause: « toujours » alone says little."""
        end = hit.end
        while end < min(hit.end + TAIL, len(self.read.words)) and end not in self.read.breaks and self.read.words[end] not in ENDS:
            end += 1
        return self.read.passage(hit.start, end)


@dataclass(frozen=True)
class SortedOut:
    """The kind, why, and what else it is."""

    kind: str
    reasons: tuple[Message, ...]
    others: tuple[str, ...]


def kind_of(found: Found) -> SortedOut:
    """The first of `KINDS` that the comment is; the rest of what it is as `others`."""
    reasons = _reasons(found)
    ranked = [kind for kind in KINDS if kind in reasons]
    if not ranked:
        return SortedOut("off-topic", (_nothing(found),), ())
    if (
        ranked[0] == "insult"
        and _has_a_subject(found)
        and (complaint := next((kind for kind in ranked if kind.startswith("complaint")), None))
    ):
        ranked = [complaint, *(kind for kind in ranked if kind != complaint)]
    return SortedOut(ranked[0], (reasons[ranked[0]],), tuple(ranked[1:]))


def _has_a_subject(found: Found) -> bool:
    """Whether an insult comes with something to answer: a subject, or an accusation."""
    return bool(found.of(*COMPLAINTS, "angry"))


def _reasons(found: Found) -> dict[str, Message]:
    """Each kind that the comment is, with why."""
    reasons: dict[str, Message] = {}
    for label, kind in ALWAYS.items():
        if hits := found.of(label):
            reasons.setdefault(kind, _why(found, label, _longest(hits)))
    if "hate" not in reasons and (hit := aimed(found, "group")):
        reasons["hate"] = _why(found, "hate", hit)
    if found.exposed:
        first = found.exposed[0]
        reasons["personal-data"] = Message(f"triage.exposed.{first.what}", {"passage": first.passage})
    complaint = _complaint(found)
    if complaint:
        reasons[complaint[0]] = complaint[1]
    if hits := found.of("insult", "attack"):
        reasons["insult"] = _why(found, "insult", _longest(hits))
    elif not complaint and (thrown := aimed(found, "aimed")):
        reasons["insult"] = _why(found, "insult", thrown)
    reasons |= _wishes(found, complained=complaint is not None)
    if not complaint and not reasons.keys() - {"insult", "question", "praise"} and (cold := _discontent(found)):
        reasons["complaint.service"] = cold
    return reasons


def aimed(found: Found, label: str) -> Hit | None:
    """Where a word is thrown at somebody who is called « tu »; None in a warm comment: « boudin » and « voile » are also things."""
    for hit in found.of(label):
        start = max((place for place in range(hit.start) if found.read.words[place] in ENDS), default=-1)
        end = next((place for place in range(hit.end, len(found.read.words)) if found.read.words[place] in ENDS), len(found.read.words))
        near = set(found.read.words[start + 1 : end])
        if found.tone != "positive" and near & FAMILIAR:
            return hit
    return None


def _wishes(found: Found, *, complained: bool) -> dict[str, Message]:
    """What people want, sell, ask or praise; anger comes first."""
    reasons: dict[str, Message] = {}
    if (hits := found.of("scam")) or ((hits := found.of("spam")) and not (complained and found.tone == "negative")):
        reasons["spam"] = _why(found, "spam", _longest(hits))
    angry = complained and found.tone in ("negative", "mixed")
    for kind in ("contest", "influencer"):
        if (hits := found.of(kind)) and not angry:
            reasons[kind] = _why(found, kind, _longest(hits))
    for kind in ("factual-error", "suggestion"):
        if (hits := found.of(kind)) and found.felt.cold < FURIOUS and not angry:
            reasons[kind] = _why(found, kind, _longest(hits))
    if question := _question(found):
        reasons["question"] = question
    if praise := _praise(found):
        reasons["praise"] = praise
    return reasons


def _complaint(found: Found) -> tuple[str, Message] | None:
    """The subject that most phrases complain of."""
    if found.tone == "positive":
        return None
    counts: dict[str, set[int]] = {}
    for hit in found.of(*COMPLAINTS):
        counts.setdefault(hit.label, set()).add(hit.start)
    if counts and (found.tone != "neutral" or not _asks(found)):
        label = max(COMPLAINTS, key=lambda one: len(counts.get(one, ())) * (2 if one == "complaint-bug" else 1))
        return COMPLAINTS[label], _why(found, label, _longest(found.of(label)))
    return None


def _discontent(found: Found) -> Message | None:
    """A cold remark about nothing in particular, from somebody who lived it or to whom it may concern: somebody should answer."""
    if found.tone in ("negative", "mixed") and (listed("lived") & set(found.read.words) or len(found.read.words) <= SHORT):
        return Message("triage.why.complaint", {"passage": _coldest(found)})
    return None


def _asks(found: Found) -> bool:
    return ASKED in found.read.words


def _question(found: Found) -> Message | None:
    hits = [hit for hit in found.of("question") if hit.start <= OPENING or found.read.words[hit.start - 1] in ENDS]
    if _asks(found) and found.tone != "negative":
        end = found.read.words.index(ASKED)
        start = next((place + 1 for place in range(end - 1, -1, -1) if found.read.words[place] in ENDS), 0)
        return Message("triage.why.question", {"passage": found.read.passage(start, end + 1)})
    if hits and found.tone == "neutral":
        return _why(found, "question", _longest(hits))
    return None


def _praise(found: Found) -> Message | None:
    if found.tone not in ("positive", "mixed"):
        return None
    hits = found.of("praise", "positive")
    return _why(found, "praise", _longest(hits)) if hits else Message("triage.why.praise", {"passage": _warmest(found)})


def _why(found: Found, label: str, hit: Hit) -> Message:
    return Message(f"triage.why.{label}", {"passage": found.passage(hit)})


def _longest(hits: Sequence[Hit]) -> Hit:
    return max(hits, key=lambda hit: (hit.end - hit.start, -hit.start))


def _nothing(found: Found) -> Message:
    if not found.read.text:
        return Message("triage.why.empty", {"passage": ""})
    return Message("triage.why.off-topic", {"passage": ""})


def _warmest(found: Found) -> str:
    value, start, end = found.felt.warmest
    return (found.read.passage(-start, end) or _face(found, warm=True)) if value else ""


def _coldest(found: Found) -> str:
    value, start, end = found.felt.coldest
    return (found.read.passage(-start, end) or _face(found, warm=False)) if value else ""


def _face(found: Found, *, warm: bool) -> str:
    from assistant.triage.tone import face_weight

    return next((found.read.text[start:end] for face, start, end in found.read.faces if (face_weight(face) > 0) == warm), "")


def tone_reasons(found: Found) -> list[Message]:
    """The words that made the tone, and whether they were meant."""
    reasons = []
    if found.felt.sarcastic:
        hits = found.of("sarcasm")
        reasons.append(Message("triage.tone.sarcasm", {"passage": found.passage(hits[0]) if hits else _warmest(found)}))
    if found.tone in ("negative", "mixed") and (passage := _coldest(found)):
        reasons.append(Message("triage.tone.cold", {"passage": passage}))
    if found.tone in ("positive", "mixed") and (passage := _warmest(found)):
        reasons.append(Message("triage.tone.warm", {"passage": passage}))
    return reasons


def signs(found: Found) -> tuple[str, ...]:
    """What whoever answers must know besides the kind."""
    seen = {
        "empty": not found.read.text,
        "emoji-only": bool(found.read.faces) and not any(word not in ENDS for word in found.read.words),
        "sarcasm": found.felt.sarcastic,
        "contacted-before": bool(found.of("contacted-before")),
        "leaving": bool(found.of("leaving")) and found.tone != "positive",
        "shouting": found.read.shouting,
    }
    return tuple(name for name, holds in seen.items() if holds)
