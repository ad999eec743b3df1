"""How a draft ends, and whether one of the account's last drafts ended so too."""

import regex

from assistant.drafting.writer import WriteRequest

POINTING = regex.compile(r"\A(?:[#＃]\S+\s*)+\Z|https?://\S+\Z")


def ends_like_another(text: str, request: WriteRequest) -> bool:
    """Whether one of the account's last drafts ended on the same words; a brand with one tag ends on that tag, and may."""
    return last_line(text) in {last_line(recent.text) for recent in request.recent}


def tagged_like_another(text: str, request: WriteRequest) -> bool:
    """Whether it ends on a line of tags on which one of the account's last drafts ended."""
    end = _end(text)
    return end.startswith("#") and end in {_end(recent.text) for recent in request.recent}


def _end(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1].strip()


def last_line(text: str) -> str:
    """The last line that says something; tags, links and the words in front of a link do not."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    saying = [line for line in lines if not POINTING.search(line)]
    return (saying or lines or [""])[-1]
