"""A real HTTP server on loopback that answers as it is told: each request takes the next answer, the last one again and again.

    with FaultyServer([says('{"text": "hello"}'), Answer(status=500)]) as server:
        OpenAICompatible(Endpoint(server.url, "any", timeout_s=1), PACE)

`server.asked` holds the body of each request that came, `server.paths` its path, and `server.gone` how many of them
were abandoned by the client before the answer was complete. An answer may also be a function of the body
(of `{"path": ...}` for a GET).
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """What one request gets."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after_s: float = 0.0
    """Seconds of silence before the first byte."""
    cut: int | None = None
    """The connection is cut behind so many bytes of the body; -1 before the first byte of all."""


Reaction = Answer | Callable[[dict[str, Any]], Answer]


class FaultyServer:
    """Listens while the `with` block runs."""

    def __init__(self, answers: Sequence[Reaction]) -> None:
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.gone = 0
        self._answers = answers
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self.root = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.root}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def wait_until_gone(self, seconds: float = 2.0) -> bool:
        """Whether a client closed its connection before it had its answer."""
        end = time.monotonic() + seconds
        while not self.gone and time.monotonic() < end:
            time.sleep(0.01)
        return self.gone > 0

    def _next(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        with self._lock:
            self.asked.append(body)
            self.paths.append(path)
            self.headers.append(headers)
            answer = self._answers[min(len(self.asked), len(self._answers)) - 1]
        return answer if isinstance(answer, Answer) else answer(body)

    def _silent(self, connection: socket.socket, seconds: float) -> bool:
        """Keeps silent; False when the client went away meanwhile."""
        end = time.monotonic() + seconds
        connection.settimeout(0.01)
        while time.monotonic() < end and not self._closing.is_set():
            try:
                if connection.recv(1, socket.MSG_PEEK) == b"":
                    self.gone += 1
                    return False
            except TimeoutError:
                continue
            except OSError:
                self.gone += 1
                return False
        connection.settimeout(None)
        return True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.answer(server._next(self.path, dict(self.headers), json.loads(raw or b"{}")))

            def do_GET(self) -> None:
                self.answer(server._next(self.path, dict(self.headers), {"path": self.path}))

            def answer(self, answer: Answer) -> None:
                if answer.after_s and not server._silent(self.connection, answer.after_s):
                    self.close_connection = True
                    return
                body = answer.body.encode("utf8") if isinstance(answer.body, str) else answer.body
                if answer.cut != -1:
                    self.send_response(answer.status)
                    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body[: answer.cut])
                if answer.cut is not None:
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """A test's output is for the test."""

        return Handler


def says(
    content: str | None, *, finish: str = "stop", usage: Mapping[str, Any] | None = None, after_s: float = 0.0, **message: Any
) -> Answer:
    """A chat completion whose message is `content`; further fields of the message by name."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body: dict[str, Any] = {"id": "c1", "object": "chat.completion", "created": 1, "model": "served", "choices": [choice]}
    return Answer(json.dumps({**body, "usage": usage} if usage else body), after_s=after_s)


def calls(arguments: str, name: str = "Note") -> Answer:
    """A chat completion that calls a tool."""
    call = {"id": "t1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return says(None, finish="tool_calls", tool_calls=[call])


def refuses(status: int, message: str, *, code: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """An error as OpenAI writes it."""
    return Answer(json.dumps({"error": {"message": message, "type": "error", "code": code}}), status, headers or {})


def free_port() -> int:
    """A port where nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
