"""Which language a text is written in.

Small words decide first (« le », "the", "und"): that takes microseconds and settles most texts. What they leave open goes to
lingua, in its low-accuracy mode on purpose: 18 MB and 60 ms to load where the other takes 190 MB and two seconds, for
texts that the small words have already looked at. Silence is an answer: a wrong one blocks an approval.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import regex

from assistant.text import ADDRESS, EMAIL, HASHTAG, MENTION

if TYPE_CHECKING:
    from lingua import LanguageDetector

SMALL_WORDS: Final[Mapping[str, str]] = {
    "fr": "le la les un une des du de et est en que qui dans pour pas vous nous votre notre vos nos ce cette ces ça cela on il "
    "elle ils elles je tu te ton ta tes mon ma mes sur avec au aux plus par ne sont ont été sera où mais ou si très tout "
    "tous toute toutes bien fait faire merci bonjour bonsoir salut chez aussi comme encore leur leurs son sa ses se même "
    "quand sans être avoir avez êtes avons sommes va vais demain hui hier voici voilà quel quelle moi toi lui trop jamais "
    "toujours rien peu beaucoup déjà dès ici cet pourquoi donc car jusqu entre contre sous vers après avant depuis lors "
    "deux trois oui non à lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juin juillet août septembre "
    "octobre décembre matin soir semaine semaines heure heures ans année jours mois",
    "en": "the and of to a in is it that for you with this we our your are be on at have has from not but they was were will can "
    "what all just so do if or as by an my me he she his her them their there who how when why would could should get got "
    "been out up about more some no new here now today tomorrow please thanks thank any much very don doesn isn its into "
    "only over than then these those us i am did does which where because after before off still too also every ever never "
    "why let hi hello yes "
    "monday tuesday wednesday thursday friday saturday sunday january february july august october week weeks hours years year day "
    "days night morning tonight",
    "de": "der die das und ist nicht ich sie es ein eine einen einem mit auf für von zu zum zur dem den des im am wir ihr uns "
    "euch war wird werden sind haben hat habe auch wie aber oder nur noch schon sehr bei aus nach vor über um an so was "
    "wenn mein dein kein keine mir dich mich bitte danke heute morgen hier doch mal man kann gibt immer dass ab euer unser "
    "bis wieder ja nein",
    "es": "el la los las un una de del y en que es por para con no se su al lo le más como pero me mi tu te si ya muy está están "
    "son fue ser hay este esta estos esto ha han qué cuándo dónde cómo gracias hola también todo todos todas nos nuestro "
    "nuestra vuestro usted ustedes porque cuando donde hoy mañana aquí sin sobre entre desde hasta les eso sí o a",
    "it": "il lo la i gli le un una di del della dei delle che e è per con non si su da in al alla nel nella sono ho ha hanno "
    "questo questa come ma più mi ti ci vi anche se quando dove grazie ciao perché oggi domani qui tutto tutti molto bene "
    "noi voi loro suo sua mio tuo era essere fatto cosa sì o a dal sul",
    "pt": "o a os as um uma de do da dos das e é em no na nos nas que por para com não se ao à mais como mas me meu minha seu sua "
    "você vocês obrigado obrigada muito também já está estão são foi ser tem isto isso este esta hoje amanhã aqui quando "
    "onde porque pelo pela até sem nós eu ele ela sim ou um",
    "nl": "de het een en van is in dat die niet op te aan met voor zijn er ook maar om hij zij ze wij we je jij u ik mijn jouw "
    "ons onze was heeft heb hebben kan wordt worden nog wel naar bij uit als dan wat waar hoe deze dit geen graag bedankt "
    "dank morgen vandaag hier of tot over door jullie nee ja",
}
"""The words that hold sentences together, and greetings. One that several languages share speaks for each of them a little."""

GREETINGS: Final = frozenset(("merci", "bonjour", "bonsoir", "thanks", "gracias", "hola", "danke", "bitte", "grazie", "obrigado"))
"""Small words that tell as much as two."""

MARKS: Final[Mapping[str, str]] = {"œ": "fr", "û": "fr", "ß": "de", "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt"}
"""Letters and signs of one language only."""

SCRIPTS: Final = (
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("zh", regex.compile(r"\p{Han}")),
    ("uk", regex.compile(r"[іїєґ]", regex.IGNORECASE)),
    ("ru", regex.compile(r"\p{Cyrillic}")),
    ("fa", regex.compile(r"[پچژگ]")),
    ("ar", regex.compile(r"\p{Arabic}")),
    ("el", regex.compile(r"\p{Greek}")),
    ("he", regex.compile(r"\p{Hebrew}")),
    ("th", regex.compile(r"\p{Thai}")),
    ("hi", regex.compile(r"\p{Devanagari}")),
)
"""A script that one language is written in, or nearly; the narrower first."""

LETTER = regex.compile(r"\p{L}")
LATIN = regex.compile(r"\p{Latin}")
BARE_LINK = regex.compile(r"(?<![\w.\-])[\w\-]+(?:\.[\w\-]+)*\.\p{L}{2,}(?:/\S*)?")
QUOTED = regex.compile(r"«[^»]{0,200}»|“[^”]{0,200}”")
NAME = regex.compile(r"(?<=[\p{Ll}\p{N},;:]['’]?[ \u00A0\u202F]+(?:[ld]['’])?)\p{Lu}[\p{L}\p{M}’'\-]+")
"""A capital inside a sentence: names and titles speak no language."""
STRANGERS: Final = (("://", (ADDRESS,)), ("@", (EMAIL, MENTION)), ("#", (HASHTAG,)), (".", (BARE_LINK,)))
TOKEN = regex.compile(r"[\p{L}\p{M}]+|[¿¡]")
ELISION = regex.compile(r"\b(?:[ldcjnsmt]|qu|jusqu|lorsqu|puisqu)['’](?=[aeiouyhàâéèêëîïôœù])", regex.IGNORECASE)
CONTRACTION = regex.compile(r"\p{L}['’](?:s|t|re|ve|ll|m|d)\b", regex.IGNORECASE)

MIN_LETTERS: Final = 5
ENOUGH_LETTERS: Final = 18
"""Below, lingua is not asked."""
MAX_REPEATS: Final = 3
CLEAR: Final = 3
"""Small words of its own that settle a language."""
CLEAR_SHORT: Final = 2
RATIO: Final = 3
"""How many times as many as its nearest rival has."""
RATIO_OUTSIDE: Final = 5
LIKELY: Final = 0.7
"""The confidence of what rests on one or two small words: enough to sort a comment, too little to refuse a text."""
SURE: Final = 0.95
SURER: Final = 0.98
"""What lingua must reach about an expected language, and about another one."""


@dataclass(frozen=True)
class Guess:
    """A language (ISO 639-1) and how sure we are, from 0 to 1. Up to 0.7 it is likely; what blocks a text should ask for more."""

    code: str
    confidence: float


def detect(text: str, among: Collection[str] = ("fr", "en")) -> Guess | None:
    """The language of `text`, or None when it is too short or too mixed to tell. One outside `among` needs stronger proof."""
    prose = _prose(text)
    letters = len(LETTER.findall(prose))
    if letters < MIN_LETTERS:
        return None
    if len(LATIN.findall(prose)) < letters / 2:
        return _by_script(prose)
    heard = _heard(prose)
    code, lead, rival = _leader(heard)
    clear = lead >= (CLEAR if letters >= ENOUGH_LETTERS or code not in among else CLEAR_SHORT)
    if clear and lead >= rival * (RATIO if code in among else RATIO_OUTSIDE):
        confidence = (lead + 1) / (lead + rival + 2)
        return Guess(code, round(confidence if lead >= CLEAR else min(confidence, LIKELY), 2))
    return _by_letters(prose, letters, heard, among)


def _prose(text: str) -> str:
    """`text` without what speaks no language: links, addresses, handles, hashtags, quotations, names inside a sentence."""
    for sign, patterns in STRANGERS:
        if sign in text:
            for pattern in patterns:
                text = pattern.sub(" ", text)
    for pattern in (QUOTED, NAME):
        shorter = pattern.sub(" ", text)
        if shorter != text and len(LETTER.findall(shorter)) >= ENOUGH_LETTERS:
            text = shorter
    return text


def _heard(prose: str) -> Counter[frozenset[str]]:
    """How many small words of `prose` each set of languages shares; one that is said again and again counts three times at most."""
    heard: Counter[frozenset[str]] = Counter()
    for token, times in Counter(TOKEN.findall(prose.lower())).items():
        if token in _speakers():
            heard[_speakers()[token]] += min(times, MAX_REPEATS) + (token in GREETINGS)
    heard[frozenset({"fr"})] += len(ELISION.findall(prose))
    heard[frozenset({"en"})] += len(CONTRACTION.findall(prose))
    for mark in MARKS.keys() & set(prose.lower()):
        heard[frozenset({MARKS[mark]})] += 1
    return heard


def _leader(heard: Counter[frozenset[str]]) -> tuple[str, int, int]:
    """The language most small words belong to, and, against its nearest rival, how many are its own and how many the rival's."""
    totals = dict.fromkeys(SMALL_WORDS, 0)
    for codes, times in heard.items():
        for code in codes:
            totals[code] += times
    first = max(totals, key=totals.__getitem__)
    shared = dict.fromkeys(SMALL_WORDS, 0)
    for codes, times in heard.items():
        if first in codes:
            for code in codes:
                shared[code] += times
    duels = [(totals[first] - shared[code], totals[code] - shared[code]) for code in SMALL_WORDS if code != first]
    return first, *min(duels, key=lambda duel: (duel[0] - RATIO * duel[1], duel[0]))


