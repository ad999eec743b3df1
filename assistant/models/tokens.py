"""Tokens counted offline, with the table that is shipped beside this file.

`o200k_base.tiktoken` is the table of OpenAI's models since GPT-4o (github.com/openai/tiktoken, MIT licence). tiktoken would
download it at its first use and refuses names that it does not know; here it is read from the package, and every
other model is counted with it too and marked approximate.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

TABLE = "o200k_base.tiktoken"
SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
"""The value that tiktoken itself pins (`tiktoken_ext/openai_public.py`, 0.14)."""
PATTERN = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)
"""How o200k_base cuts a text before it merges; the same source."""
PIECE = 20_000
"""Characters encoded at once: the time for one unbroken run of letters grows with its square."""
KNOWN = re.compile(r"(?:openai/)?(?:ft:)?(?:gpt-4o|gpt-4\.[15]|gpt-5|chatgpt-4o|gpt-oss|o[134](?:-|$))")
"""Models whose table this is, by how their names begin (`tiktoken/model.py`, 0.14)."""


def count(text: str, model: str = "") -> tuple[int, bool]:
    """Tokens of `text` for `model`, and whether that is approximate (a model with another table, or an unknown one)."""
    encoding = _encoding()
    if encoding is None:
        return -(-len(text.encode("utf8", "replace")) // 4), True
    tokens = sum(len(encoding.encode_ordinary(text[at : at + PIECE])) for at in range(0, len(text), PIECE))
    return tokens, KNOWN.match(model.casefold()) is None


@cache
def _encoding() -> "Encoding | None":
    """The table, read once (0.2 s); None where the file is damaged: a figure of tokens never costs a draft."""
    from tiktoken import Encoding

    table = files(__package__).joinpath(TABLE).read_bytes()
    if hashlib.sha256(table).hexdigest() != SHA256:
        return None
    pairs = (line.split() for line in table.splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in pairs}
    return Encoding(
        "o200k_base", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}
    )
