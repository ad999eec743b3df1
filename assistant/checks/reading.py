"""One field of a text, read once for all checks: what is folded, quoted, linked, tagged, and where."""

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from assistant.findings import Field
from assistant.networks.links import written_links
from assistant.text import EMAIL, HASHTAG, MENTION, SURROGATE, TEXT_BY_HABIT, emoji_spans, fold, sentence_spans

Span = tuple[int, int]

RESERVED = regex.compile(
    r"(?<![\p{L}\p{N}@._/-])(?:https?://)?(?:[\p{L}\p{N}-]+\.)+(?:example|test|invalid|localhost)(?![\p{L}\p{N}.-]\p{L})(?:[/?#][^\s<>«»“”\"]*)?",
    regex.IGNORECASE,
)
"""Addresses under names that are kept for examples: no network makes them links, a reader does."""
LINK_TAIL = ".,;:!?…)]}'’*_"
QUOTED = (
    regex.compile(r"«[^«»]{1,600}»"),
    regex.compile(r"“[^“”]{1,600}”"),
    regex.compile(r"(?<![\p{L}\p{N}])\"[^\"]{1,600}\"(?![\p{L}\p{N}])"),
    regex.compile(r"(?<![\p{L}\p{N}])‘[^‘’\n]{2,200}’(?![\p{L}\p{N}])"),
    regex.compile(r"(?:(?<=^)|(?<=\n))[«“\"][^«»“”\"]+$"),
)
"""What somebody else is quoted as saying; the last one is a quotation that never closes."""


@dataclass(frozen=True)
class Folded:
    """A text without case and accents, with the way back to the text."""

    text: str
    origin: tuple[int, ...]
    """For each folded character, the offset of the one it came from."""
    length: int

    def span(self, start: int, end: int) -> Span:
        """The passage of the text that folded characters `start` to `end` came from."""
        if start >= end:
            return (self.length, self.length) if start >= len(self.origin) else (self.origin[start], self.origin[start])
        return self.origin[start], self.origin[end - 1] + 1

    def at(self, offset: int) -> int:
        """The folded offset at which the character at `offset` of the text starts."""
        return bisect_left(self.origin, offset)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return "\n" if character in "\n\r\u2028\u2029" else fold(character)


def fold_with_origin(text: str) -> Folded:
    """`text` folded character by character."""
    folded = [_folded(c) for c in text]
    origin = tuple(i for i, f in enumerate(folded) for _ in f)
    return Folded("".join(folded), origin, len(text))


class Reading:
    """One field in NFC. Spans are Python characters of `text`."""

    def __init__(self, text: str, field: Field = "text", part: int | None = None) -> None:
        self.text = SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text))
        self.field: Field = field
        self.part = part
        """From 1, for one text of a thread."""

    @cached_property
    def folded(self) -> Folded:
        """The text without case and accents."""
        return fold_with_origin(self.text)

    @cached_property
    def links(self) -> tuple[Span, ...]:
        """Where links stand, closing punctuation left out."""
        return tuple(link_spans(self.text))

    @cached_property
    def emails(self) -> tuple[Span, ...]:
        """Where e-mail addresses stand."""
        return tuple(m.span() for m in EMAIL.finditer(self.text)) if "@" in self.text else ()

    @cached_property
    def hashtags(self) -> tuple[Span, ...]:
        """Where hashtags stand, with their `#`, outside links."""
        found = (m.span() for m in HASHTAG.finditer(self.text))
        return tuple(span for span in found if not within(span, self.links))

    @cached_property
    def mentions(self) -> tuple[Span, ...]:
        """Where handles stand, with their `@`, outside links and e-mail addresses."""
        found = (m.span() for m in MENTION.finditer(self.text))
        return tuple(span for span in found if not within(span, self.links) and not within(span, self.emails))

    @cached_property
    def emojis(self) -> tuple[tuple[int, int, str], ...]:
        """Emoji, whole, with where they stand."""
        if self.text.isascii():
            return ()
        spans = ((start, end, self.text[start:end]) for start, end in emoji_spans(self.text))
        return tuple(one for one in spans if one[2] not in TEXT_BY_HABIT)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """Where somebody is quoted."""
        return tuple(m.span() for pattern in QUOTED for m in pattern.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Start and end of each sentence."""
        return tuple(sentence_spans(self.text))

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Start and end of each line that holds something."""
        return tuple(m.span() for m in regex.finditer(r"[^\n]*\S[^\n]*", self.text))

    @cached_property
    def prose(self) -> str:
        """The text, same length, links, e-mail addresses, hashtags and handles blanked."""
        return blanked(self.text, (*self.links, *self.emails, *self.hashtags, *self.mentions))

    @cached_property
    def own_prose(self) -> str:
        """`prose` with quotations blanked too: what the brand itself says."""
        return blanked(self.prose, self.quotations)

    @cached_property
    def sentence_starts(self) -> tuple[int, ...]:
        """Where sentences start."""
        return tuple(start for start, _ in self.sentences)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that `offset` stands in."""
        index = max(0, bisect_right(self.sentence_starts, offset) - 1)
        return self.sentences[index] if self.sentences else (0, len(self.text))


def link_spans(text: str) -> list[Span]:
    """Where links stand in `text`, with or without `https://`, closing punctuation left out."""
    if "." not in text:
        return []
    spans = [link.span for link in written_links(text)]
    for match in RESERVED.finditer(text):
        end = match.start() + len(match.group().rstrip(LINK_TAIL))
        if not within((match.start(), end), tuple(spans)):
            spans.append((match.start(), end))
    return sorted(spans)


def blanked(text: str, spans: tuple[Span, ...]) -> str:
    """`text`, same length, with `spans` blank; line breaks stay."""
    if not spans:
        return text
    characters = list(text)
    for start, end in spans:
        characters[start:end] = [" " if c != "\n" else c for c in characters[start:end]]
    return "".join(characters)


def within(span: Span, others: tuple[Span, ...]) -> bool:
    """Whether `span` touches one of `others`."""
    return any(span[0] < end and span[1] > start for start, end in others)


class View:
    """All fields that leave, read. `bodies` are the texts that readers see as the post: the text, or the parts of a thread."""

    def __init__(self, text: str, first_comment: str = "", alt_text: str = "", parts: tuple[str, ...] = ()) -> None:
        self.text = Reading(text)
        self.parts = tuple(Reading(part, "parts", index) for index, part in enumerate(parts, 1))
        self.first_comment = Reading(first_comment, "first_comment")
        self.alt_text = Reading(alt_text, "alt_text")

    @property
    def bodies(self) -> tuple[Reading, ...]:
        """The text, or the parts of the thread in its place."""
        return self.parts or (self.text,)

    @property
    def shown(self) -> tuple[Reading, ...]:
        """Every field that holds something."""
        return tuple(r for r in (*self.bodies, self.first_comment, self.alt_text) if r.text.strip())
