"""What a proposed kit does not know, put as questions with a recommendation each, in the brand's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.brands.kit import GuidePage, Kit, OpenQuestion
from assistant.messages import Language, Message, render
from assistant.onboarding.observed import ENOUGH, Choice, Observed
from assistant.onboarding.stated import Statement, forbids

AGAINST = 0.1
"""A share of posts that does what the guide rules out, from which the two contradict each other."""
SHOWN_TERMS = 8
SHOWN_LINES = 3
SIGNS = {"exclamation": "!", "emoji": "", "hashtag": "#"}


@dataclass(frozen=True)
class Known:
    """What a kit is proposed from."""

    language: Language
    guides: Sequence[GuidePage]
    observed: Observed
    address: Statement | None


def questions(kit: Kit, known: Known) -> tuple[OpenQuestion, ...]:
    """Everything that `kit` leaves open, most important first."""
    found = (_material, _address, _speaker, _signs, _terms, _lines, _contents)
    return tuple(question for part in found for question in part(kit, known))


def _ask(known: Known, id: str, about: str, *, key: str = "", **values: object) -> OpenQuestion:
    asked = Message(f"onboarding.question.{id}", values)
    advised = Message(f"onboarding.advice.{id}", values)
    return OpenQuestion(id=key or id, about=about, question=render(asked, known.language), recommendation=render(advised, known.language))


def _material(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    posts = known.observed.posts
    if not posts:
        yield _ask(known, "no_posts", "voice")
    elif posts < ENOUGH:
        yield _ask(known, "few_posts", "voice", count=posts, enough=ENOUGH)
    if not known.guides:
        yield _ask(known, "no_guide", "guide")
    if not kit.accounts:
        yield _ask(known, "no_account", "accounts")


def _address(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    seen = known.observed.address()
    if known.language != "fr":
        return
    if known.address is not None:
        other = "tu" if known.address.value == "vous" else "vous"
        against = seen.counts.get(other, 0)
        if against and against > AGAINST * seen.total:
            yield _ask(
                known, "address_against", "accounts", stated=known.address.value, other=other, count=against, page=known.address.page
            )
        return
    if any(account.address == "none" for account in kit.accounts) or not kit.accounts:
        yield _choice(known, "address", seen)


def _choice(known: Known, what: str, seen: Choice) -> OpenQuestion:
    about = f"accounts.{what}"
    if not seen.total:
        return _ask(known, f"{what}_unseen", about, key=what)
    ranked = sorted(seen.counts.items(), key=lambda item: -item[1])
    counts = [Message("onboarding.count", {"form": form, "count": count}) for form, count in ranked]
    return _ask(known, f"{what}_unclear", about, key=what, posts=known.observed.posts, counts=counts, first=seen.first)


def _speaker(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    if any(account.speaker == "brand" for account in kit.accounts) or not kit.accounts:
        yield _choice(known, "speaker", known.observed.speaker())


def _signs(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    observed = known.observed
    for what, sign in SIGNS.items():
        stated = forbids(what, known.guides, known.language)
        share = observed.share(sign) if sign else _with_emoji(observed)
        if stated and observed.posts and share >= AGAINST:
            yield _ask(known, f"{what}_against", "voice", percent=round(100 * share), page=stated.page, sentence=stated.sentence)
        elif stated and what == "exclamation":
            yield _ask(known, "exclamation_stated", "voice", page=stated.page, sentence=stated.sentence)
    if observed.posts >= ENOUGH and kit.emoji.max and not _with_emoji(observed):
        yield _ask(known, "no_emoji_seen", "emoji", count=observed.posts)


def _with_emoji(observed: Observed) -> float:
    return sum(bool(a.emoji) for a in observed.anatomies) / observed.posts if observed.posts else 0.0


def _terms(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    terms = [*kit.terms.never, *kit.terms.avoid]
    found = [*(t.term for t in terms), *(f"{other} → {t.term}" for t in kit.terms.preferred for other in t.instead_of)]
    if found:
        shown: list[Message | str] = [Message("onboarding.quoted", {"words": words}) for words in found[:SHOWN_TERMS]]
        shown += ["…"] if len(found) > SHOWN_TERMS else []
        yield _ask(known, "terms_taken", "terms", count=len(found), terms=shown)
    elif known.guides:
        yield _ask(known, "no_terms", "terms")


def _lines(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    for number, (line, times) in enumerate(known.observed.recurring_lines()[:SHOWN_LINES], start=1):
        yield _ask(known, "line", "lines", key=f"line-{number}", line=line, count=times)


def _contents(kit: Kit, known: Known) -> Iterator[OpenQuestion]:
    if not kit.facts:
        yield _ask(known, "no_facts", "facts")
    if not kit.playbook.plays:
        yield _ask(known, "no_playbook", "playbook")
    yield _ask(known, "time_zone", "time_zone", zone=kit.time_zone)
