"""From what pydantic says about a kit to what a person can mend, and the kit that is left when what is wrong is taken out."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.brands.kit import Kit
from assistant.brands.yaml_text import Place

OWN_FILES = {"guide": "guide/", "playbook": "playbook.yaml", "facts": "facts.yaml"}
"""Parts of the kit that do not stand in `kit.yaml`."""
MAX_ROUNDS = 8
SHOWN = 80
CHOICE = re.compile(r"'([^']*)'")


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with a kit: where, which sentence, and the values it speaks of."""

    place: Place
    id: str
    values: Mapping[str, object] = field(default_factory=dict)


class _Dropped:
    """Stands where something wrong was taken out, so that the other items keep their numbers."""


DROPPED = _Dropped()


def validate(data: dict[str, Any]) -> tuple[Kit, list[Trouble], dict[Place, list[int]]]:
    """The kit of `data`, as far as it is right; what is wrong; and, for each shortened list, the old numbers of its items."""
    troubles: list[Trouble] = []
    for _ in range(MAX_ROUNDS):
        kept: dict[Place, list[int]] = {}
        whole = _without_dropped(data, (), kept)
        try:
            return Kit.model_validate(whole), troubles, kept
        except ValidationError as error:
            for details in error.errors(include_url=False):
                place = original(_real_place(whole, details["loc"]), kept)
                troubles.append(_trouble(details, place))
                _drop(data, place, details["type"])
    raise RuntimeError("what is wrong could not be taken out of the kit")


def original(place: Place, kept: Mapping[Place, list[int]]) -> Place:
    """`place` with the numbers that the items had before others were taken out."""
    now: Place = ()
    before: Place = ()
    for step in place:
        old = kept[now][step] if isinstance(step, int) and now in kept and step < len(kept[now]) else step
        now, before = (*now, step), (*before, old)
    return before


def _without_dropped(value: object, place: Place, kept: dict[Place, list[int]]) -> object:
    if isinstance(value, dict):
        return {key: _without_dropped(item, (*place, key), kept) for key, item in value.items() if item is not DROPPED and item is not None}
    if isinstance(value, list):
        numbers = [n for n, item in enumerate(value) if item is not DROPPED]
        kept[place] = numbers
        return [_without_dropped(value[n], (*place, i), kept) for i, n in enumerate(numbers)]
    return value


def _real_place(data: object, loc: tuple[int | str, ...]) -> Place:
    """`loc` without what pydantic adds to say which branch of a type it tried."""
    place: Place = ()
    for step in loc:
        if step == "[key]":
            break
        place = (*place, step)
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            break
    return place


def _drop(data: dict[str, Any], place: Place, kind: str) -> None:
    """Take out the value at `place`, or what holds it when it is missing or cannot be left out."""
    holder: Any = data
    for step in place[:-1]:
        holder = holder[step]
        if holder is DROPPED:
            return
    if kind == "missing" or _is_required(place, data):
        if len(place) == 1:
            data[str(place[0])] = ["fr"] if place[0] == "languages" else "?"
        else:
            _drop(data, place[:-1], "")
        return
    holder[place[-1]] = DROPPED


def _is_required(place: Place, data: dict[str, Any]) -> bool:
    model = model_at(place[:-1])
    name = place[-1]
    return model is not None and isinstance(name, str) and name in model.model_fields and model.model_fields[name].is_required()


def model_at(place: Place) -> type[BaseModel] | None:
    """The model that describes the mapping at `place`; None where there is none."""
    model: type[BaseModel] | None = Kit
    for step in place:
        if model is None:
            return None
        if isinstance(step, int):
            continue
        annotation = model.model_fields[step].annotation if step in model.model_fields else None
        model = _model_in(annotation)
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _trouble(details: ErrorDetails, place: Place) -> Trouble:
    kind, context, given = details["type"], details.get("ctx", {}), details.get("input")
    values: dict[str, object] = {"given": _shown(given)}
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if kind == "missing":
        return Trouble(place, "kit.problem.missing", {"key": place[-1]})
    if given is None:
        return Trouble(place, "kit.problem.empty_item")
    if kind == "literal_error":
        return Trouble(place, "kit.problem.choice", {**values, "known": CHOICE.findall(str(context.get("expected", "")))})
    if kind == "string_pattern_mismatch":
        return Trouble(place, "kit.problem.colour" if place[-1] == "colour" else "kit.problem.slug", values)
    if kind in ("greater_than_equal", "less_than_equal"):
        side = "too_low" if kind.startswith("greater") else "too_high"
        return Trouble(place, f"kit.problem.{side}", {**values, "bound": context.get("ge", context.get("le"))})
    if kind in ("string_too_long", "too_long"):
        return Trouble(place, "kit.problem.too_long", {"max": context.get("max_length", "")})
    if kind in ("string_too_short", "too_short"):
        return Trouble(place, "kit.problem.empty", {"key": place[-1]})
    return Trouble(place, _TYPES.get(kind.split("_")[0], "kit.problem.mapping"), values)


_TYPES = {
    "string": "kit.problem.text",
    "tuple": "kit.problem.list",
    "list": "kit.problem.list",
    "int": "kit.problem.number",
    "bool": "kit.problem.yes_no",
    "date": "kit.problem.date",
}


def _unknown_key(place: Place) -> Trouble:
    key = str(place[-1])
    if len(place) == 1 and key in OWN_FILES:
        return Trouble(place, "kit.problem.other_file", {"key": key, "other": OWN_FILES[key]})
    model = model_at(place[:-1])
    known = [name for name in model.model_fields if len(place) > 1 or name not in (*OWN_FILES, "version")] if model else []
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return Trouble(place, "kit.problem.unknown_key_near", {"key": key, "near": near[0]})
    return Trouble(place, "kit.problem.unknown_key", {"key": key, "known": known})


def _shown(value: object) -> str:
    text = "" if isinstance(value, (dict, list)) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
