"""A model that says what it was told to say: a public double for tests, demonstrations and work without a network."""

import json
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any

from pydantic import BaseModel

from assistant.errors import AssistantError, ModelAnswerUnusable, ModelUnavailable
from assistant.models.answers import Said, Unreadable, value_of
from assistant.models.base import UNWATCHED, Answer, Ask, Completion, Step, Watch
from assistant.models.tokens import count
from assistant.usage import Usage

Scripted = BaseModel | Mapping[str, Any] | str | AssistantError | Callable[[Ask[Any]], Any]


class ScriptedModel:
    """Gives its answers in turn, the last one again and again; the same script gives the same run, whatever the clock.

    An answer is a value of the schema, a mapping or a text (read as a server's answer would be), an AssistantError to
    raise, or a function of the Ask that returns one of these. `asks` holds what was asked, in order; calls may come
    from several threads.

        model = ScriptedModel([{"variants": []}, ModelUnavailable("model.timeout", seconds=60, host="h")])
        model = ScriptedModel([lambda ask: {"text": ask.messages[-1].text}])
    """

    def __init__(self, answers: Iterable[Scripted], *, name: str = "scripted", host: str = "scripted") -> None:
        self.name = name
        self.host = host
        self.asks: list[Ask[Any]] = []
        self._answers = list(answers)
        self._lock = Lock()

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The next answer, validated. Raises what the script holds, ModelAnswerUnusable, or ModelUnavailable when `watch` gave up."""
        with self._lock:
            self.asks.append(ask)
            given = self._answers[min(len(self.asks), len(self._answers)) - 1]
        watch.heard(Step("asked"))
        if watch.cancelled():
            raise ModelUnavailable("model.cancelled", host=self.host)
        answer = given(ask) if callable(given) else given
        if isinstance(answer, AssistantError):
            watch.spent(Usage(), self.name, 0.0, answer.id)
            raise answer
        said = answer if isinstance(answer, str) else answer.model_dump_json() if isinstance(answer, BaseModel) else json.dumps(answer)
        usage = Usage(count("\n".join(message.text for message in ask.messages))[0], count(said)[0], approximate=True)
        found = value_of(said, ask.schema)
        if not isinstance(found, Unreadable):
            watch.spent(usage, self.name, 0.0, "ok")
            return Completion(found, self.name, self.host, "text", usage)
        watch.spent(usage, self.name, 0.0, "unusable")
        raise ModelAnswerUnusable("model.not_schema", problem=found.problem, said=Said(said[:4_000]))
