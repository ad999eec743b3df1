"""Reads `words.toml`: the closed lists of words that the checks rely on."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _file() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf8"))


@cache
def in_order(name: str) -> tuple[str, ...]:
    """The words of one list, in the order of the file."""
    entry = _file()[name]
    if not isinstance(entry, str):
        raise TypeError(name)
    return tuple(entry.split())


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(in_order(name))


@cache
def by_word(name: str) -> dict[str, str]:
    """A table turned round: each of its words to what it stands for."""
    entry = _file()[name]
    if isinstance(entry, str):
        raise TypeError(name)
    return {word: meaning for meaning, written in entry.items() for word in written.split()}
