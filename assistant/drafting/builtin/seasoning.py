"""Which of the kit's lines, hashtags and emoji one draft takes. None is a valid choice; one aside at most."""

from collections.abc import Sequence

import emoji as emoji_names
import regex

from assistant.brands.kit import Line
from assistant.brands.layout import ENOUGH
from assistant.drafting.builtin.composing import KIT_SHARE
from assistant.drafting.builtin.extras import Extras
from assistant.drafting.builtin.firsts import ends_on_a_point
from assistant.drafting.builtin.habits import Habits, chance
from assistant.drafting.builtin.lines import Offer, narrowness, repeats
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.units import content
from assistant.drafting.writer import WriteRequest
from assistant.text import emojis, fold, hashtags, words

RATES = {"aside": 0.8, "closing": 0.8, "signature": 0.4, "link_label": 0.8}
"""How often a line that fits its case is used at all: a line in every post is a tic."""
GENERAL = 0.3
"""How often a line without any condition is."""
SELDOM = 0.1
"""How often a tag of the brand comes that the account's own posts hold at most once, where there are enough of them to tell."""


def seasoned(request: WriteRequest, material: Material, offer: Offer, habits: Habits) -> Extras:
    """The extras of this brief and seed, the same for all its variants, within the kit's share of the words."""
    room = allowance(material)
    label = _link_label(request, offer, room)
    room -= _size(label)
    ask = _ask(request, offer, room)
    room -= _size(ask)
    flourish: dict[str, Line | None] = {"aside": None, "closing": None}
    order = ("aside", "closing") if chance(request, "flourish") < 0.5 else ("closing", "aside")
    for role in order:
        if not any(flourish.values()) and not (role == "closing" and ask):
            flourish[role] = _line(request, material, offer, role, room)
    spare = _spare(request, material, offer, order, room) if any(flourish.values()) else ()
    room -= sum(_size(line) for line in flourish.values())
    return Extras(
        aside=flourish["aside"],
        ask=ask,
        closing=flourish["closing"],
        signature=_line(request, material, offer, "signature", room),
        link_label=label,
        points=not request.network.links_clickable,
        emoji=_emoji(request, material, habits),
        tags=_tags(request, material, habits),
        spare=tuple(line for line in spare if line not in flourish.values()),
    )


def allowance(material: Material) -> int:
    """Words the kit may add so that it holds no more than its share of the whole."""
    typed = (
        sum(len(words(u.text)) for u in material.units) + sum(len(words(f.value)) + 1 for f in material.facts) + len(words(material.label))
    )
    return int(typed * KIT_SHARE / (1 - KIT_SHARE))


def _size(line: Line | None) -> int:
    return len(words(line.text)) if line else 0


def turned(items: Sequence[Line], request: WriteRequest, name: str) -> list[Line]:
    """The items, those made for the narrowest case first, otherwise turned by brief and seed."""
    at = int(chance(request, name) * 1000)
    shifted = [*items[at % len(items) :], *items[: at % len(items)]] if items else []
    return sorted(shifted, key=lambda line: -narrowness(line))


def _line(request: WriteRequest, material: Material, offer: Offer, role: str, room: int) -> Line | None:
    if role == "aside" and ends_on_a_point(request.brief.purpose, material):
        return None
    for line in turned(offer.of(role), request, role):
        if _size(line) > room:
            continue
        rate = RATES[role] if narrowness(line) or role == "signature" else GENERAL
        if chance(request, f"use {role}") < rate and not repeats(line.text, material, request.language):
            return line
    return None


def _spare(request: WriteRequest, material: Material, offer: Offer, order: Sequence[str], room: int) -> tuple[Line, ...]:
    """Closings and asides made for this case, whatever their length."""
    roles = [role for role in order if not (role == "aside" and ends_on_a_point(request.brief.purpose, material))]
    found = (line for role in roles for line in turned(offer.of(role), request, role) if narrowness(line) and _size(line) <= room)
    return tuple(line for line in found if not repeats(line.text, material, request.language))


