"""Words as search sees them: accents folded, French and English stop words out, light stems.

One set of rules for both languages, since a French brand writes "newsletter" and an English one "café"; what matters is
that a query and a text meet, not that a stem is a word. The plural and feminine endings follow the idea of J. Savoy's
minimal French stemmer ("Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages", 2006).
"""

import re
import unicodedata
from functools import lru_cache

from assistant.text import fold

WORD = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where a word made of several is taken apart: #AtelierVélo, 24cm."""

FRENCH = """
a afin ai aie aient ait alors après as au aucun aucune aujourd auquel aura aurait auront aussi autre autres aux avait avant avec avez
avoir avons ayant beaucoup bien c ça ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de déjà
depuis des dont du elle elles en encore entre es est et étaient était étant étiez étions être eu eux fait faire faut hui ici il ils j je
jusqu jusque l la là le les leur leurs lorsqu lorsque lui m ma mais me même mêmes mes moi moins mon n ne ni non nos notre nous on ont or
ou où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi pourra puis puisqu puisque qu quand que quel quelle quelles
quelqu quelque quelques quels qui quoi s sa sans se sera serait seront ses si sien soi soient soit sommes son sont sous suis sur t ta
tant te tels tes toi ton toujours tous tout toute toutes très trop tu un une vers voici voilà vos votre vous y à apres deja etaient
etait etant etre meme memes tres voila
"""
ENGLISH = """
a about after again all also am an and any are as at be because been before being between both by can cannot could did do does doing don
down during each few for from further had has have having he her here hers him his how i if in into is isn it its itself just ll me more
most my no nor not now of off on once only or other our ours out over own re s same she should so some such t than that the their theirs
them then there these they this those through to too under until up us ve very was we were what when where which while who whom why will
with would you your yours
"""
STOP_WORDS = frozenset(FRENCH.split()) | frozenset(ENGLISH.split())
"""With their accents, and looked up before these are folded: « thé » is not "the", « dès » is not « des ». Words that one of the two
languages needs (« but », « car » and "but", "car"; « été », the summer) are not among them."""
SHORTEST = 4
"""Letters that a stem keeps at least."""
ENDINGS = tuple(
    sorted(
        "ing ed ee er e ation ateur atrice ement ment ez ant ent ait aient eur euse".split(),  # noqa: SIM905
        key=lambda ending: (-len(ending), ending),
    )
)


def tokens(text: str) -> list[str]:
    """The stems of `text` in order, repeated as often as they stand there; stop words and single letters left out."""
    found: list[str] = []
    for word in WORD.findall(text if text.isascii() else unicodedata.normalize("NFC", text)):
        found.extend(stems(word))
    return found


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, ...]:
    """What one word is found by: its stem, and those of its parts where it was written together."""
    parts = HUMP.split(word) if word != word.lower() or not word.isalpha() else []
    kept = [word, *parts] if len(parts) > 1 else [word]
    return tuple(stem(fold(part)) for part in kept if part.lower() not in STOP_WORDS and (len(part) > 1 or part.isdigit()))


def stem(word: str) -> str:
    """`word` (folded) without the endings of number, gender, conjugation and the commonest derivations."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    word = _without_plural(word)
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST), "")
    word = word.removesuffix(ending)
    return word[:-1] if len(word) > SHORTEST and word[-1] == word[-2] else word


def _without_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("aux"):
        return word[:-2] + "l"
    if word[-1] in "sx" and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
