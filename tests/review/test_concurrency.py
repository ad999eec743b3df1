"""Several processes on one desk: nobody is turned away by a lock, nobody decides twice, nothing acknowledged is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from assistant.drafts import Action, Item, State, seal
from assistant.storage.database import Database
from assistant.storage.stores import Stores

OPENING = """
import itertools, json, sys
from datetime import UTC, datetime
from assistant.errors import NotAllowed, StaleVersion
from assistant.review.service import Review
from assistant.storage.database import Database
from assistant.storage.stores import Stores
me = sys.argv[2] if len(sys.argv) > 2 else "Nora"
stores = Stores(Database(sys.argv[1], busy_timeout_ms=30_000))
stores.drafts.find(limit=1)
ids = itertools.count()
review = Review(stores, lambda: datetime.now(UTC), lambda: f"{me}-{next(ids)}", lambda draft: draft)
print("ready", flush=True)
"""
CLAIMING = (
    OPENING
    + """
sys.stdin.readline()
won, lost = [], 0
for id in sorted(item.id for item in stores.drafts.find(limit=1000)):
    item = stores.drafts.get(id)
    try:
        review.ready(id, actor=NAME, version=1)
    except (NotAllowed, StaleVersion):
        lost += 1
    else:
        won.append(id)
print(json.dumps({"won": won, "lost": lost}))
"""
)
WORKING = (
    OPENING
    + """
for number in itertools.count():
    for id in ("d0", "d1", "d2"):
        item = stores.drafts.get(id)
        item = review.edit(id, actor=me, version=item.version, text=f"Texte {me} {number}")
        print(json.dumps([id, item.version, "edit"]), flush=True)
        click = review.ready if item.state == "draft" else review.approve
        item = click(id, actor=me, version=item.version)
        print(json.dumps([id, item.version, "approve"]), flush=True)
"""
)


@pytest.fixture
def claim(race: Callable[..., list[str]], database_url: str) -> Callable[[list[str]], list[dict[str, Any]]]:
    def run(names: list[str]) -> list[dict[str, Any]]:
        programs = [CLAIMING.replace("NAME", repr(name)) for name in names]
        return [json.loads(said) for said in race(programs, database_url)]

    return run


def test_six_people_who_approve_the_same_items_at_once_share_them_out(
    stores: Stores, make_item: Callable[..., Item], now: datetime, claim: Callable[[list[str]], list[dict[str, Any]]]
) -> None:
    stores.drafts.add([make_item(f"d{number:03}") for number in range(24)], now=now, actor="Nora")
    names = ["Nora", "Samir", "Ana", "Yann", "Zoé", "Eve"]
    answers = claim(names)
    items = stores.drafts.find(limit=1000)
    assert {item.state for item in items} == {State.APPROVED}
    assert all([one.action for one in item.history] == [Action.SUBMIT, Action.APPROVE] for item in items)
    won = {id: name for name, answer in zip(names, answers, strict=True) for id in answer["won"]}
    assert won == {item.id: item.history[-1].actor for item in items}
    assert sum(len(answer["won"]) for answer in answers) == 24
    assert sum(answer["lost"] for answer in answers) == 24 * 5
    assert stores.audit.verify() is None


def test_one_person_who_clicks_in_six_windows_decides_once(
    stores: Stores, make_item: Callable[..., Item], now: datetime, claim: Callable[[list[str]], list[dict[str, Any]]]
) -> None:
    stores.drafts.add([make_item(f"d{number:03}") for number in range(8)], now=now, actor="Nora")
    answers = claim(["Nora"] * 6)
    assert [len(answer["won"]) for answer in answers] == [8] * 6
    told = Counter(row.action for item in stores.drafts.find(limit=100) for row in stores.audit.about(f"draft:{item.id}"))
    assert told == {"draft.add": 8, "draft.submit": 8, "draft.approve": 8}


def kill_while_working(url: str, name: str, number: int) -> list[tuple[str, int, str]]:
    """Let a process work and kill it without warning, each time at another point; give what it had been told was done."""
    with subprocess.Popen([sys.executable, "-c", WORKING, url, name], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        lines = [worker.stdout.readline() for _ in range(1 + number % 7)]
        time.sleep(0.0037 * number)
        os.kill(worker.pid, signal.SIGKILL)
        lines += worker.stdout.read().split(b"\n")[:-1]
    return [(id, version, action) for id, version, action in map(json.loads, lines)]


@pytest.mark.parametrize("kills", [4, pytest.param(12, marks=pytest.mark.slow)])
def test_a_process_killed_at_work_loses_nothing_and_leaves_a_sound_desk(
    stores: Stores, make_item: Callable[..., Item], now: datetime, database_url: str, kills: int
) -> None:
    stores.drafts.add([make_item(f"d{number}") for number in range(3)], now=now, actor="Nora")
    acked = 0
    for kill in range(kills):
        done = kill_while_working(database_url, f"worker {kill}", kill)
        acked += len(done)
        after = Stores(Database(database_url))
        after.database.check()
        assert after.audit.verify() is None
        for id, version, action in done:
            decisions = {one.version: one for one in after.drafts.get(id).history}
            assert (decisions[version].action, decisions[version].actor) == (action, f"worker {kill}")
        for item in after.drafts.find():
            assert [one.version for one in item.history] == list(range(2, item.version + 1))
            assert item.sealed == (seal(item.draft) if item.state == State.APPROVED else "")
            assert after.drafts.versions(item.id)[-1].seal == seal(item.draft)
            assert len(after.audit.about(f"draft:{item.id}")) == item.version
        after.database.close()
    assert acked >= kills
