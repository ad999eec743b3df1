"""A real embedding server on loopback: OpenAI's protocol over HTTP, vectors of the built-in embedder, faults on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.retrieval.embedding import BuiltInEmbedder

Fault = Callable[["VectorsServer", list[str]], tuple[int, dict[str, str], bytes]]


class VectorsServer:
    """Counts what it was asked. `faults` are used up first, `always` for every call; without both it answers well."""

    def __init__(self, dimension: int = 48) -> None:
        self.dimension = dimension
        self.asked: list[list[str]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.url = ""

    @property
    def texts(self) -> list[str]:
        """Every text that was sent, in order."""
        return [text for texts in self.asked for text in texts]

    def answer(self, texts: list[str], dimension: int | None = None) -> bytes:
        """What a good server says, the vectors unnormalised and out of order."""
        vectors = BuiltInEmbedder(dimension or self.dimension).embed(texts) * 3
        vectors[:, 0] += 0.001  # a model has no empty vector for « 🚲 »
        data = [{"object": "embedding", "index": n, "embedding": row.tolist()} for n, row in enumerate(vectors)]
        return json.dumps({"object": "list", "data": data[::-1], "model": "m", "usage": {"prompt_tokens": 7, "total_tokens": 7}}).encode()


def says(status: int = 200, body: object = None, wait_s: float = 0.0, **headers: str) -> Fault:
    """A fault: this status and body, whatever was asked."""

    def fault(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(wait_s)
        return status, headers, body if isinstance(body, bytes) else json.dumps(body).encode()

    return fault


def vectors(*rows: Any) -> dict[str, Any]:
    """An answer with these embeddings."""
    return {"data": [{"index": n, "embedding": row} for n, row in enumerate(rows)]}


def of_dimension(dimension: int) -> Fault:
    """A good answer in another space."""
    return lambda server, texts: (200, {}, server.answer(texts, dimension))


@contextmanager
def serving(server: VectorsServer, port: int = 0) -> Iterator[VectorsServer]:
    """The server, answering until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if not self.path.endswith("/embeddings"):
                self.send_error(404)
                return
            server.asked.append(asked["input"])
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            fault = server.faults.pop(0) if server.faults else server.always
            status, headers, body = fault(server, asked["input"]) if fault else (200, {}, server.answer(asked["input"]))
            try:
                self.send_response(status)
                for name, value in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # whoever asked has given up
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
