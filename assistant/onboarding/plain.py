"""A proposed kit from a name, a language, a guide and past posts, by rules alone: it measures and copies, it never invents.

What posts show nearly always becomes a rule, set so that nearly all of them keep it. What a guide states plainly becomes a
term. Everything else stays open, as a question with a recommendation.
"""

from collections.abc import Sequence

from assistant.brands.folder import is_slug
from assistant.brands.kit import Account, EmojiPolicy, GuidePage, HashtagPolicy, Kit, Level, Terms
from assistant.documents.guides import page_name
from assistant.errors import InputError
from assistant.messages import Language
from assistant.networks.catalogue import catalogue
from assistant.onboarding.observed import ENOUGH, Observed, as_address, as_speaker, observe
from assistant.onboarding.questions import Known, questions
from assistant.onboarding.stated import Statement, address, forbids
from assistant.onboarding.terms import terms_of
from assistant.posts import Post
from assistant.text import clean

PLENTY = 50
"""Posts from which what is measured can be relied on."""
DOTTED = 5
LONGEST_NAME = 120


def propose(
    *, slug: str, name: str, language: Language, guides: tuple[GuidePage, ...], posts: Sequence[Post], account: str | None = None
) -> Kit:
    """The kit that the material supports, with confidence by part and open questions. Raises InputError for a bad name or slug."""
    if not is_slug(slug):
        raise InputError("kit.slug", slug=slug)
    name = " ".join(clean(name).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError("onboarding.name", max=LONGEST_NAME)
    observed = observe(posts, language)
    pages = _named_apart(guides)
    stated = address(pages, language)
    kit = Kit(
        slug=slug,
        name=name,
        languages=(language,),
        accounts=_accounts(observed, stated, account),
        terms=terms_of(pages, language),
        emoji=_emoji(observed, pages),
        hashtags=HashtagPolicy(brand=observed.hashtags(name), max=observed.hashtags_max()),
        inclusive="median-dot" if observed.median_dots() >= DOTTED else "none",
        guide=pages,
    )
    known = Known(language, pages, observed, stated)
    return kit.model_copy(update={"confidence": _confidence(kit, observed, stated), "open_questions": questions(kit, known)})


def _named_apart(guides: Sequence[GuidePage]) -> tuple[GuidePage, ...]:
    """Pages of the same name get a number; the order of their names is the order in which they will be read."""
    seen: dict[str, int] = {}
    pages = []
    for page in guides:
        name = page_name(page.name)
        seen[name.casefold()] = number = seen.get(name.casefold(), 0) + 1
        pages.append(GuidePage(name=name if number == 1 else f"{name} {number}", text=page.text))
    return tuple(sorted(pages, key=lambda page: f"{page.name}.md"))


def _accounts(observed: Observed, stated: Statement | None, account: str | None) -> tuple[Account, ...]:
    """One account per network that the posts are from, most posts first."""
    ranked = sorted(observed.by_network, key=lambda network: (-len(observed.by_network[network]), network))
    return tuple(
        Account(
            network=network,
            handle=_handle(account or observed.account.get(network, "")),
            address=as_address(stated.value if stated else observed.address(network).agreed),
            speaker=as_speaker(observed.speaker(network).agreed),
            link_in_bio=not catalogue()[network].links_clickable and network == "instagram",
        )
        for network in ranked
    )


def _handle(account: str) -> str:
    """The name of an account as a handle; a page's title with spaces is none."""
    bare = account.strip().lstrip("@")
    return f"@{bare}" if bare and " " not in bare else ""


def _emoji(observed: Observed, guides: Sequence[GuidePage]) -> EmojiPolicy:
    """None, where the guide says so and posts keep to it; else what nearly all posts keep to; else the usual."""
    seen = sum(bool(a.emoji) for a in observed.anatomies)
    if forbids("emoji", guides, observed.language) and not seen:
        return EmojiPolicy(max=0)
    most = observed.emoji_max()
    return EmojiPolicy() if most is None else EmojiPolicy(max=most)


def _confidence(kit: Kit, observed: Observed, stated: Statement | None) -> dict[str, Level]:
    measured: Level = "high" if observed.posts >= PLENTY else "medium" if observed.posts >= ENOUGH else "low"
    addressed = any(account.address != "none" for account in kit.accounts)
    spoken = any(account.speaker != "brand" for account in kit.accounts)
    return {
        "voice": measured,
        "accounts": "medium" if kit.accounts else "low",
        "accounts.address": "high" if stated else measured if addressed else "low",
        "accounts.speaker": measured if spoken else "low",
        "emoji": measured,
        "hashtags": measured,
        "terms": "medium" if kit.terms != Terms() else "low",
        "facts": "low",
        "playbook": "low",
    }
