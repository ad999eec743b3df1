"""The traits by which a voice is told, read from one post, and how common each is in posts at large.

Layout, marks and length carry a voice; opening moves, persons and calls to act are mostly choices made per piece and need
many more posts: `traits.toml` holds how many, with the source.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from assistant.brands.anatomy import DASH, ELLIPSIS, Anatomy
from assistant.brands.register import addresses, names_itself
from assistant.messages import Language

ARROW = regex.compile(r"[→➡➜👉👇⬇⤵⏬↓▶►🔴]")
FINE = regex.compile(r"[\u00a0\u202f\u2009][:;!?»]|«[\u00a0\u202f\u2009]")
PLAIN = regex.compile(r"\p{L} [:;!?](?=\s|$)|« | »")
TIGHT = regex.compile(r"\p{L}[:;!?](?=\s|$)|«\p{L}")
WEAKEST = 0.3
"""This part of what is expected at large is "anything may be": a rare value in one post must not outweigh all the rest."""


@dataclass(frozen=True)
class Base:
    """What is known of one trait at large."""

    needs: int
    shares: Mapping[str, float]
    median: float = 0.0
    spread: float = 0.0

    @property
    def prior(self) -> float:
        """How many posts at large weigh as much as what is known: reliability 0.8 is reached with `needs` posts."""
        return self.needs / 4

    def share(self, value: str) -> float:
        """How common `value` is at large, never near nothing."""
        return WEAKEST / len(self.shares) + (1 - WEAKEST) * self.shares.get(value, 0.01)


@cache
def bases(language: Language) -> Mapping[str, Base]:
    """All traits of `language`."""
    data = tomllib.loads(files(__package__).joinpath("traits.toml").read_text("utf8"))
    return {name: _base(entry["needs"], entry[language]) for name, entry in data.items()}


def _base(needs: int, at_large: Mapping[str, float]) -> Base:
    if "median" in at_large:
        return Base(needs, {}, math.log(at_large["median"] + 1), at_large["spread"])
    return Base(needs, at_large)


def measures(post: Anatomy) -> dict[str, float]:
    """The sizes of a post, on a logarithmic scale."""
    sizes = {"length": post.length, "first_sentence": post.first_sentence, "words_a_sentence": post.words_a_sentence}
    return {name: math.log(1 + size) for name, size in sizes.items()}


def traits(post: Anatomy) -> dict[str, str]:
    """The value of each trait in a post."""
    text = post.unlinked
    found = {
        "line_break": post.line_break,
        "blank_line": post.blank_line,
        "mention": post.mentions > 0,
        "final_stop": post.final_stop,
        "question": "?" in text,
        "ellipsis": ELLIPSIS.search(text) is not None,
        "dash": DASH.search(text) is not None,
        "brackets": "(" in text,
        "colon": ":" in text,
        "bar": "|" in text,
        "numeral": post.numerals,
        "capitals": post.shouted,
        "arrow": ARROW.search(text) is not None,
        "asks": post.asks,
    }
    counts = {
        "lines": min(5, max(1, len(post.lines))),
        "sentences": min(4, max(1, len(post.sentences))),
        "hashtags": min(3, len(post.hashtags)),
        "emoji": min(3, len(post.emoji)),
        "links": min(2, len(post.link_spans)),
        "exclamation": min(2, text.count("!")),
    }
    return {
        **{name: "yes" if held else "no" for name, held in found.items()},
        **{name: str(count) for name, count in counts.items()},
        **_places(post),
        **_marks(text),
        "closing": post.closing,
        "opening": post.opening,
        "address": _address(text, post.language),
        "speaker": _speaker(text, post.language),
    }


def _places(post: Anatomy) -> dict[str, str]:
    hashtag = "none" if not post.hashtags else "first" if post.hashtag_first else "last" if post.hashtags_last else "inside"
    emoji = "none" if not post.emoji else "first" if post.emoji_first else "last" if post.emoji_last else "inside"
    link = "none" if not post.link_spans else "own_line" if post.link_own_line else "last" if post.link_last else "inside"
    return {"hashtag_place": hashtag, "emoji_place": emoji, "link_place": link}


def _marks(text: str) -> dict[str, str]:
    quotes = "guillemets" if "«" in text else "curly" if "“" in text else "straight" if '"' in text else "none"
    apostrophe = "curly" if "’" in text else "straight" if "'" in text else "none"
    spaces = "fine" if FINE.search(text) else "plain" if PLAIN.search(text) else "tight" if TIGHT.search(text) else "none"
    return {"quotes": quotes, "apostrophe": apostrophe, "space_before_marks": spaces}


def _address(text: str, language: Language) -> str:
    found = sorted(addresses(text, language))
    return "none" if not found else found[0] if len(found) == 1 else "both"


def _speaker(text: str, language: Language) -> str:
    found = names_itself(text, language)
    order = ("nous", "on", "je") if language == "fr" else ("we", "I")
    return next((who for who in order if who in found), "none")
