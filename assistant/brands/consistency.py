"""What no single field can show: doubles, references that lead nowhere, facts without an end, rules that contradict each other."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.brands.kit import COMMENT_KINDS, Account, Kit
from assistant.brands.lines import line_troubles
from assistant.brands.perishable import states_an_amount
from assistant.brands.schema import Trouble
from assistant.brands.yaml_text import Place
from assistant.findings import NEVER_WAIVED
from assistant.messages import Language
from assistant.networks.catalogue import catalogue, family
from assistant.text import HASHTAG, emojis, fold

PERISHES = ("price", "hours", "product", "policy")
"""Kinds of fact that always need a last day."""
REGISTERS: dict[Language, tuple[set[str], set[str]]] = {
    "fr": ({"tu", "vous", "none"}, {"je", "on", "nous", "brand"}),
    "en": ({"you", "none"}, {"I", "we", "brand"}),
}


def troubles(kit: Kit) -> Iterator[Trouble]:
    """Everything that is wrong between the parts of `kit`."""
    yield from _identity(kit)
    yield from _doubles(kit)
    yield from _networks(kit)
    yield from _accounts(kit)
    yield from _terms(kit)
    yield from _marks(kit)
    yield from line_troubles(kit)
    yield from _facts(kit)
    yield from _playbook(kit)


def _identity(kit: Kit) -> Iterator[Trouble]:
    if not time_zone_exists(kit.time_zone):
        yield Trouble(("time_zone",), "kit.problem.time_zone", {"given": kit.time_zone})
    yield from _repeated(kit.languages, lambda n: ("languages", n))
    yield from _repeated([v[:2] for v in kit.variants], lambda n: ("variants", n), "kit.problem.second_variant")
    for n, variant in enumerate(kit.variants):
        if variant[:2] not in kit.languages:
            yield Trouble(("variants", n), "kit.problem.language_not_listed", {"given": variant, "known": kit.languages})
    for part in ("lines", "moulds", "accounts"):
        for n, item in enumerate(getattr(kit, part)):
            if item.language and item.language not in kit.languages:
                yield Trouble((part, n, "language"), "kit.problem.language_not_listed", {"given": item.language, "known": kit.languages})
    for n, id in enumerate(kit.tolerated):
        if id.startswith(NEVER_WAIVED):
            yield Trouble(("tolerated", n), "kit.problem.not_tolerable", {"given": id})


def _doubles(kit: Kit) -> Iterator[Trouble]:
    for part in ("lines", "moulds", "open_questions", "facts"):
        yield from _repeated([item.id for item in getattr(kit, part)], lambda n, part=part: (part, n, "id"), "kit.problem.double_id")  # type: ignore[misc]
    yield from _repeated([play.kind for play in kit.playbook.plays], lambda n: ("playbook", "plays", n, "kind"))
    yield from _repeated([page.name for page in kit.guide], lambda n: ("guide", n, "name"))
    keys = [f"{family(a.network)} {fold(a.handle)} {a.language or kit.language}" for a in kit.accounts]
    yield from _repeated(keys, lambda n: ("accounts", n, "network"), "kit.problem.double_account")


def _repeated(keys: Iterable[str], place: Callable[[int], Place], id: str = "kit.problem.double") -> Iterator[Trouble]:
    seen: Counter[str] = Counter()
    for number, key in enumerate(keys):
        if seen[key]:
            yield Trouble(place(number), id, {"given": key.strip()})
        seen[key] += 1


def _networks(kit: Kit) -> Iterator[Trouble]:
    known = list(catalogue())
    named: list[tuple[Place, str]] = [(("accounts", n, "network"), a.network) for n, a in enumerate(kit.accounts)]
    for part in ("lines", "moulds"):
        for n, item in enumerate(getattr(kit, part)):
            named += [((part, n, "networks", i), network) for i, network in enumerate(item.networks)]
    named += [(("hashtags", "max", network), network) for network in kit.hashtags.max]
    named += [(("voice", "examples", n, "network"), e.network) for n, e in enumerate(kit.voice.examples) if e.network]
    named += [(("playbook", "approved", n, "network"), e.network) for n, e in enumerate(kit.playbook.approved) if e.network]
    for place, network in named:
        if network not in known:
            yield Trouble(place, "kit.problem.network", {"given": network, "known": known})


def _accounts(kit: Kit) -> Iterator[Trouble]:
    for n, account in enumerate(kit.accounts):
        language = account.language or kit.language
        yield from _register_of(account, language, ("accounts", n))


def _register_of(account: Account, language: Language, place: Place) -> Iterator[Trouble]:
    for key, given, allowed in zip(("address", "speaker"), (account.address, account.speaker), REGISTERS[language], strict=True):
        if given not in allowed:
            yield Trouble((*place, key), "kit.problem.register_language", {"given": given, "known": sorted(allowed), "language": language})


def _terms(kit: Kit) -> Iterator[Trouble]:
    said: dict[str, str] = {}
    for part in ("must", "preferred", "avoid", "never"):
        seen: set[str] = set()
        for n, term in enumerate(getattr(kit.terms, part)):
            place: Place = ("terms", part, n, "term")
            key = fold(term.term).strip()
            if not key:
                yield Trouble(place, "kit.problem.empty", {"key": "term"})
            elif key in seen:
                yield Trouble(place, "kit.problem.double", {"given": term.term})
            elif part in ("avoid", "never") and key in said:
                yield Trouble(place, "kit.problem.contradiction", {"given": term.term, "other": said[key]})
            elif part in ("must", "preferred"):
                said[key] = f"terms.{part}"
            seen.add(key)
            for i, other in enumerate(term.instead_of):
                if other.strip() == term.term.strip():
                    yield Trouble(("terms", part, n, "instead_of", i), "kit.problem.replaces_itself", {"given": term.term})


def _marks(kit: Kit) -> Iterator[Trouble]:
    for part in ("allowed", "banned"):
        for n, given in enumerate(getattr(kit.emoji, part)):
            if emojis(given) != [given]:
                yield Trouble(("emoji", part, n), "kit.problem.emoji", {"given": given})
    for n, given in enumerate(kit.emoji.allowed):
        if given in kit.emoji.banned:
            yield Trouble(("emoji", "allowed", n), "kit.problem.contradiction", {"given": given, "other": "emoji.banned"})
    for part in ("brand", "campaign", "banned"):
        for n, given in enumerate(getattr(kit.hashtags, part)):
            if not HASHTAG.fullmatch(given):
                yield Trouble(("hashtags", part, n), "kit.problem.hashtag", {"given": given})


def _facts(kit: Kit) -> Iterator[Trouble]:
    for n, fact in enumerate(kit.facts):
        if not fact.value.strip():
            yield Trouble(("facts", n, "value"), "kit.problem.empty", {"key": "value"})
        if fact.valid_until is None and (fact.kind in PERISHES or states_an_amount(fact.value)):
            yield Trouble(("facts", n), "kit.problem.no_end", {"name": fact.name})
        if fact.valid_from and fact.valid_until and fact.valid_from > fact.valid_until:
            yield Trouble(("facts", n, "valid_until"), "kit.problem.ends_before", {"from": fact.valid_from, "until": fact.valid_until})


def _playbook(kit: Kit) -> Iterator[Trouble]:
    ids = {fact.id for fact in kit.facts}
    for n, play in enumerate(kit.playbook.plays):
        place: Place = ("playbook", "plays", n)
        if play.kind not in COMMENT_KINDS:
            yield Trouble((*place, "kind"), "kit.problem.choice", {"given": play.kind, "known": COMMENT_KINDS})
        for i, id in enumerate(play.facts):
            if id not in ids:
                yield Trouble((*place, "facts", i), "kit.problem.no_such_fact", {"given": id})
        if play.decision == "escalate" and play.escalation is None:
            yield Trouble(place, "kit.problem.no_escalation", {"kind": play.kind})


@cache
def time_zone_exists(name: str) -> bool:
    """Whether `name` is a time zone of the tz database ("Europe/Paris")."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
