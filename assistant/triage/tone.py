"""How warm or angry a comment is: words, phrases and emoji, with what negates, strengthens, weakens or turns them round."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from assistant.assessments import Tone
from assistant.triage.lexicon import WEIGHTS, Tongue, weight
from assistant.triage.patterns import ASKED, ENDS, Hit
from assistant.triage.reading import Read, listed, speech

SCOPE = 3
"""Words that a negation or an intensifier reaches."""
HINTED = 1.5
"""What a comment must weigh that nothing but such words makes cold."""
TOLD_OFF = 0.5
"""What is enough in a comment of `TELLING` words that calls somebody by the handle and asks nothing: few write so much to say nothing."""
TELLING = 10
MOCKED = 2.5
"""How cold a comment is whose thanks are no thanks."""
ENOUGH = 1.0
"""What either side must weigh to count."""
BOTH = 3.0
"""What each side must weigh in a mixed comment, in sentences or clauses of its own."""
BUT = 1.5
"""What each side must weigh where a "but" stands between them."""
FACES: Mapping[str, float] = {"best": 2.5, "good": 1.5, "bad": -1.5, "worst": -2.5}
MOST_FACES = 2
"""Emoji of a kind that count: ten hearts say no more than two."""
PHRASE = {
    "positive": 2.0,
    "negative": -2.0,
    "praise": 0.5,
    "angry": -0.5,
    "insult": -2.0,
    "hate": -2.5,
    "threat": -2.5,
    "safety": -1.5,
    "legal": -1.5,
    "duration": -0.7,
}
COMPLAINT = -1.5
HINT = WEIGHTS["hint"]
"""A word that leans but says nothing alone."""
ASKING = "asking"
"""Words that open a question that wants an answer; "why" often wants an excuse."""
ASKED_SOFTLY = 0.4
"""What a cold word weighs in such a question: who asks about a delay does not yet complain."""


@dataclass
class Feel:
    """What speaks for and against, with the words that weigh most on each side."""

    warm: float = 0.0
    cold: float = 0.0
    hints: float = 0.0
    """How much of `cold` comes of words that say nothing alone."""
    warmest: tuple[float, int, int] = (0.0, 0, 0)
    coldest: tuple[float, int, int] = (0.0, 0, 0)
    sarcastic: bool = False
    called: bool = False
    """Whether the comment begins with somebody's handle: who is called is held to account."""
    told_off: bool = False
    """Whether it moreover says much and asks nothing."""
    clauses: set[tuple[int, bool]] = field(default_factory=set)
    """Which clauses (by number) are warm, which cold."""

    def add(self, value: float, start: int, end: int, clause: int) -> None:
        """Count `value` for the words `start` to `end`."""
        if value > 0:
            self.warm += value
            self.warmest = max(self.warmest, (value, -start, end))
            self.clauses.add((clause, True))
        elif value < 0:
            self.cold -= value
            self.coldest = max(self.coldest, (-value, -start, end))
            self.clauses.add((clause, False))


@cache
def _faces() -> Mapping[str, float]:
    own = {face: FACES[name] for name, faces in speech()["emoji"].items() if name in FACES for face in faces.split()}
    return own | {":)": 1.5, ":(": -1.5}


@cache
def _sneers() -> frozenset[str]:
    return frozenset(speech()["emoji"]["sarcasm"].split())


def face_weight(face: str) -> float:
    """The temperature of an emoji, without its skin tone or selector."""
    return _faces().get(face) or _faces().get(face[:1], 0.0)


def feel(read: Read, hits: Sequence[Hit], tongues: Sequence[tuple[Tongue, ...]]) -> Feel:
    """What weighs on either side; `tongues` holds, for each word, whose lists it is read with."""
    called = "@" in read.words[:2]
    found = Feel(called=called, told_off=called and len(read.words) >= TELLING and ASKED not in read.words)
    clause_of = _clauses(read)
    softer = _softer(read)
    taken = _phrases(read, hits, found, clause_of, softer)
    for place, word in enumerate(read.words):
        if place in taken or word in ENDS:
            continue
        values = [weight(word, tongue) for tongue in tongues[place]]
        value = min(values, key=lambda one: (-abs(one), one), default=0.0)
        if value == HINT:
            found.cold -= value * softer[place]
            found.hints -= value * softer[place]
            found.coldest = max(found.coldest, (-value * softer[place] / 10, -place, place + 1))
        elif value:
            value = _turned(read, place, value, taken)
            found.add(value * softer[place] if value < 0 else value, place, place + 1, clause_of[place])
    _add_faces(read, found, clause_of)
    if read.exclaims and max(found.warm, found.cold) >= ENOUGH:
        more = 0.25 * min(read.exclaims, 3)
        if found.cold > found.warm:
            found.cold += more
        else:
            found.warm += more
    _sarcasm(read, hits, found, clause_of)
    return found


