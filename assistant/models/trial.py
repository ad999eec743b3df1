"""One small question to a model, to say in words whether the connection works."""

from typing import Literal

from pydantic import BaseModel

from assistant.errors import AssistantError
from assistant.messages import Message
from assistant.models.base import Ask, ChatMessage, ChatModel


class Trial(BaseModel):
    """Two small fields."""

    colour: Literal["red", "green", "blue"]
    warm: bool


def test(model: ChatModel) -> Message:
    """`model.works` with the model, host, seconds and method, or what went wrong as the error says it. Raises nothing of a model."""
    ask = Ask(
        (ChatMessage("user", "Name one of the three basic colours of a screen, and say whether it is a warm one."),), Trial, max_tokens=200
    )
    try:
        done = model.complete(ask)
    except AssistantError as error:
        return error.message
    return Message("model.works", {"model": done.model, "host": done.host, "seconds": round(done.seconds, 1), "method": done.method})
