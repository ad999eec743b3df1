"""What changed between two texts, word by word, as escaped HTML."""

import re
from difflib import SequenceMatcher

from assistant.ui.outside import lines

WORDS = re.compile(r"\s+|\S+")


def difference_html(before: str, after: str) -> str:
    """`after`, with what is new underlined and what went struck through: told by more than colour."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if change == "equal":
            parts.append(lines(come))
            continue
        parts.append(f"<del>{lines(gone)}</del>" if gone else "")
        parts.append(f"<ins>{lines(come)}</ins>" if come else "")
    return f'<div class="plume-diff" dir="auto">{"".join(parts)}</div>'
