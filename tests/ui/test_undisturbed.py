"""A click's callback is not broken off by the next click, which comes right after it."""

from collections.abc import Callable

from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from assistant.ui.undisturbed import finish_what_was_clicked


class BrokenOff(Exception):
    """What Streamlit raises in the midst of a run to start the next one."""


class Clicked(SessionState):
    """A session whose callback reads the session state before it takes a decision, and again after it."""

    act: Callable[[], None]

    def on_script_will_rerun(self, *_: object, **__: object) -> None:
        """The callbacks of one run."""
        self.act()


def test_the_next_click_waits_until_the_callback_is_done() -> None:
    finish_what_was_clicked()
    requests, session, decided = ScriptRequests(), Clicked(), []

    def yields() -> None:
        if requests.on_scriptrunner_yield():
            raise BrokenOff

    state = SafeSessionState(session, yields)

    def act() -> None:
        state["told"] = "decided"
        decided.append(state["told"])

    session.act = act
    requests.request_rerun(RerunData())  # the next click is there before the callback has begun
    state.on_script_will_rerun(None)
    assert decided == ["decided"]
    following = requests.on_scriptrunner_yield()
    assert following is not None
    assert following.type is ScriptRequestType.RERUN, "and then it has its turn"
