"""Any OpenAI-compatible server, through LangChain's chat model: the only file that knows LangChain's and OpenAI's classes.

Calls run on one event loop, so that a deadline or a cancel closes the connection. Whatever goes wrong leaves this file as an
`Outcome` of ours: no exception of a library, which may hold the prompt, the answer or the key, goes further.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Semaphore
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelNotConfigured
from assistant.models.asking import Asker
from assistant.models.base import UNWATCHED, Answer, Ask, Capability, Completion, Step, Watch
from assistant.models.causes import causes_of, guarded, unconnected
from assistant.models.endpoint import Endpoint, Pace, refused
from assistant.models.outcomes import Fault, Outcome, Reply
from assistant.models.quiet import hush
from assistant.models.requests import OPENAI, Request
from assistant.models.run import Run
from assistant.models.transport import client, patience, unused
from assistant.usage import Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage
    from openai.types.chat import ChatCompletion

NO_KEY = "none"
"""Servers on one's own machine want a key and look at none; without one the client would not start."""
LONGEST_WORDS = 4_000
MOST_TOKENS = 10_000_000
"""More than any model takes or gives: such a figure is not believed."""


class OpenAICompatible:
    """A ChatModel on a server. May be used from several threads: `endpoint.max_parallel` calls run side by side, the others wait."""

    def __init__(
        self, endpoint: Endpoint, pace: Pace, capability: Capability | None = None, keep: Callable[[Capability], None] = lambda _: None
    ) -> None:
        """`capability`: what an earlier probe found; `keep` is handed what a new one finds."""
        self.endpoint = endpoint
        self._pace = pace
        self._gate = Semaphore(endpoint.max_parallel)
        self._asker = Asker(endpoint, capability, keep)

    @property
    def name(self) -> str:
        """The model as the settings name it."""
        return self.endpoint.model

    @property
    def host(self) -> str:
        """Where it runs: `host` or `host:port`."""
        return self.endpoint.host

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer, validated, within `endpoint.timeout_s` seconds in all. Raises ModelNotConfigured (a refused address),
        ModelUnavailable or ModelAnswerUnusable.
        """
        run = self._run(watch)
        watch.heard(Step("asked", run.left))
        return self._asker.answer(run, ask)

    def probe(self, watch: Watch = UNWATCHED) -> Capability:
        """Finds out anew how this server gives structured answers, and keeps it. Raises as `complete` does."""
        return self._asker.probe(self._run(watch))

    def _run(self, watch: Watch) -> Run:
        fault = refused(self.endpoint.base_url)
        if fault is not None:
            raise ModelNotConfigured(fault.id, **fault.values)
        _client(self.endpoint)  # before the clock runs: the first one loads the libraries
        return Run(self.endpoint, self._pace, watch, self._send, self._gate)

    async def _send(self, request: Request) -> Outcome:
        """One HTTP call; every failure is an outcome."""
        from langsmith import tracing_context

        parameters: dict[str, Any] = dict(request.parameters)
        if request.extra:
            parameters["extra_body"] = dict(request.extra)
        try:
            with tracing_context(enabled=False):  # whatever the environment says: prompts hold customers' words
                said = await _client(self.endpoint).ainvoke([(one.role, one.text) for one in request.messages], **parameters)
            return _reply(said)
        except Exception as error:  # noqa: BLE001 - a server's nonsense may raise anything; it all becomes an outcome here
            return _outcome(error)


def warm() -> None:
    """Loads the libraries (2 to 4 s), for a thread in the background: the first call of a person then need not wait for them."""
    _client(Endpoint("http://127.0.0.1:9/v1", "none", local=True))


@lru_cache(maxsize=16)
def _client(endpoint: Endpoint) -> "BaseChatModel":
    """LangChain's model for an endpoint, built once (30 ms where certificates are loaded)."""
    from langchain.chat_models import init_chat_model

    tls = not endpoint.api.startswith("http://")  # redirects are not followed: such an address never comes to need certificates

    model = init_chat_model(
        endpoint.model,
        model_provider="openai",
        base_url=endpoint.api,
        api_key=endpoint.key or NO_KEY,
        max_retries=0,
        timeout=patience(endpoint.timeout_s),
        http_client=unused(tls=tls),
        http_async_client=client(endpoint.local, endpoint.timeout_s, tls=tls),
        openai_proxy=None,
        cache=False,
        # Other servers have no /responses, whatever the name of the model makes LangChain believe.
        use_responses_api=None if endpoint.host in OPENAI else False,
    )
    hush()
    return model


