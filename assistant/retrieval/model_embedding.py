"""Text to vectors by an embedding model of an OpenAI-compatible server.

Nothing of an answer is believed before it was looked at: as many vectors as texts, all numbers finite, none of them empty, all
of one dimension. Every failure is one of two errors that say in words what happened; the texts stand in neither.
"""

import base64
import binascii
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from pydantic import SecretStr

from assistant.errors import ModelAnswerUnusable, ModelError, ModelUnavailable
from assistant.messages import Message
from assistant.retrieval.embedding import Vectors
from assistant.usage import Usage

BATCH = 96
"""Texts a call. OpenAI takes 2,048, smaller servers far fewer; beyond a hundred nothing is gained."""
TRIES = 3
"""Calls for one batch at most; besides those that were refused for the length of a text."""
PATIENCE_FOR_ONE_S, TRIES_FOR_ONE = 10.0, 2
"""For a single text somebody is waiting: a search, not an index."""
REST_S = 30.0
"""After a failure the server is left alone: searches go by words meanwhile and nobody waits."""
LENGTHS = (6_000, 1_500, 400)
"""Characters of a text that are sent, fewer where the server finds that too long (512 tokens are common, and llama.cpp's own limit
unless told otherwise): its beginning tells what it is about. The words of the whole text are searched all the same."""
TOO_LONG = (400, 413, 422, 500)
"""What servers answer to a text beyond their context; they answer it to other things too."""
REMEMBERED = 512
"""Latest vectors that are kept: a short post is its own opening, and one brief asks the same for each network."""
PAUSES_S = (0.5, 2.0)
LONGEST_PAUSE_S = 20.0
"""Of a wait that the server asks for (Retry-After)."""
WITHOUT_KEY = "unused"
"""Servers that need no key still get one: else the client looks for one in the environment."""


