"""What every part of a kit is made of, and the parts that several files share."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Any part of a kit: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(Part):
    """A real or ideal text and why it is one."""

    text: str
    network: str = ""
    why: str = ""


class Fact(Part):
    """Something drafts and replies may state, as long as it is valid on the planned day."""

    id: str
    name: str
    value: str
    kind: Literal["product", "price", "hours", "place", "policy", "link", "contact", "person", "name", "other"] = "other"
    valid_from: date | None = None
    valid_until: date | None = None
    """None only for what does not perish (a street, a name)."""
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the fact may be stated for `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)
