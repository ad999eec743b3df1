"""From a fault to one of the three errors, and whether asking again may help."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assistant.errors import ModelError, ModelNotConfigured, ModelUnavailable
from assistant.messages import Message
from assistant.models.endpoint import Endpoint
from assistant.models.outcomes import Fault
from assistant.models.overflow import is_overflow, needs_told, room_told

TRANSIENT = frozenset((408, 409, 425, 429))
"""Beside 5xx."""
NO_MODEL = re.compile(
    r"model_not_found|model[^.]{0,80}(?:not found|does not exist|not exist|is not available|unknown)|(?:unknown|no such|invalid) model"
)
NO_CREDIT = re.compile(r"insufficient_quota|insufficient (?:balance|credit|funds)|billing|credit balance|out of credits")
GARBLED = re.compile(r"does not match the expected")
"""llama.cpp's 500 for an answer that it could not read itself: the model's fault, not the server's."""
FILTERED = re.compile(r"content_filter|content_policy|responsibleaipolicy|content management policy")


def error_of(fault: Fault, endpoint: Endpoint, *, needs: int = 0, wait: float | None = None) -> ModelError:
    """The error for a fault that stays. `needs`: tokens of the request by our count; `wait`: seconds the server asked for."""
    host = endpoint.host
    if fault.kind == "forbidden":
        return ModelNotConfigured("model.refused_address", host=host, reason=Message("model.refused.forbidden"))
    if fault.kind == "timeout":
        return ModelUnavailable("model.timeout", host=host, seconds=f"{endpoint.timeout_s:g}")
    if fault.kind == "connection":
        return ModelUnavailable("model.unreachable", host=host, reason=why(fault))
    if fault.kind == "empty":
        return ModelUnavailable("model.empty", host=host, model=endpoint.model)
    if fault.kind == "malformed":
        return ModelUnavailable("model.malformed", host=host)
    return _of_status(fault, endpoint, needs, wait)


def _of_status(fault: Fault, endpoint: Endpoint, needs: int, wait: float | None) -> ModelError:
    host, status = endpoint.host, fault.status
    if is_overflow(fault):
        has = room_told(fault)
        return ModelUnavailable("model.context", needs=needs_told(fault) or needs, has=has or Message("model.context.unknown"), host=host)
    if status in (401, 403):
        return ModelUnavailable("model.key_refused", host=host, status=status)
    if status == 402 or (status == 429 and NO_CREDIT.search(fault.words)):
        return ModelUnavailable("model.no_credit", host=host)
    if status == 404 or is_unknown_model(fault):
        return ModelUnavailable("model.no_such_model", host=host, model=endpoint.model)
    if status == 429:
        return ModelUnavailable("model.busy", host=host, seconds=wait and round(wait), wait=_said(wait))
    return ModelUnavailable("model.server_error", host=host, status=status)


def may_help(fault: Fault) -> bool:
    """Whether the same request may succeed when it is sent again."""
    if fault.kind in ("malformed", "empty"):
        return True
    if fault.kind == "connection":
        return fault.reason != "certificate"
    if fault.kind != "status" or is_overflow(fault) or is_garbled(fault):
        return False
    if fault.status == 429 and NO_CREDIT.search(fault.words):
        return False
    return fault.status in TRANSIENT or (fault.status >= 500 and fault.status != 501)


def may_be_the_method(fault: Fault) -> bool:
    """Whether the server may have refused the way in which the structure was asked for, rather than the request."""
    if fault.kind != "status" or is_overflow(fault) or is_unknown_model(fault) or is_filtered(fault):
        return False
    return fault.status in (400, 404, 415, 422, 500, 501)


def is_unknown_model(fault: Fault) -> bool:
    """The server does not have this model."""
    return fault.kind == "status" and fault.status in (400, 404) and bool(NO_MODEL.search(fault.words))


def is_garbled(fault: Fault) -> bool:
    """The server itself could not read what the model said."""
    return fault.kind == "status" and fault.status == 500 and bool(GARBLED.search(fault.words))


def is_filtered(fault: Fault) -> bool:
    """A content filter stands before the model, and refused the request."""
    return fault.kind == "status" and fault.status in (400, 403) and bool(FILTERED.search(fault.words))


def why(fault: Fault) -> Message:
    """A few words for who waits."""
    if fault.kind == "connection":
        return Message(f"model.reason.{fault.reason}")
    if fault.kind == "status" and fault.status != 429:
        return Message("model.reason.server_error", {"status": fault.status})
    return Message(f"model.reason.{'busy' if fault.kind == 'status' else fault.kind}")


def seconds_asked(fault: Fault, now: datetime) -> float | None:
    """What Retry-After asks for, in seconds from `now` (RFC 9110, 10.2.3: seconds or an HTTP date); None where there is none."""
    told = fault.retry_after.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", told):
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def _said(wait: float | None) -> Message:
    if wait is None:
        return Message("model.wait.unknown")
    if wait < 120:
        return Message("model.wait.seconds", {"seconds": max(round(wait), 1)})
    return Message("model.wait.minutes", {"minutes": round(wait / 60)})
