"""Our values as JSON and back, without loss: drafts, findings, messages, provenance and whatever they carry.

A tuple becomes an array (our values hold tuples), a list `{"$list": [...]}`, a dataclass `{"$type": name, field: value, ...}`.
A field that a later version adds takes its default when an older row is read; one that is gone is left out.
"""

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.drafts import Draft, Piece, Provenance, Source
from assistant.findings import Finding
from assistant.messages import Message
from assistant.usage import ModelUse, Usage

TYPES: Mapping[str, type[Any]] = {type_.__name__: type_ for type_ in (Draft, Finding, Message, ModelUse, Piece, Provenance, Source, Usage)}


def to_json(value: object) -> Any:
    """`value` in what JSON can hold. Raises TypeError for a type it does not know, rather than keep half of it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$float": repr(value)}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, list):
        return {"$list": [to_json(item) for item in value]}
    if isinstance(value, Mapping):
        return _mapping_to_json(value)
    name = type(value).__name__
    if TYPES.get(name) is type(value):
        fields = {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(TYPES[name])}
        return {"$type": name, **fields}
    raise TypeError(f"no JSON for {name}")


def from_json(data: Any) -> Any:
    """The value that `to_json` was given."""
    if isinstance(data, list):
        return tuple(from_json(item) for item in data)
    if not isinstance(data, dict):
        return data
    tag = next((key for key in data if key.startswith("$")), None)
    match tag:
        case None:
            return {key: from_json(value) for key, value in data.items()}
        case "$type":
            return _dataclass_from_json(data)
        case "$list":
            return [from_json(item) for item in data[tag]]
        case "$map":
            return {from_json(key): from_json(value) for key, value in data[tag]}
        case "$float":
            return float(data[tag])
        case "$datetime":
            return datetime.fromisoformat(data[tag])
        case "$date":
            return date.fromisoformat(data[tag])
        case "$decimal":
            return Decimal(data[tag])
        case _:
            raise ValueError(f"unknown tag {tag}")


def draft_from_json(data: Any) -> Draft:
    """The draft that `to_json` was given."""
    value = from_json(data)
    if not isinstance(value, Draft):
        raise TypeError(f"not a draft: {type(value).__name__}")
    return value


def canonical(data: object) -> str:
    """Plain JSON data in the one spelling that hashes are made over: sorted keys, ASCII, no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(data: object) -> str:
    """SHA-256 of plain JSON data."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _mapping_to_json(value: Mapping[Any, object]) -> dict[str, Any]:
    if all(type(key) is str and not key.startswith("$") for key in value):
        return {key: to_json(item) for key, item in value.items()}
    return {"$map": [[to_json(key), to_json(item)] for key, item in value.items()]}


def _dataclass_from_json(data: dict[str, Any]) -> Any:
    type_ = TYPES[data["$type"]]
    known = {field.name for field in dataclasses.fields(type_)}
    return type_(**{key: from_json(value) for key, value in data.items() if key in known})
