"""Asking a model: a prompt rendered to fit, sent, what it took added up, an unusable answer sent back once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from assistant.drafting.prompted.fullness import ADDED, LADDER, LEAN, MOST_TOKENS, Fullness
from assistant.errors import ModelAnswerUnusable, ModelUnavailable
from assistant.messages import Language, Message, render
from assistant.models.answers import Said
from assistant.models.base import Ask, ChatMessage, ChatModel, Completion, Step, Watch, in_turn
from assistant.models.tokens import count
from assistant.prompts import Prompts, Rendered, in_line
from assistant.usage import ModelUse, Usage

Answer = TypeVar("Answer", bound=BaseModel)
CONTEXT = "model.context"
"""The error of a server whose model cannot read as much as was sent."""
SILENCE = "…"
"""Stands for an answer that was empty: some servers want the two sides to take turns."""
ANSWER_TOKENS, A_VARIANT = 4_000, 1_000
"""Room for an answer, and for each text in it: a cut answer is unusable."""
LEAN_TOKENS, BESIDE = 150, 110
"""The same for a model that reads little, where room for the answer is taken from the prompt's: and what goes with each text."""


@dataclass
class Counting:
    """Passes on what a watch hears, and adds up what answers cost that could not be used: an error carries no figures."""

    watch: Watch
    wasted: Usage = field(default_factory=Usage)

    def heard(self, step: Step) -> None:
        """Something went on."""
        self.watch.heard(step)

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """A call ended."""
        if outcome in ("unusable", CONTEXT):
            self.wasted += usage
        self.watch.spent(usage, model, seconds, outcome)

    def cancelled(self) -> bool:
        """Whether the answer is not wanted any more."""
        return self.watch.cancelled()


@dataclass(frozen=True)
class Answered(Generic[Answer]):
    """A usable answer, and what it took."""

    value: Answer
    use: ModelUse


@dataclass(frozen=True)
class Asking(Generic[Answer]):
    """One question to a model, and how to tell whether its answer can be used."""

    model: ChatModel
    prompts: Prompts
    brand: str
    """The brand's slug; only its hash is sent, in the cache key."""
    language: Language
    watch: Watch
    schema: type[Answer]
    prompt: Callable[[Fullness], Rendered]
    """The prompt with more or less of the brand's own material."""
    problem: Callable[[Answer], Message | None]
    """What makes an answer of the right shape unusable all the same."""
    texts: int = 1
    longest: int = 1_000
    """Characters of one text, as they usually are at most."""

    def answered(self) -> Answered[Answer]:
        """The answer. Raises ModelUnavailable, and ModelAnswerUnusable when the second answer is no better than the first.

        A prompt that is too long for the model is sent once more with less of the brand's own material.
        """
        watch = Counting(self.watch)
        rendered = self._fitting()
        try:
            return self._in_two(rendered, watch, max(ANSWER_TOKENS, A_VARIANT * self.texts))
        except ModelUnavailable as error:
            if error.id != CONTEXT:
                raise
            watch.heard(Step("retrying", why=error.message))
            return self._in_two(self.prompt(LEAN), watch, LEAN_TOKENS + self.texts * (BESIDE + self.longest // 2))

    def _fitting(self) -> Rendered:
        """The fullest prompt that leaves room for what goes in on the way; the leanest of the ladder in any case."""
        rendered = self.prompt(LADDER[0])
        for fullness in LADDER[1:]:
            if count(rendered.text)[0] <= MOST_TOKENS - ADDED:
                break
            rendered = self.prompt(fullness)
        return rendered

    def _in_two(self, rendered: Rendered, watch: Counting, room: int) -> Answered[Answer]:
        """The first answer, or the one that came when it was sent back."""
        messages, labels = in_turn(rendered.messages), (rendered.label,)
        try:
            done = self._complete(messages, rendered, watch, room)
            if (problem := self.problem(done.value)) is None:
                return Answered(done.value, _use(done, labels, 1, watch.wasted))
            so_far, said = watch.wasted + done.usage, done.value.model_dump_json()
        except ModelAnswerUnusable as error:
            if watch.cancelled():
                raise
            problem, so_far, said = _problem(error), watch.wasted, str(error.values.get("said") or SILENCE)
        watch.heard(Step("revising", why=problem))
        again = self.prompts.render("again", self.language, {"problem": in_line(render(problem, self.language))})
        turn = (*messages, ChatMessage("assistant", said), *in_turn(again.messages))
        done = self._complete(turn, rendered, watch, room)
        if problem := self.problem(done.value):
            raise ModelAnswerUnusable("model.not_schema", problem=problem, said=Said(done.value.model_dump_json()[:4_000]))
        return Answered(done.value, _use(done, (*labels, again.label), 2, so_far))

    def _complete(self, messages: tuple[ChatMessage, ...], rendered: Rendered, watch: Counting, room: int) -> Completion[Answer]:
        key = f"{hashlib.sha256(self.brand.encode()).hexdigest()[:16]} {rendered.name}.{rendered.language}"
        return self.model.complete(Ask(messages, self.schema, cache_key=key, max_tokens=room), watch)


def _use(done: Completion[Answer], labels: tuple[str, ...], calls: int, before: Usage) -> ModelUse:
    return ModelUse(done.model, done.host, done.method, labels, calls, before + done.usage)


def _problem(error: ModelAnswerUnusable) -> Message:
    """What was wrong with the answer, in one clause, as the model is told."""
    problem = error.values.get("problem")
    if isinstance(problem, Message):
        return problem
    return Message("prompted.cut" if error.id == "model.cut" else "prompted.no_variant")


def added(before: ModelUse | None, now: ModelUse) -> ModelUse:
    """What a draft took so far: the call that made it and those that revised it."""
    if before is None:
        return now
    labels = tuple(dict.fromkeys((*before.prompts, *now.prompts)))
    return ModelUse(now.model, now.host, now.method, labels, before.calls + now.calls, before.usage + now.usage, shared=before.shared)
