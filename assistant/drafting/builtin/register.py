"""Units in another register than the account's, or written as in notes: with a wording from closed tables, never changed."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

from assistant.brands.register import clashes
from assistant.checks.notes import written_out
from assistant.drafting.builtin.material import Material
from assistant.drafting.writer import WriteRequest
from assistant.messages import Message

ENGLISH = {
    ("we", "I"): {
        "we": "I",
        "we're": "I'm",
        "we've": "I've",
        "we'll": "I'll",
        "we'd": "I'd",
        "we are": "I am",
        "our": "my",
        "ours": "mine",
        "us": "me",
    },
    ("I", "we"): {
        "i": "we",
        "i'm": "we're",
        "i've": "we've",
        "i'll": "we'll",
        "i'd": "we'd",
        "i am": "we are",
        "my": "our",
        "mine": "ours",
        "me": "us",
    },
}
JOINED = r"(?:(?<=(?<!\p{L})(?:et|ou|puis|mais|alors) )|(?<=, ))"
"""Where a second verb stands that has no subject of its own."""
PLURAL = regex.compile(r"(?i)(?<!\p{L})(?!(?:chez|assez|nez|rez|rendez-vous)(?!\p{L}))(?:\p{L}{2,}ez|vous|votre|vos|vôtres?)(?!\p{L})")
ORDER = r"(?P<before>(?i:ne |n['’])?)(?P<verb>\p{L}++)(?!-(?:en|y)(?!\p{L}))"
POSSESSIVES = {"ton": "votre", "ta": "votre", "tes": "vos", "toi": "vous", "te": "vous", "t'": "vous "}
Table = Mapping[str, str]


def proposals(request: WriteRequest, material: Material) -> tuple[dict[str, str], tuple[Message, ...]]:
    """Source of each unit to be worded otherwise -> proposed wording, where the tables have one; a warning for each register."""
    account, language = request.account, request.language
    own_words = [*(one.text for one in request.evidence), *(line.text for line in request.kit.lines)]
    wanted: dict[str, str] = {}
    warnings: list[Message] = []
    for unit in material.units:
        proposed = unit.text
        if clash := clashes(unit.text, language, account.address, account.speaker):
            found, own = clash
            typed = unit.text.replace("\u202f", "\u00a0")  # networks differ in this space, and the warning is one
            where = (Message(f"network.{request.network.key}"),)
            warnings.append(Message("writer.register", {"unit": typed, "found": found, "own": own, "networks": where}))
            other = reworded(unit.text, found, own)
            proposed = other if other and not clashes(other, language, account.address, account.speaker) else proposed
        proposed = written_out(proposed, language, own_words)
        if proposed != unit.text:
            wanted[unit.source] = proposed
    return wanted, tuple(warnings)


def reworded(text: str, found: str, own: str) -> str:
    """`text` in the other register, or nothing where one of its words is not in the table."""
    if (found, own) in ENGLISH:
        return _english(text, ENGLISH[found, own])
    changes = {("nous", "on"): _nous_to_on, ("on", "nous"): _on_to_nous, ("tu", "vous"): _tu_to_vous, ("vous", "tu"): _vous_to_tu}
    change = changes.get((found, own))
    result = change(text) if change else ""
    return result if result != text and not _half_changed(result, found) else ""


def _half_changed(text: str, found: str) -> bool:
    """Whether a verb of the other register stayed, as the second of two may: no wording is better than a mixed one."""
    if found == "vous":
        return bool(PLURAL.search(text) or _any(_table(3, 3), text))
    if found == "nous":
        return _any(_table(1, 1), text)
    return _any(_table(0, 0) if found == "on" else {**_table(2, 2), **_table(4, 4)}, text, JOINED)


def _any(words: Table, text: str, before: str = r"(?<!\p{L})") -> bool:
    return bool(regex.search(rf"(?i){before}(?:{'|'.join(words)})(?![\p{{L}}])", text))


@cache
def _forms() -> tuple[tuple[str, str, str, str, str], ...]:
    rows = tomllib.loads(files(__package__).joinpath("register.toml").read_text("utf8"))["verbs"]
    return tuple((a, b, c, d, e) for a, b, c, d, e in (row.split() for row in rows))


@cache
def _table(before: int, after: int) -> Table:
    return {row[before]: row[after] for row in _forms() if "-" not in (row[before], row[after])}


def _nous_to_on(text: str) -> str:
    def change(match: "regex.Match[str]") -> str:
        verb = _table(1, 0).get(match["verb"])
        return match.group() if verb is None else _like(match.group(), f"on {_clitics(match, 'nous', 'se', verb)}{verb}")

    return regex.sub(r"(?i)\bnous (?P<clitics>(?:(?:nous|ne|n['’]|le|la|les|l['’]|en|y|vous|lui|leur) ?)*)(?P<verb>\p{L}+)", change, text)


def _on_to_nous(text: str) -> str:
    def change(match: "regex.Match[str]") -> str:
        verb = _table(0, 1).get(match["verb"])
        return match.group() if verb is None else _like(match.group(), f"nous {_clitics(match, 'se', 'nous', verb)}{verb}")

    return regex.sub(
        r"(?i)(?<![\p{L}])(?:l['’])?on (?P<clitics>(?:(?:se|s['’]|ne|n['’]|le|la|les|l['’]|en|y|vous|lui|leur) ?)*)(?P<verb>\p{L}+)",
        change,
        text,
    )


def _clitics(match: "regex.Match[str]", before: str, after: str, verb: str) -> str:
    words = [after if w == before or (before == "se" and w == "s'") else w for w in match["clitics"].replace("’", "'").lower().split()]
    joined = "".join(w if w.endswith("'") else f"{w} " for w in words).replace("'", "’")
    return regex.sub(r"\bse (?=[aeéèêiouyh])", "s’", f"{joined}{verb}").removesuffix(verb)


def _tu_to_vous(text: str) -> str:
    def after_tu(match: "regex.Match[str]") -> str:
        verb = _table(2, 3).get(match["verb"])
        return match.group() if verb is None else _like(match.group(), f"vous {match['clitics'].replace('te ', 'vous ')}{verb}")

    text = regex.sub(r"(?i)\btu (?P<clitics>(?:(?:te|ne|le|la|les|en|y) )*)(?P<verb>\p{L}+)", after_tu, text)
    text = _first_verb(text, _table(4, 3))
    return regex.sub(r"(?i)(?<![\p{L}-])(?:t['’](?=\p{L})|(?:ton|ta|tes|toi|te)(?!\p{L}))", _possessive, text)


def _possessive(match: "regex.Match[str]") -> str:
    return _like(match.group(), POSSESSIVES[match.group().lower().replace("’", "'")])


def _vous_to_tu(text: str) -> str:
    def after_vous(match: "regex.Match[str]") -> str:
        verb = _table(3, 2).get(match["verb"])
        return match.group() if verb is None else _like(match.group(), f"tu {match['clitics'].replace('vous ', 'te ')}{verb}")

    text = regex.sub(r"(?i)(?<!rendez-)\bvous (?P<clitics>(?:(?:vous|ne|le|la|les|en|y) )*)(?P<verb>\p{L}+)", after_vous, text)
    text = _joined_verbs(_first_verb(text, _table(3, 4)), _table(3, 4))
    text = regex.sub(r"(?<=\p{L})-vous(?!\p{L})", "-toi", text)
    return regex.sub(r"(?i)\bvos\b", lambda m: _like(m.group(), "tes"), text)


def _first_verb(text: str, table: Table) -> str:
    """An imperative counts at the start of a sentence."""
    return regex.sub(rf"(?:(?<=\A)|(?<=[.!?…] )){ORDER}", lambda match: _ordered(match, table), text)


def _joined_verbs(text: str, table: Table) -> str:
    """And behind « et », « puis » or a comma, where its form is no other; in a sentence with a subject it may be an indicative."""

    def change(match: "regex.Match[str]") -> str:
        sentence = regex.split(r"[.!?…]", text[: match.start()])[-1]
        return match.group() if regex.search(r"(?i)(?<!\p{L})tu(?!\p{L})", sentence) else _ordered(match, table)

    return regex.sub(rf"{JOINED}{ORDER}", change, text)


def _ordered(match: "regex.Match[str]", table: Table) -> str:
    verb = table.get(match["verb"].lower())
    return match["before"] + _like(match["verb"], verb) if verb else match.group()


def _english(text: str, table: Table) -> str:
    pattern = "|".join(regex.escape(word).replace("'", "['’]") for word in sorted(table, key=len, reverse=True))
    return regex.sub(
        rf"(?i)(?<![\p{{L}}'’])(?:{pattern})(?![\p{{L}}'’])", lambda m: _like(m.group(), table[m.group().lower().replace("’", "'")]), text
    )


def _like(before: str, after: str) -> str:
    return after[:1].upper() + after[1:] if before[:1].isupper() and before != "I" else after
