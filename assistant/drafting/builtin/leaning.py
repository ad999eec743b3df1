"""Does a unit speak of what precedes it, does it lack its subject? Closed lists and word order, no suffix but the English -ing."""

import regex

from assistant.drafting.builtin.lexicon import Lexicon, lexicon
from assistant.messages import Language

ADJECTIVE_ALONE = 3
"""Words: "Free entry", "Light and strong"; a longer English unit that starts with an adjective has its noun."""
OTHER_ONE = regex.compile(r"(?:the \w+ ones?|(?:the )?\d+(?:st|nd|rd|th) one)\b")
""""The new one", "2nd one": the noun was typed before."""
ALL_OF_THEM = regex.compile(r"tou(?:s|tes) (?:ont|sont|les ont|se |ne |n')")
AFTERWARDS = regex.compile(r"(?:apres|avant|depuis|plus tard|after|since|later)\s*,")
"""« Après, elle chauffe » : after what was typed before."""
ENDS_BACK = regex.compile(
    r"\b(?:another|(?<!\b(?:bar|but|only|every|no|this|last) )ones?"
    r"|d'autres|une? autre|l'autre|les autres|le sien|la sienne|les siens)[.!]?\Z"
)
"""The noun is the neighbour's: "Nobody has paid for another"."""
YEAR = regex.compile(r"(?:1[89]|20)\d\d")
COUNTED = {"fr": regex.compile(r"\w*nt"), "en": regex.compile(r"were|are|have|had")}
"""A verb in the plural behind a bare number: « 23 dépassent le seuil », "Twelve were late"."""
HEAD = 5
"""Words before an object that was named earlier: « Une dame en cherchait »."""


def leans_back(folded: str, words: list[str], language: Language) -> bool:
    """Whether the unit starts with, or holds, a pronoun or a link to what precedes."""
    lists = lexicon(language)
    if lists.starts["back_excused"].match(folded):
        return bool(lists.inside["back_inside"].search(folded))
    if folded.endswith("?") and words[:1] and words[0] in lists.words["question_starts"]:
        return False
    if AFTERWARDS.match(folded) or OTHER_ONE.match(folded) or ENDS_BACK.search(folded) or _acts_on_nothing(folded, lists):
        return True
    if lists.starts["back_starts"].match(folded) or lists.inside["back_inside"].search(folded):
        return True
    if _bare_ordinal(words, lists) or _bare_count(words, lists, language):
        return True
    if language == "fr":
        if any(word.endswith("-là") and word not in ("au-delà", "par-là") for word in words):
            return True
        return _object_named_before(words, lists) or bool(ALL_OF_THEM.match(folded))
    return bool(regex.search(r"\b(?:too|either)[.!]?\Z", folded)) or _points_at_nothing(words, lists)


def _acts_on_nothing(folded: str, lists: Lexicon) -> bool:
    """« On a regardé. », "We tried, twice": what was looked at or tried stands in the unit before."""
    match = lists.starts["back_acts"].match(folded)
    return match is not None and folded[match.end() :].lstrip()[:1] in ("", ".", ",", ";", ":", "!", "…")


def _bare_ordinal(words: list[str], lists: Lexicon) -> bool:
    """« Le quatrième est offert », "The last ran in May": the noun was typed before."""
    if len(words) < 3 or words[0] not in ("le", "la", "l'", "les", "the"):
        return False
    verb = words[3] if words[1] in ("plus", "moins", "most", "least") and len(words) > 3 else words[2]
    return words[1] in lists.words["ordinals"] and verb in lists.words["finite"]


def _bare_count(words: list[str], lists: Lexicon, language: Language) -> bool:
    """« 23 dépassent le seuil », "Twelve were late": of what they are that many was typed before; a year is no count."""
    start = [word for word in words[:3] if word not in ("ne", "n'")]
    if len(start) < 2 or not (start[0].isdigit() or start[0] in lists.words["numbers"]) or YEAR.fullmatch(start[0]):
        return False
    return start[1] in lists.words["finite"] and COUNTED[language].fullmatch(start[1]) is not None


def _object_named_before(words: list[str], lists: Lexicon) -> bool:
    """« On les a gardés », « nous l'avons », « une dame en cherchait » : an object that was named before."""
    head = [word for word in words[: HEAD + 2] if word not in ("ne", "n'")]
    if len(head) > 2 and head[0] in lists.words["clitic_subjects"] and head[1] in lists.words["clitics"]:
        return head[2] not in ("monde", "soir", "matin", "midi")
    for number in range(1, min(HEAD, len(head) - 1)):
        word, following = head[number], head[number + 1]
        if word in lists.words["clitics"] and following in lists.words["gestures"] and not _has_noun(head[:number], lists):
            return True
        if (
            word in ("en", "y")
            and following in lists.words["finite"]
            and (word, following) not in (("en", "fait"), ("y", "a"), ("en", "cours"))
        ):
            return True
        if word in ("l'", "le", "la", "les") and (following in lists.words["have"] or (number == 1 and _after_a_name(head, lists))):
            return True
    return False


def _has_noun(words: list[str], lists: Lexicon) -> bool:
    return any(word in lists.words["determiners"] or word in lists.words["numbers"] for word in words)


def _after_a_name(head: list[str], lists: Lexicon) -> bool:
    """« Odile les écrit » : first a word that no list of small words holds, then an object, then a verb."""
    return head[2] in lists.words["finite"] and not any(
        head[0] in lists.words[name] for name in ("determiners", "prepositions", "stop", "finite")
    )


def _points_at_nothing(words: list[str], lists: Lexicon) -> bool:
    """ "Nobody asked them to": a pronoun with nothing before it in the unit that it could stand for."""
    at = next((n for n, word in enumerate(words) if word in lists.words["pointing"]), None)
    if at is None:
        return False
    known = lists.words["determiners"] | lists.words["numbers"]
    return not any(w in known or w.isdigit() or (w.endswith("s") and w not in lists.words["finite"]) for w in words[:at])


def lacks_subject(words: list[str], language: Language) -> bool:
    """Whether the unit is a participle or a bare predicate whose subject stands elsewhere."""
    lists = lexicon(language)
    start = [word for word in words if word not in lists.words["skipped"]] or words
    if not start or start[0] in lists.words["not_participles"]:
        return False
    first, second = start[0], start[1] if len(start) > 1 else ""
    if lists.starts["fragments"].match(" ".join(words).replace("' ", "'")):
        return not any(word in lists.words["finite"] or word in lists.words["own_subjects"] for word in words)
    if first in lists.words["ranks"] and second in lists.words["of"]:
        return True
    if first in lists.words["bare_adjectives"]:
        if language == "fr":
            return second not in lists.words["own_subjects"]
        return second not in lists.words["finite"] and (second in lists.words["prepositions"] or len(words) <= ADJECTIVE_ALONE)
    if first in lists.words["participles"]:
        if language == "fr" and any(word in lists.words["own_subjects"] for word in start[1:]):
            return False
        bare = second in lists.words["passive"] or second in lists.words["participles"] or second in lists.words["determiners"]
        return language == "fr" or len(words) == 1 or bare
    if first in lists.words["bare_predicates"]:
        return not _inverted(first, second, lists)
    if language == "fr" or not first.endswith("ing") or first in lists.words["gerunds_are_nouns"]:
        return False
    return not any(word in lists.words["finite"] for word in start[1:])


def _inverted(first: str, second: str, lists: Lexicon) -> bool:
    """ "Can you…", "Is the shop…": the subject is there, behind its verb."""
    return second in lists.words["subjects"] or (second in lists.words["determiners"] and first in ("is", "was", "has", "can", "isn't"))
