"""The house's word for another, where the kit gives one and nothing around it has to agree. Elsewhere the word stays, and is shown."""

from collections.abc import Iterator

import regex

from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

INVARIABLE = regex.compile(r"(?:à|au|aux|en|sans|sur|par|pour|avec)\s", regex.IGNORECASE)
"""In French, what begins like this depends on no gender: « au détail », « à l’unité »."""
INFINITIVE = regex.compile(r"\p{Ll}+(?:er|ir|oir|re)\Z")
VOWEL = regex.compile(r"[aeiouyhàâäéèêëîïôöùûü]", regex.IGNORECASE)
NOUN_AHEAD = regex.compile(
    r"(?<![\p{L}'’])(?:a|an|the|this|that|our|your|their|its|his|her|every|each|one|no|these|those|some|all)\s\Z", regex.IGNORECASE
)
ARTICLE = regex.compile(r"(?<![\p{L}'’])(?P<a>an?)\s\Z", regex.IGNORECASE)
PLAIN = regex.compile(r"\p{Ll}{3,}")
NO_NOUN = frozenset({"say", "give", "name", "leave", "make", "tell", "use", "put", "are", "was", "were", "not", "and", "the"})


def in_house_words(text: str, request: WriteRequest) -> str:
    """`text` with the kit's preferred words in the place of those they replace, and of words to avoid where that reads."""
    for wrong, right in pairs(request):
        pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}_#@/.-]){_spaced(wrong)}(?![\p{{L}}\p{{N}}_@/-])")
        for match in reversed(list(pattern.finditer(text))):
            if _reads(text[: match.start()], wrong, right, request.language):
                text = text[: match.start()] + right + text[match.end() :]
    return text


def pairs(request: WriteRequest) -> Iterator[tuple[str, str]]:
    """Wrong and right, as the kit has them, both in small letters: a word with a capital may be a name."""
    terms = request.kit.terms
    found = [(wrong, term.term) for term in terms.preferred for wrong in term.instead_of]
    found += [(term.term, term.alternative) for term in terms.avoid if term.alternative]
    yield from ((wrong, right) for wrong, right in found if wrong == wrong.lower() and right == right.lower())


def _spaced(words: str) -> str:
    return r"[ \u00a0]".join(regex.escape(word).replace("'", "['’]").replace("’", "['’]") for word in words.split())


def _reads(before: str, wrong: str, right: str, language: Language) -> bool:
    """Whether the sentence is still right with the other word."""
    return _reads_in_french(before, wrong, right) if language == "fr" else _reads_in_english(before, wrong, right)


def _reads_in_french(before: str, wrong: str, right: str) -> bool:
    """Adverbials and infinitives alone: a noun would want its article, its adjectives and its verb to agree."""
    if INVARIABLE.match(wrong) and INVARIABLE.match(right):
        return True
    both = INFINITIVE.fullmatch(wrong) and INFINITIVE.fullmatch(right)
    return bool(both) and bool(VOWEL.match(wrong)) == bool(VOWEL.match(right))


def _reads_in_english(before: str, wrong: str, right: str) -> bool:
    """Nouns of the same number behind an article or the like; « a » and « an » as they stand."""
    if not (PLAIN.fullmatch(wrong) and PLAIN.fullmatch(right)) or right in NO_NOUN or wrong.endswith("s") != right.endswith("s"):
        return False
    if not NOUN_AHEAD.search(before):
        return False
    article = ARTICLE.search(before)
    return article is None or (article["a"].casefold() == "an") == bool(VOWEL.match(right) and right[0] != "y")
