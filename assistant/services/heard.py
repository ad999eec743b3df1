"""What was said about a brief while it was drafted, kept beside it: questions, warnings, and why a network has no texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.drafting.pipeline import Drafted, once
from assistant.messages import Message
from assistant.storage.codec import from_json, to_json
from assistant.storage.stores import Stores


@dataclass(frozen=True)
class Heard:
    """What the writers said about a brief, beside the drafts."""

    questions: Mapping[str, Message] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, Message] = field(default_factory=dict)
    """Network -> why nothing new was written for it when it was last asked for."""

    def and_from(self, drafted: Drafted) -> "Heard":
        """What was said so far and what another network adds, each thing once."""
        asked = {one.id: one.message for one in drafted.questions}
        failures = {network: why for network, why in self.failures.items() if network != drafted.network}
        if drafted.failure is not None:
            failures[drafted.network] = drafted.failure
        return Heard(
            {**self.questions, **asked}, once((*self.warnings, *drafted.warnings)), {**self.proposals, **drafted.proposals}, failures
        )

    def but_failed(self, why: Mapping[str, Message]) -> "Heard":
        """The same, with these networks failed."""
        return Heard(self.questions, self.warnings, self.proposals, {**self.failures, **why})


def read(stores: Stores, brief_id: str) -> Heard:
    """What is kept for a brief; nothing where it was never drafted."""
    kept = from_json(stores.notes.get(_key(brief_id)) or {})
    return Heard(**{name: kept[name] for name in Heard.__dataclass_fields__ if name in kept})


def keep(stores: Stores, brief_id: str, heard: Heard, *, now: datetime) -> None:
    """Keep what was said. Raises StorageError."""
    stores.notes.put(_key(brief_id), to_json(vars(heard)), now=now)


def _key(brief_id: str) -> str:
    return f"heard:{brief_id}"
