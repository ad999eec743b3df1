"""What a text asserts without a figure: a refund, a gift, an origin, a rank, what customers felt. It needs a source like any price.

Only with a brief: then the person has said what holds. Closed lists (`wording.toml`); a passage holds when the brief, or a fact
of the kit that is valid on the day, uses one of its words. Orders to a machine that stand in a brief are no source.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.grounding.sources import brief_texts, words_of
from assistant.checks.orders import without_orders
from assistant.checks.reading import View
from assistant.findings import Finding, Level
from assistant.messages import Language

STEM = 6
"""Letters by which « remboursement » and « remboursé » are one word."""
LEVELS: dict[str, Level] = {"promise": "error", "claim": "warning"}


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.brief is None:
        return
    known = _known(context)
    for field in (*view.bodies, view.first_comment):
        folded = field.folded
        taken: list[tuple[int, int]] = []
        for kind, pattern in _patterns(context.language):
            for match in pattern.finditer(folded.text):
                span = folded.span(*match.span())
                if _stems(match.group()) & known or any(span[0] < end and span[1] > start for start, end in taken):
                    continue
                taken.append(span)
                yield found(f"grounding.{kind}", LEVELS[kind], field, span)


def _known(context: CheckContext) -> frozenset[str]:
    """The words of everything that may be asserted on the day."""
    texts = [without_orders(text) for text in brief_texts(context.brief)] if context.brief is not None else []
    texts += context.given
    if kit := context.kit:
        texts += [part for fact in kit.facts if fact.holds_on(context.today) for part in (fact.name, fact.value)]
        texts += [*(line.text for line in kit.lines), *(mould for one in kit.moulds for mould in one.lines)]
        texts += [
            kit.name,
            kit.description,
            *kit.legal_notes,
            *(one.text for one in kit.disclosures),
            *(pillar.name for pillar in kit.pillars),
        ]
        texts += [*(term.term for term in (*kit.terms.must, *kit.terms.preferred)), *kit.own_marks()]
    return frozenset(word[:STEM] for text in texts for word in words_of(text))


def _stems(passage: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words_of(passage) if len(word) > 3)


@cache
def _patterns(language: Language) -> tuple[tuple[str, "regex.Pattern[str]"], ...]:
    lists = tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf8"))[language]
    return tuple(
        (
            kind,
            regex.compile(
                rf"(?<![\p{{L}}\p{{N}}#@_])(?:{'|'.join(p for family in families.values() for p in family)})(?![\p{{L}}\p{{N}}_])"
            ),
        )
        for kind, families in lists.items()
    )


CHECK = Check(
    "grounding.",
    "text, parts, first comment; with a brief",
    (Rule("grounding.promise", "error"), Rule("grounding.claim", "warning")),
    _run,
)
