"""Five yes/no questions about a unit, each answered from closed lists, each harmless when the answer is wrong.

A unit that nothing recognises is a sentence of its own, verbatim. See `docs/built-in-writer.md` for what the answers
are used for and how often they are right.
"""

from dataclasses import dataclass
from functools import lru_cache

import regex

from assistant.drafting.builtin.leaning import lacks_subject, leans_back
from assistant.drafting.builtin.lexicon import Lexicon, lexicon, plain, tokens
from assistant.drafting.builtin.naming import names
from assistant.messages import Language

QUOTED = regex.compile(r"«[^«»]{2,}»|“[^“”]{2,}”|\"[^\"]{2,}\"|(?<!\w)‘[^‘’]{2,}’(?!\w)")
OPENS_QUOTED = regex.compile(r"\A(?:«|“|\"|‘)")
ASKS = regex.compile(r"\?[»”\"')\s]*\Z")
LIST_BREAK = regex.compile(r"\s*,\s*|\s+(?:et|and|ou|or)\s+")
LIST_ITEM = 2
"""Words in one item of a bare list, articles with an apostrophe left out."""


@dataclass(frozen=True)
class Reading:
    """What the rules saw in a unit."""

    leans_back: bool
    """Speaks of something that precedes: never first, never moved away from its neighbour."""
    lacks_subject: bool
    """A participle or bare predicate: never first without its subject in front."""
    bare_list: bool
    """Words between commas, no figure: may hang on a preceding clause by a colon."""
    existential: bool
    """Starts with « il y a » or "there is": true, and weak in front."""
    thanks: bool
    """Starts by thanking: it opens or closes, it does not stand in the middle."""
    conditional: bool
    """Starts with « si » or "if": opens only where the person typed it first."""
    administrative: bool
    """Contract, places, conditions: near the practical line, never an opening."""
    gesture: bool
    """Starts by telling what to do: an imperative or infinitive of the list."""
    quotation: bool
    """Opens with what somebody said."""
    question: bool
    finite: bool
    """Holds a verb that the list knows."""
    signs: frozenset[str]
    """Concrete signs: `digit`, `number`, `name`, `contrast`, `first_person`, `quotation`."""
    vague: tuple[str, ...]
    """Words that say nothing yet: "quality", « esprit d'équipe »."""


@lru_cache(maxsize=4096)
def read(text: str, language: Language) -> Reading:
    """The five answers for one unit."""
    lists = lexicon(language)
    folded = plain(text).strip()
    words = tokens(folded)
    quotation = bool(OPENS_QUOTED.match(text.strip()) and QUOTED.search(text))
    finite = any(word in lists.words["finite"] for word in words)
    return Reading(
        leans_back=not quotation and leans_back(folded, words, language),
        lacks_subject=not quotation and lacks_subject(words, language),
        bare_list=_bare_list(folded, lists),
        existential=bool(lists.starts["existential"].match(folded)),
        thanks=bool(lists.starts["thanks"].match(folded)),
        conditional=bool(words) and words[0] in lists.words["conditions"],
        administrative=_administrative(folded, words, lists, finite),
        gesture=bool(words) and words[0] in lists.words["gestures"],
        quotation=quotation,
        question=bool(ASKS.search(text)),
        finite=finite,
        signs=_signs(text, folded, words, lists, language),
        vague=tuple(dict.fromkeys(match.group() for match in lists.inside["vague"].finditer(folded))),
    )


def _bare_list(folded: str, lists: Lexicon) -> bool:
    items = [item for item in LIST_BREAK.split(folded.rstrip(".")) if item]
    if folded.count(",") < 1 or len(items) < 3 or any(c.isdigit() for c in folded):
        return False
    if any(word in lists.words["numbers"] for word in tokens(folded)):
        return False
    return all(1 <= len(_content(item)) <= LIST_ITEM and not any(w in lists.words["finite"] for w in tokens(item)) for item in items)


def _content(item: str) -> list[str]:
    return [word for word in tokens(item) if not word.endswith("'")]


def _administrative(folded: str, words: list[str], lists: Lexicon, finite: bool) -> bool:
    """Terms of the list in a short unit, or at the start of a longer one."""
    match = lists.inside["administrative"].search(folded)
    if match is None:
        return False
    return match.start() < 12 or (len(words) <= 12 and not finite)


def _signs(text: str, folded: str, words: list[str], lists: Lexicon, language: Language) -> frozenset[str]:
    signs = set()
    if any(c.isdigit() for c in folded):
        signs.add("digit")
    if any(word in lists.words["numbers"] for word in words):
        signs.add("number")
    if names(text, language):
        signs.add("name")
    if lists.inside["contrast"].search(folded):
        signs.add("contrast")
    if any(word in lists.words["first_person"] for word in words):
        signs.add("first_person")
    if QUOTED.search(text):
        signs.add("quotation")
    return frozenset(signs)
