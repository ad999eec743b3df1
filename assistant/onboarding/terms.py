"""Words that a voice guide rules: "X, not Y", « ne dites jamais Y », lists under "Words to avoid", two columns side by side.

Only forms that cannot be mistaken, and only words that can be looked for: a rule with a condition ("unless", « sauf »), a
word of three letters or a whole sentence is left to people. What is taken is listed for them to check.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from assistant.brands.kit import GuidePage, Term, Terms
from assistant.brands.wording import words as words_of
from assistant.messages import Language, text
from assistant.onboarding.term_patterns import (
    AVOID_HEADING,
    BAD_COLUMN,
    CONDITION,
    FORBID,
    GOOD_COLUMN,
    ITEM,
    LABELLED_BAD,
    LABELLED_GOOD,
    NEVER_HEADING,
    REPLACE,
    REST,
    Rule,
)
from assistant.text import fold

SHORTEST, MOST_WORDS, MOST_TERMS = 4, 4, 200


@dataclass(frozen=True)
class Found:
    """A rule on a wording, and what is to be said instead, as far as the guide says."""

    rule: Rule
    words: str
    instead: str = ""
    page: str = ""


def terms_of(pages: Sequence[GuidePage], language: Language) -> Terms:
    """The terms that the guide rules plainly; a wording that one page allows and another forbids is left out."""
    found = [rule for page in pages for rule in _rules(page, language) if _can_be_looked_for(rule, language)][:MOST_TERMS]
    good = {fold(rule.instead) for rule in found if rule.instead}
    kept: dict[str, Found] = {}
    for rule in found:
        if fold(rule.words) not in good:
            kept.setdefault(fold(rule.words), rule)
    preferred: dict[str, list[Found]] = {}
    for rule in kept.values():
        if rule.rule == "preferred":
            preferred.setdefault(rule.instead, []).append(rule)
    return Terms(
        preferred=tuple(
            Term(term=good, instead_of=tuple(r.words for r in rules), reason=_source(rules[0], language))
            for good, rules in preferred.items()
        ),
        avoid=tuple(Term(term=r.words, reason=_source(r, language)) for r in kept.values() if r.rule == "avoid"),
        never=tuple(Term(term=r.words, reason=_source(r, language)) for r in kept.values() if r.rule == "never"),
    )


def _source(rule: Found, language: Language) -> str:
    return text("onboarding.term_source", language, page=rule.page)


def _rules(page: GuidePage, language: Language) -> Iterator[Found]:
    lines = page.text.splitlines()
    yield from (
        Found(r.rule, r.words, r.instead, page.name)
        for r in (*_sentences(lines, language), *_lists(lines), *_tables(lines), *_pairs(lines))
    )


def _sentences(lines: Sequence[str], language: Language) -> Iterator[Found]:
    for line in lines:
        for sentence in regex.split(r"(?<=[.!?])\s+(?=[\p{Lu}«“\"_*])", line):
            outside = regex.sub(ITEM, "", sentence)
            for pattern in REPLACE[language]:
                for match in regex.finditer(pattern, sentence, regex.IGNORECASE):
                    named = match.groupdict()
                    for words in _items(named["items"]) if named.get("items") else list(_listed(named["bad"])):
                        yield Found("preferred", words, _bare(named["good"]))
            if CONDITION.search(outside):
                continue
            for rule, pattern in FORBID[language]:
                for match in regex.finditer(pattern, sentence, regex.IGNORECASE):
                    yield from (Found(rule, words) for words in _items(match["items"]))


def _lists(lines: Sequence[str]) -> Iterator[Found]:
    """Items under a heading such as "Words to avoid"."""
    rule: Rule | None = None
    for line in lines:
        if AVOID_HEADING.match(line.strip()):
            rule = "never" if NEVER_HEADING.search(line) else "avoid"
        elif rule and (item := regex.match(r"^\s*(?:[-*•]|\d+[.)])\s+(.+)$", line)):
            yield from (Found(rule, words) for words in _listed(item[1]))
        elif rule and line.strip():
            rule = None


def _listed(item: str) -> Iterator[str]:
    if CONDITION.search(item):
        return
    bare = REST.split(regex.sub(r"\([^)]*\)", "", item))[0]
    for piece in regex.split(r",|;|/|\s(?:or|ou)\s(?!any\b|other\b|similar\b|tout|autre)", bare):
        if words := regex.sub(r"^(?:or|and|ou|et)\s+", "", _bare(piece)):
            yield words


def _tables(lines: Sequence[str]) -> Iterator[Found]:
    """Two columns, of which the header says which is right."""
    columns: tuple[int, int] | None = None
    for line in lines:
        if line.count("|") < 2:
            columns = None
            continue
        cells = [_bare(cell) for cell in line.strip().strip("|").split("|")]
        if columns and max(columns) < len(cells):
            good, bad = cells[columns[0]], cells[columns[1]]
            if good and bad and not regex.fullmatch(r"[:\- ]+", good):
                yield Found("preferred", bad, good)
            continue
        right = [
            n for n, cell in enumerate(cells) if GOOD_COLUMN.match(cell) and len(cell.split()) <= MOST_WORDS and not BAD_COLUMN.match(cell)
        ]
        wrong = [n for n, cell in enumerate(cells) if BAD_COLUMN.match(cell) and len(cell.split()) <= MOST_WORDS]
        columns = (right[0], wrong[0]) if len(right) == 1 and len(wrong) == 1 else None


def _pairs(lines: Sequence[str]) -> Iterator[Found]:
    """« Écrivez : demander » and on the next line « Au lieu de : faire une requête »."""
    good = ""
    for line in lines:
        if not line.strip():
            continue
        right, wrong = LABELLED_GOOD.match(line), LABELLED_BAD.match(line)
        if wrong and good:
            yield Found("preferred", _bare(wrong["words"]), good)
        good = _bare(right["words"]) if right else ""


def _items(text: str) -> list[str]:
    return [_bare(item) for item in regex.findall(ITEM, text)]


def _bare(words: str) -> str:
    """Words without quotation marks, emphasis and closing punctuation."""
    unmarked = regex.sub(r"<[^>]*>|[*_`~«»“”\"]", " ", words)
    return " ".join(unmarked.split()).strip(" .,;:!?\u00a0\u202f")


def _can_be_looked_for(rule: Found, language: Language) -> bool:
    """Whether the wording is short, long enough not to hit other words, and differs from what replaces it by more than case."""
    words = rule.words
    if all(word in words_of(language, "function") for word in words.casefold().split()):
        return False
    if not (len(words) >= SHORTEST and len(words.split()) <= MOST_WORDS) or not regex.fullmatch(r"[\p{L}\p{N}\p{M}'’\- ]+", words):
        return False
    if rule.rule != "preferred":
        return True
    apart = fold(words).replace("-", " ") != fold(rule.instead).replace("-", " ")
    return apart and 0 < len(rule.instead.split()) <= MOST_WORDS and regex.fullmatch(r"[\p{L}\p{N}\p{M}'’\-./ ]+", rule.instead) is not None
