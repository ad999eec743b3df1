"""How an answer is got from a server whose ways are not known: probed once, retried where that may help, one rung down when refused."""

import json
from collections.abc import Callable
from threading import Lock

from assistant.errors import ModelAnswerUnusable, ModelError, ModelUnavailable
from assistant.messages import Message
from assistant.models.answers import Said, Unreadable, value_of, without_thoughts
from assistant.models.base import Answer, Ask, Capability, Completion, Method
from assistant.models.capabilities import PROBE, below, find_out
from assistant.models.endpoint import Endpoint
from assistant.models.failures import error_of, is_filtered, is_garbled, may_be_the_method, may_help
from assistant.models.outcomes import Fault, Outcome, Reply
from assistant.models.overflow import is_overflow, needs_told, room_told
from assistant.models.requests import Limit, first_limit, request_of
from assistant.models.run import TRIES, Called, Run
from assistant.models.tokens import count

LONGEST_SAID = 4_000
"""Characters of an unusable answer that go along to the revision."""


class Asker:
    """What is known about one endpoint, and how it is asked. May be used from several threads."""

    def __init__(self, endpoint: Endpoint, capability: Capability | None, keep: Callable[[Capability], None]) -> None:
        self.endpoint = endpoint
        self._capability = capability
        self._keep = keep
        self._probing = Lock()
        self._probes = 0
        self._failed: ModelError | None = None
        self._limit: Limit = first_limit(endpoint.host)

    def answer(self, run: Run, ask: Ask[Answer]) -> Completion[Answer]:
        """The answer, validated. Raises ModelError."""
        method = self._method(run)
        run.begin()
        called = self._settled(run, ask, method)
        if isinstance(called.outcome, Fault) and self._may_step(called.outcome) and (lower := below(method)) is not None:
            stepped = self._settled(run, ask, lower)
            if isinstance(stepped.outcome, Reply):
                self._learn(Capability(lower, ((method, "refused"), (lower, "ok"))))
            called, method = stepped, lower
        if isinstance(called.outcome, Fault):
            raise self._error(called.outcome, ask)
        value = self._judged(called.outcome, ask)
        run.settle(called, _came(value))
        if isinstance(value, ModelError):
            raise value
        model = called.outcome.model or self.endpoint.model
        return Completion(value, model, self.endpoint.host, method, run.usage, run.seconds, run.calls)

    def probe(self, run: Run) -> Capability:
        """Finds out anew which way works, and keeps it. Raises ModelError; nothing is kept then."""

        def attempt(method: Method) -> Outcome:
            run.begin()
            called = self._settled(run, PROBE, method)
            if isinstance(called.outcome, Reply):
                run.settle(called, _came(self._judged(called.outcome, PROBE)))
            return called.outcome

        def fits(reply: Reply) -> bool:
            return not isinstance(self._judged(reply, PROBE), ModelError)

        return self._learn(find_out(attempt, fits, lambda fault: self._error(fault, PROBE)))

    def _method(self, run: Run) -> Method:
        """The way to ask. Several first calls at once probe once; those who waited for a probe that failed fail with it."""
        if self.endpoint.method != "auto":
            return self.endpoint.method
        seen = self._probes
        known = self._capability
        if known is None:
            with run.holding(self._probing):
                known = self._shared(seen) or self._first_probe(run)
        return known.method

    def _shared(self, seen: int) -> Capability | None:
        """What a probe since `seen` found; raises its failure; None when there was none, or it was cancelled by who waited for it."""
        if self._probes != seen and self._failed is not None:
            raise type(self._failed)(self._failed.id, **self._failed.values)
        return self._capability

    def _first_probe(self, run: Run) -> Capability:
        try:
            return self.probe(run)
        except ModelError as error:
            self._failed = None if error.id == "model.cancelled" else error
            raise
        finally:
            self._probes += 1

    def _learn(self, capability: Capability) -> Capability:
        self._capability = capability
        self._keep(capability)
        return capability

    def _settled(self, run: Run, ask: Ask[Answer], method: Method) -> Called:
        """The reply, not yet settled with the watch, or the fault that stayed after all tries that may help."""
        limits: set[Limit] = {self._limit}
        while True:
            called = run.call(request_of(ask, method, self._limit, self.endpoint.host))
            fault = called.outcome
            if isinstance(fault, Reply):
                return called
            run.settle(called, self._error(fault, ask).id)
            other = _other_limit(self._limit, fault)
            if other is not None and other not in limits:
                limits.add(other)
                self._limit = other
                continue
            run.tries += 1
            refused_twice = fault.status == 500 and run.tries >= TRIES - 1 and self._may_step(fault) and below(method) is not None
            if run.tries >= TRIES or refused_twice or not may_help(fault):
                return called
            run.wait(fault)

    def _may_step(self, fault: Fault) -> bool:
        return self.endpoint.method == "auto" and may_be_the_method(fault) and not is_garbled(fault)

    def _judged(self, reply: Reply, ask: Ask[Answer]) -> Answer | ModelError:
        model = reply.model or self.endpoint.model
        said = Said(_words_of(reply)[:LONGEST_SAID])
        if reply.refused or reply.finish == "content_filter":
            return ModelAnswerUnusable("model.refusal", model=model, said=said)
        if reply.finish == "length" and (has := _context_seen(reply, ask)):
            return ModelUnavailable("model.context", host=self.endpoint.host, needs=_needs(ask), has=has)
        if reply.finish == "length":
            tokens = reply.usage.received if reply.usage else ask.max_tokens
            return ModelAnswerUnusable("model.cut", model=model, tokens=tokens, said=said)
        if not reply.text.strip() and not reply.call:
            return ModelAnswerUnusable("model.empty", model=model, host=self.endpoint.host, said=said)
        for found in (reply.call, reply.text):
            value = value_of(found, ask.schema) if found else None
            if value is not None and not isinstance(value, Unreadable):
                return value
        problem = value_of(reply.call or reply.text, ask.schema)
        assert isinstance(problem, Unreadable)  # noqa: S101 - neither was readable above
        return ModelAnswerUnusable("model.not_schema", problem=problem.problem, said=said)

    def _error(self, fault: Fault, ask: Ask[Answer]) -> ModelError:
        if is_garbled(fault):
            return ModelAnswerUnusable("model.not_schema", problem=Message("model.problem.no_object"), said=Said())
        if is_filtered(fault):
            return ModelAnswerUnusable("model.refusal", model=self.endpoint.model, said=Said())
        return error_of(fault, self.endpoint, needs=_needs(ask) if is_overflow(fault) else 0)