def _ask(request: WriteRequest, offer: Offer, room: int) -> Line | None:
    """An ask where the brief has an objective or purpose for it; elsewhere at the account's own rate."""
    for line in turned(offer.of("ask"), request, "ask"):
        if _size(line) > room:
            continue
        meant = bool(line.objectives or line.purposes)
        if chance(request, "use ask") < (0.9 if meant else request.layout.call_to_action):
            return line
    return None


def _link_label(request: WriteRequest, offer: Offer, room: int) -> Line | None:
    """The kit's words in front of a link; where captions open none, always rather than the general « lien en bio »."""
    opens = request.network.links_clickable
    fitting = [line for line in offer.of("link_label") if _size(line) <= room and ("bio" not in words(fold(line.text))) == opens]
    use = not opens or chance(request, "use link_label") < RATES["link_label"]
    return next((line for line in turned(fitting, request, "link_label") if use), None)


def _emoji(request: WriteRequest, material: Material, habits: Habits) -> str:
    """One at most, from those the account uses, never beside one that was typed or beside sad news."""
    policy = request.kit.emoji
    typed = any(emojis(u.text) for u in material.units)
    if not habits.emoji or not policy.max or typed or material.sad:
        return ""
    allowed = [e for e in policy.allowed if e not in policy.banned]
    own = [e for e in request.layout.favourite_emoji[:4] if e not in policy.banned and (not allowed or e in allowed)]
    fitting = [e for e in (*own, *allowed) if _shows(e, request, material)] or own
    return fitting[int(chance(request, "which emoji") * len(fitting))] if fitting else ""


def _shows(sign: str, request: WriteRequest, material: Material) -> bool:
    """Whether the brief speaks of what the emoji shows, by its official name."""
    name = emoji_names.demojize(sign, language=request.language).replace("_", " ").strip(":")
    return bool(content(name, request.language) & material.words)


def _tags(request: WriteRequest, material: Material, habits: Habits) -> tuple[str, ...]:
    """The brand's tags at the account's own rate, each at its own; a campaign's only where the brief speaks of it."""
    policy, network = request.kit.hashtags, request.network
    most = policy.max.get(network.key, network.recommended_hashtags[1])
    if network.max_hashtags is not None:
        most = min(most, network.max_hashtags)
    typed = {fold(tag) for u in material.units for tag in hashtags(u.text)} | {fold(tag) for tag in material.tags}
    campaign = [tag for tag in policy.campaign if (said := content(apart(tag), request.language)) and said <= material.words]
    at = int(chance(request, "which tags") * len(policy.brand)) if policy.brand else 0
    usual = [tag for tag in (*policy.brand[at:], *policy.brand[:at]) if chance(request, tag) < _rate(tag, request, beside=bool(campaign))]
    free = [tag for tag in (*campaign, *usual) if fold(tag) not in typed and tag not in policy.banned]
    return tuple(dict.fromkeys(free))[: max(0, min(habits.tags, most) - len(typed))]


def _rate(tag: str, request: WriteRequest, *, beside: bool) -> float:
    """How often a tag of the brand stands under the account's posts: first under those without a campaign's, the rest `beside` one."""
    shares = request.layout.favourite_hashtags
    share = shares.get(fold(tag), SELDOM if shares and request.layout.posts >= ENOUGH else 1.0)
    without = 1 - min(1.0, sum(shares.get(fold(one), 0.0) for one in request.kit.hashtags.campaign))
    alone = min(1.0, share / without) if without else share
    return (share - without * alone) / (1 - without) if beside and without < 1 else alone


def apart(tag: str) -> str:
    """The words of a hashtag: « #LHeureDuTrou » is L Heure Du Trou."""
    return " ".join(regex.findall(r"\p{Lu}\p{Ll}*|\p{Ll}+|\d+", tag))
