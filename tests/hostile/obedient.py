"""A real OpenAI-compatible server on loopback whose model obeys every order it finds in what it is sent, whoever wrote it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.text import clean


@dataclass
class Obedient:
    """What the model obeys (a mark in the prompt -> what it then writes), and every prompt it was sent."""

    orders: dict[str, str]
    innocent: str = "Le marché ouvre samedi."
    prompts: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """A completion of the shape that was asked for, every text of it what the order wants."""
        prompt = "\n".join(message["content"] for message in body["messages"])
        self.prompts.append(prompt)
        seen = clean(prompt)
        wanted = "\n".join(said for mark, said in self.orders.items() if mark in seen) or self.innocent
        wanted = wanted.replace("{everything}", prompt[-1500:])
        asked = body.get("response_format", {}).get("json_schema", {}).get("schema")
        content = json.dumps(filled(asked, asked, wanted), ensure_ascii=False) if asked else wanted
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        usage = {
            "prompt_tokens": len(prompt) // 4,
            "completion_tokens": len(content) // 4,
            "total_tokens": (len(prompt) + len(content)) // 4,
        }
        return {"id": "c", "object": "chat.completion", "created": 0, "model": body["model"], "choices": [choice], "usage": usage}


def filled(schema: dict[str, Any], root: dict[str, Any], text: str) -> Any:
    """A value of `schema` whose strings are all `text`; a choice takes its first."""
    if "$ref" in schema:
        return filled(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root, text)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return filled(schema["anyOf"][0], root, text)
    match schema.get("type"):
        case "object":
            return {name: filled(one, root, text) for name, one in schema.get("properties", {}).items()}
        case "array":
            return [filled(schema["items"], root, text)] * max(int(schema.get("minItems", 1)), 1)
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return text


@contextmanager
def serving(model: Obedient) -> Iterator[Obedient]:
    """The server, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._send(model.answer(body))

        def do_GET(self) -> None:
            self._send({"object": "list", "data": [{"id": "obedient", "object": "model"}]})

        def _send(self, value: dict[str, Any]) -> None:
            data = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
