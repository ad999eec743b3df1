"""Whether a model suits this desk's work: French, and enough context for a prompt and its answer."""

from assistant.findings import Level
from assistant.messages import Message

CONTEXT = 8_000
"""Tokens that a post takes at most, prompt (4,000) and answers together."""


def context_fits(context: int | None) -> tuple[Level, Message] | None:
    """A word about the context where a server tells it and it is too small; None otherwise."""
    if context is not None and context < CONTEXT:
        return "warning", Message("fit.context", {"context": context, "needed": CONTEXT})
    return None


def suits_french(name: str, context: int | None = None) -> tuple[Level, Message]:
    """`info` where the model is known to write French well, `warning` where it is not, or its context is too small."""
    return context_fits(context) or ("info", Message("fit.unknown"))
