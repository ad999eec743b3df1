"""Scoring sheets read back in: CSV or XLSX as given out, or the rubric's JSON objects.

Every value is checked against the rubric and the text that it is about; all problems are said at once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from assistant.documents.sheets import decode, read_sheets
from assistant.errors import InputError
from assistant.evaluation.rubric import (
    CRITERIA,
    GUESSES,
    HARD_FAULTS,
    HEADER,
    NEEDED,
    OF_KIND,
    OF_SETS,
    TICS,
    UNQUOTABLE,
    VERDICTS,
    VERSION,
    s5,
)
from assistant.messages import Message
from assistant.text import fold

NESTED = {"small_edit": ("from", "to"), "pair": ("other_id", "preferred", "why")}
QUOTED = regex.compile(r"\s*(?P<id>[GT]\d\d)\s*:?\s*(?P<quote>.*)", regex.DOTALL)
MARKS = " «»\"“”'’‘."
LONGEST = 60
"""Characters of a wrong value that are said back."""

Problem = tuple[str, dict[str, object]]
Key = Mapping[str, Mapping[str, str]]
"""Text id -> `network`, `language`, `text`, `source`, ..."""


@dataclass(frozen=True)
class Sheet:
    """What one reader says about one text."""

    reader: str
    text_id: str
    verdict: str
    first_verdict: str = ""
    small_edit: tuple[str, str] = ("", "")
    """From, to."""
    hard_faults: tuple[tuple[str, str], ...] = ()
    """(id, quotation)."""
    tics: tuple[tuple[str, str], ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    author_guess: str = ""
    best_words: str = ""
    worst_words: str = ""
    preferred: str = ""


@dataclass(frozen=True)
class Rows:
    """A file's rows, still as text, each with where it stands."""

    file: str
    rows: tuple[tuple[int, Mapping[str, Any]], ...]


