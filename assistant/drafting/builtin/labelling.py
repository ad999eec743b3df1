"""How a fact is said with its name: behind a colon, straight on (« Inscription au comptoir »), or without, where the value says it.

Closed lists; what they do not know keeps its colon, which is right for everything.
"""

import regex

from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.lexicon import plain
from assistant.drafting.builtin.prose import raised
from assistant.drafts import Piece

WHERE = regex.compile(r"(?:à|au|aux|chez|par|sur|du|dès|dans|en|at|by|on|from|in)\s|à l['’]")
"""A value that goes on from a noun; one with a capital is a title or a sentence."""
GOES_ON = regex.compile(r"(?:inscriptions?|reservations?|acces|places?|bookings?|registration|admission)\Z")
"""Names of conditions that are nouns of an act: « conditions sur réservation » would be none."""
ASKS = regex.compile(r"\b(?:qui|quoi|comment|combien|pourquoi|who|what|how|why|noms?|titres?|names?|titles?|auteurs?|authors?)\b")
ANY_GENDER = (
    r"(?:libre|obligatoire|possible|necessaire|illimite+e|limitee|gratuite|offerte|comprise|incluse|fermee|ouverte|payante|conseillee"
    r"|recommandee|inchangee|reservee|autorisee|interdite|acceptee|bienvenue)"
)
MASCULINE = r"(?:gratuit|offert|compris|inclus|ferme|ouvert|payant|conseille|inchange|reserve|autorise|interdit|accepte|limite|bienvenu)"
MEN = (
    r"(?:horaire|tarif|parking|cafe|stationnement|atelier|repas|velo|gouter|stock|service|vestiaire|chien|enfant|paiement|groupe|debutant)"
)
"""Nouns that are known to be masculine; a feminine form was typed to agree, and needs no list of nouns."""
AGREES = (
    regex.compile(rf"\p{{L}}*[^\Ws]e? {ANY_GENDER}\Z"),
    regex.compile(rf"\p{{L}}+s {ANY_GENDER}s\Z"),
    regex.compile(rf"{MEN} {MASCULINE}\Z"),
    regex.compile(rf"{MEN}s (?:{MASCULINE}s|compris|inclus)\Z"),
    regex.compile(
        r"(?:dogs|children|kids|tools|gloves|hours|times|prices|fares|booking|tea|coffee|parking|beginners|lunch|everyone|places)"
        r" (?:welcome|unchanged|included|provided|required|allowed|essential|optional|limited|reserved)\Z"
    ),
)


def named(fact: Fact, colon: str) -> tuple[Piece, ...]:
    """A line of its own."""
    if _starts_with_its_name(fact):
        return (Piece(raised(fact.value), fact.source),)
    joint = " " if goes_on(fact) or _agrees(fact) else colon
    return Piece(raised(fact.name), fact.name_source), Piece(joint, "joint"), Piece(fact.value, fact.source)


def entry(fact: Fact, *, first: bool) -> tuple[Piece, ...]:
    """Among others on one line: bare, but for « inscription au comptoir »; `first` starts a sentence."""
    if not goes_on(fact):
        return (Piece(raised(fact.value) if first else fact.value, fact.source),)
    small = fact.name if fact.name[1:] != fact.name[1:].lower() else fact.name.lower()
    return Piece(raised(fact.name) if first else small, fact.name_source), Piece(" ", "joint"), Piece(fact.value, fact.source)


def goes_on(fact: Fact) -> bool:
    """Whether the value reads on from the name: « inscription » + « au comptoir »."""
    name = plain(fact.name)
    known = GOES_ON.match(name) if fact.kind == "condition" else fact.kind == "other" and not ASKS.search(name)
    return bool(known) and name[-1:].isalpha() and WHERE.match(fact.value) is not None


def _agrees(fact: Fact) -> bool:
    said = f"{plain(fact.name)} {plain(fact.value)}"
    return any(pattern.match(said) for pattern in AGREES)


def _starts_with_its_name(fact: Fact) -> bool:
    return regex.match(rf"{regex.escape(plain(fact.name))}(?=\s|\Z)", plain(fact.value)) is not None
