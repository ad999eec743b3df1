"""Does it fit the network: length as that network counts it, hashtags, mentions, links, characters it refuses."""

from collections.abc import Iterator

import regex

from assistant.checks.check import Check, Rule, found, named, shown
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, View
from assistant.findings import Finding, Level
from assistant.messages import Message
from assistant.networks import counting

FANCY = regex.compile(
    "[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u249c-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
    "(?:[ \U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u249c-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]*"
    "[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u249c-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189])"
)
"""Letters dressed up as mathematics, full width, circled or squared: two at least, so that 🅿 alone stays an emoji."""
PHONE = regex.compile(
    r"(?<![\p{L}\p{N}.,/])(?:(?:\+|00)\d{1,3}[ \u00a0\u202f.-]?(?:\(0\))?[ \u00a0\u202f.-]?\d(?:[ \u00a0\u202f.-]?\d){6,11}"
    r"|0[ \u00a0\u202f.-]?[1-9](?:[ \u00a0\u202f.-]?\d{2}){4}|0\d{2,4}[ \u00a0\u202f-]\d{3,4}[ \u00a0\u202f-]?\d{3,4}"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}-\d{3}-\d{4})(?![\p{N}])"
)
"""Telephone numbers as people type them: French in pairs, international with `+`, British and American groups."""
INSTAGRAM_FAMILY = frozenset({"instagram"})
"""Networks that count hashtags over the caption and the first comment together."""


def _length(view: View, context: CheckContext) -> Iterator[Finding]:
    for body in view.bodies:
        if not regex.search(r"[\p{L}\p{N}\p{Extended_Pictographic}]", body.text):
            yield found("limits.empty", "error", body)
            continue
        count = counting.measure(body.text, context.network, reply=context.kind == "reply" and context.network.reply_limit is not None)
        if count.length > count.limit:
            soft = context.network.soft and context.kind != "reply"
            yield found(
                "limits.soft" if soft else "limits.length",
                "warning" if soft else "error",
                body,
                length=count.length,
                limit=count.limit,
                count=count.length - count.limit,
                network=named(context.network),
            )
        for second in count.limits:
            if second.length > second.limit and second.unit == "utf8_bytes" and second.unit != count.unit:
                over = second.length - second.limit
                yield found(
                    "limits.bytes", "error", body, length=second.length, limit=second.limit, count=over, network=named(context.network)
                )
        cap = context.network.reply_product_cap if context.kind == "reply" else context.network.product_cap
        if cap is not None and cap < count.length <= count.limit:
            yield found("limits.product_cap", "warning", body, length=count.length, limit=cap, network=named(context.network))


def _tags(view: View, context: CheckContext) -> Iterator[Finding]:
    network = context.network
    for body in view.bodies:
        tags = len(body.hashtags)
        if network.key in INSTAGRAM_FAMILY and body.part is None:
            tags += len(view.first_comment.hashtags)
        if network.max_hashtags is not None and tags > network.max_hashtags:
            level: Level = "error" if network.hashtag_overflow == "reject" else "warning"
            extra = body.hashtags[network.max_hashtags] if len(body.hashtags) > network.max_hashtags else None
            yield found("limits.hashtags", level, body, extra, found=tags, limit=network.max_hashtags, network=named(network))
        people = len(body.mentions)
        if network.max_mentions is not None and people > network.max_mentions:
            span = body.mentions[network.max_mentions]
            yield found("limits.mentions", "error", body, span, found=people, limit=network.max_mentions, network=named(network))
        elif network.warn_mentions_above is not None and people > network.warn_mentions_above:
            span = body.mentions[network.warn_mentions_above]
            yield found(
                "limits.mentions_many", "warning", body, span, found=people, limit=network.warn_mentions_above, network=named(network)
            )


def _links(view: View, context: CheckContext) -> Iterator[Finding]:
    network = context.network
    for body in view.bodies:
        distinct = list(dict.fromkeys(body.text[a:b].casefold() for a, b in body.links))
        if network.max_links is not None and len(distinct) > network.max_links:
            yield found("limits.links", "error", body, found=len(distinct), limit=network.max_links, network=named(network))
        if not body.links:
            continue
        span = body.links[0]
        if not network.links_clickable:
            yield found("limits.link_not_clickable", "warning", body, span, network=named(network))
        elif network.url_needs_scheme:
            bare = next((s for s in body.links if "://" not in body.text[s[0] : s[1]]), None)
            if bare is not None:
                yield found("limits.link_scheme", "warning", body, bare, network=named(network))


def _characters(view: View, context: CheckContext) -> Iterator[Finding]:
    network = context.network
    for body in view.bodies:
        for character in dict.fromkeys(c for c in body.text if c in network.forbidden_characters):
            at = body.text.index(character)
            yield found("limits.forbidden_characters", "error", body, (at, at + 1), character=character, network=named(network))
        if not network.phone_in_text and (phone := PHONE.search(body.prose)):
            yield found("limits.phone", "warning", body, phone.span(), network=named(network))
        if fancy := FANCY.search(body.text):
            yield found("limits.unicode_font", "warning", body, fancy.span())


def _beside(view: View, context: CheckContext) -> Iterator[Finding]:
    network = context.network
    alt = view.alt_text
    if network.alt_text_limit is not None and len(alt.text) > network.alt_text_limit:
        over = (network.alt_text_limit, len(alt.text))
        yield found("limits.alt_text", "error", alt, over, length=len(alt.text), limit=network.alt_text_limit, network=named(network))
    comment = view.first_comment
    if comment.text.strip() and network.reply_limit is not None:
        count = counting.measure(comment.text, network, reply=True)
        if count.length > count.limit:
            yield _comment_too_long(comment, count.length, count.limit, named(network))


def _comment_too_long(comment: Reading, length: int, limit: int, network: Message | str) -> Finding:
    return found(
        "limits.first_comment",
        "error",
        comment,
        length=length,
        limit=limit,
        count=length - limit,
        network=network,
        text=shown(comment.text),
    )


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for part in (_length, _tags, _links, _characters, _beside):
        yield from part(view, context)


CHECK = Check(
    "limits.",
    "text, parts, first comment, alt text",
    (
        Rule("limits.empty", "error"),
        Rule("limits.length", "error"),
        Rule("limits.soft", "warning"),
        Rule("limits.bytes", "error"),
        Rule("limits.product_cap", "warning"),
        Rule("limits.hashtags", "error"),
        Rule("limits.mentions", "error"),
        Rule("limits.mentions_many", "warning"),
        Rule("limits.links", "error"),
        Rule("limits.link_not_clickable", "warning"),
        Rule("limits.link_scheme", "warning"),
        Rule("limits.forbidden_characters", "error"),
        Rule("limits.phone", "warning"),
        Rule("limits.unicode_font", "warning"),
        Rule("limits.alt_text", "error"),
        Rule("limits.first_comment", "error"),
    ),
    _run,
)
