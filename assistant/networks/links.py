"""Links in a text: with `https://` or bare (`exemple.fr`, `boutique.alsace`), found as X finds them.

The grammar is the one that twitter-text 3.1 documents and tests: X bills what it calls a link, and the other apps make
nearly the same runs clickable. Every bare domain under a known top-level domain is a link, whatever its length; none
begins right after a letter, a digit, `@`, `#` or `$`; brackets in a path must balance; closing punctuation stays outside.
One regular expression for all of it needs minutes for some hostile texts, so domains are walked label by label.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

import regex

MAX_URL = 4096
MAX_LABEL = 63
MAX_SHORT_SLUG = 40

SPACES = r"\t-\r \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
DIRECTION = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
NEVER = r"\uFFFE\uFEFF\uFFFF"
LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
IN_LABEL = rf"[^!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~${SPACES}{NEVER}{DIRECTION}]"
IN_PATH = rf"[A-Za-z0-9\u0400-\u04FF!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN}]"
BRACKETS = rf"\((?:{IN_PATH}+|{IN_PATH}*\({IN_PATH}+\){IN_PATH}*)\)"
PATH_END = rf"(?:[+\-A-Za-z0-9\u0400-\u04FF=_#/{LATIN}]|{BRACKETS})"
PATH = rf"/(?:{IN_PATH}*(?:{BRACKETS}{IN_PATH}*)*{PATH_END}|@{IN_PATH}+/)*"
QUERY = r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/]"

SPACE = regex.compile(rf"[{SPACES}]")
SPACE_BACKWARDS = regex.compile(rf"(?r)[{SPACES}]")
BEFORE = regex.compile(rf"[^A-Za-z0-9@＠$#＃{NEVER}]")
DOT = regex.compile(r"\.(?=\p{L})")
ENCODED = regex.compile(r"[Xx][Nn]--[\-0-9A-Za-z]+")
GOES_ON = regex.compile(r"[0-9A-Za-z@+\-]")
ASCII_LABELS = regex.compile(rf"(?:[\-A-Za-z0-9{LATIN}]+\.)+")
SCHEME = regex.compile(r"[Hh][Tt][Tt][Pp][Ss]?://")
LABEL = regex.compile(rf"{IN_LABEL}(?:{IN_LABEL}|[_\-])*+")
AFTER_DOMAIN = regex.compile(rf"(?::[0-9]+)?(?P<path>{PATH})?(?:{QUERY})?")
SHORT = regex.compile(rf"[Hh][Tt][Tt][Pp][Ss]?://[Tt]\.[Cc][Oo]/([A-Za-z0-9]+)(?:{QUERY})?")
"""X's own shortener: nothing but a slug belongs to it."""


WRITTEN = regex.compile(r"(?<![A-Za-z0-9])[Hh][Tt][Tt][Pp][Ss]?://[^\s\u00A0\u202F<>\"«»“”]*[^\s\u00A0\u202F<>\"«»“”.,;:!?…)\]'’*_]")
"""What a person means as a link because it is written out, whatever its domain (`https://intranet/`, `https://shop.example`)."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a text. `span` holds its start and end in Python characters; `url` is the text between."""

    span: tuple[int, int]
    url: str
    has_scheme: bool


def links(text: str) -> list[Link]:
    """The links of `text` in order. No link holds white space: only words with a dot before a known ending are looked at."""
    found: list[Link] = []
    end = 0
    for dot in DOT.finditer(text):
        if dot.start() < end or _ending(text, dot.start()) is None:
            continue
        space = SPACE_BACKWARDS.search(text, end, dot.start())
        start = space.end() if space else end
        space = SPACE.search(text, dot.start())
        end = space.start() if space else len(text)
        found += _in_word(text[start:end], start)
    return found


def written_links(text: str) -> list[Link]:
    """The links that a reader sees, in order: those of `links`, and whatever begins with a scheme though no network bills it."""
    found = links(text)
    taken = [link.span for link in found]
    for match in WRITTEN.finditer(text) if "://" in text else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Link(match.span(), match.group(), has_scheme=True))
    return sorted(found, key=lambda link: link.span)


@cache
def top_level_domains() -> frozenset[str]:
    """Every top-level domain of the Public Suffix List, in lower case, in its own script; the list ships with its package."""
    lines = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf8").splitlines()
    official = lines[: lines.index("// ===END ICANN DOMAINS===")]
    return frozenset(line.split()[0].rsplit(".", 1)[-1] for line in official if line and not line.startswith("//"))


