"""A key point taken apart: a pasted mail or paragraph becomes sentences, and what was said to the desk is no part of a post.

Nothing is left out in silence: what is not for readers is listed, and quoted in a warning. Closed lists say what that is
(`courtesies.toml`); anything else stays.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from assistant.drafting.builtin.lexicon import plain
from assistant.messages import Language
from assistant.text import sentence_spans

LONG = 200
"""Characters: a point this long is a paragraph, and its sentences are units of their own."""
WRAPPED = 60
"""A line this long that goes on in lower case was broken by a mail program."""
SIGNATURE, SHORT = 7, 6
"""Lines of a signature, its formula included, and words in one of them."""
NAMELESS = regex.compile(
    r"\b(?:don't|do not) (?:use|mention|print|put|give|tag)\b[^.!?]*\b(?:my|his|her|their|\w+'s) (?:(?:full|last|real) )?(?:sur)?names?\b"
)
"""Whose name is to be left out is said to the desk."""
HEADER = regex.compile(r"(?i:objet|subject|from|to|cc|sent|envoyé|tr|fwd?|re)[ \u00a0]?:(?!//)")
BULLET = regex.compile(r"^\s*(?:[-–—•*▪◦]|\d{1,2}[.)])\s+")
ENDS = regex.compile(r"[.!?…:;,»”)]\s*\Z")
PERSON = r"\p{Lu}[\p{L}’'.-]*"
NAMED = regex.compile(rf"\A[ \u00a0]{PERSON}(?:[ \u00a0]{PERSON}){{0,2}}(?=\s*(?:[,!.:–—-]|\Z))")
BEHIND = regex.compile(r"\A[\s\u00a0\u202f]*(?:[,;:!.–—-]+|\Z)[\s\u00a0]*")
SIGNED = regex.compile(rf"\A[\s,!.:–—-]*(?:{PERSON}[\s,&]*){{0,3}}[\s.!:;()xX*-]*\Z")
INITIALS = regex.compile(r"\A[–—-]?\s*(?:\p{Lu}\.? ?){1,3}\Z")
FIRST_NAME = regex.compile(r"\A[–—-]?\s*\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?[.!]?\Z")


@dataclass(frozen=True)
class Part:
    """One piece of what was typed in one place."""

    text: str
    kept: bool
    """Whether it is for readers."""


def parted(text: str, language: Language, *, mail: bool = False, last: bool = False) -> tuple[Part, ...]:
    """What was typed in one place, piece by piece. `mail` says that courtesies stood before it, `last` that nothing follows."""
    lines = _lines(text)
    letter = mail or len(lines) > 1 or len(text) > LONG
    found: list[Part] = []
    for number, line in enumerate(lines):
        heads = not any(part.kept for part in found) and len(lines) > 1 and HEADER.match(line)
        seen = mail or any(not part.kept for part in found)
        if _closing_block(lines[number:], number, language, mail=seen):
            return (*found, *(Part(rest, kept=False) for rest in lines[number:]))
        final = number == len(lines) - 1
        signs = final and (number > 0 or (last and mail)) and _signs(line, text, mail=seen)
        found += [Part(line, kept=False)] if signs or heads else _pieces(line, language, letter=letter, mail=seen)
    return tuple(_closings_kept(found, language, mail=letter or is_mail(tuple(found))))


def _closing_block(rest: list[str], number: int, language: Language, *, mail: bool) -> bool:
    """Whether a closing formula starts here and nothing but a signature follows: name, office, telephone."""
    if not number or len(rest) > SIGNATURE or not _closes(rest[0], language, mail=mail):
        return False
    return all((len(line.split()) <= SHORT and not line.endswith((".", "!", "?"))) or _for_the_desk(line, language) for line in rest[1:])


def is_mail(parts: tuple[Part, ...]) -> bool:
    """Whether something in it was said to the desk."""
    return any(not part.kept for part in parts)


def _lines(text: str) -> list[str]:
    """The lines that were typed; one that a mail program broke is whole again."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = BULLET.sub("", line).strip()
        goes_on = lines and len(lines[-1]) >= WRAPPED and not ENDS.search(lines[-1]) and bare[:1].islower() and line == line.lstrip()
        if goes_on:
            lines[-1] = f"{lines[-1]} {bare}"
        elif bare:
            lines.append(bare)
    return lines


def _signs(line: str, text: str, *, mail: bool) -> bool:
    """Whether the last line is only who wrote it."""
    apart = regex.search(r"\n\s*\n[^\n]*[^\s.!]\Z", text.rstrip()) is not None
    return bool(INITIALS.match(line)) or ((mail or apart) and bool(FIRST_NAME.match(line)))


