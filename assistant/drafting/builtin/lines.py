"""The kit's own lines and moulds: which may stand in this draft, by their conditions and their rest."""

from dataclasses import dataclass

import regex

from assistant.brands.kit import Line, Mould, Need
from assistant.brands.lines import SLOT
from assistant.brands.perishable import perishable
from assistant.brands.register import clashes
from assistant.drafting.builtin.lexicon import lexicon, plain
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.units import bare, content
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

Condition = Line | Mould
STEM = 4
"""Letters that two words of one family share, near enough."""
A_WHILE = regex.compile(r"\b(?:an|one|half an|\d+) hour(?:['’]s|s['’])?(?!\p{L})", regex.IGNORECASE)
"""How long something takes is not when one is open."""
FEW = 2
"""Of so few words that mean something one is the point of the line: « Un tablier cherche quelqu'un »."""


@dataclass(frozen=True)
class Offer:
    """What the kit offers for this brief."""

    lines: tuple[Line, ...]
    moulds: tuple[Mould, ...]

    def of(self, role: str) -> tuple[Line, ...]:
        """Lines of one role."""
        return tuple(line for line in self.lines if line.role == role)


def offered(request: WriteRequest, material: Material) -> Offer:
    """Lines and moulds whose conditions hold now, those first that meet the subject itself."""
    have = _have(request, material)
    topic = content(request.brief.subject, request.language)
    lines = tuple(line for line in request.kit.lines if _holds(line, request, material, have) and _clean(line.text, request))
    moulds = tuple(m for m in request.kit.moulds if _holds(m, request, material, have) and all(_clean(text, request) for text in m.lines))
    meets = [{id(item) for item in items if _meets(item, topic, request.language)} for items in (lines, moulds)]
    return Offer(
        tuple(sorted(lines, key=lambda line: id(line) not in meets[0])), tuple(sorted(moulds, key=lambda mould: id(mould) not in meets[1]))
    )


def narrowness(item: Condition) -> int:
    """How many conditions it has: a line for any case is a tic in waiting."""
    objectives = item.objectives if isinstance(item, Line) else ()
    return sum(bool(x) for x in (item.purposes, item.about, objectives, item.needs))


def _holds(item: Condition, request: WriteRequest, material: Material, have: frozenset[Need]) -> bool:
    brief, network = request.brief, request.network.key.removesuffix("-premium")
    if (item.language or request.kit.language) != request.language or (item.until and item.until < request.today):
        return False
    if item.networks and network not in {name.removesuffix("-premium") for name in item.networks}:
        return False
    if item.purposes and brief.purpose not in item.purposes:
        return False
    if isinstance(item, Line) and item.objectives and brief.objective not in item.objectives:
        return False
    if item.about and not (_meets(item, _said(request, material), request.language)):
        return False
    if material.sad and (not isinstance(item, Mould) and item.role in ("aside", "opening", "ask", "closing")):
        return False
    return set(item.needs) <= have and (_stands_for_the_link(item, request) or not _resting(item, request))


def _said(request: WriteRequest, material: Material) -> frozenset[str]:
    """Content words of the subject and of what is said about it; a date or an address among the facts makes no topic."""
    told = " ".join((request.brief.subject, *(unit.text for unit in material.units)))
    return content(A_WHILE.sub(" ", told), request.language)


def _meets(item: Condition, words: frozenset[str], language: Language) -> bool:
    """Whether `words` hold one of the item's; a feast is a date like another unless nothing else is spoken of."""
    for word in item.about:
        wanted = content(word, language)
        feast = lexicon(language).inside["feasts"].fullmatch(plain(word)) is not None
        if wanted and wanted <= words and not (feast and len(words) > len(wanted)):
            return True
    return False


def _have(request: WriteRequest, material: Material) -> frozenset[Need]:
    """Which needs the brief meets."""
    kinds = {fact.kind for fact in material.facts}
    have: set[Need] = set()
    named: tuple[tuple[str, Need], ...] = (("date", "date"), ("hour", "hour"), ("place", "place"), ("price", "price"))
    have |= {need for kind, need in named if kind in kinds}
    if material.link and (request.network.links_clickable or request.account.link_in_bio):
        have.add("link")
    if any(u.reading.question for u in material.units):
        have.add("question")
    if any(u.reading.quotation for u in material.units):
        have.add("quotation")
    if any(u.may_open for u in material.units):
        have.add("first")
    if len(material.units) > 1:
        have.add("rest")
    if any(f.bare for f in material.facts):
        have.add("practical")
    if material.sentence:
        have.add("subject_sentence")
    if not material.sad:
        have.add("no_sad_news")
    return frozenset(have)


def _stands_for_the_link(item: Condition, request: WriteRequest) -> bool:
    """Whether the brand's own words would give way to a general « lien en bio »: those do not rest."""
    return isinstance(item, Line) and item.role == "link_label" and not request.network.links_clickable


def _resting(item: Condition, request: WriteRequest) -> bool:
    source = source_of(item)
    return any(source in recent.sources for recent in request.recent[: item.rest])


def source_of(item: Condition) -> str:
    """How a piece names the line or mould it comes from."""
    return f"kit.lines.{item.id}" if isinstance(item, Line) else f"kit.moulds.{item.id}"


def _clean(text: str, request: WriteRequest) -> bool:
    """No passing fact, no promise, no register but the account's, nothing the brief asks to avoid."""
    account = request.account
    if perishable(text, request.language) or clashes(text, request.language, account.address, account.speaker):
        return False
    return not any(word and f" {bare(word)} " in f" {bare(text)} " for word in request.brief.avoid)


def repeats(text: str, material: Material, language: Language) -> bool:
    """Whether a unit or the subject already says what a line says, by the beginnings of its words.

    A line that announces the subject (« Au comptoir : {subject_label} ») shares no word with it at all.
    """
    own, label = _stems(SLOT.sub(" ", text), language), _stems(material.label, language)
    if "{subject_label}" in text and own & label:
        return True
    said = [label, *(_stems(unit.text, language) for unit in material.units)]
    return bool(own) and any(len(own & one) > 0.5 * len(own) or (len(own) == FEW and own & one) for one in said)


def _stems(text: str, language: Language) -> set[str]:
    return {word[:STEM] for word in content(text, language)}
