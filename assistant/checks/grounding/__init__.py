"""Every fact has a source: the brief, or the kit's facts that hold on the planned day. Anything else is "to verify"."""

from collections.abc import Iterator

from assistant.brands.kit import Fact
from assistant.checks.check import Check, Rule, found, shown, spoken
from assistant.checks.context import CheckContext
from assistant.checks.grounding.claims import Claim, in_text
from assistant.checks.grounding.kit_facts import KIT, topic_of
from assistant.checks.grounding.names import Name, in_prose
from assistant.checks.grounding.past import PAST
from assistant.checks.grounding.sources import BRIEF, Known, brief_texts, known_from, merge
from assistant.checks.reading import Reading, View, blanked
from assistant.findings import Finding, Level
from assistant.messages import Message
from assistant.posts import Post

NAMELESS = frozenset({"code", "date", "weekday", "month", "price"})
"""Claims whose capitals are not those of a name."""
MILD = frozenset({"month", "wording"})
OFFERS = frozenset({"code", "percent"})
IDS = {"month": "date", "wording": "date", "weekday": "day"}


def month_first(context: CheckContext) -> bool:
    """Whether 12/5 is 5 December here."""
    return context.variant == "en-US"


def sources(context: CheckContext) -> Known:
    """Everything that may be stated on the planned day."""
    kit = KIT.of(context.kit).on(context.today, month_first=month_first(context)) if context.kit is not None else Known()
    brief = BRIEF.of(context.brief).on(context.today, month_first=month_first(context)) if context.brief is not None else Known()
    given = known_from(context.given, context.today, month_first=month_first(context))
    if context.kind == "reply":  # a comment may be quoted; a code or a discount that only a comment names is none of ours
        given = Known(frozenset(key for key in given.keys if key[0] not in OFFERS), given.words)
    return merge(kit, brief, given, Known(frozenset({("any",), ("number", str(context.today.year))})))


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    known = sources(context)
    about = _about(view, context)
    for field in (*view.bodies, view.first_comment, view.alt_text):
        if not field.text.strip():
            continue
        claims = tuple(in_text(field.text, context.language, month_first=month_first(context)))
        for claim in claims:
            if field is view.alt_text and claim.kind == "number":
                continue  # what a picture shows is counted by whoever sees it
            if mismatch := _weekday(field, claim, context):
                yield mismatch
            if known.holds(claim) or _today_is(claim, context):
                continue
            if doubt := _unknown(field, claim, context, about):
                yield doubt
        for name in in_prose(blanked(field.prose, tuple(c.span for c in claims if c.kind in NAMELESS)), context.language):
            missing = tuple(word for word in name.words if not known.knows(word))
            if missing:
                yield _unknown_name(field, name, missing, context)


def _today_is(claim: Claim, context: CheckContext) -> bool:
    """The planned day itself may be named, with its weekday and month."""
    day = context.today
    today = {("date", f"{day.month}-{day.day}"), ("date", f"{day.year}-{day.month}-{day.day}"), ("month", str(day.month))}
    return not claim.needs.isdisjoint(today | {("weekday", str(day.weekday()))})


def _weekday(field: Reading, claim: Claim, context: CheckContext) -> Finding | None:
    """« samedi 6 décembre » where the 6th is a Sunday; what the brief itself says so is said of the brief."""
    if claim.day is None or claim.day.weekday is None:
        return None
    day = claim.day.resolved(context.today)
    if day is None or day.weekday() == claim.day.weekday:
        return None
    if context.brief is not None and any(same_slip(claim, other) for other in brief_claims(context)):
        return None
    return found("grounding.weekday", "error", field, claim.span, date=spoken(day), weekday=Message(f"checks.weekday.{day.weekday()}"))


def same_slip(claim: Claim, other: Claim) -> bool:
    """Whether two dates are the same day and weekday."""
    a, b = claim.day, other.day
    return a is not None and b is not None and (a.day, a.month, a.weekday) == (b.day, b.month, b.weekday)


def brief_claims(context: CheckContext) -> Iterator[Claim]:
    """What the brief states, claim by claim."""
    if context.brief is not None:
        for text in brief_texts(context.brief):
            yield from in_text(text, context.language, month_first=month_first(context))


def _level(claim: Claim, context: CheckContext) -> Level:
    """Without a brief there is nothing to contradict: to verify, not to refuse."""
    return "warning" if context.brief is None or claim.small or claim.kind in MILD else "error"


def _about(view: View, context: CheckContext) -> frozenset[str]:
    """What the text is about, and the brief's subject."""
    said = " ".join(field.text for field in (*view.bodies, view.first_comment))
    return topic_of(said) | (topic_of(context.brief.subject) if context.brief is not None else frozenset())


def _gives_hours(context: CheckContext) -> bool:
    """Whether the brief has hours of its own, which those of the shop must not be taken for."""
    return any(claim.kind == "hour" for claim in brief_claims(context))


def _unknown(field: Reading, claim: Claim, context: CheckContext, about: frozenset[str]) -> Finding | None:
    passage = field.text[claim.span[0] : claim.span[1]]
    sentence = topic_of(field.text[slice(*field.sentence_at(claim.span[0]))])
    level = _level(claim, context)
    if context.kit is not None:
        kit, first = KIT.of(context.kit), month_first(context)
        facts = kit.facts(claim, context.today, month_first=first)
        opening = sentence if _gives_hours(context) else about
        if any(stated.is_about(about, opening) for stated in facts):
            return None
        if facts and claim.kind != "number":
            return found("grounding.other_fact", "warning", field, claim.span, fact=facts[0].fact.name)
        if fact := kit.expired(claim, context.today, month_first=first, about=about):
            return _out_of_date(field, claim, fact, context, level)
    near = sentence if claim.kind == "number" else None
    if context.history and (post := PAST.of(context.history).stating(claim, passage, context.language, near)):
        day = _published(post)
        return found("grounding.perishable", level, field, claim.span, post=post.id, day=day, opening=shown(post.text))
    return found(f"grounding.{IDS.get(claim.kind, claim.kind)}", level, field, claim.span)


def _published(post: Post) -> Message:
    return spoken(post.published_at.date()) if post.published_at else Message("checks.undated")


def _out_of_date(field: Reading, claim: Claim, fact: Fact, context: CheckContext, level: Level) -> Finding:
    early = fact.valid_from is not None and fact.valid_from > context.today
    limit = fact.valid_from if early else fact.valid_until
    when = Message("checks.fact.not_yet" if early else "checks.fact.over", {"day": spoken(limit) if limit else ""})
    return found("grounding.expired", level, field, claim.span, fact=fact.name, when=when)


def _unknown_name(field: Reading, name: Name, missing: tuple[str, ...], context: CheckContext) -> Finding:
    wanted = Name(name.span, missing)
    if context.history and (post := PAST.of(context.history).naming(wanted)):
        day = _published(post)
        return found("grounding.past_name", "info", field, name.span, post=post.id, day=day)
    return found("grounding.name", "warning", field, name.span)


CHECK = Check(
    "grounding.",
    "text, parts, first comment, alt text (figures of what the picture shows left out)",
    (
        *(
            Rule(f"grounding.{kind}", "error")
            for kind in ("number", "price", "percentage", "date", "weekday", "day", "hour", "link", "handle", "code", "email", "phone")
        ),
        Rule("grounding.name", "warning"),
        Rule("grounding.past_name", "info"),
        Rule("grounding.perishable", "error"),
        Rule("grounding.expired", "error"),
        Rule("grounding.other_fact", "warning"),
    ),
    _run,
)
