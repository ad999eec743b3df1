"""Who speaks to whom: « tu » or « vous », « on », « nous » or « je », "we" or "I", as the account says. Quotations are left out."""

from collections.abc import Iterator

import regex

from assistant.checks.check import Check, Rule, found, shown
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, Span, View
from assistant.checks.wordlists import in_order
from assistant.findings import Finding
from assistant.text import fold

TU = regex.compile(
    r"(?<![\p{L}’'-])(?:tu|te|toi|tes)(?![\p{L}’'])|(?<![\p{L}’'])t['’](?=[aeiouyhéèêàâîôû])|-toi(?!\p{L})"
    r"|(?<!(?:le|un|ce|du|au|de|même|quel|bon|demi|haut|sans|son|leur|d’|d')[ \u00a0])(?<![\p{L}’'-])ton(?= \p{L})"
    r"(?! (?:sur|est|monte|était|de|du|des)\b)"
    r"|(?<![\p{L}’'-])ta(?= \p{L})(?! (?:ta|da)\b)",
    regex.IGNORECASE,
)
VOUS = regex.compile(
    r"(?<!rendez[- ])(?<!rendez)(?<![\p{L}])vous(?!\p{L})(?!-m)|(?<!\p{L})(?:votre|vos|vôtres?)(?!\p{L})",
    regex.IGNORECASE,
)
ORDER_VOUS = regex.compile(
    r"(?:(?<=^)|(?<=[.!?…:;,»)\n][ \u00a0\u202f])|(?<=\n)"
    r"|(?<=(?:\bet|\bou|\bpuis|\bmais|\balors|\bdonc) ))(?!(?:chez|assez|rez|nez|rendez-vous|lez|riz)\b)"
    r"(?:ne |n['’])?\p{L}{2,}ez(?=-(?:le|la|les|lui|leur|moi|nous|en|y|vous)\b|[ \u00a0\u202f!.,]|$)",
    regex.IGNORECASE | regex.MULTILINE,
)
_VERBS = "|".join(in_order("orders_tu"))
ORDER_TU = regex.compile(
    rf"(?:(?<=^)|(?<=[.!?…:;»)\n][ \u00a0\u202f])|(?<=\n))(?:(?:ne |n['’])(?:{_VERBS}) pas\b|(?:{_VERBS})"
    r"(?:-(?:le|la|les|lui|moi|nous|toi|en|y)\b"
    r"|(?= (?:nous|ton|ta|tes|donc|vite|aussi|plutôt|chez|au|à|en|dans|avec|jusqu|voir|pas|sur)\b)))",
    regex.IGNORECASE | regex.MULTILINE,
)
"""Imperatives in the singular look like a third person: they count only at a sentence start, before what no subject would follow."""

SUBJECT_NOUS = regex.compile(
    r"(?<![-\p{L}])nous[ \u00a0](?:(?:ne|vous|te|le|la|les|en|y|lui|leur|nous)[ \u00a0]|(?:n|t|l|s|m|d)['’])*\p{L}*(?:ons|ommes)(?!\p{L})",
    regex.IGNORECASE,
)
SPEAKER_ON = regex.compile(
    r"(?<![\p{L}-])(?:l['’])?on[ \u00a0](?:ne[ \u00a0])?(?:vous|te)(?=[ \u00a0])|(?<![\p{L}-])on[ \u00a0](?:ne[ \u00a0])?t['’]",
    regex.IGNORECASE,
)
SPEAKER_JE = regex.compile(r"(?<![\p{L}-])(?:je(?=[ \u00a0])|j['’](?=\p{L}))", regex.IGNORECASE)
SPEAKER_I = regex.compile(
    r"(?<![\p{L}\p{N}'’.]|\p{Lu}\p{Ll}+ )I(?:['’](?:m|ve|d|ll)\b|(?= (?:am|was|have|had|will|would|can|could|do|did|don"
    r"|think|know|love|like|want|need|went|made|got|hope|never|always|still|just|really|\p{Ll}+ed)\b))"
)
SPEAKER_WE = regex.compile(r"(?<!\p{L})(?:we(?:['’](?:re|ve|d|ll))?|ours?)(?!\p{L})", regex.IGNORECASE)

CONTRADICTS: dict[str, tuple["regex.Pattern[str]", ...]] = {
    "on": (SUBJECT_NOUS, SPEAKER_JE),
    "nous": (SPEAKER_ON, SPEAKER_JE),
    "je": (SUBJECT_NOUS,),
    "I": (SPEAKER_WE,),
    "we": (SPEAKER_I,),
}
"""What the brand would not say, by who speaks. « Dites-nous », « notre » beside « on » are good French."""
MOST = 6
"""Passages quoted in one remark."""
SPEAKERS = {"fr": ("on", "nous", "je"), "en": ("I", "we")}


def addressed(reading: Reading, form: str) -> tuple[Span, ...]:
    """Where the text addresses its reader as `form` (`tu`, `vous`), quotations left out, each wording once, in order."""
    patterns = (TU, ORDER_TU) if form == "tu" else (VOUS, ORDER_VOUS)
    spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(reading.own_prose))
    once: dict[str, Span] = {}
    for span in spans:
        once.setdefault(fold(reading.text[slice(*span)]), span)
    return tuple(once.values())


def _address(view: View, context: CheckContext) -> Iterator[Finding]:
    wanted = context.account.address if context.account is not None else "none"
    for body in (*view.bodies, view.first_comment):
        tu, vous = addressed(body, "tu"), addressed(body, "vous")
        if wanted == "vous" and tu:
            yield found("brand.address", "warning", body, tu[0], text=_quoted(body, tu), wanted="vous")
        elif wanted == "tu" and vous:
            yield found("brand.address", "warning", body, vous[0], text=_quoted(body, vous), wanted="tu")
        elif wanted not in ("tu", "vous") and tu and vous:
            first, then = sorted((tu[0], vous[0]))
            yield found("brand.address_mixed", "warning", body, then, other=body.text[slice(*first)])


def _quoted(body: Reading, spans: tuple[Span, ...]) -> str:
    """Every passage to change, so that nobody mends the first and publishes the second."""
    return " … ".join(shown(body.text[slice(*span)]) for span in spans[:MOST])


def _speaker(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.account is None or context.account.speaker not in SPEAKERS[context.language]:
        return
    wanted = context.account.speaker
    for body in (*view.bodies, view.first_comment):
        matches = [m for pattern in CONTRADICTS[wanted] if (m := pattern.search(body.own_prose))]
        if matches:
            first = min(matches, key=lambda m: m.start())
            yield found("brand.speaker", "warning", body, first.span(), wanted=wanted)


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.language == "fr":
        yield from _address(view, context)
    yield from _speaker(view, context)


CHECK = Check(
    "brand.",
    "text, parts, first comment",
    (
        Rule("brand.address", "warning", ("fr",)),
        Rule("brand.address_mixed", "warning", ("fr",)),
        Rule("brand.speaker", "warning"),
    ),
    _run,
)
