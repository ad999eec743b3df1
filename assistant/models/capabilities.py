"""Which way of asking for a structured answer a server understands: tried once with two small fields, strictest way first.

Servers refuse a way with 400, 404, 422, 500 or 501, or accept it and ignore it; both are told apart from a server that
is simply not there, of which nothing is learnt.
"""

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.errors import ModelError
from assistant.models.base import METHODS, Ask, Capability, ChatMessage, Method
from assistant.models.failures import may_be_the_method
from assistant.models.outcomes import Fault, Outcome, Reply

Trial = Literal["ok", "refused", "ignored", "silent"]


class Colour(BaseModel):
    """Two small fields that a grammar fills in a few tokens, and that no prose has by chance."""

    model_config = ConfigDict(extra="forbid")

    colour: Literal["red", "green", "blue"]
    warm: bool


PROBE: Ask[Colour] = Ask(
    # No word of JSON or of the fields' names: a server that ignores the schema must not get it right by reading.
    (ChatMessage("user", "Which of the three basic colours of a screen do you like, and does it feel cosy?"),),
    Colour,
    max_tokens=1_000,
)
"""Enough tokens for a model that thinks first."""


def find_out(attempt: Callable[[Method], Outcome], fits: Callable[[Reply], bool], error: Callable[[Fault], ModelError]) -> Capability:
    """The strictest way that works; `text`, when the model answers but none of them brings the shape.

    `attempt` makes the call, its retries included. Raises what `error` makes of a fault that says nothing about the way,
    and of the last refusal when nothing was answered at all.
    """
    tried: list[tuple[Method, str]] = []
    answered = False
    for method in METHODS:
        outcome = attempt(method)
        came: Trial
        if isinstance(outcome, Fault):
            if not may_be_the_method(outcome) or (method == METHODS[-1] and not answered):
                raise error(outcome)
            came = "refused"
        else:
            answered = True
            came = "ok" if fits(outcome) else "ignored" if outcome.text or outcome.call else "silent"
        tried.append((method, came))
        if came == "ok":
            return Capability(method, tuple(tried))
    return Capability("text", tuple(tried))


def below(method: Method) -> Method | None:
    """The next way, one rung down; None below the last."""
    rung = METHODS.index(method) + 1
    return METHODS[rung] if rung < len(METHODS) else None
