"""The closed lists of `wording.toml`, ready to match."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from assistant.messages import Language


@cache
def entry(language: Language, name: str) -> str | list[str]:
    """The list `name` of `language`, as it stands in the file."""
    data: dict[str, dict[str, str | list[str]]] = tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf8"))
    return data[language][name]


@cache
def words(language: Language, name: str) -> frozenset[str]:
    """The words of the list `name`."""
    return frozenset(str(entry(language, name)).split())


@cache
def either(language: Language, name: str) -> str:
    """The words of the list `name` as one alternative of a pattern, longest first."""
    return "|".join(regex.escape(word, literal_spaces=True) for word in sorted(words(language, name), key=lambda w: (-len(w), w)))


@cache
def patterns(language: Language, name: str) -> str:
    """The patterns of the list `name` as one alternative, with days and months put in."""
    joined = "|".join(entry(language, name))
    return joined.replace("{days}", either(language, "days")).replace("{months}", either(language, "months"))


def plain(text: str) -> str:
    """`text` with the straight apostrophes and plain spaces that the lists are written with; as long as before."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
