"""The error tree: ids and values, no sentences.

A sentence for each id, in French and in English, lives in `assistant/messages/errors.toml`; the screen and the
command line render it in the reader's language.

    AssistantError
    ├── InputError            what a person gave cannot be used (brief, network, file, option)
    ├── NotFound              no such brand, draft, post, ...
    ├── KitError              a brand kit with problems, all of them at once
    ├── NotAllowed            the state, or an unwaived finding, forbids this action; names what is allowed
    ├── StaleVersion          somebody saved in between; carries both texts
    ├── StorageError          the database is locked, full or damaged; nothing was half saved
    ├── IndexUnavailable      the vector index cannot be used; search goes on by exact scan
    └── ModelError
        ├── ModelNotConfigured
        ├── ModelUnavailable
        └── ModelAnswerUnusable
"""

from collections.abc import Mapping

from assistant.messages import Message


class AssistantError(Exception):
    """Something a person can understand and mend: a message id and the values it speaks of."""

    def __init__(self, id: str, **values: object) -> None:
        super().__init__(id, values)
        self.id = id
        self.values: Mapping[str, object] = values

    @property
    def message(self) -> Message:
        """What happened, what was kept and what to do, ready to render in a language."""
        return Message(self.id, self.values)


class InputError(AssistantError):
    """What a person gave cannot be used as it is."""


class NotFound(AssistantError):
    """The thing that was named does not exist."""


class KitError(AssistantError):
    """A brand kit with problems; `problems` lists them all."""

    def __init__(self, id: str, problems: tuple[Message, ...], **values: object) -> None:
        super().__init__(id, count=len(problems), **values)
        self.problems = problems


class NotAllowed(AssistantError):
    """The action is not possible now; the values name what is."""


class StaleVersion(AssistantError):
    """Somebody saved in between; the values carry `mine` and `theirs`."""


class StorageError(AssistantError):
    """The database is locked, full or damaged; nothing was half saved."""


class IndexUnavailable(AssistantError):
    """The vector index cannot be used now; the exact scan takes over."""


class ModelError(AssistantError):
    """The model did not help; the person's work is kept."""


class ModelNotConfigured(ModelError):
    """No model is configured."""


class ModelUnavailable(ModelError):
    """The model did not answer within the deadline."""


class ModelAnswerUnusable(ModelError):
    """The model answered with something that cannot be used; `said` among its values is the answer, for the revision alone."""

    @property
    def message(self) -> Message:
        """What happened, without the answer: messages are kept in the database, words of a model are not."""
        return Message(self.id, {name: value for name, value in self.values.items() if name != "said"})
