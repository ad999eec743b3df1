"""What every test has: settings of its own, no way out to the network, and services on a folder of its own when it asks."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant.services import Services

pytest_plugins = ["postgres", "queue_fixtures", "command_line"]

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOOPBACK = ("127.0.0.1", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine reaches a test; what is written goes into the test's folder."""
    for name in list(os.environ):
        if name.startswith(("PLUME_", "OPENAI_")) and not name.startswith("PLUME_BENCH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PLUME_KITS_DIR", str(ROOT / "brand_kits"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached: a test that calls out fails by name."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            pytest.fail(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def bench_data() -> Path:
    """The folder of real material; a test that measures on it skips where there is none."""
    folder = os.environ.get("PLUME_BENCH_DATA")
    if not folder:
        pytest.skip("PLUME_BENCH_DATA is not set: no real material to measure on")
    return Path(folder)


@pytest.fixture
def kits_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped kits that the test may change."""
    copy = tmp_path / "brand_kits"
    shutil.copytree(ROOT / "brand_kits", copy)
    monkeypatch.setenv("PLUME_KITS_DIR", str(copy))
    return copy


@pytest.fixture
def make_services() -> "Iterator[Callable[..., Services]]":
    """Builds services as the environment says, with a still clock and ids that count; closed after the test."""
    from assistant.services import build
    from assistant.settings import Settings

    built: list[Services] = []
    ids = count(1)

    def make(now: datetime = NOON) -> "Services":
        services = build(Settings(), now=lambda: now, new_id=lambda: f"id{next(ids):06d}")
        built.append(services)
        return services

    yield make
    for services in built:
        services.close()


@pytest.fixture
def services(make_services: "Callable[..., Services]") -> "Services":
    """Services on the shipped kits and an empty data folder."""
    return make_services()
