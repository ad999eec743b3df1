"""A brand to check for: its kit, and a context that a test changes where it needs to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.brands.kit import Account, Fact, Kit, Term, Terms
from assistant.checks import CheckContext
from assistant.networks import catalogue

Contexts = Callable[..., CheckContext]


@pytest.fixture(scope="session")
def bakery() -> Kit:
    """A French bakery that says « on » and « vous »."""
    return Kit(
        slug="brindille",
        name="Fournil Brindille",
        languages=("fr", "en"),
        accounts=(Account(network="facebook", address="vous", speaker="on", handle="@brindille"),),
        terms=Terms(never=(Term(term="évasion"),), avoid=(Term(term="voyage"),)),
        facts=(Fact(id="tourte", name="La tourte", value="8,50 €", kind="price", valid_until=date(2026, 12, 31)),),
    )


@pytest.fixture(scope="session")
def context(bakery: Kit) -> Contexts:
    """The bakery on Facebook, in French, on 30 November 2026; other values as named arguments."""

    def make(network: str = "facebook", **changes: Any) -> CheckContext:
        given = {"language": "fr", "today": date(2026, 11, 30), "kit": bakery, "account": bakery.account("facebook"), **changes}
        return CheckContext(network=catalogue.get(network), **given)

    return make
