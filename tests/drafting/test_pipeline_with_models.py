"""Networks side by side, and texts sent back with what was found in them: whatever a model does, the others go on."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted, Order
from assistant.drafting.writer import Composition, WriteRequest, Written
from assistant.drafts import Draft, Piece
from assistant.errors import ModelUnavailable
from assistant.findings import Finding
from assistant.messages import Message
from assistant.models.base import Step, Unwatched
from assistant.networks.catalogue import get
from assistant.usage import ModelUse, Usage

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(subject="L’Heure du trou", key_points=("Idriss monte trois murs exprès.",), facts={"prix": "12 €"}, variants=1)
GOOD = "L’Heure du trou : Idriss monte trois murs exprès. 12 €."
LONG = "Idriss monte trois murs exprès. " * 20
INVENTED = "L’Heure du trou : Idriss monte trois murs exprès, le 12 mai."
PATIENT_S = 20


def made(text: str, sent: int = 100) -> Composition:
    use = ModelUse("some-model", "127.0.0.1:1", "json_schema", usage=Usage(sent, 10))
    return Composition(text, Message("writer.angle.as_typed"), (Piece(text, "model"),), "subject", model=use)


def as_it_is(made: Composition, request: WriteRequest, findings: tuple[Finding, ...]) -> Composition:
    return made


@dataclass
class Scripted:
    """A writer made by a model: what it writes and how it revises, by network."""

    writes: Callable[[WriteRequest], str] = lambda request: GOOD
    revisions: tuple[str | Exception, ...] = ()
    name: str = "some-model"
    asked: list[tuple[Finding, ...]] = field(default_factory=list)

    def write(self, request: WriteRequest) -> Written:
        return Written((made(self.writes(request)),))

    def revise(self, request: WriteRequest, draft: Draft, findings: tuple[Finding, ...], *rest: object) -> Composition:
        self.asked.append(findings)
        answer = self.revisions[len(self.asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return made(answer, sent=100 * (len(self.asked) + 1))


class Hearing(Unwatched):
    """Hears what goes on, and gives up when told."""

    def __init__(self) -> None:
        self.heard_: list[str] = []
        self.over = False

    def heard(self, step: Step) -> None:
        self.heard_.append(step.kind)

    def cancelled(self) -> bool:
        return self.over


Each = Callable[..., Iterator[Drafted]]


@pytest.fixture
def each(services: "Services") -> Each:
    def run(writer: Any, *networks: str, **options: Any) -> Iterator[Drafted]:
        mend = options.pop("mend", as_it_is)
        order = Order(BRIEF, tuple(get(key) for key in networks), datetime(2026, 11, 22, 12, tzinfo=UTC), variants=1)
        return replace(services.pipeline, mend=mend).each(services.surroundings("vaudrille"), order, writer, **options)

    return run


def test_networks_side_by_side_come_in_the_order_in_which_they_are_done(each: Each) -> None:
    gates = {key: threading.Event() for key in ("facebook", "x", "threads")}

    def at_its_gate(request: WriteRequest) -> str:
        assert gates[request.network.key].wait(PATIENT_S)
        return GOOD

    coming = each(Scripted(at_its_gate), *gates, parallel=3)
    order = []
    for key in ("threads", "facebook", "x"):
        gates[key].set()
        order.append(next(coming).network)
    assert order == ["threads", "facebook", "x"]
    assert list(coming) == []


def test_no_more_calls_than_allowed_run_at_once(each: Each) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def counted(request: WriteRequest) -> str:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1
        return GOOD

    assert len(list(each(Scripted(counted), "facebook", "x", "threads", "bluesky", "mastodon", parallel=2))) == 5
    assert most[0] == 2


def test_variants_go_back_side_by_side_within_the_same_bound_and_keep_their_order(each: Each) -> None:
    now, most, lock = [0], [0], threading.Lock()

    class Three(Scripted):
        def write(self, request: WriteRequest) -> Written:
            return Written(tuple(made(f"{number}. {LONG}") for number in (1, 2, 3)))

        def revise(self, request: WriteRequest, draft: Draft, findings: tuple[Finding, ...], *rest: object) -> Composition:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.03 * (4 - draft.variant))
            with lock:
                now[0] -= 1
            return made(f"{draft.variant}. {GOOD}")

    [drafted] = each(Three(), "x", parallel=2)
    assert [draft.text[0] for draft in drafted.drafts] == ["1", "2", "3"]
    assert [draft.variant for draft in drafted.drafts] == [1, 2, 3]
    assert most[0] == 2


def test_one_at_a_time_keeps_the_order_that_was_asked_for(each: Each) -> None:
    assert [one.network for one in each(Scripted(), "x", "facebook", "threads")] == ["x", "facebook", "threads"]


@pytest.mark.parametrize("parallel", [1, 3])
def test_a_model_that_fails_on_one_network_leaves_the_others_alone(each: Each, parallel: int) -> None:
    def only_elsewhere(request: WriteRequest) -> str:
        if request.network.key == "x":
            raise ModelUnavailable("draft.cancelled")
        return GOOD

    came = {one.network: one for one in each(Scripted(only_elsewhere), "facebook", "x", "threads", parallel=parallel)}
    assert came["x"].failure == Message("draft.cancelled")
    assert came["x"].drafts == ()
    assert [came[key].drafts[0].text for key in ("facebook", "threads")] == [GOOD, GOOD]


def test_a_fault_of_ours_is_raised_after_the_other_networks_were_handed_over(each: Each) -> None:
    def broken(request: WriteRequest) -> str:
        if request.network.key == "facebook":
            raise ZeroDivisionError
        return GOOD

    coming = each(Scripted(broken), "facebook", "x", "threads", parallel=3)
    assert sorted(next(coming).network for _ in range(2)) == ["threads", "x"]
    with pytest.raises(ZeroDivisionError):
        next(coming)


@pytest.mark.parametrize("parallel", [1, 2])
def test_what_is_given_up_before_it_began_is_not_written(each: Each, parallel: int) -> None:
    watch, written = Hearing(), []

    def noting(request: WriteRequest) -> str:
        written.append(request.network.key)
        watch.over = True
        return GOOD

    networks = ("facebook", "x", "threads", "bluesky", "mastodon")
    came = list(each(Scripted(noting), *networks, watch=lambda network: watch, parallel=parallel))
    assert len(written) <= parallel
    assert {one.network for one in came if one.failure == Message("draft.cancelled")} == set(networks) - set(written)


def test_a_generator_that_is_closed_gives_up_what_is_being_written(each: Each) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def patient(request: WriteRequest) -> str:
        if request.network.key == "facebook":
            assert begun.wait(PATIENT_S)
            return GOOD
        begun.set()
        while not request.watch.cancelled():
            threading.Event().wait(0.005)
        given_up.set()
        return GOOD

    coming = each(Scripted(patient), "facebook", "x", parallel=2)
    assert next(coming).network == "facebook"
    assert isinstance(coming, Iterator)
    coming.close()  # type: ignore[attr-defined] # a generator
    assert given_up.wait(PATIENT_S)


def test_a_text_goes_back_with_what_is_wrong_with_it_and_comes_better(each: Each) -> None:
    watch, writer = Hearing(), Scripted(lambda request: LONG, (GOOD,))
    [drafted] = each(writer, "x", watch=lambda network: watch)
    [draft] = drafted.drafts
    assert draft.text == GOOD
    assert watch.heard_ == ["asked", "revising"]
    assert "limits.length" in {one.id for one in writer.asked[0]}
    assert draft.provenance.revisions == 1
    assert draft.provenance.model is not None
    assert draft.provenance.model.usage.sent == 200


def test_a_text_goes_back_twice_at_most_and_the_person_sees_what_is_left(each: Each) -> None:
    writer = Scripted(lambda request: LONG, (LONG, LONG, GOOD))
    [drafted] = each(writer, "x")
    [draft] = drafted.drafts
    assert len(writer.asked) == 2
    assert draft.text == LONG
    assert draft.provenance.revisions == 2
    assert "limits.length" in {one.id for one in draft.findings}


def test_a_revision_that_makes_it_worse_is_not_kept_but_what_it_took_is(each: Each) -> None:
    worse = LONG + " 19 €, chez Castorama."
    [drafted] = each(Scripted(lambda request: LONG, (worse, worse)), "x")
    [draft] = drafted.drafts
    assert draft.text == LONG
    assert draft.provenance.model is not None
    assert draft.provenance.model.usage.sent == 300


def test_a_revision_that_fails_keeps_the_text_with_its_findings(each: Each) -> None:
    [drafted] = each(Scripted(lambda request: INVENTED, (ModelUnavailable("draft.cancelled"),)), "x")
    [draft] = drafted.drafts
    assert drafted.failure is None
    assert draft.text == INVENTED
    assert [one.id for one in draft.findings if one.level == "error"]
    assert draft.provenance.revisions == 0


def test_what_needs_no_model_is_set_right_last_and_noted(each: Each) -> None:
    def shorter(made: Composition, request: WriteRequest, findings: tuple[Finding, ...]) -> Composition:
        assert findings
        return replace(made, text=GOOD, pieces=(Piece(GOOD, "model"),), mends=("mend.typography",))

    [drafted] = each(Scripted(lambda request: LONG, (LONG, LONG)), "x", mend=shorter)
    [draft] = drafted.drafts
    assert (draft.text, draft.provenance.mends, draft.provenance.revisions) == (GOOD, ("mend.typography",), 2)


def test_a_mend_that_makes_it_worse_is_not_kept(each: Each) -> None:
    [drafted] = each(Scripted(), "x", mend=lambda made, request, findings: replace(made, text=LONG))
    assert drafted.drafts[0].text == GOOD


def test_the_mends_of_the_house_are_the_ones_that_are_made(each: Each, services: "Services") -> None:
    [drafted] = each(Scripted(lambda request: f"**{GOOD}**", (ModelUnavailable("draft.cancelled"),)), "x", mend=services.pipeline.mend)
    [draft] = drafted.drafts
    assert "**" not in draft.text
    assert "mend.markdown" in draft.provenance.mends
