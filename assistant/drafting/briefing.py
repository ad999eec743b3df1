"""From what a person gave (a YAML file, a form) to a brief, with all that is wrong said at once."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.briefs import MAX_FIELD, MAX_ITEMS, Brief
from assistant.drafting.typed_yaml import as_text, mapping_of
from assistant.errors import InputError
from assistant.messages import Message, has

MAX_BYTES = 200_000
"""A brief is a page; more than this is a document given by mistake."""
LONGEST = 40
"""Characters of an unknown choice that are said back."""


def read_brief(source: str | Path | Mapping[str, Any]) -> Brief:
    """The brief in a YAML file or a mapping. Raises InputError `brief.invalid` with every problem."""
    return brief_from(source if isinstance(source, Mapping) else _parsed(Path(source)))


def brief_from(content: Mapping[str, Any]) -> Brief:
    """The brief that `content` describes; numbers and dates are taken as text where text is wanted."""
    try:
        return Brief.model_validate(as_text(content))
    except ValidationError as error:
        problems = [_problem(one) for one in error.errors()]
        raise InputError("brief.invalid", problems=problems, count=len(problems)) from error


def _parsed(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
            size = max(os.fstat(opened.fileno()).st_size, len(data))
    except OSError as error:
        raise InputError("input.unreadable", file=str(file), reason=error.strerror or type(error).__name__) from error
    if len(data) > MAX_BYTES:
        raise InputError("brief.too_large", file=file.name, size=size // 1000, limit=MAX_BYTES // 1000)
    try:
        content = mapping_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("brief.not_utf8", file=file.name) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{mark.line + 1}:{mark.column + 1}" if mark else "?"
        raise InputError("brief.not_yaml", file=file.name, reason=where) from error
    except RecursionError as error:
        raise InputError("brief.not_yaml", file=file.name, reason="1:1") from error
    if not content:
        raise InputError("brief.empty", file=file.name)
    return content


def _problem(error: Any) -> Message:
    place = ".".join(str(part) for part in error["loc"]) or "brief"
    # A text that is too long and a list with too many items carry one name where the text was cleaned first.
    kind = "string_too_long" if error["type"] == "too_long" and isinstance(error["input"], str) else str(error["type"])
    id = f"brief.problem.{kind}"
    if kind == "literal_error":
        choices = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        return Message(id, {"field": place, "typed": str(error["input"])[:LONGEST], "choices": choices})
    return Message(
        id if has(id) else "brief.problem.other", {"field": place, "limit": MAX_FIELD, "items": MAX_ITEMS, "reason": error["msg"]}
    )
