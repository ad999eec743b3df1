"""Why a text sounds like a brand, or not: the three habits that tell most, with how often the brand has them and words to point at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from assistant.brands.anatomy import DASH, ELLIPSIS, QUOTES, SHOUTED, Anatomy
from assistant.brands.profile import Profile, Voice, VoiceReason
from assistant.brands.register import spoken
from assistant.brands.tally import Reading
from assistant.brands.tokens import KINDS, is_content
from assistant.messages import Message

SHOWN = 3
QUOTE = 60
TELLING = 0.35
"""A habit that makes less difference (logarithm) is not worth a sentence."""
ABSENCE = 0.4
"""What a text does not do tells a reader less than what it does."""
OFTEN = 0.5
SELDOM = 0.1
WORDS_WEIGH = 1.2
"""How much one of the brand's own words tells, beside its habits."""
FOREIGN = 9.0
"""How far wording that is less likely in the brand's posts than at large lies under what is usual there before it is said: one spread."""

GROUPS = {
    "emoji": ("emoji", "emoji_place"),
    "hashtags": ("hashtags", "hashtag_place"),
    "blank_line": ("blank_line", "line_break", "lines"),
    "exclamation": ("exclamation",),
    "question": ("question",),
    "ellipsis": ("ellipsis",),
    "dash": ("dash",),
    "capitals": ("capitals",),
    "final_stop": ("final_stop",),
    "mention": ("mention",),
    "quotes": ("quotes",),
    "address": ("address",),
    "speaker": ("speaker",),
    "opening": ("opening",),
    "closing": ("closing",),
}
"""What is said in one sentence, and the traits that it stands for."""
ABSENT = ("0", "no", "none")
MARKS: dict[str, regex.Pattern[str]] = {
    "exclamation": regex.compile("!"),
    "question": regex.compile(r"\?"),
    "ellipsis": ELLIPSIS,
    "dash": DASH,
    "capitals": SHOUTED,
    "quotes": QUOTES,
    "mention": regex.compile("@"),
}
APOSTROPHE = regex.compile("['’]")
SIZES = ("length", "first_sentence", "words_a_sentence")


@dataclass(frozen=True)
class _Case:
    anatomy: Anatomy
    reading: Reading
    weights: Mapping[str, float]
    voice: Voice
    profile: Profile


def reasons(anatomy: Anatomy, reading: Reading, weights: Mapping[str, float], voice: Voice, profile: Profile) -> tuple[VoiceReason, ...]:
    """The reasons that tell most, at most three."""
    case = _Case(anatomy, reading, weights, voice, profile)
    found = [
        *_words(case),
        *_foreign(case),
        *(pair for size in SIZES for pair in _size(case, size)),
        *(pair for name in GROUPS for pair in _habit(case, name)),
    ]
    ranked = sorted(found, key=lambda pair: -pair[0])
    return tuple(reason for _, reason in ranked[:SHOWN])


def _words(case: _Case) -> Iterator[tuple[float, VoiceReason]]:
    said = set(case.reading.pieces["words"])
    own = [word for word in case.voice.typical if word in said]
    if own:
        yield WORDS_WEIGH * min(len(own), 3) ** 0.5, VoiceReason(Message("voice.words"), good=True, quote=" · ".join(own[:SHOWN]))


def _foreign(case: _Case) -> Iterator[tuple[float, VoiceReason]]:
    """Wording that is not the brand's; names are subjects, so words in capitals are not held against a text."""
    weight = sum(case.weights[kind] for kind in KINDS)
    short = sum(case.profile.calibration.usual.get(kind, 0.0) for kind in KINDS) - weight
    if weight > 0 or short < FOREIGN:
        return
    small = {part for word in case.anatomy.words for part in APOSTROPHE.split(word)}
    known = case.voice.pieces["words"].of
    unknown = [w for w in case.reading.pieces["words"] if not known.get(w) and w in small and is_content(w, case.voice.language)]
    message = Message("voice.words.foreign" if unknown else "voice.turns.few")
    yield short / len(KINDS), VoiceReason(message, good=False, quote=_cut(" · ".join(unknown[:SHOWN])))


