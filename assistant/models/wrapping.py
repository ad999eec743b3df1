"""What stands around a ChatModel and answers to its name."""

from dataclasses import dataclass

from assistant.models.base import ChatModel


@dataclass(frozen=True)
class Wrapping:
    """Something around a model, under the model's own name."""

    model: ChatModel

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def host(self) -> str:
        """The model's."""
        return self.model.host
