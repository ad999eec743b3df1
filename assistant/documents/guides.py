"""A voice guide as people have it (Markdown or plain text) becomes a page of the kit: text, cleaned, never an instruction."""

import html

import regex

from assistant.documents.sheets import decode
from assistant.errors import InputError
from assistant.text import clean

MAX_BYTES = 1_000_000
NAME_LENGTH = 80
TEXT_ENDINGS = ("md", "markdown", "txt", "text", "")
LATER = {"pdf": b"%PDF", "docx": b"PK\x03\x04", "doc": b"\xd0\xcf\x11\xe0"}
"""Formats that are told by their first bytes, whatever their name says."""
MARKUP = regex.compile(r"<(?:!doctype|html|head|body)\b", regex.IGNORECASE)
FRONT_MATTER = regex.compile(r"\A---\n(?:[^\n]*\n){0,40}?---(?:\n|\Z)")
COMMENT = regex.compile(r"<!--.*?-->", regex.DOTALL)
LIQUID = regex.compile(r"\{%.*?%\}|\{\{.*?\}\}", regex.DOTALL)
MANY_BREAKS = regex.compile(r"\n{4,}")
TITLE = regex.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", regex.MULTILINE)


def read_guide(data: bytes, name: str) -> tuple[str, str]:
    """The page's name and its Markdown text. Raises InputError for a file that is too big, empty or of another format."""
    stem, ending = _split(name)
    if len(data) > MAX_BYTES:
        raise InputError("guide.too_big", name=name, megabytes=MAX_BYTES // 1_000_000)
    _refuse_formats(data, name, ending)
    try:
        text = clean(decode(data, name))
    except InputError:
        raise InputError("guide.unreadable", name=name) from None
    if MARKUP.search(text[:2000]):
        raise InputError("guide.format", name=name, format="HTML")
    text = _cleaned(text)
    if not regex.search(r"\p{L}{2}", text):
        raise InputError("guide.empty", name=name)
    return page_name(stem), text + "\n"


def page_name(stem: str) -> str:
    """`stem` as the name of a file on any system."""
    kept = regex.sub(r"[\s/\\:*?\"<>|\p{C}]+", " ", clean(stem)).strip(" .")
    return kept[:NAME_LENGTH].strip(" .") or "guide"


def _split(name: str) -> tuple[str, str]:
    bare = regex.split(r"[/\\]", name)[-1]
    stem, dot, ending = bare.rpartition(".")
    if not dot:
        return bare, ""
    return stem.removesuffix(".html"), ending.lower()


def _refuse_formats(data: bytes, name: str, ending: str) -> None:
    for kind, mark in LATER.items():
        if data.startswith(mark):
            raise InputError("guide.format", name=name, format=kind.upper())
    if ending not in TEXT_ENDINGS:
        raise InputError("guide.format", name=name, format=ending.upper())


def _cleaned(text: str) -> str:
    """`text` without what a site generator put around it; its title is kept as a heading."""
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front.group()) if front else None
    if front:
        text = text[front.end() :]
    text = LIQUID.sub("", COMMENT.sub("", text))
    text = html.unescape(text)
    if title and text.strip() and not text.lstrip().startswith("# "):
        text = f"# {title[1]}\n\n{text.lstrip()}"
    return MANY_BREAKS.sub("\n\n\n", text).strip()
