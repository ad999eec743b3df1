"""What a model hands back: few shapes, always the same, every field required, so that every server can hold to them."""

from pydantic import BaseModel, ConfigDict


class _Shape(BaseModel):
    """Strict mode of structured answers: no field may be missing, none may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Variant(_Shape):
    """One text with what goes with it."""

    angle: str
    """In three words at most."""
    text: str
    first_comment: str
    alt_text: str
    visual_brief: str


class PostAnswer(_Shape):
    """Several texts for one network: a post, or one step of a contest."""

    variants: list[Variant]


class RevisedAnswer(_Shape):
    """One text again."""

    text: str
    first_comment: str
    alt_text: str
    visual_brief: str


class Suggestion(_Shape):
    """One reply."""

    posture: str
    """What it does, in three words at most."""
    text: str


class ReplyAnswer(_Shape):
    """Several replies to one comment."""

    suggestions: list[Suggestion]


class FactRead(_Shape):
    """One thing that has to be exact."""

    name: str
    value: str


class BriefAnswer(_Shape):
    """What a model read in a message; an empty field is one on which the message is silent."""

    subject: str
    subject_sentence: str
    first_words: str
    purpose: str
    objective: str
    key_points: list[str]
    facts: list[FactRead]
    link: str
    audience: str
    tone: str
    must_include: list[str]
    avoid: list[str]
    format: str
    planned_for: str
    networks: list[str]
    for_the_desk: list[str]


ANSWERS: dict[str, type[BaseModel]] = {shape.__name__: shape for shape in (PostAnswer, RevisedAnswer, ReplyAnswer, BriefAnswer)}
"""By the name that a prompt's `output` says. `VoiceAnswer` lives with who asks for it."""
