"""A page of a guide, cut into passages that can be found and quoted: each with the headings it stands under.

Headings are read here rather than by LangChain's `MarkdownHeaderTextSplitter`, which drops every no-break space (French
typography) and joins lines; its `RecursiveCharacterTextSplitter` cuts what is too long in one block, and is imported only
then because that costs half a second. A passage's text stands in the page exactly as it comes out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text import fold

LONGEST = 900
"""Characters of a passage: a rule with its examples, small enough to show a writer five of them."""
BETWEEN = " › "
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
FENCE = re.compile(r" {0,3}(```+|~~~+)")
FRONT_MATTER = re.compile(r"---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)")
SEPARATORS = ["\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ", ""]


@dataclass(frozen=True)
class Passage:
    """One passage. Its id stays while its page, its heading and its place under that heading stay."""

    id: str
    text: str
    heading: str
    """The headings over it, outermost first; the page's name where there are none."""


def passages(text: str, page: str) -> tuple[Passage, ...]:
    """The passages of a page in Markdown, in order. Headings without a text of their own give none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    taken: Counter[str] = Counter()
    found: list[Passage] = []
    for path, body in _sections(text):
        for piece in _pieces(body):
            name = f"{page}#{_slug(path[-1])}" if path else page
            taken[name] += 1
            id = name if taken[name] == 1 else f"{name}-{taken[name]}"
            found.append(Passage(id, piece, BETWEEN.join(path) or page))
    return tuple(found)


def _sections(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each run of text between headings, with the headings over it."""
    front = FRONT_MATTER.match(text)
    lines = text[front.end() if front else 0 :].split("\n")
    path: dict[int, str] = {}
    body: list[str] = []
    fence = ""
    for line in lines:
        heading = None if fence else _heading(body, line)
        if heading is None:
            body.append(line)
            fence = _fence_after(fence, line)
            continue
        level, title, held = heading
        yield tuple(path.values()), "\n".join(body[: len(body) - held])
        path = {above: name for above, name in path.items() if above < level} | ({level: title} if title else {})
        body = []
    yield tuple(path.values()), "\n".join(body)


def _heading(before: list[str], line: str) -> tuple[int, str, int] | None:
    """Level, title, and how many lines of `before` it takes; None where `line` ends no heading."""
    if match := HEADING.fullmatch(line):
        return len(match.group(1)), _plain(match.group(2)), 0
    alone = len(before) == 1 or (len(before) > 1 and not before[-2].strip())
    if (
        before
        and before[-1].strip()
        and alone
        and (match := UNDERLINE.fullmatch(line))
        and not before[-1].lstrip().startswith(("|", "-", ">"))
    ):
        return 1 if match.group(1)[0] == "=" else 2, _plain(before[-1]), 1
    return None


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after `line`."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match.group(1)
    return "" if match.group(1).startswith(fence) and not line[match.end() :].strip() else fence


def _pieces(body: str) -> Iterator[str]:
    """`body` whole where it is short, else by blocks put together up to the longest."""
    start = end = 0
    for block in re.finditer(r"(?:[^\n].*(?:\n|$))+", body):
        if end and block.end() - start > LONGEST:
            yield from _cut(body[start:end])
            start = block.start()
        start, end = (block.start(), block.end()) if not end else (start, block.end())
    if end:
        yield from _cut(body[start:end])


def _cut(piece: str) -> list[str]:
    piece = piece.strip("\n")
    if len(piece) <= LONGEST:
        return [piece] if piece.strip() else []
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(SEPARATORS, keep_separator="end", chunk_size=LONGEST, chunk_overlap=0)
    return [part for part in splitter.split_text(piece) if part]


def _plain(title: str) -> str:
    return MARKS.sub(lambda match: match.group(1) or "", title).strip()


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", fold(title))) or "section"
