"""Prompts: one file per prompt and language, read strictly, filled in one pass, named by the hash of what was sent.

    ---
    name: post
    language: fr
    version: 1
    purpose: Ce que la personne qui lit ce fichier veut savoir en premier.
    inputs:
      brand: what stands in its place
    output: PostAnswer
    ---
    ## system
    What never changes first, then what belongs to the brand: servers keep the beginning that requests share.
    ## user
    The brief last: $brand

`$name` (small letters, digits, `_`) is a placeholder, `$$` a dollar sign. A line whose placeholders are all empty goes, and
so does a line without any that ends in a colon and introduced it; a paragraph whose placeholders are all empty goes whole.
Values are put in in a single pass: whatever stands in them, `$` or braces, comes out as it went in.

What others wrote (a brief, a comment, a past post, a page of a guide) goes through `inert` and stands in a `block`, which
the prompt names as material that gives no orders.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import regex
import yaml

from assistant.errors import InputError
from assistant.messages import LANGUAGES, Language, Message
from assistant.text import clean

Role = Literal["system", "user"]
ROLES: tuple[Role, ...] = get_args(Role)
KEYS = ("name", "language", "version", "purpose", "inputs", "output")
PLACEHOLDER = regex.compile(r"\$(?:(?P<dollar>\$)|(?P<name>[a-z][a-z0-9_]*)|(?P<other>))")
FRONT = regex.compile(r"\A---\n(?P<front>.*?)^---\n(?P<body>.*)\Z", regex.DOTALL | regex.MULTILINE)
TAG = regex.compile(r"[<＜﹤](?=[\s\u00a0]*[/|!?<＜﹤\p{L}])")
"""What could begin a tag of ours or a server's own mark (`<|im_start|>`, `</s>`, `<<SYS>>`); « <3 » and « < 5 » begin none."""
TURN = regex.compile(r"\[(?=\s*/?\s*(?:INST|SYS)\b)", regex.IGNORECASE)
RUN = regex.compile(r"[ \t\n]+")
BLANK = regex.compile(r"\n{2,}")
SPACES = str.maketrans("\u00a0\u202f\u2007\u2009", "    ")
"""Sent as ordinary spaces: nobody sees the difference, they take one token in fourteen of French, and what comes back is typeset."""
PART = regex.compile(r"^## (?P<role>\w+)[ \t]*$\n?", regex.MULTILINE)


@dataclass(frozen=True)
class Prompt:
    """One prompt in one language, as its file says."""

    name: str
    language: Language
    version: int
    purpose: str
    inputs: Mapping[str, str]
    """Name to what stands in its place."""
    output: str
    """The schema of the answer, by name."""
    parts: tuple[tuple[Role, str], ...]
    hash: str
    """SHA-256 of the file's text, as hexadecimal digits."""

    @property
    def key(self) -> str:
        """`post.fr`: what its file is called, without the ending."""
        return f"{self.name}.{self.language}"


@dataclass(frozen=True)
class Rendered:
    """A prompt with everything put in, ready to be sent."""

    messages: tuple[tuple[str, str], ...] = field(repr=False)
    """`(role, text)`, to be said in this order. Kept out of `repr`: a person's words belong in no log."""
    name: str
    language: Language
    version: int
    hash: str
    schema_name: str

    @property
    def label(self) -> str:
        """Name, version and hash for a draft's provenance: `post.fr 3 1f0c2a9b`."""
        return f"{self.name}.{self.language} {self.version} {self.hash[:8]}"

    @property
    def text(self) -> str:
        """Everything that is sent, for counting."""
        return "\n\n".join(text for _, text in self.messages)


