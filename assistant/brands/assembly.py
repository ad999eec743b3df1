"""From the bytes of a kit's files to the kit, or to everything that is wrong with them, each with file, line and mend."""

import difflib
from typing import Any

import regex

from assistant.brands import consistency, schema
from assistant.brands.kit import Kit
from assistant.brands.schema import OWN_FILES, Trouble
from assistant.brands.snapshot import GUIDE, MAX_FILE, YAML_FILES, Snapshot
from assistant.brands.yaml_text import Place, Tree, Unreadable, parse
from assistant.messages import Message

SLUG = regex.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 60
PAGE_NAME = regex.compile(r"(?!\.)[^/\\\p{C}:*?\"<>|]{1,120}(?<![. ])")
"""A guide page's name is a file name on every system."""
HIDDEN = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def is_slug(name: str) -> bool:
    """Whether `name` can name a kit: small letters, digits and single hyphens."""
    return len(name) <= SLUG_LENGTH and SLUG.fullmatch(name) is not None


def assemble(snapshot: Snapshot, slug: str) -> tuple[Kit | None, tuple[Message, ...]]:
    """The kit as far as it is right (None without a readable kit.yaml), and all that is wrong with it, in the order of the files."""
    desk = _Desk(snapshot)
    if not is_slug(slug):
        desk.say("", "kit.problem.folder_name", given=slug)
    _strangers(desk)
    if "kit.yaml" not in snapshot.files:
        desk.say("kit.yaml", "kit.problem.no_kit_yaml")
        return None, desk.sorted()
    data = _data(desk, slug if is_slug(slug) else "x")
    readable = "kit.yaml" in desk.trees
    kit, wrong, kept = schema.validate(data)
    for trouble in wrong:
        if readable or trouble.place[0] in OWN_FILES:
            desk.locate(trouble)
    facts_unknown = "facts.yaml" in snapshot.files and "facts.yaml" not in desk.trees
    for trouble in consistency.troubles(kit):
        if facts_unknown and trouble.id == "kit.problem.no_such_fact":
            continue
        desk.locate(Trouble(schema.original(trouble.place, kept), trouble.id, trouble.values))
    return (kit if readable else None), desk.sorted()


class _Desk:
    """Collects what is wrong, each with its place in the files."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.trees: dict[str, Tree] = {}
        self.pages: list[str] = []
        self.found: list[tuple[tuple[int, int], Message]] = []

    def say(self, file: str, id: str, place: Place = (), line: int | None = None, **values: Any) -> None:
        """Note one problem."""
        shown = _shown(place)
        where: Message | str = file or "."
        if line and shown:
            where = Message("kit.where.line_place", {"file": file, "line": line, "place": shown})
        elif line:
            where = Message("kit.where.line", {"file": file, "line": line})
        elif shown:
            where = Message("kit.where.place", {"file": file, "place": shown})
        rank = YAML_FILES.index(file) if file in YAML_FILES else len(YAML_FILES) if file else -1
        message = Message(id, {"where": where, "file": file, "place": shown, "line": line, **values})
        if message not in (m for _, m in self.found):
            self.found.append(((rank, line or 0), message))

    def locate(self, trouble: Trouble) -> None:
        """Note a problem of the kit's data: find its file and line."""
        place, file = trouble.place, "kit.yaml"
        if place[0] == "playbook":
            place, file = place[1:], "playbook.yaml"
        elif place[0] == "facts":
            file = "facts.yaml"
        elif place[0] == "guide":
            file = f"{GUIDE}/{self.pages[place[1]]}.md" if len(place) > 1 and isinstance(place[1], int) else GUIDE
            place = ()
        tree = self.trees.get(file)
        self.say(file, trouble.id, place, tree.line(place) if tree else None, **trouble.values)

    def sorted(self) -> tuple[Message, ...]:
        """All problems, by file and line."""
        return tuple(message for _, message in sorted(self.found, key=lambda item: item[0]))

    def text(self, file: str) -> str | None:
        """The text of `file`; None, with the reason noted, when it cannot be had."""
        content = self.snapshot.files[file]
        if len(content) > MAX_FILE:
            self.say(file, "kit.problem.too_big", max=MAX_FILE // 1_000_000)
            return None
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self.say(file, "kit.problem.encoding", line=content[: error.start].count(b"\n") + 1)
            return None
        if found := HIDDEN.search(text):
            self.say(file, "kit.problem.character", line=text[: found.start()].count("\n") + 1)
            return None
        return text

    def mapping(self, file: str) -> dict[str, Any]:
        """What `file` holds; empty, with the reason noted, when it cannot be read."""
        text = self.text(file) if file in self.snapshot.files else None
        if text is None:
            return {}
        try:
            tree = parse(text)
        except Unreadable as error:
            self.say(file, error.message.id, (), error.line, **dict(error.message.values))
            return {}
        if tree.data is not None and not isinstance(tree.data, dict):
            self.say(file, "kit.problem.not_keys", line=1)
            return {}
        self.trees[file] = tree
        return dict(tree.data or {})


def _data(desk: _Desk, slug: str) -> dict[str, Any]:
    data = desk.mapping("kit.yaml")
    if data.get("slug", slug) != slug:
        desk.locate(Trouble(("slug",), "kit.problem.slug_differs", {"given": str(data["slug"]), "folder": slug}))
    for key in (*OWN_FILES, "version"):
        if key in data:
            id = "kit.problem.other_file" if key in OWN_FILES else "kit.problem.not_written"
            desk.say("kit.yaml", id, (key,), desk.trees["kit.yaml"].line((key,)), key=key, other=OWN_FILES.get(key, ""))
            del data[key]
    facts = desk.mapping("facts.yaml")
    for key in [key for key in facts if key != "facts"]:
        desk.say("facts.yaml", "kit.problem.unknown_key", (key,), desk.trees["facts.yaml"].line((key,)), key=key, known=["facts"])
    pages = _pages(desk)
    desk.pages = [name for name, _ in pages]
    return {
        **data,
        "slug": slug,
        "guide": [{"name": name, "text": text} for name, text in pages],
        "playbook": desk.mapping("playbook.yaml"),
        "facts": facts.get("facts") or [],
        "version": desk.snapshot.version,
    }


def _pages(desk: _Desk) -> list[tuple[str, str]]:
    pages = []
    for file in desk.snapshot.files:
        if not file.startswith(f"{GUIDE}/"):
            continue
        name = file.removeprefix(f"{GUIDE}/").removesuffix(".md")
        if not PAGE_NAME.fullmatch(name):
            desk.say(file, "kit.problem.page_name")
        text = desk.text(file)
        if text is not None:
            pages.append((name, text))
    return pages


def _strangers(desk: _Desk) -> None:
    """YAML files that nobody would read: a typo in a file's name is a problem, not a file that is silently ignored."""
    for name in sorted(desk.snapshot.names):
        if name.endswith((".yaml", ".yml")) and name not in YAML_FILES:
            near = difflib.get_close_matches(name, YAML_FILES, n=1, cutoff=0)
            desk.say(name, "kit.problem.stranger", near=near[0] if near else YAML_FILES[0])
    for name in desk.snapshot.left_out:
        desk.say(name, "kit.problem.left_out")


def _shown(place: Place) -> str:
    shown = ""
    for step in place:
        shown += f"[{step}]" if isinstance(step, int) else f".{step}" if shown else str(step)
    return shown