def _clauses(read: Read) -> list[int]:
    """The number of the clause of each word; a clause ends with its sentence, at "but" and at a comma that "but" follows."""
    numbers, number = [], 0
    for place, word in enumerate(read.words):
        if word in listed("but") and place:
            number += 1
        numbers.append(number)
        if word in ENDS:
            number += 1
    return numbers


def _softer(read: Read) -> list[float]:
    """For each word what a cold one weighs there."""
    factors, start = [1.0] * len(read.words), 0
    for place, word in enumerate(read.words):
        if word in ENDS:
            if word == ASKED and listed(ASKING) & set(read.words[start : start + 3]):
                factors[start:place] = [ASKED_SOFTLY] * (place - start)
            start = place + 1
    return factors


def _phrases(read: Read, hits: Sequence[Hit], found: Feel, clause_of: Sequence[int], softer: Sequence[float]) -> set[int]:
    """Count the phrases; the words that they have spoken for."""
    taken: set[int] = set()
    counted: set[tuple[str, int]] = set()
    order = sorted(hits, key=lambda hit: (hit.label != "idiom", hit.label != "positive", hit.label != "negative", hit.end - hit.start))
    for hit in order:
        if hit.label == "idiom":
            taken |= set(range(hit.start, hit.end))
            continue
        value = COMPLAINT if hit.label.startswith("complaint") else PHRASE.get(hit.label, 0.0)
        if not value:
            continue
        mine = set(range(hit.start, hit.end))
        group = "complaint" if value == COMPLAINT else hit.label
        fresh = (group, clause_of[hit.start]) not in counted
        if hit.label in ("positive", "negative"):
            if mine & taken:
                continue
            taken |= mine
        if fresh:
            counted.add((group, clause_of[hit.start]))
            found.add(value * softer[hit.start] if value < 0 else value, hit.start, hit.end, clause_of[hit.start])
    return taken


def _turned(read: Read, place: int, value: float, taken: Set[int]) -> float:
    """`value` as the words before it have it: negated, stronger, weaker; a word that belongs to a phrase (`taken`) negates nothing else."""
    negated = False
    for back in range(place - 1, max(-1, place - 1 - SCOPE), -1):
        word = read.words[back]
        if word in ENDS or word in listed("but") or (back + 1 in read.breaks):
            break
        if word in listed("no") and back not in taken:
            negated = True
        elif place - back <= 2 and word in listed("more"):
            value *= 1.3
        elif place - back <= 2 and word in listed("less"):
            value *= 0.6
    if negated:
        value = -0.7 * value if value > 0 else -0.2 * value
    return value * 1.3 if place in read.loud else value


def _add_faces(read: Read, found: Feel, clause_of: Sequence[int]) -> None:
    counts: dict[float, int] = {}
    last = clause_of[-1] if clause_of else 0
    for face, _, _ in read.faces:
        value = face_weight(face)
        counts[value] = counts.get(value, 0) + 1
        if value and counts[value] <= MOST_FACES:
            found.add(value, 0, 0, last)


def _sarcasm(read: Read, hits: Sequence[Hit], found: Feel, clause_of: Sequence[int]) -> None:
    """Praise that means the contrary: a set phrase, a sneer beside it, or thanks for what went wrong."""
    set_phrase = any(hit.label == "sarcasm" for hit in hits)
    sneer = found.warm > 0 and any(face[:1] in _sneers() for face, _, _ in read.faces)
    mocked = any(hit.label == "mock" and (clause_of[hit.start], False) in found.clauses for hit in hits)
    meant = any(hit.label == "positive" for hit in hits)
    flipped = found.warm > 0 and found.cold >= MOCKED and not meant and mocked
    if set_phrase or sneer or flipped:
        found.sarcastic = True
        found.cold += max(2.0, found.warm)
        found.warm *= 0.2


def tone_of(found: Feel, *, turns: bool) -> Tone:
    """The tone in one word; `turns` says whether a "but" parts the comment."""
    warm, cold = found.warm, found.cold
    apart = {clause for clause, good in found.clauses if good} ^ {clause for clause, good in found.clauses if not good}
    if min(warm, cold) >= (BUT if turns else BOTH) and max(warm, cold) < 2 * min(warm, cold) and len(apart) >= 2 and not found.sarcastic:
        return "mixed"
    enough = TOLD_OFF if found.told_off else ENOUGH if cold > found.hints or found.called else HINTED
    if cold >= enough and cold > warm:
        return "negative"
    if warm >= ENOUGH and warm > cold:
        return "positive"
    return "neutral"
