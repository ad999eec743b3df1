"""The app without a browser: pages are opened, widgets are moved by their keys, and what a person would read is collected."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from assistant.services import Services

PATIENT_S = 120
PAGES = "assistant/ui/pages"
TAGS = re.compile(r"<[^>]+>")


class Desk:
    """One visitor. `at` is Streamlit's own handle; the rest reads and moves the page as a person would."""

    def __init__(self, at: AppTest) -> None:
        self.at = at

    @property
    def services(self) -> "Services":
        """The services the app itself uses."""
        from assistant.ui.session import get_services

        return get_services()

    def run(self) -> "Desk":
        """Run the page once more; any exception fails the test."""
        self.at.run(timeout=PATIENT_S)
        return self.sound()

    def sound(self) -> "Desk":
        """Fail when the page has crashed."""
        assert not self.at.exception, [one.value for one in self.at.exception]
        return self

    def go(self, page: str) -> "Desk":
        """Open another page."""
        self.at.switch_page(f"{PAGES}/{page}.py").run(timeout=PATIENT_S)
        return self.sound()

    def type(self, key: str, text: str) -> "Desk":
        """Type into a field and leave it."""
        found = [one for one in (*self.at.text_input, *self.at.text_area) if one.key == key]
        assert found, f"no field {key} among {self.widgets()}"
        found[0].set_value(text).run(timeout=PATIENT_S)
        return self.sound()

    def click(self, key: str) -> "Desk":
        """Click a button."""
        self.at.button(key=key).click().run(timeout=PATIENT_S)
        return self.sound()

    def choose(self, key: str, value: Any) -> "Desk":
        """Choose in a list, among pills or in a segmented control."""
        at = self.at
        widgets = (*at.pills, *at.segmented_control, *at.selectbox, *at.date_input)
        found = [one for one in widgets if one.key == key]
        assert found, f"nothing to choose under {key} among {[one.key for one in widgets]}"
        found[0].set_value(value).run(timeout=PATIENT_S)
        return self.sound()

    def open(self, key: str) -> "Desk":
        """Open a popover or an expander, which draws what is in it."""
        self.at.session_state[key] = True
        return self.run()

    def field(self, key: str) -> str:
        """What stands in a field."""
        [found] = [one for one in (*self.at.text_input, *self.at.text_area) if one.key == key]
        return str(found.value)

    @property
    def brief_id(self) -> str:
        """The brief in hand, as the address names it."""
        asked = self.at.query_params["brief"]
        return asked[0] if isinstance(asked, list) else str(asked)

    def widgets(self) -> list[str]:
        """The keys of all buttons and fields on the page."""
        return [str(one.key) for one in (*self.at.button, *self.at.text_input, *self.at.text_area, *self.at.selectbox) if one.key]

    def button(self, ending: str) -> str:
        """The key of the first button whose key ends like this."""
        found = [key for key in self.widgets() if key.endswith(ending)]
        assert found, f"no button …{ending} among {self.widgets()}"
        return found[0]

    def bodies(self) -> list[str]:
        """The HTML blocks of the page, as they are sent."""
        return [str(one.proto.body) for one in self.at.main if getattr(one, "type", "") == "html"]

    def reads(self) -> str:
        """Everything there is to read on the page."""
        at = self.at
        said = [one.value for one in (*at.markdown, *at.caption, *at.error, *at.warning, *at.info, *at.success, *at.toast)]
        labels = [one.label for one in (*at.button, *at.text_input, *at.text_area, *at.selectbox, *at.expander)]
        shown = [html.unescape(TAGS.sub(" ", body.replace("<br>", "\n"))) for body in self.bodies()]
        return "\n".join(map(str, (*said, *labels, *shown))).replace("\\", "").replace("\u2060", "")


@pytest.fixture(autouse=True)
def fresh_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Services of this test only; nothing is prepared behind its back."""
    from assistant.services import build
    from assistant.ui import session

    built: list[Services] = []

    def remembered(*given: Any) -> "Services":
        built.append(build(*given))
        return built[-1]

    monkeypatch.setattr(session, "build", remembered)
    monkeypatch.setattr(session, "_warm", lambda services: None)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()
    for services in built:
        services.close()


@pytest.fixture
def visit() -> Callable[..., Desk]:
    """Open the app: `visit("vaudrille")`, `visit("thole-ferry", lang="en", page="review")`."""
    app = Path(__file__).parents[2] / "app.py"

    def open_app(brand: str = "vaudrille", *, lang: str = "fr", person: str = "Ana", page: str = "draft", **query: str) -> Desk:
        at = AppTest.from_file(str(app), default_timeout=PATIENT_S)
        for name, value in {"brand": brand, "lang": lang, "as": person, **query}.items():
            at.query_params[name] = value
        desk = Desk(at).run()
        return desk if page == "draft" else desk.go(page)

    return open_app
