"""What a model said, read with tolerance: the object that was asked for is found in it, and validated every time.

Models put JSON into code fences, talk before and after it, think aloud first, leave a comma behind the last item, break a
line inside a string, or wrap the object in the name of a tool. All of that is read; nothing is ever evaluated, and nothing
that is missing is made up.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Generic, get_origin

from pydantic import BaseModel, ValidationError

from assistant.messages import Message
from assistant.models.base import Answer

LONGEST = 400_000
"""Characters of an answer that are looked at."""
OBJECTS = 20
"""Objects that are tried."""
DEEPEST = 60
THOUGHTS_END = tuple(f"</{name}>" for name in ("think", "thinking", "thought", "reasoning"))
"""What is in front of the last one is thinking aloud; some servers swallow the opening tag."""
LANGUAGE = re.compile(r"[\w-]*[ \t]*\n")
BRACE = re.compile("{")
BRACES = re.compile(r'["{}]')
LOOSE_COMMA = re.compile(r'"|,(?=\s*[}\]])')
STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
"""Behind an opening quotation mark. All of these are read in one pass: no answer may be made to take long."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of surrogate pairs: no database keeps them, and no text needs them."""
WRAPPERS = ("arguments", "parameters", "answer", "response", "result", "output", "data", "json", "properties")


class Said(str):
    """An answer's text in an error: whole for the revision, unseen in `repr`, logs and tracebacks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} characters>"


class Unreadable(Generic[Answer]):
    """No value of the schema was found; `problem` says what is wrong with what comes nearest."""

    def __init__(self, problem: Message) -> None:
        self.problem = problem


def value_of(said: str | Mapping[str, Any], schema: type[Answer]) -> Answer | Unreadable[Answer]:
    """The first object in `said` that is a value of `schema`; else what is wrong with the one that has most of its fields."""
    known = set(schema.model_fields) | {field.alias for field in schema.model_fields.values() if field.alias}
    required = [(name, field.annotation) for name, field in schema.model_fields.items() if field.is_required()]
    lone = required[0][0] if len(required) == 1 and get_origin(required[0][1]) in (list, tuple) else None
    nearest: tuple[int, Message] = (-1, Message("model.problem.no_object"))
    for found in candidates(said):
        for one in _unwrapped(found, known, lone):
            try:
                return schema.model_validate(one)
            except ValidationError as error:
                score = len(known & set(one))
                if score > nearest[0]:
                    nearest = (score, problem_of(error, schema))
            except RecursionError:
                continue
    return Unreadable(nearest[1])


def candidates(said: str | Mapping[str, Any]) -> Iterator[Any]:
    """Every JSON object or list in `said`, the most likely first."""
    if not isinstance(said, str):
        yield _clean(said)
        return
    text = said[:LONGEST].strip().lstrip("\ufeff")
    spoken = without_thoughts(text)
    seen: set[str] = set()
    for part in (spoken, *_fenced(spoken), *_objects(spoken), text, *_objects(text)):
        if part and part not in seen:
            seen.add(part)
            read = _read(part)
            read = _read(read) if isinstance(read, str) else read
            if isinstance(read, (dict, list)):
                yield _clean(read)


def without_thoughts(text: str) -> str:
    """`text` without what the model thought aloud in front of its answer."""
    lower = text.lower()
    end = max(lower.rfind(mark) + len(mark) if mark in lower else 0 for mark in THOUGHTS_END)
    return text[end:].strip() if len(lower) == len(text) else text


def problem_of(error: ValidationError, schema: type[BaseModel]) -> Message:
    """The first thing that is wrong, by the schema's own names and choices: never a word of the answer."""
    first = error.errors(include_url=False, include_input=False)[0]
    names = _names(schema)
    where = ".".join(str(step) for step in first["loc"] if isinstance(step, int) or step in names) or schema.__name__
    kind = first["type"]
    context = first.get("ctx", {})
    if kind == "missing":
        return Message("model.problem.missing", {"field": where})
    if kind == "extra_forbidden":
        return Message("model.problem.extra", {"field": where})
    if kind in ("literal_error", "enum"):
        return Message("model.problem.choice", {"field": where, "choices": str(context.get("expected", "")).replace(" or ", ", ")})
    if kind.endswith("_too_short"):
        return Message("model.problem.short", {"field": where})
    if kind.endswith("_too_long"):
        return Message("model.problem.long", {"field": where})
    if kind.endswith(("_type", "_parsing")):
        return Message("model.problem.kind", {"field": where, "kind": kind.rsplit("_", 1)[0].replace("_", " ")})
    return Message("model.problem.shape", {"field": where})


def _fenced(text: str) -> list[str]:
    """What stands between code fences, without the language's name."""
    return [LANGUAGE.sub("", part, count=1).strip() for part in text.split("```", 2 * OBJECTS)[1::2]]


def _objects(text: str) -> list[str]:
    """The outermost balanced `{...}` of `text`, the longest first; braces in strings do not count."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    at = 0
    while mark := (BRACES if opened else BRACE).search(text, at):
        at = mark.end()
        if mark[0] == "{":
            opened.append(mark.start())
        elif mark[0] == "}":
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at))
        elif (string := STRING.match(text, at)) is not None:
            at = string.end()
        else:
            break
    longest = sorted(found, key=lambda span: span[0] - span[1])[:OBJECTS]
    return [text[start:end] for start, end in longest]


def _without_loose_commas(text: str) -> str:
    """`text` without commas in front of a closing bracket, those in strings excepted."""
    kept: list[str] = []
    at = since = 0
    while mark := LOOSE_COMMA.search(text, at):
        at = mark.end()
        if mark[0] == ",":
            kept.append(text[since : mark.start()])
            since = at
        elif (string := STRING.match(text, at)) is not None:
            at = string.end()
        else:
            break
    return "".join([*kept, text[since:]])


def _read(text: str) -> Any:
    """`text` as JSON, loose commas forgiven; None where it is none."""
    for attempt in (str, _without_loose_commas):
        try:
            return json.loads(attempt(text), strict=False, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(found: Any, known: set[str], lone: str | None) -> Iterator[Mapping[str, Any]]:
    """`found`, and what is inside a wrapper that models put around an answer: a tool call, a list of one, a key of its own.

    `lone`: the only field of the answer, when it is a list: a list without its name is taken for it.
    """
    queue = [found]
    for _ in range(4):
        if not queue:
            return
        one = queue.pop(0)
        if isinstance(one, str):
            one = _read(one)
        if isinstance(one, list):
            if lone is not None:
                yield {lone: one}
            queue += one[:1] if len(one) == 1 else []
        elif isinstance(one, Mapping):
            yield one
            if not known & set(one):
                inner = [one[key] for key in WRAPPERS if key in one]
                queue += inner or (list(one.values()) if len(one) == 1 else [])
                if isinstance(one.get("function"), Mapping):
                    queue.append(one["function"])


def _clean(value: Any, depth: int = 0) -> Any:
    """Without characters that cannot be stored; too deep a nesting ends in None."""
    if depth > DEEPEST:
        return None
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {UNSTORABLE.sub("", str(key)): _clean(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value]
    return value


def _names(schema: type[BaseModel]) -> set[str]:
    """All field names that the schema and what it holds can have: the only words of a location that may be quoted."""
    found: set[str] = set()
    text = schema.model_json_schema()
    waiting: list[Any] = [text]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found |= set(node.get("properties", ())) if isinstance(node.get("properties"), dict) else set()
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found
