"""What one post is made of: its length, lines, sentences, marks, tags and links, and how it opens and ends.

Everything that measures or compares a brand's posts reads them through here, so a habit means the same everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from assistant.brands.closings import Closing, asks, closing_of
from assistant.brands.linked import link_spans, without
from assistant.brands.openings import Opening, opening_of
from assistant.brands.practical import practical_lines
from assistant.messages import Language
from assistant.posts import Post
from assistant.text import HASHTAG, MENTION, emojis, graphemes, sentences, words

REPOST = regex.compile(r"^RT @", regex.IGNORECASE)
SINGLE_BREAK = regex.compile(r"\S[^\S\n]*\n[^\S\n]*\S")
ANSWER = regex.compile(r"^@[\p{L}\p{N}_.]+\s+(?!:)")
"""A post that starts with a handle answers somebody; « @nom : … » quotes them."""
TRAILING_TAGS = regex.compile(r"(?:\s+[#＃@][\p{L}\p{N}_.]+)+\s*$")
TRAILING_SIGNS = regex.compile(r"[\s\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\uFE0F]+$")
LEADING_SIGNS = regex.compile(r"^[\s\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\uFE0F]+")
CLOSERS = regex.compile(r"[\s»”\"')]+$")
BLANK_LINE = regex.compile(r"\n[^\S\n]*\n")
LINK_LABEL = regex.compile(
    r"\b(?:lien|source|infos?|plus|d|inscriptions?|réservations?|billets?|link|tickets?|more|details|read|book|via)\b", regex.I
)
ELLIPSIS = regex.compile(r"…|\.\.\.")
DASH = regex.compile(r"\s[—–-]\s|\p{L}—\p{L}")
QUOTES = regex.compile(r"[«»“”\"]")
SHOUTED = regex.compile(r"\b\p{Lu}{4,}\b")
NUMERAL = regex.compile(r"\p{N}")
LETTER = regex.compile(r"[\p{L}\p{N}]")


@dataclass(frozen=True)
class Anatomy:
    """One post, taken apart as its parts are asked for."""

    text: str
    language: Language

    @cached_property
    def link_spans(self) -> list[tuple[int, int]]:
        """Where the links stand."""
        return link_spans(self.text)

    @cached_property
    def unlinked(self) -> str:
        """The text without links."""
        return without(self.text, self.link_spans).strip()

    @cached_property
    def body(self) -> str:
        """The text without links, and without tags and handles that only trail behind it."""
        cut = TRAILING_TAGS.search(self.unlinked)
        kept = self.unlinked[: cut.start()].rstrip() if cut else self.unlinked
        return kept or self.unlinked

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that say something."""
        return tuple(s for s in sentences(self.body) if LETTER.search(s))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that say something."""
        return tuple(line.strip() for line in self.body.splitlines() if LETTER.search(line))

    @cached_property
    def words(self) -> list[str]:
        """The words of the body."""
        return words(self.body)

    @cached_property
    def length(self) -> int:
        """Characters as a person counts them, links left out."""
        return len(graphemes(self.unlinked))

    @property
    def first_line(self) -> int:
        """Characters of the first line."""
        return len(graphemes(self.lines[0])) if self.lines else 0

    @property
    def first_sentence(self) -> int:
        """Characters of the first sentence."""
        return len(graphemes(self.sentences[0])) if self.sentences else 0

    @property
    def words_a_sentence(self) -> float:
        """Mean number of words in a sentence."""
        return len(self.words) / max(1, len(self.sentences))

    @property
    def blocks(self) -> int:
        """Blocks that say something, separated by blank lines."""
        return max(1, sum(LETTER.search(block) is not None for block in BLANK_LINE.split(self.body)))

    @property
    def line_break(self) -> bool:
        """Whether the text, links left out, has a line break."""
        return "\n" in self.unlinked

    @property
    def blank_line(self) -> bool:
        """Whether there is a blank line anywhere, before a link too."""
        return BLANK_LINE.search(self.text) is not None

    @property
    def single_break(self) -> bool:
        """Whether the body has a line break that is no blank line."""
        return SINGLE_BREAK.search(self.body) is not None

    @property
    def break_after_first(self) -> bool:
        """Whether the line ends after the first of several sentences."""
        if len(self.sentences) < 2:
            return False
        end = self.body.find(self.sentences[0]) + len(self.sentences[0])
        return regex.match(r"[^\S\n]*\n", self.body[end:]) is not None

    @property
    def sentence_a_line(self) -> bool:
        """Whether each of several sentences stands on its own line."""
        return len(self.sentences) > 1 and len(self.lines) == len(self.sentences)

    @property
    def final_stop(self) -> bool:
        """Whether the last sentence ends with a full stop; « … » is none."""
        end = CLOSERS.sub("", TRAILING_SIGNS.sub("", self.body))
        return end.endswith(".") and not end.endswith("..")

    @cached_property
    def emoji(self) -> tuple[str, ...]:
        """The emoji in order."""
        return tuple(emojis(self.unlinked))

    @property
    def emoji_first(self) -> bool:
        """Whether the text opens with an emoji."""
        return bool(self.emoji) and self.unlinked.startswith(self.emoji[0])

    @property
    def emoji_last(self) -> bool:
        """Whether an emoji is the last thing said, tags and links left out."""
        return bool(self.emoji) and self.body.rstrip().endswith(self.emoji[-1])

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        """The tags in order."""
        return tuple(m.group() for m in HASHTAG.finditer(self.unlinked))

    @property
    def hashtag_first(self) -> bool:
        """Whether the text opens with a tag, emoji aside."""
        return bool(self.hashtags) and LEADING_SIGNS.sub("", self.unlinked).startswith(self.hashtags[0])

    @property
    def hashtags_last(self) -> bool:
        """Whether a tag is the last thing, links and emoji left out."""
        return bool(self.hashtags) and TRAILING_SIGNS.sub("", self.unlinked).endswith(self.hashtags[-1])

    @property
    def link_last(self) -> bool:
        """Whether a link is the very last thing."""
        return bool(self.link_spans) and not self.text[self.link_spans[-1][1] :].strip()

    @property
    def link_own_line(self) -> bool:
        """Whether a link has a line to itself, arrows, tags and a label such as « Infos : » aside."""
        return "\n" in self.text and any(self._alone(span) for span in self.link_spans)

    @property
    def link_led(self) -> bool:
        """Whether a sentence goes over into a link on its line by a colon."""
        return any(self.text[self.text.rfind("\n", 0, a) + 1 : a].rstrip().endswith(":") for a, _ in self.link_spans)

    @property
    def mentions(self) -> int:
        """How many handles."""
        return len(MENTION.findall(self.unlinked))

    @property
    def numerals(self) -> bool:
        """Whether there is a figure."""
        return NUMERAL.search(HASHTAG.sub("", self.body)) is not None

    @property
    def shouted(self) -> bool:
        """Whether there is a word in capitals."""
        return SHOUTED.search(HASHTAG.sub("", self.body)) is not None

    @cached_property
    def opening(self) -> Opening:
        """How it opens."""
        return opening_of(self.unlinked, self.language)

    @cached_property
    def closing(self) -> Closing:
        """How it ends."""
        return closing_of(self.body, self.language)

    @property
    def asks(self) -> bool:
        """Whether it asks the reader to act in its last two sentences."""
        return asks(self.body, self.language)

    @cached_property
    def practical(self) -> int:
        """A line that gives date, hour or place: 0 none, 1 bare, 2 labelled."""
        return practical_lines(self.lines, self.language)

    def _alone(self, span: tuple[int, int]) -> bool:
        start = self.text.rfind("\n", 0, span[0]) + 1
        end = self.text.find("\n", span[1])
        end = end if end >= 0 else len(self.text)
        on_line = [(a - start, b - start) for a, b in self.link_spans if start <= a < end]
        return LETTER.search(LINK_LABEL.sub("", HASHTAG.sub("", without(self.text[start:end], on_line)))) is None


def dissect(text: str, language: Language) -> Anatomy:
    """The anatomy of `text`."""
    return Anatomy(text.strip(), language)


def measurable(posts: Sequence[Post]) -> list[Post]:
    """The brand's own posts: nothing banned, no repost, no answer to somebody, no copy; only ordinary ones where there are any."""
    own: dict[str, Post] = {}
    for post in posts:
        if post.banned or REPOST.match(post.text) or ANSWER.match(post.text):
            continue
        said = " ".join(without(post.text, link_spans(post.text)).split())
        if words(said):
            own.setdefault(said, post)
    ordinary = [post for post in own.values() if post.kind == "ordinary"]
    return ordinary or list(own.values())
