"""What a candidate must satisfy before it is shown. One that fails is dropped; the pipeline's checks come after."""

import regex

from assistant.drafting.builtin.composing import Made
from assistant.drafting.builtin.material import Material
from assistant.drafting.writer import WriteRequest
from assistant.text import sentence_spans

DOUBLED = regex.compile(r"(?<!\.)\.\.(?!\.)|[?!…]\.(?!\w)|[,;:]\s*[.,;]|\.\s+\.|(?<!\p{N}):\s*:|,,")
COLON = regex.compile(r":(?=\s|\Z)")
QUOTED = regex.compile(r"«[^«»]*»|“[^“”]*”")
LEFTOVER = regex.compile(r"\{\w+\}|\[\w[^\]]*\]|\{\s*[\"'“‘][^{}\n]{1,60}[\"'”’]\s*:")


def passes(made: Made, request: WriteRequest, material: Material) -> bool:
    """Whether the text may be shown."""
    text = made.text
    return (
        bool(text.strip())
        and not DOUBLED.search(text)
        and not LEFTOVER.search(text)
        and _one_colon_a_sentence(text)
        and _first_stands_alone(made)
        and _neighbours_kept(made, material)
        and not _ask_without_link(made, material)
        and _facts_as_typed(text, material)
    )


def _one_colon_a_sentence(text: str) -> bool:
    prose = QUOTED.sub("", text)
    return all(len(COLON.findall(prose[a:b])) < 2 for a, b in sentence_spans(prose))


def _first_stands_alone(made: Made) -> bool:
    """Nothing opens that leans back, lacks its subject or is a term."""
    plan = made.plan
    if not plan.units or plan.angle.label_in_front or plan.angle.practical_first or plan.angle.mould:
        return True
    first = plan.units[0]
    return first.may_open or first.source.startswith(("brief.first_words", "brief.answers.first_words"))


def _neighbours_kept(made: Made, material: Material) -> bool:
    """A unit that leans back stands behind the neighbour it was typed behind."""
    typed = [point.source for point in material.points]
    used = [unit.source for unit in made.plan.units]
    for number, unit in enumerate(made.plan.units):
        if not unit.tied or unit.source not in typed:
            continue
        at = typed.index(unit.source)
        if at == 0 or number == 0:
            continue
        if typed[at - 1] in used and used[number - 1] != typed[at - 1]:
            return False
    return True


def _ask_without_link(made: Made, material: Material) -> bool:
    ask = made.plan.extras.ask
    return ask is not None and "link" in ask.needs and not material.link


def _facts_as_typed(text: str, material: Material) -> bool:
    return all(
        fact.value in text or fact.value[:1].upper() + fact.value[1:] in text or _lowered(fact.value) in text for fact in material.facts
    )


def _lowered(value: str) -> str:
    return value[:1].lower() + value[1:]
