"""How Mastodon counts: what a person sees as characters, with links and foreign handles shortened.

From `app/validators/status_length_validator.rb` and `config/initializers/twitter_regex.rb` of mastodon/mastodon: a link
that starts with http(s):// counts 23 whatever its length, `@user@server` counts as `@user`. Read as facts; the code is ours.
"""

import unicodedata

import regex

from assistant.networks.links import links
from assistant.text import graphemes

LINK = 23
HANDLE = regex.compile(r"(?<![=/\w])(@[A-Za-z0-9_]+(?:[A-Za-z0-9_.\-]+[A-Za-z0-9_]+)?)@[\w.\-]+\w")
REST_OF_PATH = regex.compile(r"[^\s<>()?]*[^\s()?!*\"'「」<>;:=,.$%\[\]~&|@]")
"""Mastodon's paths go on over letters of any script, where X stops."""


def shortened_length(text: str) -> int:
    """Grapheme clusters of `text` once its links are 23 long and its handles have lost their server."""
    text = unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    place = 0
    for link in links(text):
        start, end = link.span
        if not link.has_scheme or start < place:
            continue
        if "/" in link.url[link.url.index("//") + 2 :] and (rest := REST_OF_PATH.match(text, end)):
            end = rest.end()
        pieces += [HANDLE.sub(r"\1", text[place:start]), "x" * LINK]
        place = end
    return len(graphemes("".join([*pieces, HANDLE.sub(r"\1", text[place:])])))
