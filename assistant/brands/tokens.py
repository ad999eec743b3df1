"""The words and marks of a text, as a voice uses them: a mark keeps the spaces around it, links and handles are all alike."""

import unicodedata

import regex

from assistant.brands.linked import link_spans, without
from assistant.brands.wording import words
from assistant.messages import Language
from assistant.text import MENTION

LINK, HANDLE = "\ue000", "\ue001"
SHORTEST = 4
TOKEN = regex.compile(r"[\ue000\ue001]|\p{Extended_Pictographic}\uFE0F?|[\p{L}\p{M}]+['’]?|\p{N}+|\n+|[^\S\n]*[^\s\p{L}\p{N}][^\S\n]*")


def tokens(text: str) -> list[str]:
    """Words in small letters, figures, emoji, line breaks and marks with their spaces."""
    return TOKEN.findall(MENTION.sub(HANDLE, without(text, link_spans(text), put=LINK)).lower())


def is_content(token: str, language: Language) -> bool:
    """Whether `token` is a word that can be quoted as typical: no function word, no mark, no letters in disguise (𝗯𝗼𝗹𝗱)."""
    if len(token) < SHORTEST or not token.isalpha() or LINK in token or HANDLE in token:
        return False
    return token not in words(language, "function") and unicodedata.normalize("NFKC", token) == token
