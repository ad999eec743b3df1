"""Whether a model suits this desk's work: French, and enough context for a prompt and its answer.

By family and size, as their makers' model cards and the public French leaderboards of 2025 and 2026 have them; a table, not a
measurement of ours. A name that is not in it is said to be unknown, never to be bad.
"""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.findings import Level
from assistant.messages import Message

CONTEXT = 8_000
"""Tokens that a post takes at most, prompt (4,000) and answers together."""
ENOUGH_B = 7.0
"""Billions of parameters from which the open families below write French that needs no rewriting."""
Fit = Literal["good", "small", "weak", "unknown", "no_text"]


@dataclass(frozen=True)
class Family:
    """Models that share a beginning of their names."""

    pattern: "re.Pattern[str]"
    french: Literal["good", "sized", "weak"]
    """`sized`: good from `ENOUGH_B` on, unknown where the name does not tell."""


FAMILIES: tuple[Family, ...] = tuple(
    Family(re.compile(pattern), french)  # type: ignore[arg-type]
    for pattern, french in (
        (r"gpt-(?:[5-9]|\d\d)", "good"),
        (r"claude|gemini", "good"),
        (r"gpt-4\.[15]|gpt-4o|chatgpt-4o", "good"),
        (r"mistral-(?:large|medium|small)|magistral", "good"),
        (r"mixtral|deepseek-(?:chat|reasoner|v\d)|kimi|glm-?[4-9]|command-[ar]|llama-?4", "good"),
        (r"gpt-oss|gemma-?[34]|qwen-?[3-9]", "sized"),
        (r"mistral|ministral|qwen-?2\.5|llama-?3\.[1-9]|aya|c4ai|deepseek|eurollm|lucie|nemotron|olmo-?[23]|granite", "sized"),
        (r"gpt-3\.5|gpt-4(?!\d)|o[134]\b|o[134]-", "good"),
        (r"phi|tinyllama|smollm|llama-?2|gemma(?!-?[234])|qwen(?!-?[2-9])|falcon|stablelm", "weak"),
    )
)
"""The best first: of the models that a server offers the first of these families is taken."""
NO_TEXT = re.compile(
    r"embed|rerank|whisper|tts|audio|realtime|transcri|dall-e|image|moderation|sora|davinci|babbage|guard|bge-|e5-|minilm|vision-encoder|ocr|codex|coder|search-preview|computer-use|deep-research|instruct-0914"
)
"""What writes no posts, whatever family it is of."""
SIZE = re.compile(r"(?<![\d.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z])")
DATED = re.compile(r"-\d{4}-\d\d-\d\d|-\d{4}$|-latest$")
REDUCED = re.compile(r"-(?:mini|nano|lite|small|tiny|flash|haiku|pro|chat|preview)\b")


def suits_french(name: str, context: int | None = None) -> tuple[Level, Message]:
    """`info` where the model is known to write French well or nothing is known, `warning` where it does not or lacks room."""
    fit = fit_of(name)
    if fit == "no_text":
        return "warning", Message("fit.no_text")
    if context is not None and context < CONTEXT:
        return "warning", Message("fit.context", {"context": context, "needed": CONTEXT})
    return ("warning" if fit in ("small", "weak") else "info"), Message(f"fit.{fit}")


def fit_of(name: str) -> Fit:
    """How well a model writes French, by its name."""
    bare = _bare(name)
    if NO_TEXT.search(bare):
        return "no_text"
    family = next((one for one in FAMILIES if one.pattern.match(bare)), None)
    if family is None:
        return "unknown"
    if family.french == "sized":
        size = _size(bare)
        return "unknown" if size is None else "good" if size >= ENOUGH_B else "small"
    return family.french


def best(names: tuple[str, ...]) -> str | None:
    """The model of those offered that is best known for French; any that writes where none is known; None where none does."""
    writing = [name for name in names if fit_of(name) != "no_text"]
    return min(writing, key=_order, default=None)


def _order(name: str) -> tuple[object, ...]:
    """Good ones first; then the family, the newest of it, whole before reduced, undated before dated, the larger, the name."""
    bare = _bare(name)
    fit = ("good", "unknown", "small", "weak").index(fit_of(name))
    family = next((place for place, one in enumerate(FAMILIES) if one.pattern.match(bare)), len(FAMILIES))
    found = re.search(r"\d+(?:\.\d+)?", bare)
    version = float(found.group()) if found else 0.0
    return fit, family, -version, bool(REDUCED.search(bare)), bool(DATED.search(bare)), -(_size(bare) or 0.0), name


def _size(bare: str) -> float | None:
    """Billions of parameters, where the name tells."""
    found = SIZE.search(bare)
    return float(found[1] or 1) * float(found[2]) / (1 if found[3] == "b" else 1000) if found else None


def _bare(name: str) -> str:
    """`mistralai/Ministral-8B` and `hf.co/maker/model:Q4` without their makers, in small letters."""
    return name.casefold().rsplit("/", 1)[-1]