def _words_of(reply: Reply) -> str:
    """What the model said, as text, for the revision."""
    if reply.text:
        return without_thoughts(reply.text) or reply.text
    return reply.call if isinstance(reply.call, str) else json.dumps(reply.call, ensure_ascii=False) if reply.call else ""


def _came(judged: object) -> str:
    """What became of an answer, for the watch."""
    if isinstance(judged, ModelAnswerUnusable):
        return "unusable"
    return judged.id if isinstance(judged, ModelError) else "ok"


def _needs(ask: Ask[Answer]) -> int:
    """Tokens of prompt and answer together, by our own count."""
    return sum(count(message.text)[0] for message in ask.messages) + ask.max_tokens


def _context_seen(reply: Reply, ask: Ask[Answer]) -> int | None:
    """Tokens of the model's context, when it was full before the answer had its limit; None when the limit itself cut the answer.

    Ollama gives 4,096 tokens to most machines (docs.ollama.com/context-length) and says nothing but `length` when they are used up.
    """
    if reply.usage is None or reply.usage.approximate or reply.usage.received >= 0.9 * ask.max_tokens:
        return None
    return reply.usage.total


def _other_limit(limit: Limit, fault: Fault) -> Limit | None:
    """The next name for the limit of the answer, when the server refuses this one, or finds it too large for what is left."""
    if fault.kind != "status" or limit == "none" or fault.status not in (400, 422):
        return None
    if is_overflow(fault):
        # vLLM adds the limit to the prompt and refuses; without it, it takes what room there is.
        has, needs = room_told(fault), needs_told(fault)
        fits = has is not None and "completion" in fault.words
        return "none" if fits and needs is not None else None
    if limit not in fault.words:
        return None
    return "max_completion_tokens" if limit == "max_tokens" else "max_tokens"
