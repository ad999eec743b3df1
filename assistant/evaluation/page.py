"""The reading list as one HTML file: printable, without a script, nothing loaded from elsewhere, every text escaped.

Where a text comes from does not stand in it: drafts and posts look alike, the planned day is left out (it would date a post),
and the five past posts of an account are others than those to be read.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from assistant.brands.kit import Account, Fact, Kit, Term
from assistant.briefs import Brief
from assistant.evaluation.reading import ReadingList, ToRead
from assistant.messages import Language, text

POSTS_SHOWN = 5
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 Georgia,'Times New Roman',serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
h1,h2,h3,summary,dt,.id,nav{font-family:system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem;border-top:1px solid #767676;padding-top:1rem}h3{font-size:1rem}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #444;padding:.2rem 0 .2rem 1rem;margin:1rem 0;font-size:1.1rem}
.past{white-space:pre-wrap;overflow-wrap:anywhere;border-left:1px solid #767676;padding-left:1rem;margin:.6rem 0}
dl{margin:.3rem 0}dt{font-weight:600;font-size:.85rem;margin-top:.4rem}dd{margin:0 0 0 1rem;overflow-wrap:anywhere}
ul{margin:.2rem 0;padding-left:1.2rem}a{color:#0b4f8a}.id{font-weight:600}.where{font-size:.85rem}
article{break-inside:avoid}
@media print{body{margin:0;max-width:none}details::details-content{content-visibility:visible;block-size:auto}
a{color:inherit;text-decoration:none}}
"""


def page(reading: ReadingList, kits: Mapping[str, Kit], past: Mapping[tuple[str, str], Sequence[str]], day: date, reader: Language) -> str:
    """The whole file. `past` holds by (brand, network) the posts to be shown beside the kit.

    A fact that was over before `day` is shown no more.
    """
    title = text("evaluation.page.title", reader, count=len(reading.texts))
    brands = list(dict.fromkeys(one.brand for one in sorted(reading.texts, key=lambda one: one.brand)))
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="where">{escape(text("evaluation.page.list", reader, list=reading.id))}</p>',
        _paragraphs(text("evaluation.page.how", reader)),
        _paragraphs(text("evaluation.page.sheet", reader)),
        *(_brand(kits[slug], past, day, reader) for slug in brands),
        *(_text(one, kits[one.brand], reader) for one in reading.texts),
    ]
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
    )
    body = "\n".join(parts)
    return f'<!doctype html>\n<html lang="{reader}"><head>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n'


def _text(one: ToRead, kit: Kit, reader: Language) -> str:
    where = f"{escape(kit.name)} · {escape(text(f'network.{one.network}', reader))}"
    link = f'<a href="#kit-{escape(one.brand)}">{escape(text("evaluation.page.to_kit", reader))}</a>'
    return (
        f'<article><h2 id="{escape(one.id)}"><span class="id">{escape(one.id)}</span> · {where}</h2>'
        f'<div class="text" lang="{one.language}">{escape(one.text)}</div>'
        f"<details><summary>{escape(text('evaluation.page.brief', reader))}</summary>"
        f"{_brief(one.brief, one.language, reader)}</details>"
        f'<p class="where">{link}</p></article>'
    )


def _brief(brief: Brief, language: Language, reader: Language) -> str:
    told: list[tuple[str, str]] = [
        ("brief.subject", escape(brief.subject)),
        ("brief.subject_sentence", escape(brief.subject_sentence)),
        ("brief.purpose", escape(text(f"purpose.{brief.purpose}", reader)) if brief.purpose else ""),
        ("brief.objective", escape(text(f"objective.{brief.objective}", reader)) if brief.objective else ""),
        ("brief.format", escape(text(f"format.{brief.format}", reader)) if brief.format else ""),
        ("brief.first_words", escape(brief.first_words)),
        ("brief.key_points", _list(brief.key_points)),
        ("brief.facts", _list(f"{name} : {value}" for name, value in brief.facts.items())),
        ("brief.answers", _list(f"{name} : {value}" for name, value in brief.answers.items())),
        ("brief.link", escape(brief.link)),
        ("evaluation.page.audience", escape(brief.audience)),
        ("evaluation.page.tone", escape(brief.tone)),
        ("brief.must_include", _list(brief.must_include)),
        ("brief.avoid", _list(brief.avoid)),
    ]
    return f'<dl lang="{language}">' + _pairs((text(name, reader), html) for name, html in told) + "</dl>"


