"""What a check has to say about a text: a value, not a sentence."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.messages import Language, Message, has, render

Level = Literal["error", "warning", "info"]
Field = Literal["text", "first_comment", "alt_text", "parts", "brief"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")

NEVER_WAIVED = ("limits.", "brand.never", "brand.other_brand", "language.")
"""Errors whose id starts like this block approval whatever the reason given (DESIGN.md promise 3)."""


@dataclass(frozen=True)
class Finding:
    """One remark. `id` is a dotted path; the sentence is `messages["finding." + id]`, the mend `messages["hint." + id]`."""

    id: str
    level: Level
    field: Field = "text"
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    span: tuple[int, int] | None = None
    """Start and end of the passage in the field, in Python characters of the NFC text."""

    @property
    def waivable(self) -> bool:
        """Whether a person may approve in spite of it by giving a reason."""
        return self.level != "error" or not self.id.startswith(NEVER_WAIVED)

    def message(self, language: Language) -> str:
        """What is the matter, in the reader's language."""
        return render(Message(f"finding.{self.id}", self.values), language)

    def hint(self, language: Language) -> str:
        """How to mend it, or an empty string."""
        id = f"hint.{self.id}"
        return render(Message(id, self.values), language) if has(id) else ""
