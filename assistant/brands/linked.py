"""Links as a reader of posts sees them: also bare domains kept for examples (`velo.example`), in which made-up brands live."""

import regex

from assistant.networks.links import written_links

RESERVED = regex.compile(
    r"(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}-]+\.)+(?:example|test|invalid)\b(?:/[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]])?", regex.IGNORECASE
)
"""Top-level domains that RFC 2606 sets aside; no network makes them clickable."""


def link_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each link, in order."""
    spans = [link.span for link in written_links(text)]
    free = [m.span() for m in RESERVED.finditer(text) if not any(a < m.end() and m.start() < b for a, b in spans)]
    return sorted([*spans, *free])


def without(text: str, spans: list[tuple[int, int]], *, put: str = "") -> str:
    """`text` without `spans`, `put` in the place of each."""
    for start, end in reversed(spans):
        text = text[:start] + put + text[end:]
    return text