class ModelEmbedder:
    """An embedding model behind `base_url`. Threads may share one; the client is made at the first call and after `close()` anew."""

    remote = True

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        key: SecretStr | None,
        timeout_s: float,
        monotonic: Callable[[], float],
        wait: Callable[[float], object] = sleep,
        direct: bool = False,
        refused: Callable[[], Message | None] = lambda: None,
        spent: Callable[[Usage, float, str], object] = lambda usage, seconds, outcome: None,
        shown: Callable[[str], str] = lambda text: text,
    ) -> None:
        """`timeout_s` is for one batch, retries included; `direct` goes by no proxy, as fits a server on this machine.

        `refused` says before each batch why it may not be sent, if so; `spent` hears of each call what it took: tokens, seconds,
        and `ok` or the id of the error. `shown` says what is sent in a text's place, customers behind stand-ins.
        """
        self.model = model
        self.host = urlsplit(base_url).netloc.rpartition("@")[2]
        self._base_url, self._key, self._direct = base_url, key, direct
        self._timeout_s, self._monotonic, self._wait = timeout_s, monotonic, wait
        self._refused, self._spent, self._shown = refused, spent, shown
        self._dimension = 0
        self._lock = threading.Lock()
        self._client: Any = None
        self._failed: tuple[float, ModelError] | None = None
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def __repr__(self) -> str:
        return f"ModelEmbedder({self.name!r})"

    @property
    def name(self) -> str:
        """Model and server: vectors of another model, or from elsewhere, are never compared with these."""
        return f"{self.model} ({self.host})"

    @property
    def dimension(self) -> int:
        """Numbers in a vector, as the first answer had them; 0 before it."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, L2-normalised; a text without anything in it gives a row of zeros and is not sent.

        Raises ModelUnavailable where the server did not answer in time, ModelAnswerUnusable where its answer is none; for a while
        after that the server is not asked again, and the same is raised at once.
        """
        found = self._remembered(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found and text.strip()]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            found |= dict(zip(batch, self._patiently(batch), strict=True))
        self._remember(found)
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            if text in found:
                vectors[row] = found[text]
        return vectors

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _remembered(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._lock:
            return {text: self._kept[text] for text in texts if text in self._kept}

    def _remember(self, found: dict[str, Vectors]) -> None:
        with self._lock:
            self._kept |= found
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)

    def _patiently(self, texts: Sequence[str]) -> Vectors:
        """One batch, unless the server failed just now."""
        if self._failed and self._monotonic() < self._failed[0]:
            raise type(self._failed[1])(self._failed[1].id, **self._failed[1].values)
        try:
            vectors = self._batch(texts)
        except ModelError as error:
            self._failed = (self._monotonic() + REST_S, error)
            raise
        self._failed = None
        return vectors

    def _batch(self, texts: Sequence[str]) -> Vectors:
        """The vectors of up to BATCH texts, within the deadline."""
        patience = min(self._timeout_s, PATIENCE_FOR_ONE_S) if len(texts) == 1 else self._timeout_s
        until = self._monotonic() + patience
        longest, tried = LENGTHS[0], 0
        if why := self._refused():
            raise ModelUnavailable(why.id, **why.values)
        texts = [self._shown(text) for text in texts]
        while True:
            tried += 1
            left = until - self._monotonic()
            try:
                return self._once([text[:longest] for text in texts], left, patience)
            except ModelError as error:
                shorter = next((length for length in LENGTHS if length < min(longest, max(map(len, texts)))), None)
                if error.values.get("status") in TOO_LONG and shorter:
                    longest, tried = shorter, tried - 1
                    continue
                pause = _pause(error, tried)
                if pause is None or tried >= (TRIES if len(texts) > 1 else TRIES_FOR_ONE) or self._monotonic() + pause >= until:
                    raise
                self._wait(pause)

    def _once(self, texts: list[str], left: float, patience: float) -> Vectors:
        """One call, accounted for."""
        began, usage, outcome = self._monotonic(), Usage(sent=sum(map(len, texts)) // 4, approximate=True), "ok"
        try:
            answer = _parsed(self._ask(texts, left, patience))
            usage = _usage(answer) or usage
            return self._usable(answer, len(texts))
        except ModelError as error:
            outcome = error.id
            raise
        finally:
            self._spent(usage, self._monotonic() - began, outcome)

    def _ask(self, texts: list[str], left: float, patience: float) -> bytes:
        """What the server answers to one call."""
        import openai

        where = {"host": self.host, "model": self.model}
        try:
            client = self._opened()
            answer = client.embeddings.with_raw_response.create(
                model=self.model, input=texts, encoding_format="float", timeout=max(left, 0.1)
            )
            return bytes(answer.http_response.content)
        except openai.APITimeoutError:
            raise ModelUnavailable("embedding.timeout", seconds=round(patience), **where) from None
        except openai.APIConnectionError:
            raise ModelUnavailable("embedding.unreachable", **where) from None
        except openai.APIStatusError as error:
            raise _refusal(error.status_code, error.response.headers.get("retry-after", ""), where) from None
        except (openai.OpenAIError, ValueError, TypeError, RuntimeError):  # a key that no header can carry, a client that was closed
            raise ModelUnavailable("embedding.unreachable", **where) from None

    def _opened(self) -> Any:
        import openai

        with self._lock:
            if self._client is None:
                # Whoever answers is who was chosen: a redirect could lead off this machine.
                carrier = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not self._direct)
                key = self._key.get_secret_value() if self._key else WITHOUT_KEY
                self._client = openai.OpenAI(base_url=self._base_url, api_key=key, max_retries=0, http_client=carrier)
            return self._client

    def _usable(self, answer: object, count: int) -> Vectors:
        """The vectors in `answer`, one of the known dimension for each of `count` texts."""
        rows = list(self._rows(answer))
        if len(rows) != count:
            raise self._unusable("embedding.count", wanted=count, got=len(rows))
        sizes = {len(row) for row in rows}
        with self._lock:
            known = self._dimension or max(sizes)
            if sizes != {known}:
                raise self._unusable("embedding.dimension", before=known, now=next(size for size in sizes if size != known))
            vectors = np.stack(rows)
            with np.errstate(over="ignore", invalid="ignore"):
                norms = np.linalg.norm(vectors, axis=1, keepdims=True)
            if not np.isfinite(norms).all() or not norms.all():
                raise self._unusable("embedding.numbers")
            self._dimension = known
        return np.asarray(vectors / norms, dtype=np.float32)

    def _rows(self, answer: Any) -> Iterator[np.ndarray[Any, np.dtype[np.float64]]]:
        """The vectors as they were sent, in the order of the texts."""
        try:
            data = answer["data"]
            if sorted(item["index"] for item in data) == list(range(len(data))):
                data = sorted(data, key=lambda item: item["index"])
            for item in data:
                given = item["embedding"]
                if isinstance(given, str):  # some servers send the bytes of the numbers whatever they were asked for
                    row = np.frombuffer(base64.b64decode(given, validate=True), dtype="<f4").astype(np.float64)
                else:
                    row = np.asarray(given, dtype=np.float64)
                if row.ndim != 1 or not len(row):
                    raise self._unusable("embedding.empty")
                yield row
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, binascii.Error):
            raise self._unusable("embedding.malformed") from None

    def _unusable(self, id: str, **values: object) -> ModelAnswerUnusable:
        return ModelAnswerUnusable(id, host=self.host, model=self.model, **values)


def _parsed(answer: bytes) -> object:
    """The JSON in `answer`; None where there is none."""
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        return None


def _usage(answer: object) -> Usage | None:
    """The tokens that the server counted, where it tells."""
    usage = answer.get("usage") if isinstance(answer, dict) else None
    sent = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    return Usage(sent=sent) if isinstance(sent, int) and sent >= 0 else None


def _refusal(status: int, retry_after: str, where: dict[str, str]) -> ModelUnavailable:
    """What an HTTP status means."""
    if status in (401, 403):
        return ModelUnavailable("embedding.key_refused", **where)
    if status == 404:
        return ModelUnavailable("embedding.no_such_model", **where)
    if status == 429:
        seconds = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else 0.0
        return ModelUnavailable("embedding.busy", seconds=round(seconds), **where)
    return ModelUnavailable("embedding.server_error" if status >= 500 or status == 408 else "embedding.refused", status=status, **where)


def _pause(error: ModelError, tried: int) -> float | None:
    """Seconds to wait before asking once more; None where that would change nothing."""
    usual = PAUSES_S[min(tried, len(PAUSES_S)) - 1]
    if error.id == "embedding.busy":
        asked = float(str(error.values["seconds"]))
        return max(usual, asked) if asked <= LONGEST_PAUSE_S else None
    return usual if error.id in ("embedding.unreachable", "embedding.server_error", "embedding.malformed") else None
