"""Whatever a person, a file or a model brings, checking answers; and what the brief says is never doubted."""

import json
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.briefs import Brief
from assistant.checks import CheckContext, Checked, run
from assistant.findings import Finding
from assistant.messages import LANGUAGES, Language
from assistant.networks import catalogue
from assistant.posts import Post
from assistant.text import clean

Contexts = Callable[..., CheckContext]
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

SIGNS = st.sampled_from(list("« »“”\"'’()[]{}<>#@*_`!?…:;,.-–—/\\|€%$£°\n\t  \u00a0\u202f\u200b\ufe0f👩‍🍳🔥1234567890hàéÉœ"))
SAID = """
le la tourte samedi 5 décembre 18 h 30 12 € 20 % vingt-quatre demain Samir Colmar vous tu nous on #Pain @brindille https://a.fr code SAVE10
découvrez NOËL 03 88 00 11 22 a@b.fr the loaf on Monday at 6.30pm £9.50 don't miss out 1.000 1/2 XXX
"""
WORDS = st.sampled_from(SAID.split())
ANYTHING = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet=SIGNS, max_size=60),
    st.lists(st.one_of(WORDS, st.text(alphabet=SIGNS, max_size=3)), max_size=40).map(" ".join),
)


def check_spans(findings: tuple[Finding, ...], subject: Checked) -> None:
    for finding in findings:
        if finding.span is None:
            continue
        part = finding.values.get("part")
        text = subject.parts[part - 1] if finding.field == "parts" and isinstance(part, int) else getattr(subject, finding.field)
        start, end = finding.span
        assert 0 <= start <= end <= len(unicodedata.normalize("NFC", text)), finding.id


@quick
@given(text=ANYTHING, first_comment=ANYTHING, alt_text=ANYTHING, parts=st.lists(ANYTHING, max_size=2), language=st.sampled_from(LANGUAGES))
def test_no_text_stops_the_checks_and_spans_lie_in_their_field(
    context: Contexts, text: str, first_comment: str, alt_text: str, parts: list[str], language: Language
) -> None:
    subject = Checked(text, first_comment, alt_text, tuple(parts))
    posts = (Post("p1", "La tourte est à 9 € samedi."), Post("p2", text))
    findings = run(subject, context("x", language=language, past_posts=posts, recent_drafts=(text,)))
    check_spans(findings, subject)
    for finding in findings:
        assert finding.message("fr")
        assert finding.message("en")


@pytest.mark.parametrize("network", list(catalogue.catalogue()))
def test_every_network_can_be_checked_for_posts_and_replies(context: Contexts, network: str) -> None:
    for kind in ("post", "reply", "contest"):
        findings = run(Checked("Le four est chaud.", "Et le café aussi."), context(network, kind=kind))
        assert not [f for f in findings if f.level == "error"]


def test_hostile_strings_stop_nothing(context: Contexts, bench_data: Path) -> None:
    strings = json.loads((bench_data / "hostile" / "blns.json").read_text("utf8"))
    for language in LANGUAGES:
        for text in strings:
            subject = Checked(text, text, text, (text,) if text else ())
            check_spans(run(subject, context("bluesky", language=language)), subject)


PRICES = st.tuples(st.integers(1, 5000), st.sampled_from(["{} €", "{},50 €", "{} euros", "£{}", "{} $", "{}€"])).map(
    lambda p: p[1].format(p[0])
)
HOURS = st.tuples(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["{} h {:02}", "{}h{:02}", "{}:{:02}", "{} h"])).map(
    lambda h: h[2].format(h[0], h[1])
)
DATES = st.integers(0, 300).map(lambda n: date(2026, 11, 30) + timedelta(days=n))
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
SAID_DATES = st.tuples(DATES, st.integers(0, 4)).map(
    lambda d: (
        f"{DAYS[d[0].weekday()]} {d[0].day} {MONTHS[d[0].month - 1]}",
        f"le {d[0].day} {MONTHS[d[0].month - 1]} {d[0].year}",
        d[0].isoformat(),
        f"{d[0].day:02}/{d[0].month:02}/{d[0].year}",
        f"{d[0].strftime('%d')} {MONTHS[d[0].month - 1]}",
    )[d[1]]
)
PHRASES = st.lists(
    st.one_of(
        PRICES,
        HOURS,
        SAID_DATES,
        st.integers(0, 10**6).map(str),
        st.from_regex(r"[A-Z][a-zé]{2,8}", fullmatch=True),
        WORDS,
        st.text(alphabet=SIGNS, max_size=2),
    ),
    min_size=1,
    max_size=10,
).map(lambda words: " ".join(words))


@quick
@given(
    points=st.lists(PHRASES, min_size=1, max_size=4),
    facts=st.dictionaries(st.sampled_from(["date", "prix", "heure", "lieu", "note"]), PHRASES, max_size=3),
)
def test_a_text_made_of_the_briefs_own_words_states_nothing_unknown(context: Contexts, points: list[str], facts: dict[str, str]) -> None:
    brief = Brief(subject="Le marché", key_points=tuple(points), facts=facts)
    lines = [*brief.key_points, *brief.facts.values(), *(f"{name} : {value}" for name, value in brief.facts.items())]
    text = clean("\n".join(lines))
    doubted = [f for f in run(Checked(text), context(brief=brief)) if f.id.startswith("grounding.")]
    assert not doubted, [(f.id, f.values.get("text")) for f in doubted]
