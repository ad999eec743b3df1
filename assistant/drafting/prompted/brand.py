"""What a prompt says of the brand: the same for all its networks and briefs, so that servers keep it from call to call."""

from collections.abc import Iterable

from assistant.brands.kit import Kit, Term, Trait
from assistant.checks.memory import Kept
from assistant.drafting.prompted.fullness import Fullness
from assistant.messages import Language, Message, render
from assistant.prompts import block, in_line
from assistant.text import sentence_spans

ABOUT, AUDIENCE = 280, 220
"""Characters of the description and of the audience: whole sentences, enough to know who speaks to whom."""


def said(id: str, language: Language, /, **values: object) -> str:
    """A wording for prompts, in the prompt's language."""
    return render(Message(f"prompted.{id}", values), language)


def entries(lines: Iterable[str]) -> str:
    """One entry a line, those that say nothing left out."""
    return "\n".join(f"- {line}" for line in lines if line.strip())


def quoted(words: str, language: Language) -> str:
    """`words` in quotation marks, unless they quote somebody themselves."""
    one = in_line(words)
    return one if "«" in one or "“" in one else said("quoted", language, words=one)


def series(items: Iterable[str], language: Language) -> str:
    """Entries one after the other, a semicolon between as the language sets it."""
    whole = ""
    for item in filter(None, items):
        whole = said("semicolon", language, first=whole, rest=item) if whole else item
    return whole


def brand_inputs(kit: Kit, language: Language, fullness: Fullness) -> dict[str, str]:
    """Who speaks and how: voice, words, limits, model texts. Put together once for a kit."""
    kept = KEPT.of(kit)
    key = (language, fullness.corrections, fullness.models, fullness.contrasts)
    if key not in kept:
        kept[key] = _brand_inputs(kit, language, fullness)
    return dict(kept[key])


Key = tuple[Language, int, int, bool]
KEPT: Kept[Kit, dict[Key, dict[str, str]]] = Kept(lambda kit: {})


def _brand_inputs(kit: Kit, language: Language, fullness: Fullness) -> dict[str, str]:
    voice, terms = kit.voice, kit.terms
    return {
        "brand": in_line(kit.name),
        "about": in_line(cut(kit.description, ABOUT, "")),
        "audience": in_line(cut(kit.audience, AUDIENCE, "")),
        "language_rules": said(f"language.{kit.variant(language)}", language),
        "we_are": entries(_trait(one, language, contrast=fullness.contrasts) for one in voice.we_are),
        "we_are_not": entries(in_line(one) for one in voice.we_are_not),
        "corrections": entries(_correction(one.wrong, one.right, language) for one in voice.corrections[: fullness.corrections]),
        "must_terms": series((in_line(one.term) for one in terms.must), language),
        "preferred_terms": series((_instead(one, language) for one in terms.preferred), language),
        "avoid_terms": series((_alternative(one) for one in terms.avoid), language),
        "never_terms": series((_alternative(one) for one in terms.never), language),
        "competitors": series((in_line(one) for one in kit.competitors), language),
        "inclusive": said(f"inclusive.{kit.inclusive}", language) if kit.inclusive != "none" else "",
        "legal": entries(in_line(one) for one in kit.legal_notes),
        "models": _models(kit, language, fullness.models),
    }


def cut(text: str, room: int, mark: str = " […]") -> str:
    """The whole sentences of `text` that fit in `room` characters, with `mark` where some are left out; the first one always."""
    ends = [end for _, end in sentence_spans(text)]
    fitting = [end for end in ends if end <= room] or ends[:1] or [len(text)]
    return text if fitting[-1] >= len(text.rstrip()) else text[: fitting[-1]] + mark


def tag(name: str, language: Language) -> str:
    """A tag as the prompts of one language call it: `publication`, `post`."""
    return said(f"tag.{name}", language)


def _trait(trait: Trait, language: Language, *, contrast: bool) -> str:
    shown = [in_line(trait.name)]
    shown += [said("sounds_like", language, words=quoted(trait.sounds_like, language))] if trait.sounds_like else []
    shown += [said("not_like", language, words=quoted(trait.not_like, language))] if trait.not_like and contrast else []
    return " ".join(shown)


def _correction(wrong: str, right: str, language: Language) -> str:
    return f"{quoted(wrong, language)} → {quoted(right, language)}"


def _instead(term: Term, language: Language) -> str:
    others = ", ".join(in_line(one) for one in term.instead_of)
    return said("instead", language, term=in_line(term.term), others=others) if others else in_line(term.term)


def _alternative(term: Term) -> str:
    return f"{in_line(term.term)} → {in_line(term.alternative)}" if term.alternative else in_line(term.term)


def _models(kit: Kit, language: Language, most: int) -> str:
    """Model texts of different networks first: one voice, several lengths."""
    own = kit.voice.examples
    first = list({one.network: one for one in reversed(own)}.values())[::-1]
    ordered = [*(one for one in own if one in first), *(one for one in own if one not in first)]
    name = tag("model", language)
    blocks = []
    for number, one in enumerate(ordered[:most], 1):
        network = render(Message(f"network.{one.network}"), language) if one.network else ""
        why = series((network, in_line(one.why)), language)
        blocks.append("\n".join(filter(None, (f"m{number} ({why})" if why else "", block(name, one.text, id=f"m{number}")))))
    return "\n".join(blocks)
