"""The house's plan, proved from the syntax trees: who may import whom, and who may read the clock, chance and the environment."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"

LEVELS: dict[str, int] = {
    "": 0,
    "errors": 1,
    "messages": 0,
    "text": 0,
    "languages": 1,
    "typography": 1,
    "networks": 10,
    "posts": 10,
    "comments": 10,
    "evidence": 10,
    "findings": 10,
    "usage": 10,
    "brands": 12,
    "briefs": 11,
    "drafts": 12,
    "assessments": 11,
    "storage": 20,
    "documents": 20,
    "retrieval": 20,
    "models": 20,
    "prompts": 20,
    "checks": 20,
    "triage": 20,
    "drafting": 30,
    "evaluation": 30,
    "inbox": 30,
    "contests": 30,
    "onboarding": 30,
    "review": 30,
    "planning": 30,
    "exports": 30,
    "insights": 30,
    "services": 41,
    "settings": 40,
    "ui": 50,
    "cli": 50,
    "__main__": 60,
}
"""Level of each noun, times ten: within a level there is room for who is a little below whom (a brief below a kit)."""


FENCES: dict[str, tuple[str, ...]] = {
    "streamlit": ("ui/",),
    "langchain": ("models/openai_compatible.py", "retrieval/embedding.py", "documents/chunking.py"),
    "openai": ("models/openai_compatible.py", "retrieval/model_embedding.py"),
    "chromadb": ("retrieval/index.py",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "pandas": ("insights/", "ui/"),
    "tiktoken": ("models/tokens.py",),
}
LAZY = {"langchain", "openai", "chromadb", "pandas", "tiktoken", "lingua"}
"""Imported inside functions only: `plume --help` and most tests must not pay for them."""

CLOCK_AND_CHANCE = {
    "now",
    "today",
    "utcnow",
    "time",
    "time_ns",
    "monotonic",
    "perf_counter",
    "uuid1",
    "uuid4",
    "uuid7",
    "urandom",
    "getenv",
    "environ",
    "randint",
    "shuffle",
    "random",
    "token_hex",
}
SOURCES_OF_THEM = {"os", "time", "uuid", "random", "secrets"}
"""Modules whose clock, chance or environment may also be imported by name."""
MAY_READ_THEM = ("services.py", "settings.py", "services/", "ui/", "cli/", "cli.py", "__main__.py")


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((str(file.relative_to(PACKAGE)), ast.parse(file.read_text("utf8"))) for file in sorted(PACKAGE.rglob("*.py")))


def noun_of(module: str) -> str:
    parts = module.removeprefix("assistant").lstrip(".").split(".")
    return parts[0]


def family_of(module: str) -> str:
    """`langchain_openai` and `langchain_chroma` stand behind langchain's fence."""
    return "langchain" if module.startswith("langchain") else module.split(".")[0]


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import at line {node.lineno}"
            module = node.module or ""
            yield module, node.lineno
            if module == "assistant":
                for alias in node.names:
                    yield f"assistant.{alias.name}", node.lineno


def froms(tree: ast.AST) -> Iterator[tuple[str, ast.alias]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias) for alias in node.names)


@pytest.mark.parametrize(("file", "tree"), modules(), ids=[name for name, _ in modules()])
def test_a_module_imports_only_its_own_package_and_what_is_below_it(file: str, tree: ast.Module) -> None:
    own = file.removesuffix(".py").split("/")[0]
    own = "" if own == "__init__" else own
    assert own in LEVELS, f"{own} has no level yet: give it one in the plan"
    for module, line in imports(tree):
        if not module.startswith("assistant"):
            continue
        other = noun_of(module)
        if other in (own, "__version__", ""):
            continue
        assert LEVELS[other] < LEVELS[own], f"{file}:{line}: {own} imports {other}"


@pytest.mark.parametrize(("file", "tree"), modules(), ids=[name for name, _ in modules()])
def test_third_parties_stay_behind_their_fences(file: str, tree: ast.Module) -> None:
    for module, line in imports(tree):
        top = family_of(module)
        if top in FENCES:
            assert file.startswith(FENCES[top]), f"{file}:{line}: {top} belongs in {FENCES[top]}"


@pytest.mark.parametrize(("file", "tree"), modules(), ids=[name for name, _ in modules()])
def test_heavy_libraries_are_imported_inside_functions(file: str, tree: ast.Module) -> None:
    for node in tree.body:
        for module, line in imports(node) if isinstance(node, ast.Import | ast.ImportFrom) else ():
            assert family_of(module) not in LAZY, f"{file}:{line}: import {module} where it is used"


@pytest.mark.parametrize(("file", "tree"), modules(), ids=[name for name, _ in modules()])
def test_only_the_top_reads_the_clock_chance_and_the_environment(file: str, tree: ast.Module) -> None:
    if file.startswith(MAY_READ_THEM):
        return
    taken = {(alias.asname or alias.name): alias.name for module, alias in froms(tree) if module in SOURCES_OF_THEM}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and taken.get(node.id) in CLOCK_AND_CHANCE:
            raise AssertionError(f"{file}:{node.lineno}: {node.id}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = node.func.attr
            passed_in = isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
            assert called not in CLOCK_AND_CHANCE or passed_in, f"{file}:{node.lineno}: .{called}()"
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            raise AssertionError(f"{file}:{node.lineno}: environ")


def test_files_are_small_and_functions_can_be_read_at_a_glance() -> None:
    for file, tree in modules():
        lines = len((PACKAGE / file).read_text("utf8").splitlines())
        assert lines <= 320, f"{file}: {lines} lines; which nouns are in it?"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 60, f"{file}:{node.lineno}: {node.name} has {length} lines"


def test_no_handler_is_silent() -> None:
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
                assert not silent, f"{file}:{node.lineno}: a silent except"