def _pieces(line: str, language: Language, *, letter: bool, mail: bool) -> list[Part]:
    """A line without its courtesies; whole if it is short, else sentence by sentence."""
    found: list[Part] = []
    run: list[tuple[int, int]] = []
    for start, end in [*sentence_spans(line), (len(line), len(line))]:
        ahead = _lead(line[start:end], language, letter=letter)
        rest = line[start + ahead : end]
        desk = _for_the_desk(rest, language, mail=mail or ahead > 0)
        apart = desk or _closes(rest, language, mail=letter)
        if start == end or ahead or apart:
            found += _run(line, run)
            run = []
        if ahead:
            letter = mail = True
            found.append(Part(line[start : start + ahead].strip(), kept=False))
        if apart:
            found.append(Part(rest, kept=not desk))
        elif rest:
            run.append((start + ahead, end))
    return found


def _run(line: str, run: list[tuple[int, int]]) -> Iterator[Part]:
    if run and run[-1][1] - run[0][0] <= LONG:
        yield Part(line[run[0][0] : run[-1][1]], kept=True)
    else:
        yield from (Part(line[start:end], kept=True) for start, end in run)


def _lead(sentence: str, language: Language, *, letter: bool) -> int:
    """Where greetings and words to the desk in front of the sentence end; 0 where there are none."""
    at = 0
    while at < len(sentence):
        rest = sentence[at:]
        if told := _ends("desk_says", rest, language):
            at += told + len(rest[told:]) - len(rest[told:].lstrip())
            continue
        greeting, lead = _ends("greetings", rest, language), _ends("desk_leads", rest, language)
        named = NAMED.match(rest[greeting:]) if greeting else None
        after = max(lead, greeting + (len(named.group()) if named else 0))
        behind = BEHIND.match(rest[after:]) if after else None
        if behind is None:
            break
        end = after + len(behind.group())
        bare = greeting and not (named or lead)
        if (
            bare
            and not (letter and end >= len(rest))
            and not any(_ends(name, rest[end:], language) for name in ("desk_leads", "desk_says"))
        ):
            break  # « Bonjour, on ouvre samedi » greets readers
        at += end
    return at


@cache
def _phrases(language: Language) -> Mapping[str, "regex.Pattern[str]"]:
    """One pattern for each list, longest phrase first, whole words."""
    lists = tomllib.loads(files(__package__).joinpath("courtesies.toml").read_text("utf8"))[language]
    found = {}
    for name, typed in lists.items():
        phrases = sorted((plain(" ".join(one.split())) for one in typed.split(";")), key=len, reverse=True)
        whole = "|".join(_either(one) + ("" if one.endswith("'") else r"(?![\w'-])") for one in phrases)
        found[name] = regex.compile(rf"(?<![\w'-])(?:{whole})")
    return found


def _either(phrase: str) -> str:
    """« peux-tu/tu_peux faire » as a pattern: any of the words between the strokes, an underscore for a space in one."""
    words = [[regex.escape(one.replace("_", " ")) for one in word.split("/")] for word in phrase.split()]
    return " ".join(choice[0] if len(choice) == 1 else f"(?:{'|'.join(choice)})" for choice in words)


def _ends(name: str, text: str, language: Language) -> int:
    """Where a phrase of the list at the start of `text` ends in it; a letter may fold to two."""
    match = _phrases(language)[name].match(plain(text))
    return next((n for n in range(1, len(text) + 1) if len(plain(text[:n])) >= match.end()), 0) if match else 0


def _for_the_desk(sentence: str, language: Language, *, mail: bool = False) -> bool:
    lists, said = _phrases(language), plain(sentence)
    if mail and "desk_in_mail" in lists and lists["desk_in_mail"].search(said):
        return True
    return bool(lists["desk"].search(said) or NAMELESS.search(said))


def _closings_kept(parts: list[Part], language: Language, *, mail: bool) -> Iterator[Part]:
    """The parts, closing formulas at the very end left out; elsewhere such a sentence stays."""
    end = len(parts)
    while end and (not parts[end - 1].kept or _closes(parts[end - 1].text, language, mail=mail)):
        end -= 1
    for number, part in enumerate(parts):
        yield part if number < end or not part.kept else Part(part.text, kept=False)


def _closes(text: str, language: Language, *, mail: bool) -> bool:
    """Whether it is a closing formula, signed or not; "thanks" only in a mail or over initials, for a post may thank as well."""
    after = _ends("signoffs", text, language)
    thanks = 0 if after else _ends("signed_thanks", text, language)
    behind = text[after or thanks :]
    if not SIGNED.match(behind):
        return False
    return bool(after) or bool(thanks and (mail or INITIALS.match(behind.strip(" ,.!–—-") or "-")))