def _by_script(prose: str) -> Guess | None:
    return next((Guess(code, 0.8) for code, script in SCRIPTS if script.search(prose)), None)


def _by_letters(prose: str, letters: int, heard: Counter[frozenset[str]], among: Collection[str]) -> Guess | None:
    """Lingua's opinion, taken when it is sure and small words agree: names alone look like any language.

    It chooses among the expected languages, and others only if a small word of theirs was heard.
    """
    if letters < ENOUGH_LETTERS:
        return None
    foreign = {code for codes, n in heard.items() if n and not codes & set(among) for code in codes}
    possible = frozenset(foreign | (set(among) & SMALL_WORDS.keys()))
    top = _detector(possible if len(possible) > 1 else frozenset(SMALL_WORDS)).compute_language_confidence_values(prose)[0]
    code = top.language.iso_code_639_1.name.lower()
    support = sum(n for codes, n in heard.items() if code in codes)
    against = sum(n for codes, n in heard.items() if code not in codes)
    if top.value < (SURE if code in among else SURER) or support < max(1, 2 * against) or not (code in among or code in foreign):
        return None
    return Guess(code, round(top.value * (0.9 if support >= CLEAR else LIKELY), 2))


@cache
def _speakers() -> Mapping[str, frozenset[str]]:
    """Small word -> the languages that use it."""
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for code, small_words in SMALL_WORDS.items():
        for word in small_words.split():
            speakers[word].add(code)
    return {word: frozenset(codes) for word, codes in speakers.items()}


@cache
def _detector(codes: frozenset[str]) -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    wanted = [getattr(IsoCode639_1, code.upper()) for code in sorted(codes)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*wanted).with_low_accuracy_mode().build()