class Prompts:
    """The prompts of one folder. A file is read when it is first asked for, and again when it has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, tuple[tuple[int, int], Prompt]] = {}

    def all(self) -> tuple[Prompt, ...]:
        """Every prompt of the folder by name and language. Raises InputError as `prompt` does."""
        names = [file.stem.rpartition(".") for file in sorted(self.folder.glob("*.*.md"))]
        return tuple(self.prompt(name, language) for name, _, language in names)

    def prompt(self, name: str, language: str) -> Prompt:
        """The prompt `name` in `language`. Raises InputError: `prompts.missing`, or `prompts.faulty` with all `problems` at once."""
        key = f"{name}.{language}"
        file = self.folder / f"{key}.md"
        try:
            found = file.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            kept = self._read.get(key)
            if kept is None or kept[0] != stamp:
                kept = (stamp, parse(file.read_text("utf8"), name, language))
                self._read[key] = kept
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("prompts.missing", prompt=key, folder=str(self.folder)) from error
        return kept[1]

    def render(self, name: str, language: str, inputs: Mapping[str, object]) -> Rendered:
        """The prompt with `inputs` put in. Raises InputError `prompts.inputs` naming all that are missing or unknown at once."""
        prompt = self.prompt(name, language)
        missing, unknown = sorted(prompt.inputs.keys() - inputs.keys()), sorted(inputs.keys() - prompt.inputs.keys())
        if missing or unknown:
            raise InputError("prompts.inputs", prompt=prompt.key, missing=missing or ["–"], unknown=unknown or ["–"])
        said = {name: str(inputs[name]) for name in prompt.inputs}
        messages = tuple((role, filled(text, said)) for role, text in prompt.parts)
        return Rendered(messages, prompt.name, prompt.language, prompt.version, prompt.hash, prompt.output)


def parse(text: str, name: str, language: str) -> Prompt:
    """The prompt in `text`, the file of `name` and `language`. Raises InputError `prompts.faulty` with all `problems` at once."""
    match = FRONT.match(text)
    front, problems = _front(match["front"]) if match else ({}, [Message("prompts.problem.front")])
    problems += _keys(front, name, language) if match else []
    parts, more = _parts(match["body"] if match else "")
    declared = front.get("inputs")
    inputs = declared if isinstance(declared, dict) else {}
    used = {found["name"] for _, part in parts for found in PLACEHOLDER.finditer(part) if found["name"]}
    problems += more if match else []
    problems += [Message("prompts.problem.undeclared", {"input": one}) for one in sorted(used - inputs.keys())]
    problems += [Message("prompts.problem.unused", {"input": one}) for one in sorted(inputs.keys() - used)]
    if problems:
        raise InputError("prompts.faulty", prompt=f"{name}.{language}", problems=problems)
    return Prompt(
        name=name,
        language="fr" if language == "fr" else "en",
        version=front["version"],
        purpose=" ".join(front["purpose"].split()),
        inputs={key: " ".join(str(said).split()) for key, said in inputs.items()},
        output=front["output"],
        parts=tuple(parts),
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _front(text: str) -> tuple[dict[str, Any], list[Message]]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        found = None
    return (found, []) if isinstance(found, dict) else ({}, [Message("prompts.problem.front")])


def _keys(front: Mapping[str, Any], name: str, language: str) -> Iterator[Message]:
    for key in sorted({str(one) for one in front} - set(KEYS)):
        yield Message("prompts.problem.key", {"key": key, "known": list(KEYS)})
    kinds: dict[str, type] = {"name": str, "language": str, "version": int, "purpose": str, "inputs": dict, "output": str}
    for key in KEYS:
        said = front.get(key)
        if not isinstance(said, kinds[key]) or isinstance(said, bool) or not said:
            yield Message("prompts.problem.value", {"key": key})
    if (front.get("name"), front.get("language")) != (name, language) or language not in LANGUAGES:
        yield Message("prompts.problem.name", {"said": f"{front.get('name')}.{front.get('language')}"})


def _parts(body: str) -> tuple[list[tuple[Role, str]], list[Message]]:
    marks = list(PART.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    found = [(mark["role"], body[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=False)]
    problems = [Message("prompts.problem.part", {"part": role}) for role, _ in found if role not in ROLES]
    if [role for role, _ in found if role in ROLES] not in (list(ROLES), ["user"]) or body[: marks[0].start() if marks else None].strip():
        problems.append(Message("prompts.problem.parts"))
    if any(one["other"] is not None for _, text in found for one in PLACEHOLDER.finditer(text)):
        problems.append(Message("prompts.problem.dollar"))
    if any(not text for _, text in found):
        problems.append(Message("prompts.problem.empty"))
    return [("system" if role == "system" else "user", text) for role, text in found], problems


def filled(template: str, inputs: Mapping[str, str]) -> str:
    """`template` with `inputs` put in; lines and paragraphs that have nothing to say left out, no-break spaces as spaces."""
    paragraphs = (_paragraph(one, inputs) for one in BLANK.split(template))
    return "\n\n".join(one for one in paragraphs if one is not None).translate(SPACES)


def _paragraph(template: str, inputs: Mapping[str, str]) -> str | None:
    """One paragraph, or None where it held placeholders and none of them says anything."""
    names = _names(template)
    if names and not any(inputs[name].strip() for name in names):
        return None
    lines: list[str] = []
    for line in template.split("\n"):
        named = _names(line)
        if not named or any(inputs[name].strip() for name in named):
            lines.append(line)
        elif lines and lines[-1].endswith(":") and not _names(lines[-1]):
            lines.pop()
    return PLACEHOLDER.sub(lambda found: "$" if found["dollar"] else inputs[found["name"]], "\n".join(lines))


def _names(template: str) -> list[str]:
    return [found["name"] for found in PLACEHOLDER.finditer(template) if found["name"]]


def inert(text: str) -> str:
    """`text` as material: nothing that nobody sees (tag, bidi and zero-width characters), nothing that opens or closes a block.

    A `<` in front of a letter, a slash or a bar becomes `‹`; every other character stays.
    """
    return TURN.sub("(", TAG.sub("‹", clean(text)))


def in_line(text: str) -> str:
    """`text` as material on one line, so that it cannot pass for another entry; no-break spaces stay."""
    return RUN.sub(" ", inert(text))


def block(tag: str, text: str, **attributes: str) -> str:
    """`text` as material between tags: `<tag id="p1">`, the text, `</tag>`; empty where there is no text."""
    said = inert(text)
    marks = "".join(f' {name}="{in_line(value).replace(chr(34), chr(39))}"' for name, value in attributes.items() if value)
    return f"<{tag}{marks}>\n{said}\n</{tag}>" if said else ""
