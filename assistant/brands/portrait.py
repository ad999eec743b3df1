"""A measured voice in a few sentences: what makes it, with the figures behind each."""

from collections.abc import Iterator

from assistant.brands.profile import Profile, Voice
from assistant.brands.voice_reasons import rate
from assistant.messages import Message

WORDS = 12
"""Typical words shown."""
MARKS = ("blank_line", "emoji", "hashtags", "exclamation", "question", "final_stop")
ABSENT = ("0", "no", "none")


def portrait(voice: Voice) -> tuple[Message, ...]:
    """Length, sentences, layout and marks, who speaks to whom, openings, words: one sentence each. Empty without posts."""
    if not voice.posts:
        return (Message("voice.no_posts"),)
    return tuple(_sentences(voice, voice.overall))


def _sentences(voice: Voice, profile: Profile) -> Iterator[Message]:
    low, middle, high = profile.quartiles["length"]
    yield Message("portrait.length", {"low": round(low), "middle": round(middle), "high": round(high)})
    yield Message("portrait.sentence", {"words": round(profile.quartiles["words_a_sentence"][1])})
    for mark in MARKS:
        share = 1 - profile.share(mark, *ABSENT)
        yield Message(f"portrait.{mark}", {"rate": rate(share)})
    for trait in ("address", "speaker", "opening"):
        if said := _most(profile, trait):
            what = Message(f"voice.what.{trait}.{said}", {"count": 1})
            yield Message(f"portrait.{trait}", {"what": what, "rate": rate(profile.share(trait, said))})
    if voice.typical:
        yield Message("portrait.words", {"words": list(voice.typical[:WORDS])})


def _most(profile: Profile, trait: str) -> str:
    """The value that most posts have, those without any left out."""
    values = {value: count for value, count in profile.traits.get(trait, {}).items() if value not in ABSENT and count}
    return max(values, key=lambda value: values[value], default="")
