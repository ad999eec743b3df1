"""Before what the subject may stand as a label with a colon. Where it may not, it is a sentence of its own: never wrong."""

from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.prose import has_colon, lowered
from assistant.drafting.builtin.units import Unit, content
from assistant.messages import Language


def may_lead(label: str, unit: Unit, language: Language) -> bool:
    """Whether « label : unit » reads as one: one colon, no word said twice, no news told before the news, no list in capitals."""
    lists, text = lexicon(language), unit.text
    ended = any(lists.ends["label_ends"].search(clause) for clause in plain(label).split(","))
    listing = "," in text and not unit.reading.finite and text[0].isupper() and lowered(text, language) == text
    if has_colon(text) or has_colon(label) or ended or listing:
        return False
    words = tokens(plain(text))
    start = next((word for word in words if word not in lists.words["determiners"]), "")
    if content(start, language) & content(label, language):
        return False
    predicate = words[0] if words and words[0] in lists.words["bare_predicates"] else ""
    return not (predicate and _is_plural(label, language) and _is_singular(predicate, language))


def _is_plural(label: str, language: Language) -> bool:
    """Whether the label's noun looks plural: harmless where it is not, the label is then a sentence of its own."""
    lists = lexicon(language)
    head: list[str] = []
    for word in tokens(plain(label)):
        if word in lists.words["prepositions"] or any(c.isdigit() for c in word):
            break
        head.append(word)
    if language == "fr":
        return bool(head) and (head[0] in ("les", "des", "nos", "vos", "ces") or head[0].endswith(("s", "x")))
    return bool(head) and head[-1].endswith("s") and not head[-1].endswith("ss")


def _is_singular(verb: str, language: Language) -> bool:
    if language == "fr":
        return not verb.endswith("nt") or verb.endswith("ient")
    return verb.endswith("s") or verb in ("isn't", "doesn't")


def is_deadline(fact: Fact, language: Language) -> bool:
    """Whether a fact says until when: no subject is announced for that day."""
    late = lexicon(language).starts["deadlines"]
    return late.match(plain(fact.value)) is not None or late.match(plain(fact.name)) is not None
