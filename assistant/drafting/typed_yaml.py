"""YAML read as what a person typed: `18:30` stays an hour, `0353012209` a phone number, `oui` a word, « nom : valeur » a sentence.

A brief holds texts. YAML's own reading of plain words (sixty-based numbers, octal ones, dates, booleans) changes facts, so
none is done. Tags are refused, and nothing deeper than a brief is built: an alias cannot unfold into a bomb.
"""

from collections.abc import Mapping
from typing import Any

import regex
import yaml

from assistant.errors import InputError
from assistant.messages import Message

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
DEFAULTS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
CONVERTED = ("variants", "planned_for")
"""Fields that are a number and a day: YAML may read these."""
LOST_TAG = regex.compile(r"(?m)^(?P<before>[^#\n]*[^\s#][^#\n]*)(?<=[\s\[,])(?P<tag>#[\p{L}\p{N}_]+)")
"""A hashtag typed without quotation marks: to YAML the rest of the line is a remark, and it would be lost."""
QUOTE = regex.compile(r"[\"']")


def mapping_of(text: str) -> dict[str, Any]:
    """The fields that `text` holds, their values as typed; empty where it holds none. Raises YAMLError, or InputError `brief.invalid`."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(root, yaml.MappingNode):
        return {}
    lost = [_problem("hashtag", match["tag"], line=text.count("\n", 0, match.start()) + 1) for match in _lost_tags(text)]
    fields, twice = _pairs(root)
    problems = [*lost, *(_problem("twice", name, line=line) for name, line in twice)]
    made: dict[str, Any] = {}
    for name, node in fields.items():
        made[name] = _field(name, node, text, problems)
    if problems:
        raise InputError("brief.invalid", problems=problems, count=len(problems))
    return made


def pair_text(name: str, value: str, between: str = ": ") -> str:
    """A list item that YAML takes for a mapping is the person's « name : value »."""
    return f"{name}{between}{value}" if value else f"{name}{between.rstrip()}"


def _field(name: str, node: yaml.Node, text: str, problems: list[Message]) -> Any:
    if isinstance(node, yaml.SequenceNode):
        items = [_item(f"{name}[{number}]", one, text, problems) for number, one in enumerate(_checked(node).value)]
        return [one for one in items if one is not None]
    if isinstance(node, yaml.MappingNode):
        pairs, twice = _pairs(node)
        problems += [_problem("twice", f"{name}.{key}", line=line) for key, line in twice]
        return {key: _scalar(f"{name}.{key}", one, problems) or "" for key, one in pairs.items()}
    value = _scalar(name, node, problems)
    return _converted(value) if name in CONVERTED and value is not None else value


def _item(place: str, node: yaml.Node, text: str, problems: list[Message]) -> str | None:
    if not isinstance(node, yaml.MappingNode):
        return _scalar(place, node, problems)
    pairs = _checked(node).value
    if len(pairs) != 1 or not all(isinstance(part, yaml.ScalarNode) for part in pairs[0]):
        problems.append(_problem("nested", place, line=node.start_mark.line + 1))
        return None
    key, value = pairs[0]
    between = regex.sub(r"\s*\n\s*", " ", text[key.end_mark.index : value.start_mark.index])
    return pair_text(_checked(key).value, _checked(value).value, between if between.strip() == ":" else ": ")


def _scalar(place: str, node: yaml.Node, problems: list[Message]) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        problems.append(_problem("nested", place, line=node.start_mark.line + 1))
        return None
    typed = str(_checked(node).value)
    return None if node.style is None and typed in NOTHING else typed


def _checked(node: yaml.Node) -> yaml.Node:
    """`node`, unless a tag asks for something else than what was typed."""
    if node.tag not in DEFAULTS:
        raise yaml.constructor.ConstructorError(None, None, "a tag", node.start_mark)
    return node


def _pairs(node: yaml.MappingNode) -> tuple[dict[str, yaml.Node], list[tuple[str, int]]]:
    """Names and values of a mapping, and the names that stand twice with their line: the second would silence the first."""
    pairs: dict[str, yaml.Node] = {}
    twice: list[tuple[str, int]] = []
    for key, value in _checked(node).value:
        name = str(_checked(key).value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in pairs:
            twice.append((name, key.start_mark.line + 1))
        pairs[name] = value
    return pairs, twice


def _lost_tags(text: str) -> list["regex.Match[str]"]:
    """Hashtags behind something on their line and outside quotation marks; the lines of a block of text are no YAML."""
    return [m for m in LOST_TAG.finditer(text) if not QUOTE.search(m["before"]) and not _in_block(text, m.start())]


def _in_block(text: str, start: int) -> bool:
    """Whether a line belongs to a `|` or `>` block: those keep every sign."""
    line = text[start:].split("\n", 1)[0]
    indent = len(line) - len(line.lstrip())
    for before in reversed(text[:start].splitlines()):
        if before.strip() and len(before) - len(before.lstrip()) < indent:
            return bool(regex.search(r"(?:^|\s)[|>][+-]?\d?\s*$", before))
    return False


def _converted(value: str) -> Any:
    """A number or a day where it is one, else the text, which the brief will refuse with its own words."""
    try:
        return yaml.safe_load(value)
    except (yaml.YAMLError, ValueError):
        return value


def _problem(kind: str, field: str, **values: Any) -> Message:
    return Message(f"brief.problem.{kind}", {"field": field, **values})


def as_text(content: Mapping[str, Any]) -> dict[str, Any]:
    """Fields given as values and not as YAML: numbers and dates are texts where a brief wants text. Raises InputError `brief.invalid`."""
    made: dict[str, Any] = {}
    problems: list[Message] = []
    for key, value in content.items():
        if key in CONVERTED:
            made[str(key)] = value
        elif isinstance(value, Mapping):
            made[str(key)] = {str(name): _plain(f"{key}.{name}", one, problems) or "" for name, one in value.items()}
        elif isinstance(value, list | tuple):
            items = [_plain(f"{key}[{number}]", one, problems) for number, one in enumerate(value)]
            made[str(key)] = [one for one in items if one is not None]
        else:
            made[str(key)] = None if value is None else str(value)
    if problems:
        raise InputError("brief.invalid", problems=problems, count=len(problems))
    return {key: value for key, value in made.items() if value is not None}


def _plain(place: str, value: Any, problems: list[Message]) -> str | None:
    if isinstance(value, Mapping) and len(value) == 1 and "[" in place:
        name, only = next(iter(value.items()))
        return pair_text(str(name), _plain(f"{place}.{name}", only, problems) or "")
    if isinstance(value, Mapping | list | tuple):
        problems.append(Message("brief.problem.nested_value", {"field": place}))
        return None
    return None if value is None else str(value)
