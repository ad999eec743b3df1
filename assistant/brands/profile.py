"""A measured voice as a value: counts of habits, words, turns and letters, and where the brand's own posts lie. Plain numbers to store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.brands.calibration import Calibration
from assistant.brands.tally import Count, Tally
from assistant.brands.tokens import Kind
from assistant.messages import Language, Message
from assistant.networks.catalogue import family

Quartiles = tuple[float, float, float]


@dataclass(frozen=True)
class Profile:
    """The habits of some of a brand's posts: all of them, or those on one network."""

    posts: int = 0
    traits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Trait to value to number of posts: openings and closings, who speaks, address, emoji, hashtags, punctuation, layout."""
    sizes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Sum and sum of squares of each size's logarithm."""
    quartiles: Mapping[str, Quartiles] = field(default_factory=dict)
    """`length` and `first_sentence` in characters, `words_a_sentence`."""
    favourite_emoji: tuple[str, ...] = ()
    calibration: Calibration = field(default_factory=Calibration)

    def share(self, trait: str, *values: str) -> float:
        """The share of posts in which `trait` takes one of `values`."""
        return sum(self.traits.get(trait, {}).get(value, 0) for value in values) / self.posts if self.posts else 0.0


@dataclass(frozen=True)
class Voice:
    """A brand's measured voice."""

    language: Language
    overall: Profile = Profile()
    networks: Mapping[str, Profile] = field(default_factory=dict)
    """Networks with posts enough of their own."""
    pieces: Mapping[Kind, Count] = field(default_factory=dict)
    """In how many posts each word, turn and run of letters stands."""
    typical: tuple[str, ...] = ()
    """Words that this brand uses far more than they are used at large, most telling first."""

    @property
    def posts(self) -> int:
        """How many posts it was measured on."""
        return self.overall.posts

    def profile(self, network: str) -> Profile:
        """The habits on `network`, or all habits where it has too few posts of its own."""
        return self.networks.get(family(network), self.overall)

    def tally(self, network: str) -> Tally:
        """The counts to weigh a text on `network` with."""
        own = self.profile(network)
        traits = {name: Counter(values) for name, values in own.traits.items()}
        return Tally(self.language, own.posts, traits, dict(own.sizes), self.pieces)

    def as_json(self) -> dict[str, Any]:
        """The voice as plain values; `from_json` reads it back."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Voice":
        """The voice of `as_json`."""
        networks = {name: _profile_from(profile) for name, profile in data["networks"].items()}
        pieces = {kind: Count(**count) for kind, count in data["pieces"].items()}
        return Voice(data["language"], _profile_from(data["overall"]), networks, pieces, tuple(data["typical"]))


@dataclass(frozen=True)
class VoiceReason:
    """One reason, for a person: what was seen, whether it is the brand's way, and the words that show it."""

    message: Message
    good: bool
    quote: str = ""


@dataclass(frozen=True)
class VoiceScore:
    """How much a text sounds like the brand: 0 to 1, comparable between brands; half of a brand's own posts reach 0.7."""

    score: float
    reasons: tuple[VoiceReason, ...]


def _profile_from(data: Mapping[str, Any]) -> Profile:
    return Profile(
        posts=data["posts"],
        traits=data["traits"],
        sizes={name: tuple(value) for name, value in data["sizes"].items()},
        quartiles={name: tuple(value) for name, value in data["quartiles"].items()},
        favourite_emoji=tuple(data["favourite_emoji"]),
        calibration=Calibration(**data["calibration"]),
    )
