"""The prompted writer: a model writes, from a prompt that holds everything a person would need to write the post."""

from collections.abc import Callable

from assistant.drafting.writer import Composition, WriteRequest, Written
from assistant.drafts import Draft
from assistant.findings import Finding
from assistant.models.base import ChatModel
from assistant.prompts import Prompts
from assistant.usage import Usage


class PromptedWriter:
    """Writes with a model: one call per network for all variants. Raises ModelError as the model does."""

    def __init__(self, model: ChatModel, prompts: Prompts, price: Callable[[Usage], str] = lambda usage: "") -> None:
        self.model = model
        self.prompts = prompts
        self.price = price

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    def write(self, request: WriteRequest) -> Written:
        """The variants for one network, each with an opening of its own. Raises ModelError."""
        raise NotImplementedError

    def revise(
        self,
        request: WriteRequest,
        draft: Draft,
        findings: tuple[Finding, ...],
        wish: str | None = None,
        span: tuple[int, int] | None = None,
        locked: tuple[str, ...] = (),
    ) -> Composition:
        """`draft` again, without what the findings name, or as wished. Raises ModelError."""
        raise NotImplementedError
