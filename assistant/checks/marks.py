"""Signs of a brand: its emoji and hashtag policy, and the marks of other brands that must never appear here."""

from collections.abc import Iterator

import regex

from assistant.brands.kit import Kit, Term
from assistant.briefs import Brief
from assistant.checks.check import Check, Rule, found, named
from assistant.checks.context import CheckContext, OtherMark
from assistant.checks.memory import Kept
from assistant.checks.reading import Reading, View
from assistant.checks.terms import Lexicon, lexicon
from assistant.findings import Finding, Level
from assistant.messages import Message
from assistant.networks.catalogue import family
from assistant.text import fold

VARIATION = regex.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def bare(emoji: str) -> str:
    """An emoji without skin tone and presentation, for comparing."""
    return VARIATION.sub("", emoji)


def _emoji(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.kit is None:
        return
    policy = context.kit.emoji
    banned = {bare(e) for e in policy.banned}
    allowed = {bare(e) for e in policy.allowed}
    for body in view.bodies:
        if len(body.emojis) > policy.max:
            span = body.emojis[policy.max][:2]
            yield found("brand.emoji", "warning", body, span, count=len(body.emojis), most=_most(policy.max))
        for start, end, one in body.emojis:
            if bare(one) in banned:
                yield found("brand.emoji_banned", "error", body, (start, end))
            elif allowed and policy.max and bare(one) not in allowed:
                yield found("brand.emoji_other", "warning", body, (start, end), allowed=list(policy.allowed)[:12])


def _hashtags(view: View, context: CheckContext) -> Iterator[Finding]:
    if context.kit is None:
        return
    policy = context.kit.hashtags
    banned = {fold(tag.lstrip("#＃")) for tag in policy.banned}
    own = policy.max.get(context.network.key, policy.max.get(family(context.network.key)))
    limit = own if own is not None else context.network.recommended_hashtags[1]
    for body in view.bodies:
        if len(body.hashtags) > limit:
            level: Level = "warning" if own is not None else "info"
            span = body.hashtags[limit]
            yield found("brand.hashtags", level, body, span, count=len(body.hashtags), most=_most(limit), network=named(context.network))
    for field in (*view.bodies, view.first_comment):
        for span in field.hashtags:
            if fold(field.text[span[0] + 1 : span[1]]) in banned:
                yield found("brand.hashtag_banned", "error", field, span)


def _is_own(kit: Kit | None, mark: str) -> bool:
    return kit is not None and fold(mark.lstrip("#＃@")) in {fold(own.lstrip("#＃@")) for own in kit.own_marks()}


def _foreign(marks: tuple[OtherMark, ...]) -> Lexicon:
    """One pattern for all other brands; a hashtag or a handle is looked for with and without its sign."""
    return lexicon((m.mark.lstrip("#＃@"), Term(term=m.mark, reason=m.brand_name)) for m in marks if m.mark.strip("#＃@ "))


FOREIGN: Kept[tuple[OtherMark, ...], Lexicon] = Kept(_foreign)


def _most(limit: int) -> Message:
    return Message("checks.most.some", {"limit": limit}) if limit else Message("checks.most.none")


def _other_brands(view: View, context: CheckContext) -> Iterator[Finding]:
    if not context.other_marks:
        return
    words = FOREIGN.of(context.other_marks)
    for field in view.shown:
        for span, term in _anywhere(words, field):
            if not _is_own(context.kit, term.term):
                meant = _is_meant(context.brief, term.term)
                yield found("brand.other_brand", "warning" if meant else "error", field, span, brand=term.reason)


def _anywhere(words: Lexicon, field: Reading) -> Iterator[tuple[tuple[int, int], Term]]:
    """Also inside links: another brand's address is another brand."""
    if words.pattern is None:
        return
    for match in words.pattern.finditer(field.folded.text):
        term = words.entries.get(" ".join(match.group().replace("-", " ").split()))
        if term is not None:
            yield field.folded.span(*match.span()), term


def _is_meant(brief: Brief | None, mark: str) -> bool:
    """Whether the brief itself asks for this other brand: in what must be said, or as the partner of a partnership."""
    if brief is None:
        return False
    said = [*brief.must_include]
    if brief.purpose == "partnership":
        said += [
            brief.subject,
            brief.subject_sentence,
            brief.first_words,
            *brief.key_points,
            *brief.facts.values(),
            *brief.answers.values(),
        ]
    return fold(mark.lstrip("#＃@")) in fold(" ".join(said))


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for part in (_emoji, _hashtags, _other_brands):
        yield from part(view, context)


CHECK = Check(
    "brand.",
    "text, parts, first comment, alt text",
    (
        Rule("brand.emoji", "warning"),
        Rule("brand.emoji_banned", "error"),
        Rule("brand.emoji_other", "warning"),
        Rule("brand.hashtags", "warning"),
        Rule("brand.hashtag_banned", "error"),
        Rule("brand.other_brand", "error"),
    ),
    _run,
)
