"""`make docs`: write anew what the documents take from the code: commands, settings, networks."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from assistant.checks.table import checks_table
from assistant.cli import plume as plume
from assistant.messages import LANGUAGES
from assistant.networks import table
from assistant.prompts import Prompts
from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
MARK = "<!-- {name}: {end} -->"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join(("plume", *path, name)), command


def command_table() -> str:
    """One line per command: how it is called and what it does."""
    rows = ["| command | what it does |", "|---|---|"]
    for name, command in commands(plume):
        options = command.collect_usage_pieces(click.Context(command, info_name=name))
        short = (command.help or "").splitlines()[0].replace("|", "\\|")
        rows.append(f"| `{name} {' '.join(options)}`".replace("|", "\\|", 0) + f" | {short} |")
    return "\n".join(rows)


def settings_table() -> str:
    """One line per setting: its variable, its default, what it is for."""
    rows = ["| variable | default | what it is for |", "|---|---|---|"]
    source = (ROOT / "assistant" / "settings.py").read_text("utf8")
    described = dict(re.findall(r"^    (\w+): .*\n    \"\"\"(.*?)\"\"\"", source, re.MULTILINE))
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = alias if isinstance(alias, str) else f"PLUME_{name.upper()}"
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{variable}` | {default} | {described.get(name, '')} |")
    return "\n".join(rows)


def prompt_table() -> str:
    """One line per prompt: its files, version, what it is for, what it is filled with, what it answers."""
    rows = ["| prompt | version | what it is for | inputs | answer |", "|---|---|---|---|---|"]
    prompts = Prompts(ROOT / "prompts")
    for name in sorted({one.name for one in prompts.all()}):
        english = prompts.prompt(name, "en")
        files = " ".join(f"[{language}](../prompts/{name}.{language}.md)" for language in LANGUAGES)
        rows.append(f"| `{name}` {files} | {english.version} | {english.purpose} | {len(english.inputs)} | `{english.output}` |")
    return "\n".join(rows)


BLOCKS: dict[str, tuple[Path, Callable[[], str]]] = {
    "commands": (ROOT / "docs" / "command-line.md", command_table),
    "settings": (ROOT / "docs" / "settings.md", settings_table),
    "prompts": (ROOT / "docs" / "prompts.md", prompt_table),
    "checks": (ROOT / "docs" / "checks.md", checks_table),
    "networks-limits": (ROOT / "docs" / "networks.md", table.limits_table),
    "networks-habits": (ROOT / "docs" / "networks.md", table.habits_table),
    "networks-names": (ROOT / "docs" / "networks.md", table.names_table),
    "networks-sources": (ROOT / "docs" / "networks.md", table.sources_table),
}


def written(text: str, name: str, block: str) -> str:
    """`text` with `block` between the marks of `name`."""
    begin, end = MARK.format(name=name, end="begin"), MARK.format(name=name, end="end")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{block}\n{end}{rest.split(end)[1]}"


def main() -> None:
    """Write every block that comes from the code."""
    for name, (file, make) in BLOCKS.items():
        file.write_text(written(file.read_text("utf8"), name, make()), "utf8")
    print("written:", ", ".join(BLOCKS))


if __name__ == "__main__":
    main()
