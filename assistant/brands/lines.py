"""What is wrong with the brand's own lines and moulds: they are said again and again, so they must hold always."""

from collections.abc import Iterator

import regex

from assistant.brands.kit import SLOTS, Account, Kit, Line, Mould
from assistant.brands.perishable import perishable
from assistant.brands.register import clashes
from assistant.brands.schema import Trouble
from assistant.brands.yaml_text import Place
from assistant.messages import Language
from assistant.networks.catalogue import family

SLOT = regex.compile(r"\{([^{}]*)\}")


def line_troubles(kit: Kit) -> Iterator[Trouble]:
    """Every line or mould with a passing fact, a promise, a slot that does not exist, or another register than its accounts."""
    for number, line in enumerate(kit.lines):
        place: Place = ("lines", number, "text")
        if SLOT.search(line.text):
            yield Trouble(place, "kit.problem.slot_in_line", {"slot": SLOT.findall(line.text)[0]})
        yield from _wording(kit, line, line.text, place)
    for number, mould in enumerate(kit.moulds):
        for row, text in enumerate(mould.lines):
            place = ("moulds", number, "lines", row)
            yield from _slots(text, place)
            yield from _wording(kit, mould, SLOT.sub(" ", text), place)


def _wording(kit: Kit, item: Line | Mould, text: str, place: Place) -> Iterator[Trouble]:
    language = item.language or kit.language
    if found := perishable(text, language):
        yield Trouble(place, "kit.problem.perishable", {"word": found})
    if not text.strip() and isinstance(item, Line):
        yield Trouble(place, "kit.problem.empty", {"key": place[-1]})
    for account in _accounts(kit, item, language):
        clash = clashes(text, language, account.address, account.speaker)
        if clash:
            yield Trouble(place, "kit.problem.register", {"found": clash[0], "own": clash[1], "network": account.network})
            return


def _accounts(kit: Kit, item: Line | Mould, language: Language) -> list[Account]:
    """The accounts on which `item` may be used."""
    own = [account for account in kit.accounts if (account.language or kit.language) == language]
    families = {family(network) for network in item.networks}
    return [account for account in own if not families or family(account.network) in families]


def _slots(text: str, place: Place) -> Iterator[Trouble]:
    for slot in SLOT.findall(text):
        if slot not in SLOTS:
            yield Trouble(place, "kit.problem.slot", {"slot": slot, "known": [f"{{{name}}}" for name in SLOTS]})
    bare = SLOT.sub("", text)
    if "{" in bare or "}" in bare:
        yield Trouble(place, "kit.problem.brace", {"quote": text})
    elif SLOT.search(text) and not regex.search(r"^[^{}]*\{[^{}]*\}\s*$", text):
        yield Trouble(place, "kit.problem.slot_place", {"quote": text})
