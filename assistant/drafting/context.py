"""What the pipeline must know of a brand before it drafts or checks, and what it makes of it for one network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from assistant.brands import layout
from assistant.brands.kit import Account, Kit
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.checks.context import CheckContext, Kind, OtherMark
from assistant.evidence import Evidence
from assistant.messages import Language
from assistant.networks.catalogue import Network, family
from assistant.posts import Post

ABOUT_IT = 0.4
"""Relevance (1: the closest of the brand) from which a post is about the same thing; below, it shares a word or two."""
CLOSE = 3.0
"""What a post about the same thing counts for the layout, beside one that merely did well."""
ALIKE = 80
"""Two past posts more alike than this (rapidfuzz token set ratio) teach the same thing: the better one is kept."""


@dataclass(frozen=True)
class Surroundings:
    """One brand as the pipeline sees it: nothing of another brand but the marks it must not name."""

    kit: Kit
    posts: tuple[Post, ...] = ()
    """Past posts, banned ones left out."""
    other_marks: tuple[OtherMark, ...] = ()
    silenced: tuple[str, ...] = ()


def account_for(kit: Kit, network: Network) -> tuple[Account, bool]:
    """The brand's account on `network` and whether it exists; else one that speaks as the brand's first account does."""
    if account := kit.account(network.key):
        return account, True
    first = kit.accounts[0] if kit.accounts else None
    address, speaker = (first.address, first.speaker) if first else ("none", "brand")
    return Account(network=network.key, address=address, speaker=speaker), False


def language_for(brief: Brief | None, kit: Kit, account: Account, asked: Language | None) -> Language:
    """The language to write in: the one asked for, else the brief's, the account's, the brand's."""
    return asked or (brief.language if brief else None) or account.language or kit.language


def planned_day(brief: Brief | None, now: datetime, kit: Kit) -> date:
    """The day the post is planned for, in the brand's time zone; today where the brief does not say."""
    planned = brief.planned_for if brief else None
    if isinstance(planned, datetime):
        return planned.astimezone(ZoneInfo(kit.time_zone)).date() if planned.tzinfo else planned.date()
    return planned or now.astimezone(ZoneInfo(kit.time_zone)).date()


def query_of(brief: Brief) -> str:
    """The brief's own words, for retrieval: its subject first, what it says about it after."""
    return "\n".join(filter(None, (brief.subject, brief.subject_sentence, brief.first_words, *brief.key_points, *brief.must_include)))


def at_home_first(found: Sequence[Evidence], network: Network) -> list[Evidence]:
    """`found` with what is about the same thing on this very network in front: only that shapes the layout."""
    return sorted(found, key=lambda one: not (family(one.network) == family(network.key) and one.signals.get("relevance", 0.0) >= ABOUT_IT))


def chosen(found: Sequence[Evidence], limit: int) -> tuple[Evidence, ...]:
    """The best `limit` of `found` that do not say the same thing twice."""
    kept: list[Evidence] = []
    for one in found:
        if len(kept) == limit:
            break
        if all(fuzz.token_set_ratio(one.text, other.text) < ALIKE for other in kept):
            kept.append(one)
    return tuple(kept)


def layout_of(worked: Sequence[Evidence], near: Sequence[Evidence], network: Network, language: Language) -> Layout:
    """How the posts that worked on `network` are laid out: the better one did, the more it counts; a pinned one counts most.

    Those `near` the brief's subject count threefold: a workshop is announced as workshops were.
    """
    close = {
        one.id: one
        for one in near
        if one.collection == "post" and family(one.network) == family(network.key) and one.signals.get("relevance", 1.0) >= ABOUT_IT
    }
    posts = {one.id: one for one in worked} | close
    weighed = [
        (Post(id=one.id, text=one.text, network=one.network), _weight(one) * (CLOSE if one.id in close else 1.0)) for one in posts.values()
    ]
    return layout.measure(weighed, network.habits[language], language)


def _weight(one: Evidence) -> float:
    """From 0.2 (the worst) to 1.2 (the best); 3 for a pinned post; the middle where there are no figures."""
    return 3.0 if one.pinned else 0.2 + (0.5 if one.percentile is None else one.percentile) ** 2


def check_context(
    around: Surroundings,
    network: Network,
    language: Language,
    day: date,
    *,
    brief: Brief | None = None,
    recent: tuple[str, ...] = (),
    kind: Kind = "post",
) -> CheckContext:
    """What the checks need to judge a post of this brand on this network."""
    account, _ = account_for(around.kit, network)
    return CheckContext(
        network=network,
        language=language,
        today=day,
        kind=kind,
        kit=around.kit,
        account=account,
        brief=brief,
        past_posts=around.posts,
        recent_drafts=recent,
        other_marks=around.other_marks,
        silenced=around.silenced,
    )
