"""What is done about a comment: the playbook's word, the severity's, and what no playbook can ask for."""

from pathlib import Path
from typing import Literal

import pytest

from assistant.assessments import KINDS, Triaged
from assistant.brands import folder
from assistant.brands.playbook import Escalation, Play, Playbook
from assistant.inbox.decisions import USUAL, decide, holding

EMPTY = Playbook()
VAUDRILLE = folder.read(Path(__file__).parents[2] / "brand_kits" / "vaudrille").playbook


def a(kind: str, severity: int = 1, tone: str = "neutral") -> Triaged:
    return Triaged(language="fr", tone=tone, kind=kind, severity=severity)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_decided_without_a_playbook(kind: str) -> None:
    found = decide(a(kind), EMPTY)
    assert found.decision == USUAL[kind]
    assert (found.due_minutes is None) == (found.decision == "ignore")
    assert found.escalate_to is None


@pytest.mark.parametrize("play", VAUDRILLE.plays, ids=lambda play: play.kind)
def test_a_playbook_decides_who_and_how_soon(play: Play) -> None:
    found = decide(a(play.kind, 2), VAUDRILLE)
    assert found.decision == play.decision
    assert found.escalate_to == (play.escalation.who if play.escalation else None)
    if play.escalation:
        assert found.due_minutes == play.escalation.within_minutes


@pytest.mark.parametrize("decision", ["hide", "report"])
@pytest.mark.parametrize("kind", ["complaint.price", "factual-error", "question", "legal", "safety"])
def test_criticism_is_never_hidden_whatever_a_playbook_says(kind: str, decision: Literal["hide", "report"]) -> None:
    playbook = Playbook(plays=(Play(kind=kind, decision=decision),))
    found = decide(a(kind, 2, "negative"), playbook)
    assert found.decision == "answer"
    assert "triage.decision.never_hide" in [reason.id for reason in found.reasons]


def test_a_crisis_reaches_a_human() -> None:
    playbook = Playbook(plays=(Play(kind="safety", decision="answer", escalation=Escalation(who="Maud", within_minutes=15)),))
    found = decide(a("safety", 4), playbook)
    assert (found.decision, found.escalate_to, found.due_minutes) == ("escalate", "Maud", 15)
    assert found.by_a_human


def test_a_serious_complaint_is_due_sooner_and_names_whom_to_tell() -> None:
    calm, serious = decide(a("complaint.price", 2), VAUDRILLE), decide(a("complaint.price", 3), VAUDRILLE)
    assert (calm.escalate_to, calm.due_minutes) == (None, 240)
    assert serious.escalate_to
    assert serious.due_minutes == 60


def test_an_attack_on_people_is_hidden_where_a_bare_insult_is_left_alone() -> None:
    assert decide(a("insult", 2), EMPTY).decision == "ignore"
    assert decide(a("insult", 3), EMPTY).decision == "hide"


def test_a_holding_statement_stands_in_the_language_of_the_comment() -> None:
    found = decide(a("safety", 4), VAUDRILLE)
    assert "112" in holding(found, VAUDRILLE)
    assert holding(decide(a("praise"), VAUDRILLE), VAUDRILLE) == ""
