"""A request that does not fit in the model's context: each server says so in its own words.

Read in the sources and issues of OpenAI, llama.cpp, vLLM, Ollama, LM Studio, and of servers that imitate them, 2026-11.
"""

import re

from assistant.models.outcomes import Fault

OVERFLOW = re.compile(
    r"context_length_exceeded|exceed_context_size|contextwindowexceeded|maximum context length|maximum model length"
    r"|exceeds? the (?:available |model'?s? |maximum )?context|context (?:length|size|window) (?:exceeded|of only)"
    r"|exceeded (?:the )?max(?:imum)? context|longer than the (?:maximum )?(?:model|context)|greater than the context length"
    r"|larger than the context|reached context length|prompt (?:is )?too long|input tokens exceed|exceeds the maximum number of tokens"
    r"|reduce the length of"
)
HAS = re.compile(
    r"(?:maximum context length (?:is|of)|maximum model length (?:is|of)|context length of only|context size \(?|n_ctx['\"]?[:=] ?"
    r"|reached context length of|configured limit of|tokens allowed \(?|context window \(?) ?(\d{3,8})"
    r"|> (\d{3,8}) maximum|with (\d{3,8}) maximum context"
)
NEEDS = re.compile(
    r"(?:requested(?: about)?|resulted in|request has|n_prompt_tokens['\"]?[:=]|request \(|prompt \(length|input token count \(?"
    r"|n_keep['\"]?[:=]|too long:|contains) ?(\d{3,8})"
)


def is_overflow(fault: Fault) -> bool:
    """Whether the server refused because the request has more tokens than the model has context."""
    return fault.kind == "status" and bool(OVERFLOW.search(fault.words))


def room_told(fault: Fault) -> int | None:
    """Tokens of context that the model has, where the server says it."""
    return _number(HAS, fault.words)


def needs_told(fault: Fault) -> int | None:
    """Tokens that the request takes, where the server says it."""
    return _number(NEEDS, fault.words)


def _number(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.search(words)
    return int(next(group for group in found.groups() if group)) if found else None
