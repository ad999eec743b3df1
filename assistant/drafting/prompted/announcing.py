"""From a contest and one moment of its series to the inputs of the prompt `contest`."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from assistant.drafting.prompted.brand import brand_inputs, entries, tag
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.prompted.place import place_inputs
from assistant.drafting.prompted.told import spoken
from assistant.drafting.writer import WriteRequest
from assistant.prompts import block, in_line

ContestStep = Literal["teaser", "launch", "reminder", "last-day", "closing", "winner", "message", "consolation"]
STEPS: tuple[ContestStep, ...] = get_args(ContestStep)
ONE_LINE = (
    "title",
    "organiser",
    "mechanic",
    "starts_at",
    "ends_at",
    "eligibility",
    "winner_selection",
    "winner_notice",
    "claim",
    "rules_url",
    "data_use",
    "hashtag",
)
"""What a contest states once, by the names of its brief."""
SEVERAL = ("prizes", "how_to_enter", "results")
"""What it states one by one."""
NOT_FOR_CONTESTS = ("about", "audience", "models")


def contest_inputs(
    request: WriteRequest,
    fullness: Fullness,
    step: ContestStep,
    contest: Mapping[str, str | Sequence[str]],
    *,
    forbidden: Sequence[str] = (),
    disclosures: Sequence[str] = (),
    others: Sequence[str] = (),
) -> dict[str, str]:
    """The inputs of the prompt `contest`. `contest` holds what the brief states, in words; what it lacks is left out.

    `forbidden` are mechanics of this network, `others` texts of the series that are already written. Of `request` the brand,
    the network, the day and the number of variants count.
    """
    language = request.language
    brand = {name: text for name, text in brand_inputs(request.kit, language, fullness).items() if name not in NOT_FOR_CONTESTS}
    once = {name: in_line(_one(contest.get(name, ""))) for name in ONE_LINE}
    several = {name: entries(in_line(one) for one in _many(contest.get(name, ()))) for name in SEVERAL}
    return {
        **brand,
        **place_inputs(request),
        **once,
        **several,
        "step": step,
        "forbidden": entries(in_line(one) for one in forbidden),
        "disclosures": entries(in_line(one) for one in disclosures),
        "others": "\n".join(block(tag("text", language), one, id=f"t{number}") for number, one in enumerate(others, 1)),
        "day": spoken(request.today, language),
        "variants": str(request.variants),
    }


def _one(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _many(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value
