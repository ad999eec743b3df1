"""Does the text do what the brief asks: its facts, its link, what must be said and what must not."""

from collections.abc import Iterator
from datetime import timedelta

import regex

from assistant.brands.kit import Term
from assistant.checks.check import Check, Rule, found, spoken
from assistant.checks.context import CheckContext
from assistant.checks.grounding import brief_claims, month_first
from assistant.checks.grounding.claims import Claim, Key, in_text, link_key
from assistant.checks.grounding.dates import named_by_weekday
from assistant.checks.grounding.sources import words_of
from assistant.checks.reading import View
from assistant.checks.terms import lexicon
from assistant.checks.wordlists import words as words_in
from assistant.findings import Finding
from assistant.messages import LANGUAGES, Message
from assistant.text import fold

TIGHT = 320
"""Networks with fewer characters than this have no room for every fact."""
TOLD = ("thanks", "news", "behind-the-scenes")
"""Purposes of posts that tell of what was: a day is no appointment there."""
RECENT = 6
"""Days: until then a weekday alone says which day it was, in a post that tells of it."""
STATED = 0.6
"""Share of a fact's own words that the text must hold for the fact to be stated, where it has no figure."""


def _offered(view: View, context: CheckContext) -> tuple[frozenset[Key], frozenset[str]]:
    keys: set[Key] = set()
    words: set[str] = set()
    for field in view.shown:
        words |= words_of(field.text)
        for claim in in_text(field.text, context.language, month_first=month_first(context)):
            keys |= claim.offers
            if claim.day is not None and (day := claim.day.resolved(context.today)):
                keys |= {("date", f"{day.year}-{day.month}-{day.day}"), ("weekday", str(day.weekday()))}
    if context.brief and context.brief.purpose in TOLD:
        last = (context.today - timedelta(days=back) for back in range(RECENT + 1))
        keys |= {("date", f"{day.year}-{day.month}-{day.day}") for day in last if ("weekday", str(day.weekday())) in keys}
    return frozenset(keys), frozenset(words)


def _by_weekday(claim: Claim, text: str) -> bool:
    """« Jeudi 8 » states the day of a brief that says « jeudi 8 avril »."""
    return claim.day is not None and any(True for _ in named_by_weekday(text, claim.day))


def _states(name: str, value: str, keys: frozenset[Key], words: frozenset[str], text: str, context: CheckContext) -> bool:
    read = [
        [
            c
            for c in in_text(f"{name} : {value}", language, month_first=month_first(context))
            if c.kind != "wording" and c.span[0] > len(name)
        ]
        for language in LANGUAGES
    ]
    if any(read):
        return any(claims and all(not _wanted(claim).isdisjoint(keys) or _by_weekday(claim, text) for claim in claims) for claims in read)
    own = words_of(value) - words_in("small")
    return not own or len(own & words) >= STATED * len(own)


def _wanted(claim: Claim) -> frozenset[Key]:
    """A number or price of the brief counts as stated with or without its unit."""
    return (
        claim.needs
        | {(key[0], key[1]) for key in claim.needs if key[0] == "number"}
        | {("number", key[1]) for key in claim.needs if key[0] == "price"}
    )


def _plain(text: str) -> str:
    return " ".join(regex.sub(r"[^\p{L}\p{N}#@%€$£+]+", " ", fold(text)).split())


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    brief = context.brief
    if brief is None:
        return
    keys, words = _offered(view, context)
    text = fold(" ".join(field.text for field in view.shown))
    said = f" {_plain(text)} "
    tight = context.network.limit <= TIGHT or context.network.soft
    for name, value in brief.facts.items():
        if not _states(name, value, keys, words, text, context):
            yield found("brief.missing_fact", "info" if tight else "warning", view.text, text=value, name=name)
    if brief.link and context.network.links_clickable and context.kind == "post" and ("link", link_key(brief.link)) not in keys:
        yield found("brief.missing_link", "info" if tight else "warning", view.text, text=brief.link)
    for wanted in brief.must_include:
        if _plain(wanted) and f" {_plain(wanted)} " not in said and not _link_is_there(wanted, keys):
            yield found("brief.must_include", "error", view.text, text=wanted)
    refused = lexicon((words_, Term(term=words_)) for words_ in brief.avoid)
    for field in view.shown:
        for span, _ in refused.find(field):
            yield found("brief.avoid", "error", field, span)
    yield from _impossible_dates(context)


def _link_is_there(wanted: str, keys: frozenset[Key]) -> bool:
    return " " not in wanted and "." in wanted and ("link", link_key(wanted)) in keys


def _impossible_dates(context: CheckContext) -> Iterator[Finding]:
    """A weekday that the brief itself has wrong: every text made from it would be wrong too."""
    seen: set[tuple[int, int]] = set()
    for claim in brief_claims(context):
        if claim.day is None or claim.day.weekday is None or (claim.day.day, claim.day.month) in seen:
            continue
        day = claim.day.resolved(context.today)
        if day is not None and day.weekday() != claim.day.weekday:
            seen.add((claim.day.day, claim.day.month))
            weekday = Message(f"checks.weekday.{day.weekday()}")
            said = Message(f"checks.weekday.{claim.day.weekday}")
            yield Finding("brief.weekday", "error", "brief", {"date": spoken(day), "weekday": weekday, "said": said})


CHECK = Check(
    "brief.",
    "text, parts, first comment",
    (
        Rule("brief.missing_fact", "warning"),
        Rule("brief.missing_link", "warning"),
        Rule("brief.must_include", "error"),
        Rule("brief.avoid", "error"),
        Rule("brief.weekday", "error"),
    ),
    _run,
)
