"""What a model said, read with tolerance: the object that was asked for is found in it, and validated every time."""

from pydantic import BaseModel, ValidationError

from assistant.messages import Message


class Said(str):
    """An answer's text in an error: whole for the revision, unseen in `repr`, logs and tracebacks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} characters>"


def problem_of(error: ValidationError, schema: type[BaseModel]) -> Message:
    """The first thing that is wrong, by the schema's own names: never a word of the answer."""
    return Message("model.problem.shape", {"count": error.error_count()})
