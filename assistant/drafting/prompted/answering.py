"""From a comment and what the playbook says of it to the inputs of the prompt `reply`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.brands.kit import Account, Kit
from assistant.brands.parts import Example, Fact
from assistant.brands.playbook import COMMENT_KINDS, Play
from assistant.comments import Comment
from assistant.drafting.prompted.brand import brand_inputs, entries, said, tag
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.prompted.told import fact_in_line, spoken
from assistant.messages import Language, Message, render
from assistant.networks.catalogue import Network
from assistant.prompts import block, in_line

NOT_FOR_REPLIES = ("about", "audience", "models")


@dataclass(frozen=True)
class ReplyRequest:
    """One comment to answer, and all that may be said and used."""

    kit: Kit
    account: Account
    network: Network
    language: Language
    comment: Comment
    play: Play
    today: date
    post: str = ""
    """The text under which the comment stands."""
    thread: tuple[Comment, ...] = ()
    """What was said before, oldest first; the brand's own messages under the account's handle."""
    variants: int = 3

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Facts that the playbook allows for this kind and that hold on the day."""
        return tuple(fact for fact in self.kit.facts_on(self.today) if fact.id in self.play.facts)


def reply_inputs(request: ReplyRequest, fullness: Fullness) -> dict[str, str]:
    """The inputs of the prompt `reply`."""
    language, kit, play, account = request.language, request.kit, request.play, request.account
    brand = {name: text for name, text in brand_inputs(kit, language, fullness).items() if name not in NOT_FOR_REPLIES}
    handle = " ".join(filter(None, (in_line(account.handle), f"({in_line(account.role)})" if account.role else "")))
    return {
        **brand,
        "network": render(Message(f"network.{request.network.key}"), language),
        "account": handle or said("account.none", language),
        "address": said(f"address.{account.address}", language),
        "speaker": said(f"speaker.{account.speaker}", language),
        "limit": reply_limit(request.network, language),
        "emoji": said("emoji.reply" if kit.emoji.max else "emoji.never", language),
        "sign_off": in_line(kit.playbook.sign_off),
        "first_name": in_line(request.comment.author.split(" ")[0]) if kit.playbook.first_names and request.comment.author else "",
        "kind": said(f"kind.{play.kind}", language) if play.kind in COMMENT_KINDS else in_line(play.kind),
        "decision": said(f"decision.{play.decision}", language),
        "posture": in_line(play.posture),
        "may_offer": entries(in_line(one) for one in play.may_offer),
        "holding": in_line(play.holding.get(language, "")),
        "kit_facts": entries(fact_in_line(fact.name, fact.value, language) for fact in request.facts),
        "approved": approved_of(kit.playbook.approved, language, fullness),
        "post": block(tag("post", language), request.post),
        "thread": "\n".join(block(tag("thread", language), one.text, id=f"f{n}", by=one.author) for n, one in enumerate(request.thread, 1)),
        "comment": block(tag("comment", language), request.comment.text),
        "day": spoken(request.today, language),
        "variants": str(request.variants),
    }


def reply_limit(network: Network, language: Language) -> str:
    """The limit of an answer there, in its unit."""
    limit = network.reply_limit or network.limit
    most = min(limit, network.reply_product_cap or limit)
    return said("limit.hard", language, limit=most, unit=Message(f"unit.{network.reply_unit or network.unit}"))


def approved_of(approved: Sequence[Example], language: Language, fullness: Fullness) -> str:
    """Replies that were right, for their wording."""
    name = tag("reply", language)
    return "\n".join(block(name, one.text, id=f"r{number}") for number, one in enumerate(approved[: fullness.models], 1))
