"""What a person asks for: the brief of a post."""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.messages import Language
from assistant.text import clean

Objective = Literal["traffic", "visibility", "image", "awareness", "sales"]
Purpose = Literal[
    "launch",
    "news",
    "event",
    "tip",
    "question",
    "poll",
    "behind-the-scenes",
    "article",
    "promotion",
    "testimonial",
    "thanks",
    "partnership",
    "recruitment",
    "milestone",
]
Format = Literal["photo", "carousel", "short-video", "story", "link", "text", "poll", "document"]

MAX_FIELD = 4_000
"""Characters in one field of a brief: more is a document, not a brief."""
MAX_ITEMS = 40
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days beyond have no moment in every time zone, and nobody plans a post for them."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A day without an hour."""

Typed = Annotated[str, AfterValidator(clean), Field(max_length=MAX_FIELD)]
"""What a person typed: NFC, without control or invisible characters, without outer white space."""


def _day_alone(given: object) -> object:
    """A day as it is written is that day, and not its first minute: a brief that was kept is read back as it was."""
    if isinstance(given, str) and DAY.fullmatch(given.strip()):
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            return given
    return given


def _of_our_time(day: datetime | date | None) -> datetime | date | None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("planned_year", "the year {year}", {"year": day.year})
    return day


class Brief(BaseModel):
    """The brief of a post, as typed. Only `subject` is required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: Annotated[Typed, Field(min_length=1)]
    """A label: « Bourse aux vélos », "The 24 cm pan"."""
    subject_sentence: Typed = ""
    """The subject said as a sentence: it brings the article and the verb that rules cannot find."""
    first_words: Typed = ""
    """What one would say first to a regular customer; used verbatim as an opening."""
    answers: dict[str, Typed] = Field(default_factory=dict, max_length=MAX_ITEMS)
    """Question id (or question) to answer; each answer is a unit of the draft, verbatim."""
    objective: Objective | None = None
    purpose: Purpose | None = None
    key_points: tuple[Typed, ...] = Field(default=(), max_length=MAX_ITEMS)
    """In the person's order, which is their argument."""
    facts: dict[str, Typed] = Field(default_factory=dict, max_length=MAX_ITEMS)
    """Name to value: date, hour, place, price, conditions, ... Stated exactly as typed."""
    link: Typed = ""
    audience: Typed = ""
    must_include: tuple[Typed, ...] = Field(default=(), max_length=MAX_ITEMS)
    avoid: tuple[Typed, ...] = Field(default=(), max_length=MAX_ITEMS)
    tone: Typed = ""
    format: Format | None = None
    planned_for: Annotated[datetime | date | None, BeforeValidator(_day_alone), AfterValidator(_of_our_time)] = None
    networks: tuple[str, ...] = ()
    language: Language | None = None
    variants: int = Field(default=3, ge=1, le=6)
