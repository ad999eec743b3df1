"""A real app in its own process and a real Chromium that looks at it. Nothing leaves this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect, sync_playwright

ROOT = Path(__file__).parents[2]
START_S = 90
PATIENT = 60_000
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
]
SIZES = {"wide": {"width": 1360, "height": 900}, "phone": {"width": 390, "height": 844}}
BRIEFS = {
    "fr": {
        "Sujet": "L’Heure du trou",
        "Ce que vous voulez dire": "Idriss monte trois murs exprès.\nChacun perce, cheville et visse sa patère.",
        "Les faits": "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €",
    },
    "en": {
        "Subject": "Carols on the slip",
        "What you want to say": "The word sheets are tied to the rail this year.\nThe band stands on our side, the choir on the staithe.",
        "The facts": "date: Saturday 19 December 2026\nhour: 4.30pm to 5.30pm\nplace: the slip",
    },
}
DRAFT = {"fr": "Proposer des textes", "en": "Draft the posts"}


@dataclass
class App:
    """A running app: where it is and where it keeps things."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further variables of its environment: where a model answers."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.home / "data"

    def start(self) -> None:
        """Start it as a new user does, and wait until it answers."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PLUME_", "OPENAI_", "STREAMLIT_"))}
        settings = {"PLUME_DATA_DIR": str(self.data), "PLUME_KITS_DIR": str(self.home / "brand_kits")}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port), "--server.headless", "true"]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=clean | settings | dict(self.settings), stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"the app did not start: {(self.home / 'log').read_text('utf8', 'replace')[-2000:]}")

    def kill(self) -> None:
        """Stop it without asking."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)


@dataclass
class Person:
    """Somebody at the screen: sees one page, types, clicks, waits until the app has nothing more to say."""

    page: Page
    app: App
    lang: str = "fr"
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note every request that leaves this machine."""
        self.page.on("request", self._watch)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.app.url, self.app.url.replace("http", "ws"), "data:", "blob:")):
            self.foreign.append(request.url)

    def come(self, brand: str = "", path: str = "", **query: str) -> "Person":
        """Open the app."""
        asked = {"brand": brand or {"fr": "vaudrille", "en": "thole-ferry"}[self.lang], "lang": self.lang, "as": "Ana", **query}
        self.page.goto(f"{self.app.url}/{path}?{urlencode(asked)}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENT)
        return self.settle()

    def settle(self) -> "Person":
        """Until the app has nothing more to say."""
        self.page.wait_for_timeout(250)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENT)
        return self

    def fill(self, label: str, text: str) -> "Person":
        """Type into the field `label` and leave it."""
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Tab")
        return self.settle()

    def brief(self, **changes: str) -> "Person":
        """Fill in a brief."""
        for label, text in (BRIEFS[self.lang] | changes).items():
            self.fill(label, text)
        return self

    def draft(self, *networks: str) -> "Person":
        """Ask for drafts and wait for the cards of these networks."""
        self.click(DRAFT[self.lang])
        for network in networks:
            expect(self.card(network).locator(".plume-card")).to_be_visible(timeout=PATIENT)
        return self.settle()

    def click(self, name: str, within: Locator | None = None) -> "Person":
        """Click the button `name`."""
        (within or self.page).get_by_role("button", name=re.compile(rf"{name}$")).first.click(timeout=PATIENT)
        return self.settle()

    def pick(self, key: str, option: str) -> "Person":
        """Choose `option` in the list whose key is `key`."""
        self.page.locator(f".st-key-{key}").get_by_role("combobox").click()
        self.page.get_by_role("option", name=option, exact=True).click()
        return self.settle()

    def go(self, name: str) -> "Person":
        """Open another page from the menu."""
        link = self.page.get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page", timeout=PATIENT)
        return self.settle()

    def card(self, network: str) -> Locator:
        """The card of one network."""
        return self.page.locator(f".st-key-card_{network}")

    def sees(self, text: str | re.Pattern[str], within: Locator | None = None) -> "Person":
        """Wait until `text` can be read."""
        expect((within or self.page).get_by_text(text).first).to_be_visible(timeout=PATIENT)
        return self


def chromium() -> str:
    """The system's Chromium; skips where there is none, fails in CI."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium on this machine")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., App]]:
    """Apps on free ports, each with an empty data folder and its own copy of the kits; stopped at the end."""
    made: list[App] = []

    def make(**settings: str) -> App:
        home = tmp_path_factory.mktemp("app")
        shutil.copytree(ROOT / "brand_kits", home / "brand_kits")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            made.append(App(home, free.getsockname()[1], settings=settings))
        made[-1].start()
        return made[-1]

    yield make
    for app in made:
        app.kill()


@pytest.fixture(scope="session")
def app(make_app: Callable[..., App]) -> App:
    """The app that all browser tests of this process share."""
    return make_app()


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Callable[..., Person]]:
    """New visitors: `visitor()`, `visitor("en")`, `visitor(size="phone", dark=True)`. A request to any other host fails the test."""
    contexts: list[BrowserContext] = []
    people: list[Person] = []

    def make(lang: str = "fr", *, size: str = "wide", dark: bool = False, at: App | None = None, **options: Any) -> Person:
        context = browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type] # a width and a height
            locale={"fr": "fr-FR", "en": "en-GB"}[lang],
            color_scheme="dark" if dark else "light",
            **options,
        )
        contexts.append(context)
        people.append(Person(context.new_page(), at or app, lang))
        return people[-1]

    yield make
    if folder := os.environ.get("PLUME_SCREENSHOTS"):
        for number, person in enumerate(people):
            person.page.screenshot(path=str(Path(folder) / f"last-{number}.png"), full_page=True)
    for context in contexts:
        context.close()
    assert not [url for person in people for url in person.foreign]
