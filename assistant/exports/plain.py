"""Texts to copy: each field of a draft that goes out, exactly as it was approved."""

from dataclasses import dataclass

from assistant.drafts import Draft
from assistant.messages import Language, text


@dataclass(frozen=True)
class Copy:
    """One thing to copy, and what it is."""

    label: str
    text: str


def pieces(draft: Draft, language: Language) -> tuple[Copy, ...]:
    """What to copy, in the order in which a network asks for it: the text or its parts, the first comment, the alt text."""
    count = len(draft.parts)
    if count:
        copies = [Copy(text("copy.part", language, number=number, of=count), part) for number, part in enumerate(draft.parts, 1)]
    else:
        copies = [Copy(text("copy.text", language), draft.text)]
    if draft.first_comment:
        copies.append(Copy(text("copy.first_comment", language), draft.first_comment))
    if draft.alt_text:
        copies.append(Copy(text("copy.alt_text", language), draft.alt_text))
    return tuple(copies)


def plain(draft: Draft, language: Language) -> str:
    """All of it as one text; labels only where there is more than one thing."""
    copies = pieces(draft, language)
    if len(copies) == 1:
        return copies[0].text
    return "\n\n".join(f"[{copy.label}]\n{copy.text}" for copy in copies)
