"""The schema as strict servers accept it: closed, all required, known keywords only, and the same text every time."""

from enum import Enum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from assistant.models.shapes import name_of, strict, strict_text


class Tone(Enum):
    WARM = "warm"
    DRY = "dry"


class Part(BaseModel):
    text: str = Field(min_length=1, max_length=3000, pattern=r"^\S", description="One part.")
    tone: Tone = Tone.WARM


class Odd(BaseModel):
    """Fields named as keywords are, and everything that strict servers stumble over."""

    title: str
    default: int = Field(3, ge=0, le=10)
    pattern: float | None = None
    kind: Literal["post"] = "post"
    first: Part = Field(description="The first part.")
    parts: list[Part] = Field(default_factory=list, max_length=5)
    either: Part | str | None = None


def nodes(node: Any, *, named: bool = False) -> list[dict[str, Any]]:
    """Every schema in a schema; the keys under `properties` and `$defs` are names."""
    if isinstance(node, list):
        return [one for item in node for one in nodes(item)]
    if not isinstance(node, dict):
        return []
    inner = [one for key, value in node.items() for one in nodes(value, named=not named and key in ("properties", "$defs"))]
    return inner if named else [node, *inner]


def test_every_object_is_closed_and_every_field_required() -> None:
    objects = [node for node in nodes(strict(Odd)) if node.get("type") == "object"]
    assert len(objects) == 2
    for node in objects:
        assert node["additionalProperties"] is False
        assert set(node["required"]) == set(node["properties"])


def test_only_keywords_that_servers_know_are_left() -> None:
    known = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "description", "maxItems"}
    assert {key for node in nodes(strict(Odd)) for key in node} <= known


def test_fields_may_be_named_as_keywords_are() -> None:
    assert set(strict(Odd)["properties"]) == {"title", "default", "pattern", "kind", "first", "parts", "either"}


def test_nothing_stands_beside_a_reference() -> None:
    references = [node for node in nodes(strict(Odd)) if "$ref" in node]
    assert len(references) >= 3
    assert all(set(node) == {"$ref"} for node in references)


def test_the_text_is_the_same_every_time() -> None:
    assert strict_text(Odd) == strict_text(Odd)
    assert "\n" not in strict_text(Odd)


def test_changing_a_copy_does_not_change_the_next_one() -> None:
    strict(Odd)["properties"].clear()
    assert strict(Odd)["properties"]


@pytest.mark.parametrize(("made", "name"), [("Variants", "Variants"), ("Note[int]", "Note_int_"), ("Élan", "_lan"), ("x" * 90, "x" * 64)])
def test_the_name_is_one_that_servers_accept(made: str, name: str) -> None:
    assert name_of(type(made, (BaseModel,), {})) == name
