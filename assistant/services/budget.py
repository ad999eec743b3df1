"""Budgets of models: so much per brand and calendar month, in money or in tokens; one limit warns, one stops."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from assistant.errors import InputError
from assistant.messages import Message
from assistant.settings import Settings
from assistant.storage.model_calls import Spent

State = Literal["open", "warn", "stop"]
MONTH = re.compile(r"(\d{4})-(\d\d)")


@dataclass(frozen=True)
class Budget:
    """Whether a brand may go on asking a model this month."""

    state: State = "open"
    message: Message | None = None
    """What was spent of what, when it is time to say so."""


def budget_of(spent: Spent, settings: Settings, brand: str) -> Budget:
    """What `spent`, the brand's since the first of the month, leaves of the budgets; the strictest limit that is reached speaks."""
    money = spent.cost.get(settings.currency, Decimal(0))
    limits: tuple[tuple[State, str, Decimal, Decimal | int | None], ...] = (
        ("stop", "money", money, settings.budget_stop),
        ("stop", "tokens", Decimal(spent.tokens), settings.tokens_stop),
        ("warn", "money", money, settings.budget_warn),
        ("warn", "tokens", Decimal(spent.tokens), settings.tokens_warn),
    )
    for state, kind, used, limit in limits:
        if limit is not None and used >= limit:
            values = {"brand": brand, "spent": rounded(used), "limit": rounded(Decimal(limit)), "unit": settings.currency}
            return Budget(state, Message(f"budget.{state}.{kind}", values))
    return Budget()


def rounded(amount: Decimal) -> Decimal:
    """An amount as short as it stays true: whole numbers as they are, others with two decimals, small ones with six at most."""
    if amount == amount.to_integral_value():
        return amount.to_integral_value()
    if amount >= 1:
        return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    short = amount.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return short.normalize() if short else Decimal(0)


def month_of(moment: datetime, zone: str) -> str:
    """The calendar month of `moment` where the desk is: `2026-11`."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m")


def bounds(month: str, zone: str) -> tuple[datetime, datetime]:
    """The first moment of `month` where the desk is, and of the one after. Raises InputError `usage.bad_month`."""
    found = MONTH.fullmatch(month)
    if not found or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) <= 9000:
        raise InputError("usage.bad_month", month=month)
    year, number = int(found[1]), int(found[2])
    begin = datetime(year, number, 1, tzinfo=ZoneInfo(zone))
    return begin, datetime(year + number // 12, number % 12 + 1, 1, tzinfo=ZoneInfo(zone))
