"""What is sent to a chat model for each way of asking for a structured answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.models.base import Answer, Ask, ChatMessage, Method
from assistant.models.shapes import name_of, strict, strict_text

Limit = Literal["max_tokens", "max_completion_tokens", "none"]
"""The name under which a server takes the most tokens an answer may have; OpenAI refuses the older name for its newer models,
servers on one's own machine may not know the newer one."""
OPENAI = ("api.openai.com",)
"""Hosts that know `prompt_cache_key` and the newer limit."""
THINKING = 12_000
"""Tokens put on top of the limit where it also covers what the model thinks unseen (`max_completion_tokens`): a cap, not a cost."""
IN_WORDS = (
    "Answer with one JSON object and nothing else: no sentence before or after it, no code fence. The object follows this JSON Schema: "
)


@dataclass(frozen=True)
class Request:
    """One call, ready to send."""

    messages: tuple[ChatMessage, ...] = field(repr=False)
    parameters: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Of LangChain's `ainvoke`, which hands them to the server."""
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Fields of the body that the client library would rename."""


def request_of(ask: Ask[Answer], method: Method, limit: Limit, host: str) -> Request:
    """The request for `ask` by `method`. The part that never changes stays first, for the server's prompt cache."""
    parameters: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    messages = ask.messages
    if method == "json_schema":
        parameters["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": name_of(ask.schema), "schema": strict(ask.schema), "strict": True},
        }
    elif method == "function_calling":
        function = {"name": name_of(ask.schema), "description": "Hands over the answer.", "parameters": strict(ask.schema)}
        # `required` with a single tool: llama.cpp and others ignore the object that names the tool.
        parameters |= {"tools": [{"type": "function", "function": function}], "tool_choice": "required"}
    else:
        messages = _with_schema(messages, IN_WORDS + strict_text(ask.schema))
        if method == "json_mode":
            parameters["response_format"] = {"type": "json_object"}
    if limit == "max_completion_tokens":
        parameters["max_tokens"] = ask.max_tokens + THINKING  # LangChain sends it under the newer name
    elif limit == "max_tokens":
        extra["max_tokens"] = ask.max_tokens
    if ask.cache_key and host in OPENAI:
        parameters["prompt_cache_key"] = ask.cache_key
    return Request(messages, parameters, extra)


def first_limit(host: str) -> Limit:
    """The name of the limit to begin with."""
    return "max_completion_tokens" if host in OPENAI or host.endswith(".openai.azure.com") else "max_tokens"


def _with_schema(messages: tuple[ChatMessage, ...], words: str) -> tuple[ChatMessage, ...]:
    """The schema at the end of the first system message, or in one of its own in front."""
    if messages and messages[0].role == "system":
        return (ChatMessage("system", f"{messages[0].text}\n\n{words}"), *messages[1:])
    return (ChatMessage("system", words), *messages)