@cache
def _longest_ending() -> int:
    return max(map(len, top_level_domains()))


def _ending(text: str, dot: int) -> int | None:
    """Where the top-level domain after `dot` ends, or None; `.com` is none in `.comptoir` nor before `@`."""
    for end in range(min(len(text), dot + 1 + _longest_ending()), dot + 2, -1):
        if text[dot + 1 : end].lower() in top_level_domains() and not GOES_ON.match(text, end):
            return end
    encoded = ENCODED.match(text, dot + 1)
    return encoded.end() if encoded else None


def _in_word(word: str, offset: int) -> Iterator[Link]:
    """The links of a text without white space, `offset` added to their spans."""
    for start, host, stop, end, has_path in _candidates(word):
        domain = word[host:stop]
        if not _can_be_called(word[start:end], domain):
            continue
        if host > start:
            if short := SHORT.match(word, start, end):
                if len(short[1]) > MAX_SHORT_SLUG:
                    continue
                end = short.end()
            yield Link((offset + start, offset + end), word[start:end], has_scheme=True)
        elif not start or word[start - 1] not in "-_./":
            spans = list(_bare(domain))
            for n, (a, b) in enumerate(spans, 1):
                tail = end if has_path and n == len(spans) else start + b
                yield Link((offset + start + a, offset + tail), word[start + a : tail], has_scheme=False)


def _candidates(word: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """Runs that look like a link: where each starts, its host starts and stops, it ends, and whether it has a path."""
    domains = _Domains(word)
    schemes = deque(m.span() for m in SCHEME.finditer(word) if not m.start() or BEFORE.match(word, m.start() - 1))
    start = free = 0
    while True:
        while schemes and (schemes[0][0] < start or 0 < schemes[0][0] <= free):
            schemes.popleft()
        host = schemes[0][1] if schemes and schemes[0][0] == start else start
        stop, place = domains.at(host)
        if stop is not None:
            tail = AFTER_DOMAIN.match(word, stop)
            place = free = tail.end() if tail else stop
            yield start, host, stop, free, bool(tail and tail["path"])
        before = BEFORE.search(word, max(start, place))
        starts = [s for s in (before.end() if before else -1, *(a for a, _ in islice(schemes, 2))) if s > max(start, free)]
        if not starts:
            return
        start = min(starts)


class _Domains:
    """Where domains end in a word. What was found to lead nowhere is not walked again, so hostile texts cost no more than others."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.barren = -1
        """The last dot of a chain of labels that ends in no known domain."""

    def at(self, host: int) -> tuple[int | None, int]:
        """The end of the longest domain that starts at `host`, or None; and a place that no other one can start before."""
        label = LABEL.match(self.word, host)
        if not label:
            return None, host
        dot = label.end()
        if self._ends_label(dot):
            if (stop := self._further(dot)) is not None:
                return stop, dot
            if ending := _ending(self.word, dot):
                underscore = self.word.rfind("_", host, dot)
                return (ending, dot) if underscore < 0 else (None, underscore)
        return None, dot

    def _ends_label(self, dot: int) -> bool:
        return self.word[dot : dot + 1] == "." and self.word[dot - 1] not in "-_"

    def _further(self, dot: int) -> int | None:
        """The farthest end of a domain whose labels go on after `dot`."""
        if dot <= self.barren:
            return None
        stop = None
        while True:
            label = LABEL.match(self.word, dot + 1)
            if not label or not self._ends_label(label.end()):
                break
            dot = label.end()
            if "_" not in label.group() and (ending := _ending(self.word, dot)):
                stop = ending
        if stop is None:
            self.barren = max(self.barren, dot)
        return stop


def _bare(domain: str) -> Iterator[tuple[int, int]]:
    """The parts of a bare domain that X turns into links: those in letters that a keyboard of ours has."""
    place = 0
    while labels := ASCII_LABELS.search(domain, place):
        start, place = labels.span()
        for dot in range(place - 1, start, -1):
            if domain[dot] == "." and (end := _ending(domain, dot)):
                yield start, end
                place = max(place, end)
                break


def _can_be_called(url: str, domain: str) -> bool:
    """Whether a name server could know `domain`: labels of 63 at most as they are sent, the whole of 4,096."""
    if domain.startswith("xn--") and not any(_bare(domain)):
        return False
    if any(len(label if label.isascii() else "xn--" + label.encode("punycode").decode()) > MAX_LABEL for label in domain.split(".")):
        return False
    return len(url) + (0 if SCHEME.match(url) else len("https://")) <= MAX_URL
