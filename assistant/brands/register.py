"""Which register a text speaks in: « tu » or « vous », « on », « nous » or « je », "we" or "I". Quotations are left out.

Rules are closed lists and say nothing where they do not know; an imperative counts only at the start of a sentence.
"""

from collections.abc import Set

import regex

from assistant.brands.imperatives import orders_tu, orders_vous
from assistant.messages import Language
from assistant.text import sentences

QUOTED = regex.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")

_TU = regex.compile(
    r"\b(?:tu|te|toi|tes|ta)\b|(?<![\p{L}])t['’](?=\p{L})|(?<!\b(?:le|du|un|au|de|ce|bon|même|quel|demi)\s)\bton\b(?!\s+sur\b)", regex.I
)
_VOUS = regex.compile(r"(?<!rendez-)(?<!rendez )\bvous\b(?!\s+(?:tous|toutes|deux|trois)\b)|\bvotre\b|\bvos\b|\bvôtres?\b", regex.I)
_SPEAKS: dict[str, regex.Pattern[str]] = {
    "je": regex.compile(r"(?<![\p{L}])(?:je\b|j['’](?=\p{L}))", regex.I),
    "nous": regex.compile(r"\bnous\s+(?:(?:ne|vous|te|le|la|les|en|y|lui|leur|nous)\s+|(?:n|t|l|s)['’])*\p{L}*(?:ons|ommes)\b", regex.I),
    "on": regex.compile(r"(?<!\b(?:comme|si|que|quand|où|et|ou)\s)(?<!['’])\bon\b(?!\s+(?:dit|sait|croit|appelle|dirait)\b)", regex.I),
}
_SPEAKS_EN: dict[str, regex.Pattern[str]] = {
    "I": regex.compile(r"\bI(?:['’](?:m|ve|d|ll))?\b|\b[Mm]y\b"),
    "we": regex.compile(r"\b(?:we(?:['’](?:re|ve|d|ll))?|our|ours)\b|\b(?:let\s)us\b", regex.I),
}
_OWN = {"nous": regex.compile(r"\b(?:notre|nos|nous)\b", regex.I), "je": regex.compile(r"\b(?:mon|mes|ma|moi)\b", regex.I)}
_YOU = regex.compile(r"\b(?:you|your|yours|yourself)\b", regex.I)
_ADDRESSES = {"tu": _TU, "vous": _VOUS, "you": _YOU}


def without_quotations(text: str) -> str:
    """`text` with what it quotes left out: the voice of the person quoted is not the brand's."""
    return QUOTED.sub(" ", text)


def addresses(text: str, language: Language) -> Set[str]:
    """How `text` speaks to its reader: `tu`, `vous` or `you`; both French ones when it mixes them."""
    own = without_quotations(text)
    if language == "en":
        return {"you"} if _YOU.search(own) else frozenset()
    found = set()
    starts = sentences(own)
    if _TU.search(own) or any(orders_tu(s) for s in starts):
        found.add("tu")
    if _VOUS.search(own) or any(orders_vous(s) for s in starts):
        found.add("vous")
    return found


def speakers(text: str, language: Language) -> Set[str]:
    """Who `text` lets speak, as the subject of a sentence: `je`, `on`, `nous`, "I", "we"."""
    own = without_quotations(text)
    return {who for who, pattern in (_SPEAKS if language == "fr" else _SPEAKS_EN).items() if pattern.search(own)}


def names_itself(text: str, language: Language) -> Set[str]:
    """As `speakers`, with possessives and object pronouns (« notre », « chez nous »): enough to measure, too much to refuse."""
    found = set(speakers(text, language))
    if language == "fr":
        own = without_quotations(text)
        found |= {who for who, pattern in _OWN.items() if pattern.search(own)}
    return found


def spoken(text: str, who: str) -> str:
    """The first words of `text` that address (« tu », « vous », "you") or let speak (« on », « nous », "we", ...) as `who` says."""
    own = without_quotations(text)
    for patterns in (_ADDRESSES, _SPEAKS, _OWN, _SPEAKS_EN):
        found = patterns[who].search(own) if who in patterns else None
        if found:
            return found.group().strip()
    orders = {"tu": orders_tu, "vous": orders_vous}
    return next((s for s in sentences(own) if who in orders and orders[who](s)), "")


def clashes(text: str, language: Language, address: str, speaker: str) -> tuple[str, str] | None:
    """The register found in `text` and the account's own that it contradicts; None when they agree or nothing is known.

    « Chez nous », « notre » beside « on » are good French and no clash; an account without a form of address, or in which
    the brand speaks of itself by name, contradicts nothing.
    """
    found = addresses(text, language)
    if address in ("tu", "vous") and found - {address} and language == "fr":
        return next(iter(found - {address})), address
    voices = speakers(text, language)
    if speaker in ("je", "on", "nous", "I", "we"):
        for other in sorted(voices - {speaker}):
            return other, speaker
    return None
