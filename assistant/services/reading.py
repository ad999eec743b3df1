"""Use cases in which a model reads instead of writing: a pasted message into a brief."""

from assistant.brands.kit import Kit
from assistant.drafting.context import planned_day
from assistant.drafting.pasting import from_pasted
from assistant.drafting.understanding import Understood, understood
from assistant.errors import ModelError
from assistant.services.desk import Services


def read_pasted(services: Services, kit: Kit, message: str) -> Understood:
    """The brief in a pasted message, read by the brand's model; by the built-in reading where it may not be asked or fails."""
    try:
        model = services.models.chat(kit, "read_brief")
    except ModelError as error:
        return Understood(from_pasted(message), why=error.message)
    return understood(
        message,
        model,
        services.models.prompts,
        kit.language,
        planned_day(None, services.now(), kit),
        brand=kit.name,
        month_first=kit.variant(kit.language) == "en-US",
    )
