"""What retrieval finds shapes the draft and stands beside it: near posts count for the layout, sources are kept as they were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.briefs import Brief
from assistant.drafting.context import layout_of
from assistant.drafts import Draft, seal
from assistant.evidence import Evidence
from assistant.networks.catalogue import get
from assistant.services import sources

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(
    subject="L’Heure du trou", key_points=("Chacun perce, cheville et visse sa patère.",), link="https://vaudrille.example/ateliers"
)
SHORT = "Le four est chaud."
LONG = "Le levain a dormi.\n\nLes sacs sont là.\n\nLe four chauffe depuis cinq heures et la première fournée sort à huit."


def post(id: str, text: str, network: str = "instagram") -> Evidence:
    return Evidence(id, "post", text, 1.0, "scan", network=network, percentile=0.5)


@pytest.mark.parametrize(("network", "counts"), [("instagram", True), ("x", False)])
def test_a_post_about_the_same_thing_counts_threefold_for_the_layout_of_its_own_network(network: str, counts: bool) -> None:
    worked = [post(f"short-{n}", SHORT) for n in range(6)] + [post(f"long-{n}", LONG) for n in range(6)]
    near = [post(f"long-{n}", LONG, network) for n in range(4)]
    instagram = get("instagram")
    without = layout_of(worked, (), instagram, "fr")
    shaped = layout_of(worked, near, instagram, "fr")
    assert (shaped.blank_lines > without.blank_lines) is counts
    assert (shaped.length[1] > without.length[1]) is counts


def test_a_draft_keeps_the_very_sources_it_was_made_with_whatever_becomes_of_them(services: "Services") -> None:
    [drafted] = services.draft("vaudrille", BRIEF, networks=["instagram"], variants=1)
    saved = services.stores.drafts.get(drafted.drafts[0].id).draft
    assert [(one.id, one.collection) for one in saved.evidence] == [(one.id, one.collection) for one in drafted.evidence]
    assert {one.collection for one in saved.evidence} == {"post", "guide"}
    assert all(one.reasons for one in saved.evidence if one.collection == "post")
    known = {one.id: one.text for one in drafted.evidence}
    assert {one.source.id: one.text for one in sources.of(services, saved)} == known
    gone = replace(saved, evidence=(replace(saved.evidence[0], id="no-longer-there"),))
    assert [one.text for one in sources.of(services, gone)] == [""]


@pytest.mark.parametrize(
    "change", [{"account": "@other"}, {"link": "https://autre.example"}, {"planned_for": "2027-01-01"}, {"alt_text": "Un four"}]
)
def test_the_seal_covers_every_field_that_leaves(make_draft: Callable[..., Draft], change: dict[str, str]) -> None:
    assert seal(make_draft(**change)) != seal(make_draft())


def test_link_and_day_of_the_brief_leave_with_the_draft(services: "Services") -> None:
    brief = BRIEF.model_copy(update={"planned_for": date(2026, 11, 28)})
    [drafted] = services.draft("vaudrille", brief, networks=["x"], variants=1)
    assert (drafted.drafts[0].link, drafted.drafts[0].planned_for) == ("https://vaudrille.example/ateliers", "2026-11-28")