def _brand(kit: Kit, past: Mapping[tuple[str, str], Sequence[str]], day: date, reader: Language) -> str:
    voice = [f"{trait.name} : {trait.sounds_like}" + (f" / ✗ {trait.not_like}" if trait.not_like else "") for trait in kit.voice.we_are]
    tags = [f"{text(f'network.{network}', reader)} ≤ {most}" for network, most in kit.hashtags.max.items()]
    emoji = " ".join(kit.emoji.allowed) or text("evaluation.page.any", reader)
    told: list[tuple[str, str]] = [
        (text("evaluation.page.about", reader), escape(kit.description)),
        (text("evaluation.page.audience", reader), escape(kit.audience)),
        (text("kit.accounts", reader), _list(_account(one, reader) for one in kit.accounts)),
        (text("evaluation.page.we_are", reader), _list(voice)),
        (text("evaluation.page.we_are_not", reader), _list(kit.voice.we_are_not)),
        (text("kit.terms.must", reader), _terms(kit.terms.must)),
        (text("kit.terms.preferred", reader), _terms(kit.terms.preferred)),
        (text("kit.terms.avoid", reader), _terms(kit.terms.avoid)),
        (text("kit.terms.never", reader), _terms(kit.terms.never)),
        (text("evaluation.page.emoji", reader), escape(f"≤ {kit.emoji.max}" + (f" : {emoji}" if kit.emoji.max else ""))),
        (text("evaluation.page.hashtags", reader), escape(" · ".join((*kit.hashtags.brand, *kit.hashtags.campaign, *tags)))),
        (text("evaluation.page.legal", reader), _list(kit.legal_notes)),
        (
            text("evaluation.page.facts", reader),
            _list(_fact(fact) for fact in kit.facts if not fact.valid_until or fact.valid_until >= day),
        ),
    ]
    shown = [
        f"<h3>{escape(text('evaluation.page.past', reader, network=text(f'network.{network}', reader)))}</h3>"
        + "".join(f'<div class="past">{escape(post)}</div>' for post in posts[:POSTS_SHOWN])
        for (slug, network), posts in sorted(past.items())
        if slug == kit.slug and posts
    ]
    return (
        f'<section id="kit-{escape(kit.slug)}" lang="{kit.language}"><h2>{escape(kit.name)}</h2>'
        f"<details><summary>{escape(text('evaluation.page.kit', reader))}</summary>"
        f"<dl>{_pairs(told)}</dl>{''.join(shown)}</details></section>"
    )


def _account(account: Account, reader: Language) -> str:
    how = f"{text(f'address.{account.address}', reader)}, {text(f'speaker.{account.speaker}', reader)}"
    return f"{text(f'network.{account.network}', reader)} {account.handle} : {account.role} ({how})"


def _fact(fact: Fact) -> str:
    """With its dates: a draft may be planned for a day on which it begins or ends to hold."""
    dates = f" ({fact.valid_from or '…'} → {fact.valid_until or '…'})" if fact.valid_from or fact.valid_until else ""
    return f"{fact.name} : {fact.value}{dates}"


def _terms(terms: Sequence[Term]) -> str:
    return _list(
        term.term + (f" ← {', '.join(term.instead_of)}" if term.instead_of else "") + (f" → {term.alternative}" if term.alternative else "")
        for term in terms
    )


def _pairs(told: Iterable[tuple[str, str]]) -> str:
    """Names are escaped here, what they stand for is HTML already; nothing for what is empty."""
    return "".join(f"<dt>{escape(name)}</dt><dd>{html}</dd>" for name, html in told if html)


def _list(items: Iterable[str]) -> str:
    inner = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def _paragraphs(said: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in said.split("\n") if part)
