"""A model on loopback that writes: for whatever shape it is asked, in its own time, with figures of what it took.

with FaultyServer([writing(after_s=1)]) as server: ...
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.models.faulty_server import Answer, refuses, says

TEXTS = (
    "Trois murs montés exprès par Idriss : chacun perce, cheville et visse sa patère. Samedi 28 novembre 2026, 10 h–11 h, 12 €.",
    "Percer, cheviller, visser sa patère : Idriss a monté trois murs exprès pour ça. Samedi 28 novembre 2026, 10 h–11 h, 12 €.",
    "12 €, une heure, une patère bien droite : Idriss monte trois murs exprès. Samedi 28 novembre 2026, 10 h–11 h.",
)
SENT, RECEIVED, CACHED = 1200, 240, 1024


def writing(
    texts: Sequence[str] = TEXTS, *, after_s: float = 0.0, fails: Callable[[str], bool] = lambda prompt: False, status: int = 500
) -> Callable[[dict[str, Any]], Answer]:
    """Answers every request with `texts`; with the error `status` where `fails` says so of the prompt."""

    def react(body: dict[str, Any]) -> Answer:
        prompt = "\n".join(str(message["content"]) for message in body.get("messages", ()))
        if fails(prompt):
            return refuses(status, "no")
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
        content = json.dumps(_filled(schema, schema, texts), ensure_ascii=False) if schema else texts[0]
        usage = {"prompt_tokens": SENT, "completion_tokens": RECEIVED, "total_tokens": SENT + RECEIVED}
        return says(content, usage={**usage, "prompt_tokens_details": {"cached_tokens": CACHED}}, after_s=after_s)

    return react


def _filled(schema: dict[str, Any], root: dict[str, Any], texts: Sequence[str], name: str = "") -> Any:
    """A value of `schema`: one element of a list for each text, a text where one is asked for, nothing in other strings."""
    if "$ref" in schema:
        return _filled(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root, texts, name)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {key: _filled(part, root, texts, key) for key, part in schema["properties"].items()}
        case "array":
            return [_filled(schema["items"], root, (text,)) for text in texts]
        case "string":
            return texts[0] if name == "text" else texts[0].split(" ", 1)[0] if name == "angle" else ""
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return ""