def _reply(said: "AIMessage") -> Reply:
    told = said.response_metadata
    calls: list[Any] = [*said.tool_calls, *said.invalid_tool_calls]
    cut = told.get("status") == "incomplete" and "max_output" in str(told.get("incomplete_details"))
    usage = said.usage_metadata
    return Reply(
        text=str(said.text),
        call=calls[0]["args"] if calls else None,
        finish="length" if cut else str(told.get("finish_reason") or ""),
        refused=bool(said.additional_kwargs.get("refusal")),
        usage=_usage(usage["input_tokens"], usage["output_tokens"], usage.get("input_token_details", {}).get("cache_read"))
        if usage
        else None,
        model=_printable(told.get("model_name")),
    )


def _completed(completion: "ChatCompletion | None", finish: str) -> Reply:
    """What the client library refuses to hand over: an answer that was cut or filtered."""
    if completion is None or not completion.choices:
        return Reply(finish=finish)
    usage = completion.usage
    cached = usage.prompt_tokens_details.cached_tokens if usage and usage.prompt_tokens_details else None
    return Reply(
        text=completion.choices[0].message.content or "",
        finish=finish,
        usage=_usage(usage.prompt_tokens, usage.completion_tokens, cached) if usage else None,
        model=_printable(completion.model),
    )


def _printable(name: object) -> str:
    """A model's name as a server gives it, without characters that cannot be seen."""
    return "".join(letter for letter in str(name or "")[:200] if letter.isprintable())


def _usage(sent: Any, received: Any, cached: Any) -> Usage | None:
    """The server's own figures; None where it gives none, or none that can be true."""
    figures = [one if isinstance(one, int) and 0 < one <= MOST_TOKENS else 0 for one in (sent, received, cached)]
    believed = figures[0] and (figures[1] or not received)
    return Usage(figures[0], figures[1], min(figures[2], figures[0])) if believed else None


def _outcome(error: Exception) -> Outcome:
    import openai

    causes = causes_of(error)
    if (stopped := guarded(causes)) is not None:
        return stopped
    for one in causes:
        if isinstance(one, openai.LengthFinishReasonError):
            return _completed(one.completion, "length")
        if isinstance(one, openai.ContentFilterFinishReasonError):
            return _completed(one.completion, "content_filter")
        if isinstance(one, openai.APIStatusError):
            after = _after(one.response.headers)
            return Fault(
                "status",
                one.status_code,
                words=f"{one.code} {one.type} {one.body or one.message}".lower()[:LONGEST_WORDS],
                retry_after=after,
            )
        if isinstance(one, openai.APIConnectionError):
            return unconnected(causes)
    if isinstance(error, IndexError):  # no choices: an answer, with nothing in it
        return Reply()
    return _misread(error)


def _misread(error: Exception) -> Fault:
    """HTTP went well, and the body is no chat completion: empty, no JSON, an error in disguise, or anything else."""
    body = getattr(getattr(error, "response", None), "content", None)
    if body is None and isinstance(error, json.JSONDecodeError):
        body = error.doc.encode("utf8", "replace")
    if body is not None and not body.strip():
        return Fault("empty")
    try:
        read = json.loads(body or b"null")
    except (ValueError, RecursionError):
        return Fault("malformed")
    told = read.get("error") if isinstance(read, Mapping) else None
    if not told:
        return Fault("malformed")
    code = told.get("code") if isinstance(told, Mapping) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return Fault("status", status, words=str(told).lower()[:LONGEST_WORDS])


def _after(headers: Mapping[str, str]) -> str:
    """Retry-After, in OpenAI's finer form where it is sent."""
    fine = headers.get("retry-after-ms", "")
    return f"{int(fine) / 1000:.3f}" if fine.isdigit() and len(fine) < 10 else headers.get("retry-after", "")[:60]
