"""What a prompt says of the network and the account: limits, habits drawn for this draft, signs, link, who speaks to whom."""

from assistant.brands.voice_reasons import rate
from assistant.drafting.builtin.habits import Habits, drawn
from assistant.drafting.builtin.lines import offered
from assistant.drafting.builtin.material import Material
from assistant.drafting.prompted.brand import entries, said, series
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language, Message, render
from assistant.networks.catalogue import Network, family
from assistant.prompts import in_line
from assistant.text import fold

SHOWN_EMOJI = 8
ALWAYS = 0.5
AS_A_RULE = 0.9
"""A share of posts from which a habit is a rule."""


def place_inputs(request: WriteRequest) -> dict[str, str]:
    """Where the text goes and how the account looks there."""
    language, network, account = request.language, request.network, request.account
    habits = drawn(request)
    handle = " ".join(filter(None, (in_line(account.handle), f"({in_line(account.role)})" if account.role else "")))
    return {
        "network": render(Message(f"network.{network.key}"), language),
        "account": handle or said("account.none", language),
        "address": said(f"address.{account.address}", language),
        "speaker": said(f"speaker.{account.speaker}", language),
        "limit": limit_of(network, language),
        "fold": str(network.fold_at) if network.fold_at else "",
        "layout": layout_of(request, habits),
        "emoji": emoji_of(request, habits),
        "hashtags": hashtags_of(request, habits),
        "link_rule": link_of(request),
    }


def limit_of(network: Network, language: Language) -> str:
    """The limit in its unit, and how it is counted."""
    most = min(network.limit, network.product_cap or network.limit)
    id = "limit.soft" if network.soft else "limit.hard"
    unit = Message(f"unit.{network.unit}")
    return f"{said(id, language, limit=most, unit=unit)} {render(Message(f'counting.{network.unit}'), language)}"


def layout_of(request: WriteRequest, habits: Habits) -> str:
    """The account's habits in words, drawn for this draft where they are no rule."""
    layout, language = request.layout, request.language
    low, middle, high = layout.length
    shown = [said("layout.length", language, low=low, middle=middle, high=high)]
    if layout.sentences:
        shown.append(said("layout.sentences", language, count=max(1, round(layout.sentences))))
    shown.append(said("layout.first_line", language, characters=layout.first_line))
    if habits.lines:
        shown.append(said("layout.lines", language))
    elif habits.blank:
        shown.append(said("layout.blank", language, count=habits.blocks))
    else:
        shown.append(said("layout.break_first" if habits.break_first else "layout.solid", language))
    shown.append(said("layout.stop" if habits.stop else "layout.no_stop", language))
    if layout.practical_line >= ALWAYS:
        shown.append(said("layout.practical", language))
    rates = {"exclamation": layout.exclamation, "question": layout.question, "call_to_action": layout.call_to_action}
    shown += [said(f"layout.{name}", language, rate=rate(share)) for name, share in rates.items()]
    shown.append(said("layout.measured", language, count=layout.posts) if layout.posts else said("layout.usual", language))
    return series(shown, language)


def emoji_of(request: WriteRequest, habits: Habits) -> str:
    """Which emoji this draft may have: none where the account has none, or has none this time."""
    policy, layout, language = request.kit.emoji, request.layout, request.language
    if not policy.max:
        return said("emoji.never", language)
    if not habits.emoji:
        return said("emoji.not_now", language, rate=rate(layout.emoji))
    allowed = [one for one in policy.allowed if one not in policy.banned]
    own = [one for one in layout.favourite_emoji if one not in policy.banned and (not allowed or one in allowed)]
    signs = " ".join(dict.fromkeys([*own, *allowed]))
    where = said("emoji.first" if layout.emoji_first > ALWAYS else "emoji.last", language)
    most = policy.max if layout.emoji >= AS_A_RULE else 1
    shown = [said("emoji.most", language, count=most), where]
    shown += [said("emoji.among", language, signs=" ".join(signs.split()[:SHOWN_EMOJI]))] if signs else []
    return series(shown, language)


def hashtags_of(request: WriteRequest, habits: Habits) -> str:
    """How many hashtags, which ones, where; those of the brief stand in any case."""
    policy, language = request.kit.hashtags, request.language
    most = min(most_hashtags(request), max(habits.tags, 0))
    allowed = [in_line(tag) for tag in (*policy.brand, *policy.campaign)]
    if not most or not allowed:
        return said("hashtags.none", language)
    shown = [said("hashtags.most", language, count=most, tags=", ".join(allowed))]
    shown += [said("hashtags.campaign", language)] if policy.campaign else []
    shown.append(said("hashtags.last" if habits.tags_last else "hashtags.inside", language))
    return series(shown, language)


def most_hashtags(request: WriteRequest) -> int:
    """How many hashtags a text may have here: the kit's word, else the network's advice, never above its limit."""
    network, policy = request.network, request.kit.hashtags
    most = policy.max.get(network.key, policy.max.get(family(network.key), network.recommended_hashtags[1]))
    return min(most, network.max_hashtags) if network.max_hashtags is not None else most


def link_of(request: WriteRequest) -> str:
    """Whether there is a link, whether it opens here, and where it stands."""
    language = request.language
    if not request.brief.link:
        return said("link.none", language)
    if request.network.links_clickable:
        return said("link.own_line" if request.layout.link_own_line >= ALWAYS else "link.inside", language)
    return said("link.bio" if request.account.link_in_bio else "link.nowhere", language)


def lines_of(request: WriteRequest, material: Material, fullness: Fullness) -> str:
    """The house's own sentences whose conditions hold for this brief and that have rested, the most fitting first."""
    clickable = request.network.links_clickable
    fitting = []
    for line in offered(request, material).lines:
        for_link = line.role == "link_label"
        if for_link and (not request.brief.link or ("bio" in fold(line.text)) == clickable):
            continue
        fitting.append(said("line", request.language, role=Message(f"prompted.role.{line.role}"), words=in_line(line.text)))
    return entries(fitting[: fullness.lines])
