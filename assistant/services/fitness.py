"""Whether a model suits this desk's work: French, and enough context for a prompt and its answer.

What is known of families of models, with its sources, stands in `assistant/models/known_models.toml`; none of it was measured
here. A name that is not in it is said to be unknown, never to be bad.
"""

import re
from typing import Literal

from assistant.findings import Level
from assistant.messages import Message
from assistant.models.known import CONTEXT_NEEDED, families, size_of, suits

CONTEXT = CONTEXT_NEEDED
Fit = Literal["good", "fair", "weak", "unknown", "no_text"]
FAR_TOO_SMALL = 0.25
"""Share of the size from which a family writes good French, below which a model of it does not write it at all."""
NO_TEXT = re.compile(
    r"embed|rerank|whisper|tts|audio|realtime|transcri|dall-e|image|moderation|sora|davinci|babbage|guard|bge-|e5-|minilm|vision-encoder|ocr|codex|coder|search-preview|computer-use|deep-research|instruct-0914"
)
"""What writes no posts, whatever family it is of."""
DATED = re.compile(r"-\d{4}-\d\d-\d\d|-\d{4}$|-latest$")
REDUCED = re.compile(r"-(?:mini|nano|lite|small|tiny|flash|haiku|pro|chat|preview)\b")


def suits_french(name: str, context: int | None = None) -> tuple[Level, Message]:
    """`info` where the model is known to write French well or nothing is known, `warning` where it does not or lacks room."""
    fit = fit_of(name)
    if fit == "no_text":
        return "warning", Message("fit.no_text")
    if context is not None and context < CONTEXT:
        return "warning", Message("fit.context", {"context": context, "needed": CONTEXT})
    return ("warning" if fit in ("fair", "weak") else "info"), Message(f"fit.{fit}")


def fit_of(name: str) -> Fit:
    """How well a model writes French, by its name."""
    bare = _bare(name)
    if NO_TEXT.search(bare):
        return "no_text"
    known = suits(bare)
    if known is None:
        return "unknown"
    from_b, size = known.family.good_from_b, size_of(bare)
    if from_b and size is None:
        return "unknown"
    if size is not None and size < from_b * FAR_TOO_SMALL:
        return "weak"
    return "weak" if known.french == "poor" else known.french


def best(names: tuple[str, ...]) -> str | None:
    """The model of those offered that is best known for French; any that writes where none is known; None where none does."""
    writing = [name for name in names if fit_of(name) != "no_text"]
    return min(writing, key=_order, default=None)


def _order(name: str) -> tuple[object, ...]:
    """Good ones first; then the better source, the family, the newest of it, whole before reduced, undated before dated, the larger."""
    bare = _bare(name)
    fit = ("good", "unknown", "fair", "weak").index(fit_of(name))
    known = suits(bare)
    doubtful = known is None or known.family.confidence == "low"
    family = families().index(known.family) if known else len(families())
    found = re.search(r"\d+(?:\.\d+)?", bare)
    version = float(found.group()) if found else 0.0
    return fit, doubtful, family, -version, bool(REDUCED.search(bare)), bool(DATED.search(bare)), -(size_of(bare) or 0.0), name


def _bare(name: str) -> str:
    """`mistralai/Ministral-8B` and `hf.co/maker/model:Q4` without their makers, in small letters."""
    return name.casefold().rsplit("/", 1)[-1]