def template(texts: Sequence[tuple[str, str, str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Header and rows of an empty sheet for posts of (id, network, language)."""
    header = tuple(name for name in HEADER if name not in (*CRITERIA, *OF_SETS, "set_id") or name in OF_KIND["post"])
    given = {"sheet": str(VERSION), "kind": "post"}
    return header, [
        [{**given, "text_id": id, "network": network, "language": language}.get(name, "") for name in header]
        for id, network, language in texts
    ]


def rows_of(data: bytes, name: str) -> Rows:
    """What a file holds. Raises InputError where it is neither a table with our columns nor JSON."""
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return Rows(name, tuple((number, _flat(one)) for number, one in enumerate(_objects(decode(data, name), name), 1)))
    for sheet in read_sheets(data, name, lambda row: float(len(set(row) & set(HEADER)))):
        for place, (_, header) in enumerate(sheet.rows[:10]):
            names = [cell.strip() for cell in header]
            if set(NEEDED) <= set(names):
                filled = [(number, dict(zip(names, cells, strict=False))) for number, cells in sheet.rows[place + 1 :]]
                return Rows(name, tuple(filled))
    raise InputError("evaluation.no_sheet", file=name, columns=list(NEEDED))


def _objects(content: str, name: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(content)
    except ValueError:
        try:
            found = [json.loads(line) for line in content.splitlines() if line.strip()]
        except ValueError as error:
            raise InputError("evaluation.no_sheet", file=name, columns=list(NEEDED)) from error
    objects = found if isinstance(found, list) else [found]
    if not all(isinstance(one, dict) for one in objects):
        raise InputError("evaluation.no_sheet", file=name, columns=list(NEEDED))
    return objects


def _flat(one: Mapping[str, Any]) -> dict[str, Any]:
    """The rubric's object with the columns of the table."""
    flat = {key: value for key, value in one.items() if key not in ("scores", "sets", *NESTED)}
    for group in ("scores", "sets"):
        value = one.get(group)
        flat |= value if isinstance(value, dict) else {}
    for group, names in NESTED.items():
        value = one.get(group)
        flat |= {f"{group}_{name}": value.get(name) for name in names} if isinstance(value, dict) else {}
    return flat


def checked(rows: Rows, texts: Key) -> tuple[list[Sheet], list[Message]]:
    """The sheets of a file and all that is wrong with them. Rows without a verdict and without a score are not read yet and left out."""
    sheets: list[Sheet] = []
    problems: list[Message] = []
    seen: set[tuple[str, str]] = set()
    for number, row in rows.rows:
        said = {name: _said(value) for name, value in row.items() if not isinstance(value, list)}
        if not any(said.get(name) for name in ("verdict", "first_verdict", *CRITERIA)):
            continue
        wrong = [Message(id, {"file": rows.file, "row": number, **values}) for id, values in _wrong(row, said, texts, seen)]
        problems += wrong
        if not wrong:
            sheets.append(_sheet(row, said))
        seen.add((said.get("reader", ""), said.get("text_id", "")))
    return sheets, problems


def _wrong(row: Mapping[str, Any], said: Mapping[str, str], texts: Key, seen: set[tuple[str, str]]) -> Iterator[Problem]:
    for name in sorted(set(row) - set(HEADER) - {""}):
        yield "evaluation.sheet.unknown_column", {"field": name[:LONGEST]}
    if not said.get("reader"):
        yield "evaluation.sheet.empty", {"field": "reader"}
    text = texts.get(said.get("text_id", ""))
    if text is None:
        yield "evaluation.sheet.unknown_text", {"given": said.get("text_id", "")[:LONGEST]}
        return
    if (said.get("reader", ""), said["text_id"]) in seen:
        yield "evaluation.sheet.twice", {"reader": said.get("reader", ""), "given": said["text_id"]}
    yield from _wrong_choices(said, text)
    yield from _wrong_scores(said)
    yield from _wrong_quotations(row, said, text["text"])


def _wrong_choices(said: Mapping[str, str], text: Mapping[str, str]) -> Iterator[Problem]:
    given: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("sheet", ("", str(VERSION))),
        ("kind", ("", "post")),
        ("network", ("", text["network"])),
        ("language", ("", text["language"])),
        ("verdict", VERDICTS),
        ("first_verdict", ("", *VERDICTS)),
        ("author_guess", ("", *GUESSES)),
        ("pair_preferred", ("", "tie", said["text_id"], said.get("pair_other_id", ""))),
    )
    for name, allowed in given:
        if (value := said.get(name, "")) not in allowed:
            choices = [one for one in allowed if one]
            yield "evaluation.sheet.choice", {"field": name, "given": value[:LONGEST], "allowed": choices}


def _wrong_scores(said: Mapping[str, str]) -> Iterator[Problem]:
    for name in (*CRITERIA, *OF_SETS):
        score = said.get(name, "")
        if score and name in CRITERIA and name not in OF_KIND["post"]:
            yield "evaluation.sheet.not_for_posts", {"field": name}
        elif score and score not in ("1", "2", "3", "4", "5"):
            yield "evaluation.sheet.score", {"field": name, "given": score[:LONGEST]}


def _wrong_quotations(row: Mapping[str, Any], said: Mapping[str, str], text: str) -> Iterator[Problem]:
    faults, tics = _quotations(row.get("hard_faults")), _quotations(row.get("tics"))
    for name, found, known in (("hard_faults", faults, HARD_FAULTS), ("tics", tics, TICS)):
        for id, quote in found:
            if id not in known:
                yield "evaluation.sheet.choice", {"field": name, "given": id[:LONGEST], "allowed": [known[0], "…", known[-1]]}
            elif (not quote and id not in UNQUOTABLE) or not is_in(quote, text):
                yield "evaluation.sheet.quotation", {"field": name, "id": id, "given": quote[:LONGEST]}
    if faults and said.get("verdict") in ("send", "small_edit"):
        yield "evaluation.sheet.fault_and_verdict", {"id": faults[0][0], "given": said["verdict"]}
    number = len({id for id, _ in tics})
    if said.get("S5", "") in ("1", "2", "3", "4", "5") and int(said["S5"]) != s5(number):
        yield "evaluation.sheet.s5", {"given": said["S5"], "count": number, "expected": s5(number)}
    before, after = said.get("small_edit_from", ""), said.get("small_edit_to", "")
    if said.get("verdict") == "small_edit" and not (before or after):
        yield "evaluation.sheet.no_edit", {}
    elif not is_in(before, text):
        yield "evaluation.sheet.quotation", {"field": "small_edit_from", "id": "", "given": before[:LONGEST]}


def is_in(quote: str, text: str) -> bool:
    """Whether the words of `quote` stand in `text`; accents, case, kinds of space, quotation marks and « … » for a gap do not matter."""
    whole = " ".join(fold(text).split())
    return all(" ".join(fold(part).split()).strip(MARKS) in whole for part in regex.split(r"…|\.\.\.|\[…\]", quote))


def _said(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _quotations(value: Any) -> list[tuple[str, str]]:
    """`G01: words | G05: words`, or the rubric's list of objects."""
    if isinstance(value, list):
        return [(_said(one.get("id")), _said(one.get("quote"))) if isinstance(one, dict) else (_said(one), "") for one in value]
    parts = [part for part in regex.split(r"\s*\|\s*|\n+", _said(value)) if part.strip()]
    matched = [(QUOTED.fullmatch(part), part) for part in parts]
    return [(match["id"], match["quote"].strip()) if match else (part, "") for match, part in matched]


def _sheet(row: Mapping[str, Any], said: Mapping[str, str]) -> Sheet:
    return Sheet(
        reader=said["reader"],
        text_id=said["text_id"],
        verdict=said["verdict"],
        first_verdict=said.get("first_verdict", ""),
        small_edit=(said.get("small_edit_from", ""), said.get("small_edit_to", "")),
        hard_faults=tuple(_quotations(row.get("hard_faults"))),
        tics=tuple(_quotations(row.get("tics"))),
        scores={name: int(said[name]) for name in CRITERIA if said.get(name)},
        author_guess=said.get("author_guess", ""),
        best_words=said.get("best_words", ""),
        worst_words=said.get("worst_words", ""),
        preferred=said.get("pair_preferred", ""),
    )
