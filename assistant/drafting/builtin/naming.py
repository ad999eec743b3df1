"""Proper names in a unit: capitals that no sentence start explains; and the kit's own names in the kit's own spelling."""

import regex

from assistant.brands.kit import Kit
from assistant.checks.reading import Reading
from assistant.checks.terms import misspelled
from assistant.drafting.builtin.lexicon import Lexicon, lexicon, plain, tokens
from assistant.messages import Language
from assistant.text import fold

NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}\p{N}’'\-]+")
CLAUSE_BREAK = regex.compile(r"[.!?:…]\s*\Z|[«“\"(]\s*\Z")
AFFIX = regex.compile(r"'s\Z|\A(?:l|d|j|c|n|s|qu)'")
KNOWN = ("determiners", "subjects", "prepositions", "finite", "numbers", "question_starts", "participles", "stop", "time_words")
OBJECTS = frozenset({"en", "y", "l'", "le", "la", "les", "se", "s'", "nous", "vous", "ne", "n'", "lui", "leur"})
"""What may stand between a name and its verb."""


def names(text: str, language: Language) -> list[str]:
    """Capitalised words that are names, in order; weekdays, months and first words of a sentence are none."""
    lists = lexicon(language)
    found = []
    for match in NAME.finditer(text):
        word = AFFIX.sub("", plain(match.group()))
        if word in lists.words["days"] or word in lists.words["months"] or word in ("i'm", "i've", "i'd", "i'll"):
            continue
        before = text[: match.start()].rstrip()
        starts = not before or CLAUSE_BREAK.search(before)
        if not starts or _is_subject(word, tokens(plain(text[match.end() :]))[:3], lists):
            found.append(match.group())
    return found


def _is_subject(word: str, after: list[str], lists: Lexicon) -> bool:
    """A capitalised first word is a name when no list knows it and a verb of the list follows."""
    verb = next((w for w in after if w not in OBJECTS), "")
    return verb in lists.words["finite"] and not any(word in lists.words[name] for name in KNOWN) and not word.endswith("s")


def as_the_kit_writes(text: str, kit: Kit) -> str:
    """`text` with the kit's names in its spelling where the words are the same: « Boite à sauver » can mean only one thing.

    A name of one word may be a word like others (a boat called Turnstone, a bird): there only lost accents are set.
    """
    if not kit.terms.must:
        return text
    reading = Reading(text)
    written = reading.text
    for (start, end), term in sorted(misspelled(reading, kit), reverse=True):
        typed, name = reading.text[start:end], term.term
        one_word = len(name.split()) == 1 and typed.casefold() == name.casefold()
        raised = typed[1:] == name[1:] and typed[0].casefold() == name[0].casefold() and typed[0].isupper()
        if fold(typed).replace("-", " ").split() == fold(name).replace("-", " ").split() and not one_word and not raised:
            written = written[:start] + name + written[end:]
    return written
