"""What a card says beside the text: findings, the voice in three reasons, what it was inspired by, what it is made of."""

import re
import textwrap
from collections.abc import Iterable
from html import escape

from assistant.brands.voice import VoiceScore
from assistant.drafts import Draft
from assistant.findings import LEVELS, Finding
from assistant.services import sources
from assistant.ui.outside import html
from assistant.ui.session import figure, language, said, say

OPEN = 3
"""Findings shown at once; the rest is folded."""
QUOTED = 220
"""Characters shown of a past post."""


def findings_html(draft: Draft) -> str:
    """The remarks, gravest first: three open, the others folded."""
    ordered = sorted(draft.findings, key=lambda one: LEVELS.index(one.level))
    if not ordered:
        return ""
    shown, rest = _list(ordered[:OPEN]), ordered[OPEN:]
    if rest:
        shown += f"<details><summary>{escape(say('card.more_findings', count=len(rest)))}</summary>{_list(rest)}</details>"
    return f'<div class="plume-findings">{shown}</div>'


def _list(findings: Iterable[Finding]) -> str:
    return f"<ul>{''.join(map(_finding, findings))}</ul>"


def _finding(finding: Finding) -> str:
    hint = finding.hint(language())
    mend = f" <small>{html(hint)}</small>" if hint else ""
    level = escape(say(f"level.{finding.level}"))
    return f'<li class="{finding.level}"><b>{level}</b> {html(finding.message(language()))}{mend}</li>'


def voice_html(score: VoiceScore, posts: int) -> str:
    """How much it sounds like the brand: a share, and three reasons with the words that decided."""
    reasons = "".join(_reason(said(one.message), one.quote, good=one.good) for one in score.reasons[:3])
    share = escape(say("card.voice", percent=round(score.score * 100)))
    return f"<h3>{share}</h3><ul class='plume-reasons'>{reasons}</ul><small>{escape(say('card.voice.from', count=posts))}</small>"


def _reason(sentence: str, quote: str, *, good: bool) -> str:
    words = f" {html(say('card.quote', words=quote))}" if quote else ""
    sign = escape(say("reason.good" if good else "reason.less"))
    return f'<li class="{"good" if good else "less"}"><b>{sign}</b> {html(sentence)}{words}</li>'


def inspired_html(draft: Draft, *, any_post: bool) -> str:
    """What stands above the past posts that lent the draft its layout."""
    laid_out = say("card.layout_from", count=int(draft.provenance.layout or 0))
    none = "" if any_post else f"<p>{escape(say('card.no_sources'))}</p>"
    return f'<div class="plume-why"><h3>{escape(say("card.inspired"))}</h3><small>{escape(laid_out)}</small>{none}</div>'


def guide_html(passages: Iterable[sources.Shown]) -> str:
    """What the guide says that is close to it."""
    guide = "".join(map(source_html, passages))
    return f'<div class="plume-why"><h3>{escape(say("card.guide"))}</h3>{guide}</div>' if guide else ""


def source_html(shown: sources.Shown) -> str:
    """One of them: its words, where it stood, its results and why it was found."""
    known = shown.source.figures.items()
    figures = " · ".join(say(f"metric.{name}", count=value, figure=figure(value)) for name, value in known if value and name != "followers")
    where = say(f"network.{shown.network}") if shown.network else shown.title
    about = " · ".join(filter(None, (where, figures, *(said(one) for one in shown.source.reasons))))
    words = shortened(shown.text) if shown.text else say("card.source_gone")
    return f'<blockquote class="plume-quote">{html(words)}<br><small>{html(about)}</small></blockquote>'


def shortened(text: str, width: int = QUOTED) -> str:
    """The beginning of a text, cut between words."""
    return textwrap.shorten(text, width, placeholder=" …")


def provenance_html(draft: Draft) -> str:
    """Where each run of the text comes from."""
    pieces = [piece for piece in draft.provenance.pieces if piece.text.strip() and piece.source != "joint"]
    rows = "".join(f"<li>{html(piece.text.strip())} <small>— {html(source_name(piece.source))}</small></li>" for piece in pieces)
    left = list(dict.fromkeys(source_name(one) for one in draft.provenance.left_out))
    rest = f"<small>{html(say('card.left_out', sources=left))}</small>" if left else ""
    return f"<h3>{escape(say('card.made_of'))}</h3><ul class='plume-pieces'>{rows}</ul>{rest}"


def source_name(source: str) -> str:
    """A source in words: "your key point 2", "the kit’s line"."""
    numbered = re.fullmatch(r"brief\.(key_points|must_include)\[(\d+)\](?:\.\d+)?", source)
    if numbered:
        return say(f"source.{numbered[1]}", number=int(numbered[2]) + 1)
    if source.startswith("brief.facts."):
        return say("source.fact", name=source.removeprefix("brief.facts."))
    for prefix in ("brief.answers", "brief", "kit.lines", "kit.moulds", "kit.facts", "kit.hashtags", "kit", "person", "model"):
        if source.startswith(prefix):
            return say(f"source.{prefix}")
    return source
