"""A model that never reads a customer's name: stand-ins go in, the names are put back into what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from assistant.errors import ModelAnswerUnusable
from assistant.messages import Message
from assistant.models.base import UNWATCHED, Answer, Ask, ChatMessage, Completion, Watch
from assistant.models.standins import StandIns
from assistant.models.wrapping import Wrapping

COPY = "Marks such as [[CLIENT_1]] stand for names and numbers. Where the text needs one, copy the mark exactly, brackets included."


@dataclass(frozen=True)
class DiscreetModel(Wrapping):
    """A ChatModel behind stand-ins. Each request gets its own, so that the same request reads the same to the model."""

    standins: StandIns

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer with the names back in every text of it. Raises what the model raises."""
        standins = self.standins.again()
        messages = tuple(ChatMessage(one.role, standins.mask(one.text)) for one in ask.messages)
        if standins.passages and messages:
            # Last, so that the part which requests share stays the same.
            messages = (*messages[:-1], ChatMessage(messages[-1].role, f"{messages[-1].text}\n\n{COPY}"))
        try:
            done = self.model.complete(replace(ask, messages=messages), watch)
        except ModelAnswerUnusable as error:
            values = {name: restored(value, standins.restore) for name, value in error.values.items()}
            raise ModelAnswerUnusable(error.id, **values) from error
        return replace(done, value=restored(done.value, standins.restore))


def restored(value: Any, restore: Callable[[str], str]) -> Any:
    """`value` with every text in it restored, keys too. Its schema is not asked again: a name may be longer than its stand-in."""
    if isinstance(value, str):
        plain = restore(value)
        return value if plain == value else type(value)(plain)  # what an answer said hides itself in logs: that stays so
    if isinstance(value, Message):
        return Message(value.id, restored(value.values, restore))
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: restored(getattr(value, name), restore) for name in type(value).model_fields})
    if isinstance(value, Mapping):
        return {restored(key, restore): restored(one, restore) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(restored(one, restore) for one in value)
    return value