def _size(case: _Case, name: str) -> Iterator[tuple[float, VoiceReason]]:
    low, middle, high = case.profile.quartiles[name]
    value = {"length": case.anatomy.length, "first_sentence": case.anatomy.first_sentence}.get(name, case.anatomy.words_a_sentence)
    values = {"count": round(value), "low": round(low), "high": round(high), "middle": round(middle)}
    quote = (
        "" if name == "length" else _cut(max(case.anatomy.sentences, key=len, default="") if name == "words_a_sentence" else _first(case))
    )
    usual = case.profile.calibration.usual.get(name, 0.0)
    if low <= value <= high:
        short = name == "words_a_sentence" and middle < 12
        yield (
            max(case.weights[name], TELLING),
            VoiceReason(Message(f"voice.{name}.{'short' if short else 'alike'}", values), good=True, quote=quote),
        )
    elif usual - case.weights[name] > TELLING:
        side = "longer" if value > high else "shorter"
        yield usual - case.weights[name], VoiceReason(Message(f"voice.{name}.{side}", values), good=False, quote=quote)


def _habit(case: _Case, name: str) -> Iterator[tuple[float, VoiceReason]]:
    traits = GROUPS[name]
    weight = sum(case.weights[trait] for trait in traits)
    usual = sum(case.profile.calibration.usual.get(trait, 0.0) for trait in traits)
    value = case.reading.traits[name]
    seen = value not in ABSENT
    with_it = 1 - case.profile.share(name, *ABSENT)
    named = name in ("address", "speaker", "opening", "closing", "quotes")
    share = case.profile.share(name, value) if named and seen else with_it if seen else 1 - with_it
    what = Message(f"voice.what.{name}.{value if named else 'yes' if seen else 'no'}", {"count": _count(case, name)})
    quote = _quote(case, name, value) if seen else ""
    if weight > TELLING and share >= SELDOM:
        yield (
            weight * (1 if seen else ABSENCE),
            VoiceReason(Message("voice.alike", {"what": what, "rate": rate(share)}), good=True, quote=quote),
        )
    elif usual - weight > TELLING and share < OFTEN:
        if seen:
            message = Message("voice.unlike", {"what": what, "rate": rate(share)})
        else:
            message = Message("voice.missing", {"what": what, "rate": rate(with_it)})
        yield usual - weight, VoiceReason(message, good=False, quote=quote)


def rate(share: float) -> Message:
    """A share of posts in words: never, one in twelve, eight in ten, nearly always."""
    if share < 0.005:
        return Message("voice.rate.never")
    if share < 0.02:
        return Message("voice.rate.seldom")
    if share >= 0.95:
        return Message("voice.rate.always")
    if share < 0.45:
        return Message("voice.rate.one_in", {"n": max(2, round(1 / share))})
    return Message("voice.rate.in_ten", {"n": round(10 * share)})


def _count(case: _Case, name: str) -> int:
    counts = {"emoji": len(case.anatomy.emoji), "hashtags": len(case.anatomy.hashtags), "exclamation": case.anatomy.unlinked.count("!")}
    return counts.get(name, 1)


def _quote(case: _Case, name: str, value: str) -> str:
    text = case.anatomy.unlinked
    if name == "emoji":
        return " ".join(case.anatomy.emoji[:5])
    if name == "hashtags":
        return " ".join(case.anatomy.hashtags[:3])
    if name in ("address", "speaker"):
        return _cut(" … ".join(spoken(text, who) for who in (("tu", "vous") if value == "both" else (value,))))
    if name == "opening":
        return _cut(_first(case))
    if name in ("closing", "final_stop"):
        return _cut(next(iter(reversed(case.anatomy.sentences)), ""), last=True)
    return _around(text, MARKS[name]) if name in MARKS else ""


def _first(case: _Case) -> str:
    return case.anatomy.sentences[0] if case.anatomy.sentences else ""


def _around(text: str, mark: regex.Pattern[str]) -> str:
    """The words in front of the first mark and the mark itself."""
    found = mark.search(text)
    if found is None:
        return ""
    line = text[: found.end()].rpartition("\n")[2]
    after = text[found.end() :].partition("\n")[0]
    return _cut(line + (after if len(line) < 15 else ""), last=len(line) >= 15)


def _cut(text: str, *, last: bool = False) -> str:
    bare = " ".join(text.split())
    if len(bare) <= QUOTE:
        return bare
    return "…" + bare[-QUOTE:].partition(" ")[2] if last else bare[:QUOTE].rpartition(" ")[0] + "…"
