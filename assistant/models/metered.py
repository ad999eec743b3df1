"""A model whose every call is written down: tokens, seconds, how it ended. Not a word of what was said."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.models.base import UNWATCHED, Answer, Ask, Completion, Step, Watch
from assistant.models.wrapping import Wrapping
from assistant.usage import Usage

Record = Callable[[Usage, str, float, str], object]
"""(usage, model, seconds, outcome) of one call."""


@dataclass(frozen=True)
class Metered(Wrapping):
    """A ChatModel that tells `record` of each call, and whoever waits as well."""

    record: Record

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer; raises what the model raises."""
        return self.model.complete(ask, _Counting(watch, self.record))


@dataclass(frozen=True)
class _Counting:
    """Whoever waits, with a meter beside."""

    watch: Watch
    record: Record

    def heard(self, step: Step) -> None:
        """Handed on."""
        self.watch.heard(step)

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """Written down, then handed on."""
        self.record(usage, model, seconds, outcome)
        self.watch.spent(usage, model, seconds, outcome)

    def cancelled(self) -> bool:
        """Asked of whoever waits."""
        return self.watch.cancelled()
