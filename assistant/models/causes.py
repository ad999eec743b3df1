"""Why a connection failed, read from an error and all that led to it, without the library that raised it."""

from collections.abc import Iterator

from assistant.models.outcomes import Fault, Reason
from assistant.models.transport import ForbiddenAddress, TooLarge

REASONS: tuple[tuple[Reason, frozenset[str]], ...] = (
    ("name", frozenset(("gaierror",))),
    ("certificate", frozenset(("SSLCertVerificationError",))),
    ("refused", frozenset(("ConnectionRefusedError",))),
    ("slow", frozenset(("ConnectTimeout",))),
    ("cut", frozenset(("RemoteProtocolError", "ReadError", "WriteError", "ConnectionResetError", "BrokenPipeError"))),
)
"""By names of classes, the surest first: each HTTP library has its own, and one of them may be replaced."""


def causes_of(error: BaseException) -> tuple[BaseException, ...]:
    """The error, then what it came from, groups included."""
    return tuple(_walk(error))


def guarded(causes: tuple[BaseException, ...]) -> Fault | None:
    """The fault when our own guard stopped the call: a forbidden address, or an answer without end."""
    if any(isinstance(one, ForbiddenAddress) for one in causes):
        return Fault("forbidden")
    return Fault("malformed") if any(isinstance(one, TooLarge) for one in causes) else None


def unconnected(causes: tuple[BaseException, ...]) -> Fault:
    """The fault of a connection that failed, with its reason."""
    names = {base.__name__ for cause in causes for base in type(cause).__mro__}
    if "DecodingError" in names:
        return Fault("malformed")
    if "ReadTimeout" in names:
        return Fault("timeout")
    return Fault("connection", reason=next((reason for reason, marks in REASONS if marks & names), "connection"))


def _walk(error: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, *(one.exceptions if isinstance(one, BaseExceptionGroup) else ())]
