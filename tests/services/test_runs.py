"""Drafting behind the page: nobody has to wait for it, everybody who opens the brief sees it, and nothing is written twice."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted
from assistant.drafting.writer import Composition, WriteRequest, Written
from assistant.drafts import Draft, Piece
from assistant.errors import ModelUnavailable, StorageError
from assistant.findings import Finding
from assistant.messages import Message, render
from assistant.models.base import Step
from assistant.services import heard
from assistant.services.runs import Progress, Run, Runs

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(subject="L’Heure du trou", key_points=("Idriss monte trois murs exprès.",), facts={"prix": "12 €"}, variants=1)
TEXT = "L’Heure du trou : Idriss monte trois murs exprès. 12 €."
PATIENT_S = 20.0


@dataclass
class Gated:
    """A writer that waits at a gate per network; `fails` raises there instead."""

    fails: dict[str, Exception] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    gates: dict[str, threading.Event] = field(default_factory=dict)
    name: str = "some-model"

    def write(self, request: WriteRequest) -> Written:
        key = request.network.key
        self.begun.append(key)
        gate = self.gates.get(key)
        while gate is not None and not gate.wait(0.005):
            if request.watch.cancelled():
                raise ModelUnavailable("draft.cancelled")
        if key in self.fails:
            raise self.fails[key]
        return Written((Composition(TEXT, Message("writer.angle.as_typed"), (Piece(TEXT, "model"),), "subject"),))

    def revise(self, request: WriteRequest, draft: Draft, findings: tuple[Finding, ...], *rest: object) -> Composition:
        raise ModelUnavailable("draft.cancelled")

    def gate(self, *networks: str) -> "Gated":
        self.gates.update({key: threading.Event() for key in networks})
        return self


@dataclass
class InOrder(Gated):
    """A writer whose calls wait each at a gate of its own, and that hears of a cancel late; the first call then fails."""

    def write(self, request: WriteRequest) -> Written:
        turn = str(len(self.begun))
        self.begun.append(turn)
        self.gates[turn].wait(PATIENT_S)
        if turn == "0":
            raise ModelUnavailable("model.cancelled", host="127.0.0.1:1")
        return Written((Composition(TEXT, Message("writer.angle.as_typed"), (Piece(TEXT, "model"),), "subject"),))


@pytest.fixture
def desk(services: "Services", monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Gated], "Services"]]:
    """Services whose writer is the given one, four networks at once; every gate is open at the end."""
    given: list[Gated] = []

    def with_writer(writer: Gated) -> "Services":
        given.append(writer)
        monkeypatch.setattr(type(services), "writer", lambda *_: writer)
        monkeypatch.setattr(type(services.models), "parallel", lambda _: 4)
        return services

    yield with_writer
    for writer in given:
        for gate in writer.gates.values():
            gate.set()


def started(services: "Services", *networks: str, brief_id: str = "b1", **options: Any) -> Run:
    return services.runs.start("vaudrille", BRIEF, brief_id, networks, actor="Ana", **options)


def saved(services: "Services", brief_id: str = "b1") -> list[str]:
    return sorted(item.draft.network for item in services.stores.drafts.find("vaudrille", brief_id=brief_id))


def until(true: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    for _ in range(2000):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError


def stages(run: Run) -> dict[str, str]:
    return {key: one.stage for key, one in run.progress().items()}


def test_a_run_goes_on_in_the_background_and_each_network_is_saved_as_it_comes(desk: Any) -> None:
    writer = Gated().gate("x", "threads")
    services = desk(writer)
    run = started(services, "x", "threads")
    assert run.pending() == ("x", "threads")
    writer.gates["threads"].set()
    assert run.wait_for_change(("x", "threads"), PATIENT_S) == ("threads",)
    assert saved(services) == ["threads"]
    assert stages(run) == {"x": "writing", "threads": "done"}
    writer.gates["x"].set()
    assert run.wait(PATIENT_S)
    assert saved(services) == ["threads", "x"]


def test_whoever_opens_the_brief_sees_the_same_run_until_it_is_over(desk: Any) -> None:
    writer = Gated().gate("x")
    services = desk(writer)
    run = started(services, "x")
    assert services.runs.of("b1") is run
    assert services.runs.of("b2") is None
    writer.gates["x"].set()
    assert run.wait(PATIENT_S)
    soon = (threading.Event().wait(0.005) or services.runs.of("b1") for _ in range(1000))
    assert None in soon, "what is over is forgotten"


def test_a_run_that_nobody_watches_any_more_still_saves_what_comes(desk: Any) -> None:
    writer = Gated().gate("x", "threads")
    services = desk(writer)
    pending = started(services, "x", "threads").pending()
    writer.gates["x"].set()
    writer.gates["threads"].set()
    run = services.runs.of("b1")
    assert run is None or run.wait(PATIENT_S)
    assert set(pending) == set(saved(services))


def test_asking_again_while_it_is_being_written_writes_nothing_twice(desk: Any) -> None:
    writer = Gated().gate("x", "threads")
    services = desk(writer)
    run = started(services, "x")
    assert started(services, "x", "threads", seed=1) is run
    for gate in writer.gates.values():
        gate.set()
    assert run.wait(PATIENT_S)
    assert sorted(writer.begun) == ["threads", "x"]
    assert saved(services) == ["threads", "x"]


def test_cancelling_stops_what_is_not_there_yet_and_keeps_what_is(desk: Any) -> None:
    writer = Gated().gate("threads", "bluesky")
    services = desk(writer)
    run = started(services, "x", "threads", "bluesky")
    assert run.wait_for_change(("x",), PATIENT_S) == ("x",)
    run.cancel()
    assert run.wait(PATIENT_S)
    assert stages(run) == {"x": "done", "threads": "cancelled", "bluesky": "cancelled"}
    assert saved(services) == ["x"]
    assert set(heard.read(services.stores, "b1").failures) == {"threads", "bluesky"}


def test_a_network_that_failed_says_why_and_forgets_it_once_it_is_written(desk: Any) -> None:
    why = Message("settings.expected.choice", {"choices": "a"})
    writer = Gated(fails={"x": ModelUnavailable(why.id, **why.values)})
    services = desk(writer)
    run = started(services, "x", "threads")
    assert run.wait(PATIENT_S)
    assert run.progress()["x"].why == why
    assert heard.read(services.stores, "b1").failures == {"x": why}
    assert saved(services) == ["threads"]
    writer.fails.clear()
    assert started(services, "x").wait(PATIENT_S)
    assert heard.read(services.stores, "b1").failures == {}


def test_a_database_that_is_full_fails_the_run_in_words(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    services = desk(Gated())

    def full(*_: Any, **__: Any) -> None:
        raise StorageError("storage.full")

    monkeypatch.setattr(type(services.stores.drafts), "add", full)
    run = started(services, "x")
    assert run.wait(PATIENT_S)
    assert run.progress()["x"].why == Message("storage.full")


def test_a_fault_of_ours_fails_the_run_and_is_logged_without_a_word_of_the_brief(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    services = desk(Gated(fails={"x": ValueError(f"could not read {TEXT}")}))
    run = started(services, "x", "threads")
    assert run.wait(PATIENT_S)
    assert stages(run) == {"x": "failed", "threads": "done"}
    assert "Votre brief" in render(run.progress()["x"].why or Message("?"), "fr")
    log = capsys.readouterr().err
    assert "ValueError" in log
    assert "test_runs.py" in log
    assert "Idriss" not in log


def test_a_server_that_is_stopped_leaves_word_of_what_was_asked_for(desk: Any) -> None:
    writer = Gated().gate("threads")
    services = desk(writer)
    run = started(services, "x", "threads")
    assert run.wait_for_change(("x",), PATIENT_S)
    services.runs.stop()
    assert saved(services) == ["x"]
    assert heard.read(services.stores, "b1").failures == {"threads": Message("run.not_there")}


def test_progress_counts_down_with_the_clock_and_a_call_made_for_a_revision_is_part_of_it(services: "Services") -> None:
    time, retried, revised, on, over = [100.0], *(threading.Event() for _ in range(4))

    def drafting(slug: str, brief: Brief, *, watch: Callable[[str], Any], **rest: Any) -> Iterator[Drafted]:
        watch("x").heard(Step("asked", 60))
        watch("x").heard(Step("retrying", 40, Message("run.fault")))
        retried.set()
        assert on.wait(PATIENT_S)
        watch("x").heard(Step("revising"))
        watch("x").heard(Step("asked", 60))
        revised.set()
        assert over.wait(PATIENT_S)
        yield Drafted(network="x")

    run = Runs(drafting, services.stores, services.now, lambda: time[0]).start("vaudrille", BRIEF, "b1", ["x"])
    assert retried.wait(PATIENT_S)
    time[0] += 28
    assert run.progress() == {"x": Progress("retrying", 12.0, Message("run.fault"))}
    on.set()
    assert revised.wait(PATIENT_S)
    time[0] += 100
    assert run.progress() == {"x": Progress("revising", 0.0)}
    over.set()
    assert run.wait(PATIENT_S)


def test_what_was_stopped_can_be_asked_for_again_before_the_writer_has_noticed(desk: Any) -> None:
    writer = InOrder().gate("0", "1")
    services = desk(writer)
    run = started(services, "x")
    until(lambda: writer.begun == ["0"])
    run.cancel()
    started(services, "x")
    until(lambda: writer.begun == ["0", "1"])
    writer.gates["1"].set()
    assert run.wait(PATIENT_S)
    writer.gates["0"].set()
    until(lambda: not [one for one in threading.enumerate() if one.name == "plume-run"])
    assert stages(run) == {"x": "done"}
    assert heard.read(services.stores, "b1").failures == {}, "the one that was given up says nothing any more"
    assert saved(services) == ["x"]
