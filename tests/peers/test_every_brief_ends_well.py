"""Two public peers, one with faults on demand and one that is a true llama.cpp server with a random model: every shipped brief
ends in a draft or in a clear message, and none is lost."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.briefing import read_brief
from assistant.messages import LANGUAGES, render
from assistant.services import Services
from tests.models.llama import llama_server
from tests.peers import aimock

BRIEFS = sorted((Path(__file__).parents[1] / "briefs").glob("*/*.yaml"))
EXTRA = {"first_comment": "", "alt_text": "", "visual_brief": ""}
TEXT = "Trois murs montés exprès. Samedi, chacun perce le sien. / Three walls, one Saturday."
ANSWERS: list[dict[str, Any]] = [
    {"match": {"systemMessage": "variants"}, "response": {"content": json.dumps({"variants": [{"angle": "a", "text": TEXT, **EXTRA}]})}},
    {"match": {}, "response": {"content": json.dumps({"text": TEXT, **EXTRA})}},
]
FAULTS = {
    "malformed": ("--chaos-malformed", "0.5"),
    "disconnected": ("--chaos-disconnect", "0.4"),
    "rate limited": ("--chaos-ratelimit", "0.4"),
    "dropped": ("--chaos-drop", "0.4"),
    "all of them, and slow": (
        *("--chaos-malformed", "0.15", "--chaos-disconnect", "0.15", "--chaos-ratelimit", "0.15", "--chaos-drop", "0.15"),
        *("--chaos-latency", "200"),
    ),
}


def outcome(services: Services, file: Path) -> bool:
    """Whether the brief ended in drafts; fails where it ended neither in drafts nor in a message, or where anything was lost."""
    slug, brief = file.parent.name, read_brief(file)
    (drafted,) = services.draft(slug, brief, networks=("instagram",), variants=1, writer="model", actor="Alma")
    assert drafted.drafts or drafted.failure, file
    assert any(saved.brief["subject"] == brief.subject for saved in services.stores.briefs.recent(slug, limit=50))
    if drafted.failure is None:
        assert [services.stores.drafts.get(one.id).draft.text for one in drafted.drafts] == [one.text for one in drafted.drafts]
        return True
    assert all(render(drafted.failure, language) for language in LANGUAGES)
    (instead,) = services.draft(slug, brief, networks=("instagram",), variants=1, writer="built-in", actor="Alma")
    assert instead.drafts
    return False


def outcomes(services: Services, briefs: Sequence[Path] = BRIEFS) -> list[bool]:
    """All briefs at once, as on a busy morning: whether each ended in drafts."""
    for slug in {file.parent.name for file in briefs}:
        services.kit(slug)
    with ThreadPoolExecutor(8) as people:
        return list(people.map(lambda file: outcome(services, file), briefs))


@pytest.fixture
def desk(make_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Services]:
    """Services whose model is at an address."""

    def at(url: str, seconds: float, way: str) -> Services:
        for name, value in {"BASE_URL": url, "MODEL": "peer", "TIMEOUT_S": str(seconds), "STRUCTURED_OUTPUT": way}.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        return make_services()

    return at


@pytest.mark.parametrize("fault", FAULTS)
def test_against_aimock_with_its_faults(fault: str, tmp_path: Path, desk: Callable[..., Services]) -> None:
    with aimock.running(tmp_path, ANSWERS, *FAULTS[fault]) as url:
        ended = outcomes(desk(url, 2.5, "json_schema"), BRIEFS if "all" in fault else BRIEFS[::4])
    assert any(ended), "not one brief was drafted"


@pytest.mark.parametrize(("context", "briefs"), [(2048, BRIEFS[::6]), (32_768, BRIEFS[::12])], ids=["too small a context", "noise"])
def test_against_llama_cpp(context: int, briefs: list[Path], tmp_path: Path, desk: Callable[..., Services]) -> None:
    with llama_server(tmp_path, context=context) as url:
        ended = outcomes(desk(url, 12, "auto"), briefs)
    assert len(ended) == len(briefs)
