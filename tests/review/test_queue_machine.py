"""Any order of clicks by any people, stale ones and repeated ones among them, against a model of what should come of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from assistant.drafts import Action, Draft, Item, State, seal
from assistant.errors import NotAllowed, StaleVersion
from assistant.findings import Finding
from assistant.review.service import Review
from assistant.review.states import SEALED
from assistant.storage.database import Database
from assistant.storage.stores import Stores

PEOPLE = st.sampled_from(["Nora", "Samir", "Ana"])
TEXTS = st.sampled_from(["Le four est chaud.", "Le four est froid.", "bad: hors limite", "odd: 24 fournées"])
MOVES = ("submit", "approve", "ready", "reject", "publish", "withdraw", "request_changes")
IDS = count(1)
"""One database serves all runs of a test: no two items share an id."""


@dataclass
class Model:
    """What the item should be, told from the clicks that were answered with yes."""

    text: str
    version: int = 1
    acked: list[tuple[str, Action]] = field(default_factory=list)
    seen: list[int] = field(default_factory=lambda: [1])


def check(draft: Draft) -> Draft:
    ids = {"bad": "limits.length", "odd": "grounding.number"}
    return replace(draft, findings=tuple(Finding(id, "error") for start, id in ids.items() if draft.text.startswith(start)))


class Queue(RuleBasedStateMachine):
    """The service under any clicks; `bound` gives it a desk."""

    stores: Stores
    make_item: Callable[..., Item]
    items = Bundle("items")

    def __init__(self) -> None:
        super().__init__()
        self.models: dict[str, Model] = {}
        self.exported: list[tuple[str, str]] = []
        self.seconds = count()
        self.touched = ""
        self.review = Review(self.stores, self.now, lambda: f"e{next(IDS)}", check)

    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=next(self.seconds))

    @rule(target=items, number=st.integers(1, 2), text=TEXTS)
    def draft(self, number: int, text: str) -> Any:
        made = [self.make_item(f"d{next(IDS)}", draft=None, text=text) for _ in range(number)]
        self.stores.drafts.add(made, now=self.now(), actor="Nora")
        self.models |= {item.id: Model(text) for item in made}
        return multiple(*(item.id for item in made))

    @rule(id=items, move=st.sampled_from(MOVES), actor=PEOPLE, reason=st.sampled_from(["", "vu avec Samir"]), back=st.integers(0, 2))
    def click(self, id: str, move: str, actor: str, reason: str, back: int) -> None:
        reason = "plus court" if move == "request_changes" else reason
        self.answered(id, back, lambda version: getattr(self.review, move)(id, actor=actor, version=version, reason=reason))

    @rule(id=items, actor=PEOPLE, text=TEXTS, back=st.integers(0, 2))
    def edit(self, id: str, actor: str, text: str, back: int) -> None:
        self.answered(id, back, lambda version: self.review.edit(id, actor=actor, version=version, text=text))

    @rule(id=items, actor=PEOPLE)
    def export(self, id: str, actor: str) -> None:
        before = self.stores.drafts.get(id)
        try:
            left = self.review.export({id: before.version}, actor=actor, kind="csv")
        except NotAllowed:
            assert before.state != State.APPROVED
        else:
            assert before.state == State.APPROVED
            self.exported += [(item.id, seal(item.draft)) for item in left]

    def answered(self, id: str, back: int, act: Callable[[int], Item]) -> None:
        model = self.models[id]
        self.touched = id
        seen = model.seen[max(0, len(model.seen) - 1 - back)]
        before = self.stores.drafts.get(id)
        try:
            after = act(seen)
        except StaleVersion:
            assert seen != before.version
            after = before
        except NotAllowed:
            after = before
        assert self.stores.drafts.get(id) == after
        if after == before:
            return
        assert seen == before.version, "a stale click changed something"
        model.acked += [(decision.actor, decision.action) for decision in after.history[len(before.history) :]]
        model.version, model.text = after.version, after.draft.text
        model.seen.append(after.version)

    @invariant()
    def the_item_just_touched_is_what_the_answers_said(self) -> None:
        if self.touched:
            self.holds(self.touched)

    def holds(self, id: str) -> None:
        item, model = self.stores.drafts.get(id), self.models[id]
        assert (item.version, item.draft.text) == (model.version, model.text)
        assert [(one.actor, one.action) for one in item.history] == model.acked
        assert [one.version for one in item.history] == list(range(2, item.version + 1))
        assert item.sealed == (seal(item.draft) if item.state in SEALED else "")
        assert item.state not in SEALED or not item.draft.text.startswith("bad")
        approvals = [one for one in item.history if one.action == Action.APPROVE]
        assert all(one.reason for one in approvals if "grounding.number" in one.findings)

    def teardown(self) -> None:
        assert self.stores.audit.verify() is None
        for id, model in self.models.items():
            self.holds(id)
            told = [(row.actor, row.action) for row in self.stores.audit.about(f"draft:{id}")[1:]]
            assert told == [(actor, f"draft.{action.value}") for actor, action in model.acked]
        for id, sealed in self.exported:
            assert any(one.action == Action.APPROVE and one.seal == sealed for one in self.stores.drafts.get(id).history)


def bound(stores: Stores, make_item: Callable[..., Item]) -> type[RuleBasedStateMachine]:
    return type("BoundQueue", (Queue,), {"stores": stores, "make_item": staticmethod(make_item)})


def test_no_order_of_clicks_breaks_the_queue(stores: Stores, make_item: Callable[..., Item]) -> None:
    quick = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(bound(stores, make_item), settings=quick)
    assert stores.audit.count() > 10


@pytest.mark.slow
def test_no_long_order_of_clicks_breaks_the_queue(database_url: str, stores: Stores, make_item: Callable[..., Item]) -> None:
    other = Stores(Database(database_url))
    long = settings(max_examples=40, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(bound(other, make_item), settings=long)
    assert other.audit.verify() is None
    other.database.close()
