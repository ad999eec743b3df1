"""Text from outside (briefs, guides, posts, names of brands and files) made harmless for the place where it is shown.

Streamlit's labels and messages are Markdown; everything longer is our own HTML. In both, words are shown and never obeyed:
nothing becomes a link, a picture, a formula, an icon or a colour, and nothing is fetched.
"""

import re
from html import escape

from assistant.text import strip_invisible

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:&])")
LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=[-=<>~])(?=[-=<>~])", re.IGNORECASE)
"""Where Markdown sees an address or an arrow even behind backslashes; a word joiner, which nobody sees, keeps it from doing so."""
JOINER = "\u2060"
BREAKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")


def plain(words: str) -> str:
    """`words` for a Markdown label or message, shown as they are."""
    one_line = BREAKS.sub(" ", strip_invisible(words))
    return MARKDOWN.sub(r"\\\1", LINKED.sub(JOINER, one_line))


def html(words: str) -> str:
    """`words` for our own HTML, line breaks kept. Letters written from right to left stay within their own words."""
    return f'<bdi dir="auto">{lines(words)}</bdi>'


def lines(words: str) -> str:
    """`words` escaped, line breaks kept."""
    return escape(strip_invisible(words)).replace("\n", "<br>")
