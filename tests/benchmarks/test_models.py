"""Drafting with a model on loopback: eight networks side by side, what Plume adds around each call, and what a prompt takes."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from assistant.briefs import Brief
from assistant.drafting.briefing import read_brief
from assistant.drafting.prompted.fullness import MOST_TOKENS
from assistant.models.tokens import count
from assistant.services import Services
from tests.models.faulty_server import FaultyServer
from tests.writing_model import writing

pytestmark = pytest.mark.bench
BRIEFS = Path(__file__).parents[1] / "briefs" / "vaudrille"
EIGHT = ("instagram", "facebook", "x", "linkedin", "bluesky", "mastodon", "threads", "tiktok")
RUNS = 5
CALL_S = 1.0
BRIEF = Brief(
    subject="L’Heure du trou",
    key_points=("Idriss monte trois murs exprès.", "Chacun perce, cheville et visse sa patère."),
    facts={"date": "samedi 28 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"},
)
"""All of it stands in what the server writes: nothing goes back for a revision."""


Serve = Callable[[float, int], tuple[FaultyServer, Services]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, make_services: Callable[..., Services]) -> Iterator[Serve]:
    """A server that takes its time, services that are connected to it, and all of it warm."""
    opened: list[FaultyServer] = []

    def start(after_s: float, parallel: int) -> tuple[FaultyServer, Services]:
        opened.append(FaultyServer([writing(), writing(after_s=after_s)]))
        opened[-1].__enter__()
        settings = {"BASE_URL": opened[-1].url, "MODEL": "bench", "MAX_PARALLEL": str(parallel), "STRUCTURED_OUTPUT": "json_schema"}
        for name, value in settings.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        services = make_services()
        drafted(services, ("x",))
        return opened[-1], services

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def drafted(services: Services, networks: tuple[str, ...], brief: Brief = BRIEF, seed: int = 0) -> list[float]:
    """Drafts with the model; seconds until each network was saved and handed over."""
    start, came = time.perf_counter(), []
    for one in services.draft("vaudrille", brief, networks=networks, variants=3, writer="model", seed=seed):
        assert one.failure is None
        assert len(one.drafts) == 3
        came.append(time.perf_counter() - start)
    return came


def test_eight_networks_side_by_side(serve: Serve, measured: Callable[..., None]) -> None:
    server, services = serve(CALL_S, len(EIGHT))
    asked = len(server.asked)
    taken = [drafted(services, EIGHT, seed=seed) for seed in range(1, RUNS + 1)]
    calls = (len(server.asked) - asked) / RUNS
    measured("model at 1 s a call, 8 networks × 3 variants, saved and checked", median(one[-1] for one in taken), "s", "≤ 2 s")
    measured("the first of these networks shown", median(one[0] for one in taken), "s", "before the last")
    assert calls == len(EIGHT), "one call per network and no revision, or the figure means something else"
    assert median(one[-1] for one in taken) < len(EIGHT) * CALL_S / 2, "side by side"
    assert all(one[0] < one[-1] for one in taken)


def test_what_plume_adds_around_a_call(serve: Serve, measured: Callable[..., None]) -> None:
    _, services = serve(0.0, 1)
    taken = [drafted(services, EIGHT, seed=seed)[-1] / (3 * len(EIGHT)) for seed in range(1, RUNS + 1)]
    measured("own time per draft around the model call", 1000 * median(taken), "ms", "≤ 35 ms")


def test_tokens_of_a_prompt(serve: Serve, measured: Callable[..., None]) -> None:
    server, services = serve(0.0, 1)
    whole, shared = [], []
    for network in EIGHT:
        prompts = []
        for brief in ("01-event.yaml", "04-tip.yaml"):
            before = len(server.asked)
            drafted(services, (network,), read_brief(BRIEFS / brief))
            prompts.append("\n".join(message["content"] for message in server.asked[before]["messages"]))
        same = next((at for at, (one, other) in enumerate(zip(*prompts, strict=False)) if one != other), 0)
        whole += [count(prompt)[0] for prompt in prompts]
        shared.append(count(prompts[0][:same])[0] / count(prompts[0])[0])
    measured("tokens of one post prompt, median of 8 networks × 2 briefs", f"{median(whole):.0f}", "tokens", "≤ 4,000")
    assert max(whole) <= MOST_TOKENS
    measured("of these the same for every brief of the brand on the network, in front", f"{100 * median(shared):.0f}", "%", "reported")
