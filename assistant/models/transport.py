"""The HTTP client under the model calls: no redirects, answers of a bounded size, and no way to an address that is forbidden."""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.models.address import is_forbidden, is_loopback
from assistant.models.quiet import hush

if TYPE_CHECKING:
    import httpx2

CONNECT_S = 5.0
"""Seconds for a connection, where the whole deadline is not shorter; a further try may still find the server."""
LARGEST = 8_000_000
"""Bytes of an answer: a server that never stops is stopped."""
LARGEST_PACKED = 250_000
"""Bytes of a compressed one, which may unfold to a thousand times as much."""


class ForbiddenAddress(Exception):
    """The name of the server leads to a link-local or metadata address, or a local one leads off this machine."""


class TooLarge(Exception):
    """The answer is larger than any answer of a model."""


def load() -> None:
    """Loads the HTTP library (some 0.3 s) and keeps it from logging addresses."""
    import httpx2  # noqa: F401

    hush()


def patience(timeout_s: float) -> "httpx2.Timeout":
    """Seconds for a connection and for an answer; the deadline of the whole is kept by who waits."""
    import httpx2

    return httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s))


def unused(*, tls: bool) -> "httpx2.Client":
    """The client for blocking calls that LangChain wants beside the other one; none is ever made with it."""
    import httpx2

    return httpx2.Client(verify=tls, trust_env=False, follow_redirects=False)


def client(local: bool, timeout_s: float, *, tls: bool = True) -> "httpx2.AsyncClient":
    """A client for one endpoint. `local`: proxies of the environment are not used, and only loopback may be connected to.

    Without `tls` no certificates are loaded (15 ms): for addresses of plain http only.
    """
    import httpx2

    async def connected(event: str, info: Mapping[str, Any]) -> None:
        """Looks at the address that was really connected to: a name may resolve to anything."""
        if event == "connection.connect_tcp.complete":
            stream = info["return_value"]
            host = str((stream.get_extra_info("server_addr") or ("",))[0])
            if is_forbidden(host) or (local and not is_loopback(host)):
                await stream.aclose()
                raise ForbiddenAddress

    class Bounded(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
            self.stream = stream
            self.most = most

        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for piece in self.stream:
                taken += len(piece)
                if taken > self.most:
                    raise TooLarge
                yield piece

        async def aclose(self) -> None:
            await self.stream.aclose()

    async def asking(request: httpx2.Request) -> None:
        request.extensions = {**request.extensions, "trace": connected}

    async def answered(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.AsyncByteStream):
            packed = response.headers.get("content-encoding", "identity") != "identity"
            response.stream = Bounded(response.stream, LARGEST_PACKED if packed else LARGEST)

    return httpx2.AsyncClient(
        trust_env=not local,
        verify=tls,
        follow_redirects=False,
        # On one machine a connection costs nothing, and an idle one may be closed by the server just when it is used again.
        limits=httpx2.Limits(max_keepalive_connections=0 if local else 20, keepalive_expiry=5.0),
        timeout=patience(timeout_s),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"request": [asking], "response": [answered]},
    )
