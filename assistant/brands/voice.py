"""How a brand sounds, measured on its own posts, and how much a text sounds like it, with reasons a person understands.

No other brand's text is read: what is usual at large is a table of numbers (`traits.toml`) and texts that we wrote
ourselves (`background/`). Scores of different brands mean the same: a place among the brand's own posts.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.brands.anatomy import Anatomy, dissect, measurable
from assistant.brands.calibration import calibrate
from assistant.brands.layout import quantile
from assistant.brands.profile import Profile, Quartiles, Voice, VoiceReason, VoiceScore
from assistant.brands.tally import Reading, Tally, read, tally
from assistant.brands.tokens import is_content
from assistant.brands.voice_reasons import reasons
from assistant.messages import Language, Message
from assistant.networks.catalogue import family
from assistant.posts import Post

__all__ = ["Profile", "Voice", "VoiceReason", "VoiceScore", "measure", "score"]

MAX_POSTS = 1000
"""The latest of a brand's posts say how it speaks now."""
OWN_NETWORK = 20
"""Posts on one network from which it is measured for itself."""
TYPICAL = 40
TYPICAL_POSTS = 3
"""Posts that must hold a word before it is called typical."""
GAIN = 0.7
"""Twice as often as at large (logarithm)."""
FAVOURITES = 5
UNKNOWN = 0.5
"""The score where there is nothing to compare with."""


def measure(posts: Sequence[Post], language: Language) -> Voice:
    """The voice of `posts`: reposts, answers, copies, banned and unusual posts (contests, ...) do not count."""
    own = sorted(measurable(posts), key=lambda post: post.published_at.timestamp() if post.published_at else 0.0)[-MAX_POSTS:]
    anatomies = [dissect(post.text, language) for post in own]
    readings = [read(anatomy) for anatomy in anatomies]
    counted = tally(readings, language)
    by_network: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(own):
        by_network[family(post.network)].append(number)
    networks = {
        network: _profile([anatomies[n] for n in numbers], [readings[n] for n in numbers], counted)
        for network, numbers in by_network.items()
        if network and OWN_NETWORK <= len(numbers) < len(own)
    }
    return Voice(language, _profile(anatomies, readings, counted), networks, counted.pieces, _typical(readings, counted))


def score(text: str, voice: Voice, network: str) -> VoiceScore:
    """How much `text` sounds like `voice` on `network`, with the three reasons that tell most."""
    profile = voice.profile(network)
    if not profile.posts:
        return VoiceScore(UNKNOWN, (VoiceReason(Message("voice.no_posts"), good=False),))
    anatomy = dissect(text, voice.language)
    reading = read(anatomy)
    weights = voice.tally(network).weigh(reading)
    return VoiceScore(profile.calibration.place(sum(weights.values())), reasons(anatomy, reading, weights, voice, profile))


def _profile(anatomies: Sequence[Anatomy], readings: Sequence[Reading], everything: Tally) -> Profile:
    """The habits of some posts; words, turns and letters are those of all the brand's posts."""
    own = tally(readings, everything.language)
    with_words = Tally(everything.language, own.posts, own.traits, own.sizes, everything.pieces)
    emoji = Counter(sign for anatomy in anatomies for sign in dict.fromkeys(anatomy.emoji))
    return Profile(
        posts=len(readings),
        calibration=calibrate(readings, with_words),
        traits={name: {value: n for value, n in counts.items() if n} for name, counts in own.traits.items()},
        sizes=dict(own.sizes),
        quartiles=_quartiles(anatomies),
        favourite_emoji=tuple(sign for sign, times in emoji.most_common(FAVOURITES) if times > 1),
    )


def _quartiles(anatomies: Sequence[Anatomy]) -> dict[str, Quartiles]:
    if not anatomies:
        return {}
    sizes = {
        "length": [float(a.length) for a in anatomies],
        "first_sentence": [float(a.first_sentence) for a in anatomies],
        "words_a_sentence": [a.words_a_sentence for a in anatomies],
    }
    return {name: _three([(value, 1.0) for value in values]) for name, values in sizes.items()}


def _three(values: Sequence[tuple[float, float]]) -> Quartiles:
    return quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)


def _typical(readings: Sequence[Reading], counted: Tally) -> tuple[str, ...]:
    """Words of several posts, by how much more this brand uses them than they are used at large, times how often."""
    posts = Counter(word for reading in readings for word in reading.pieces["words"] if is_content(word, counted.language))
    gains = {word: counted.weigh_piece("words", word) for word, number in posts.items() if number >= TYPICAL_POSTS}
    told = {word: posts[word] * gain for word, gain in gains.items() if gain > GAIN}
    return tuple(sorted(told, key=lambda word: (-told[word], word))[:TYPICAL])
