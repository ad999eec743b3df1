"""YAML as people type it: every plain value is text, nothing is built, and each value knows its line.

Reading goes over the parser's events. No tag is honoured, aliases are refused (a few lines of them can stand for
gigabytes), and « on », « no » or 9:30 stay what was typed: YAML 1.1 would make them true, false and 570.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from assistant.messages import Message

Place = tuple[str | int, ...]
"""Where a value stands: `("terms", "never", 2, "term")`."""

MAX_DEPTH = 12
EMPTY = ("", "~", "null")
BREAKS = "\x85\u2028\u2029\ufeff"
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The text is not the YAML that we accept: a message without its file, and the line."""

    def __init__(self, id: str, line: int, **values: object) -> None:
        super().__init__(id, line)
        self.message = Message(id, values)
        self.line = line


@dataclass(frozen=True)
class Tree:
    """The data (mappings, lists, text and None) and the line of each place, from 1."""

    data: object
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int | None:
        """The line of `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def parse(text: str) -> Tree:
    """The tree of one YAML document. Raises Unreadable for what cannot be read or is not accepted."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        raise Unreadable(_cause(error, text.splitlines(), line), line + 1, quote=_quoted(text, line)) from None
    except yaml.YAMLError:
        raise Unreadable("kit.problem.character", 1) from None
    return Tree(builder.result, builder.lines)


def dump(data: Mapping[str, object]) -> str:
    """`data` as readable YAML: block style, keys in the given order, long texts as blocks, unicode kept."""
    return yaml.dump(data, Dumper=_Dumper, default_flow_style=False, allow_unicode=True, sort_keys=False, width=110)


@dataclass
class _Frame:
    place: Place
    items: dict[str, object] | list[object]
    key: str | None = None


@dataclass
class _Builder:
    result: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "tag", None) is not None:
            raise Unreadable("kit.problem.tag", line, tag=event.tag)  # type: ignore[attr-defined]
        match event:
            case yaml.AliasEvent():
                raise Unreadable("kit.problem.alias", line)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise Unreadable("kit.problem.second_document", line)
            case yaml.MappingStartEvent():
                self._open({}, line)
            case yaml.SequenceStartEvent():
                self._open([], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case yaml.ScalarEvent():
                self._scalar(event, line)

    def _open(self, items: dict[str, object] | list[object], line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise Unreadable("kit.problem.depth", line)
        place = self._put(items, line)
        self.stack.append(_Frame(place, items))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.items, dict) and frame.key is None:
            if event.value in frame.items:
                raise Unreadable("kit.problem.double_key", line, key=event.value)
            frame.key = event.value
            self.lines[(*frame.place, event.value)] = line
            return
        plain = event.style in (None, "") and event.value in EMPTY
        self._put(None if plain else event.value, line)

    def _put(self, value: object, line: int) -> Place:
        if not self.stack:
            self.result = value
            self.lines[()] = line
            return ()
        frame = self.stack[-1]
        if isinstance(frame.items, list):
            place: Place = (*frame.place, len(frame.items))
            frame.items.append(value)
            self.lines[place] = line
            return place
        if frame.key is None:
            raise Unreadable("kit.problem.key_not_text", line)
        place, key = (*frame.place, frame.key), frame.key
        frame.items[key] = value
        frame.key = None
        return place


def _cause(error: yaml.MarkedYAMLError, lines: list[str], line: int) -> str:
    problem = f"{error.context or ''} {error.problem or ''}"
    if "\\t" in problem or (line < len(lines) and lines[line].lstrip(" ").startswith("\t")):
        return "kit.problem.tab"
    if "mapping values are not allowed" in problem:
        return "kit.problem.colon"
    if "quoted scalar" in problem:
        return "kit.problem.quotes"
    return "kit.problem.syntax"


def _quoted(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line].strip()[:80] if line < len(lines) else ""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """List items stand further in than their key: easier to follow by eye."""
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if any(c in text for c in BREAKS):
        style = '"'
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_date(dumper: yaml.SafeDumper, day: date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(date, _represent_date)
