"""The app under visitors: the first page of a fresh start, a click's time on the server, a hundred people at once.

The visitors speak Streamlit's own protocol; there is no browser in these figures. Times on the clock are reported; what can
fail is a ratio taken in one run: a click on one card must cost less than the whole page.
"""

import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.benchmarks.visitor import Visitor

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]
RUNS = 40
PEOPLE, THINKING_S, CLICKS = 100, 10.0, 3
WARM_S = 60
BRIEF = {
    "draft_subject": "L’Heure du trou",
    "draft_key_points": "Idriss monte trois murs exprès.\nChacun perce, cheville et visse sa patère.",
    "draft_facts": "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €",
}
Measured = Callable[[str, float | str, str, str], None]
Spread = Callable[[Sequence[float]], tuple[float, float]]


@dataclass
class Running:
    """An app in its own process."""

    url: str
    process: "subprocess.Popen[bytes]"
    started: float

    def cpu(self) -> float:
        """Seconds of processor it has used so far."""
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was prepared, as `make run` does before it starts."""
    folder = tmp_path_factory.mktemp("bench")
    shutil.copytree(ROOT / "brand_kits", folder / "brand_kits")
    subprocess.run([sys.executable, "-m", "assistant", "prepare"], cwd=ROOT, env=_settings(folder), check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def app(home: Path) -> Iterator[Running]:
    """The app on that desk, from the moment it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=_settings(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _answers(url)
        yield Running(url, process, started)
    finally:
        process.kill()
        process.wait(20)


def test_the_first_page_of_a_fresh_start(app: Running, measured: Measured) -> None:
    ready = time.perf_counter() - app.started

    async def first() -> tuple[float, list[str]]:
        visitor = await Visitor.come(app.url, brand="vaudrille", lang="fr")
        taken = await visitor.rerun()
        await visitor.leave()
        return taken, list(visitor.widgets)

    taken, widgets = asyncio.run(first())
    assert "draft_go" in widgets
    measured("app: the server answers after its start", ready, "s", "reported")
    measured("app: first page of a fresh start, from the request", taken, "s", "≤ 3 s")


def test_a_click_on_the_server(app: Running, measured: Measured, spread: Spread) -> None:
    async def clicks() -> tuple[dict[str, list[float]], dict[str, float]]:
        visitor = await drafted(app)
        await quiet(app)
        whole, of_page = await timed(app, visitor.rerun)
        card = next(key for key in visitor.widgets if key.startswith("why_"))
        one, of_card = await timed(app, lambda: visitor.open(card))
        await visitor.leave()
        return {"page": whole, "card": one}, {"page": of_page, "card": of_card}

    taken, used = asyncio.run(clicks())
    page, card = spread(taken["page"]), spread(taken["card"])
    measured("app: rerun of the draft page with 8 cards, p50 on the server", page[0], "ms", "≤ 30 ms")
    measured("app: the same, p95", page[1], "ms", "reported")
    measured("app: the same, processor time of the whole server", 1000 * used["page"], "ms", "reported")
    measured("app: a click within one card, p50", card[0], "ms", "reported")
    assert used["card"] < used["page"], "a click on one card draws that card alone"


def test_a_hundred_people_at_once(app: Running, measured: Measured, spread: Spread) -> None:
    chance = random.Random(7)

    async def person(number: int, brief_id: str) -> list[float]:
        await asyncio.sleep(THINKING_S * number / PEOPLE)
        visitor = await Visitor.come(app.url, brand="vaudrille", lang="fr", brief=brief_id, **{"as": f"P{number}"})
        await visitor.rerun()
        taken = []
        for _ in range(CLICKS):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING_S)
            taken.append(await visitor.rerun())
        await visitor.leave()
        return taken

    async def everybody() -> tuple[list[float], float]:
        first = await drafted(app)
        await quiet(app)
        before = app.cpu()
        all_taken = await asyncio.gather(*(person(number, first.brief) for number in range(PEOPLE)))
        await first.leave()
        return [one for each in all_taken for one in each], app.cpu() - before

    taken, used = asyncio.run(everybody())
    half, most = spread(taken)
    measured(f"app: {PEOPLE} people on pages with 8 cards, {THINKING_S:.0f} s between clicks, p50", half, "ms", "reported")
    measured("app: the same, p95", most, "ms", "≤ 500 ms")
    measured("app: the same, processor time per click of the whole server", 1000 * used / len(taken), "ms", "reported")
    assert len(taken) == PEOPLE * CLICKS


async def drafted(app: Running) -> Visitor:
    """A visitor with a brief and a card for each of the brand's accounts."""
    visitor = await Visitor.come(app.url, brand="vaudrille", lang="fr", **{"as": "Ana"})
    await visitor.rerun()
    for key, text in BRIEF.items():
        await visitor.type(key, text)
    await visitor.click("draft_go")
    assert sum(key.startswith("card_") for key in visitor.widgets) >= 8
    return visitor


async def quiet(app: Running) -> None:
    """Until the background work of a start (imports, index) is done."""
    for _ in range(WARM_S):
        before = app.cpu()
        await asyncio.sleep(1)
        if app.cpu() - before < 0.05:
            return


async def timed(app: Running, act: Callable[[], Awaitable[float]]) -> tuple[list[float], float]:
    """Each time on the clock, and the mean processor time of the server."""
    before = app.cpu()
    taken = [await act() for _ in range(RUNS)]
    return taken, (app.cpu() - before) / RUNS


def _settings(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PLUME_", "OPENAI_", "STREAMLIT_"))}
    return clean | {"PLUME_DATA_DIR": str(home / "data"), "PLUME_KITS_DIR": str(home / "brand_kits")}


def _answers(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the app did not start")
