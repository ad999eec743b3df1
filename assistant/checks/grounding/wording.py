"""What a text asserts without a figure: a refund, a gift, an origin, a rank, what customers felt. It needs a source like any price.

Only with a brief, which says what holds, or in a reply, where the playbook says what may be offered. Closed lists
(`wording.toml`); a passage holds when one of these, or a fact of the kit that is valid on the day, uses one of its words. Orders
to a machine that stand in a brief are no source, and what a comment asks for is no offer.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.grounding.kit_facts import KIT, topic_of
from assistant.checks.grounding.sources import brief_texts, words_of
from assistant.checks.orders import without_orders
from assistant.checks.reading import Reading, View
from assistant.findings import Finding, Level
from assistant.messages import Language

STEM = 6
"""Letters by which « remboursement » and « remboursé » are one word."""
LEVELS: dict[str, Level] = {"promise": "error", "claim": "warning"}


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.brief is None and context.kind != "reply":
        return
    fields = (*view.bodies, view.first_comment)
    asserted = [(field, kind, match) for field in fields for kind, match in _asserted(field, context.language)]
    asserted += [(view.alt_text, kind, match) for kind, match in _asserted(view.alt_text, context.language) if kind == "promise"]
    if not asserted:
        return
    known = _known(
        "\n".join(field.text for field in fields), frozenset().union(*(words_of(match.group()) for _, _, match in asserted)), context
    )
    for field, kind, match in asserted:
        if not _stems(match.group()) & known:
            # A picture may show a present or a voucher: there it is for a person to see whether something is promised.
            level = "warning" if field is view.alt_text else LEVELS[kind]
            yield found(f"grounding.{kind}", level, field, field.folded.span(*match.span()))


def _asserted(field: Reading, language: Language) -> Iterator[tuple[str, "regex.Match[str]"]]:
    """What a field asserts, promises first; a passage is one of them only."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _patterns(language):
        for match in pattern.finditer(field.folded.text):
            if not any(match.start() < end and match.end() > start for start, end in taken):
                taken.append(match.span())
                yield kind, match


def _known(said: str, asserted: frozenset[str], context: CheckContext) -> frozenset[str]:
    """The words of everything that may be asserted on the day.

    A line of the kit holds only where the text says it, a fact of the kit only where the text is about its thing: what is
    asserted is not what the text is about.
    """
    texts = [without_orders(text) for text in brief_texts(context.brief)] if context.brief is not None else []
    texts += context.given if context.kind != "reply" else ()
    stated: frozenset[str] = frozenset()
    if kit := context.kit:
        about = topic_of(said) | (topic_of(context.brief.subject) if context.brief is not None else frozenset())
        topic = about - topic_of(" ".join(asserted))
        stated = KIT.of(kit).words_about(topic, context.today, month_first=context.variant == "en-US")
        texts += [line.text for line in kit.lines if line.text in said]
        texts += [offer for play in kit.playbook.plays for offer in play.may_offer] if context.kind == "reply" else []
        texts += [line for mould in kit.moulds for line in mould.lines]
        texts += [
            kit.name,
            kit.description,
            *kit.legal_notes,
            *(one.text for one in kit.disclosures),
            *(pillar.name for pillar in kit.pillars),
        ]
        texts += [*(term.term for term in (*kit.terms.must, *kit.terms.preferred)), *kit.own_marks()]
    return frozenset(word[:STEM] for word in stated.union(*(words_of(text) for text in texts)))


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
    "text, parts, first comment, promises in the alt text; with a brief",
    (Rule("grounding.promise", "error"), Rule("grounding.claim", "warning")),
    _run,
)
