"""What a click sets off is done to its end, whatever is clicked next.

Streamlit looks for the next click at every reading of the session state, in the midst of a click's callback too, and even before
the callback has begun. Where it finds one it drops the callback and starts the next run, which knows nothing of the first
click any more: of approvals followed within a few milliseconds by another click one in twenty was lost so. Here the next
click waits until the callbacks of the first are done; what is drawn after them may be broken off as before. The other half
is `fastReruns = false` in `.streamlit/config.toml`: with it a click that waits is folded into the next run, not thrown away.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState

_acting: ContextVar[bool] = ContextVar("plume_acting", default=False)


@cache
def finish_what_was_clicked() -> None:
    """From now on no callback is broken off; once for the whole process."""
    SafeSessionState.on_script_will_rerun = _marked(SafeSessionState.on_script_will_rerun)  # type: ignore[method-assign]
    ScriptRequests.on_scriptrunner_yield = _waiting(ScriptRequests.on_scriptrunner_yield)  # type: ignore[method-assign]


def _marked(run: Callable[..., None]) -> Callable[..., None]:
    """The callbacks of one run, marked as such on their thread."""

    @wraps(run)
    def marked(*args: Any, **options: Any) -> None:
        token = _acting.set(True)
        try:
            run(*args, **options)
        finally:
            _acting.reset(token)

    return marked


def _waiting(look: Callable[..., Any]) -> Callable[..., Any]:
    """The look for the next click, which finds none while callbacks run."""

    @wraps(look)
    def waiting(*args: Any, **options: Any) -> Any:
        return None if _acting.get() else look(*args, **options)

    return waiting
