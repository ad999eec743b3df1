"""A pydantic class as the JSON Schema that servers accept in strict mode, and as the example that a prompt can carry."""

import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

DROPPED = frozenset(
    (
        "title",
        "default",
        "examples",
        "discriminator",
        "pattern",
        "format",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    )
)
"""Refused by some servers, silently ignored by others (llama.cpp with a pattern it cannot read) or unfolded into grammars of
thousands of rules (`maxLength` there): pydantic checks them after the answer instead."""


@lru_cache(maxsize=64)
def strict_text(schema: type[BaseModel]) -> str:
    """The strict JSON Schema of `schema` as compact JSON; the same text every time, so that servers may cache what they make of it."""
    return json.dumps(_strict(schema.model_json_schema()), ensure_ascii=False, separators=(",", ":"))


def strict(schema: type[BaseModel]) -> dict[str, Any]:
    """Every object closed, every field required, only keywords that servers know. Fields with a default are required too."""
    made: dict[str, Any] = json.loads(strict_text(schema))
    return made


def name_of(schema: type[BaseModel]) -> str:
    """A name that servers accept: letters, digits, `_` and `-`, at most 64."""
    name = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "_-") else "_" for letter in schema.__name__)
    return name[:64] or "answer"


def _strict(node: Any, *, named: bool = False) -> Any:
    """`named`: the keys of this mapping are names of fields or definitions, not keywords."""
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    if named:
        return {key: _strict(value) for key, value in node.items()}
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # OpenAI refuses anything beside it
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in DROPPED:
            continue
        if key == "oneOf":
            made["anyOf"] = _strict(value)
        elif key == "const":
            made["enum"] = [value]
        else:
            made[key] = value if key in ("enum", "required") else _strict(value, named=key in ("properties", "$defs"))
    if made.get("type") == "object" and "properties" in made:
        made["additionalProperties"] = False
        made["required"] = list(made["properties"])
    return made
