"""Ten drafts of one brand in a row do not show a mould."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from assistant.evaluation.variety import alike, last_said, shell

BRIEFS = Path(__file__).parents[1] / "briefs"
MOST_ALIKE, MOST_OF_ONE_OPENING = 0.45, 4
NETWORKS = ("instagram", "facebook", "linkedin", "x", "bluesky", "threads", "mastodon")
ONE_SENTENCE = {("thole-ferry", "x"): 0.55}
"""Where the account's own posts are a single sentence without break, emoji, tag or opening line of the kit, a draft of two or three
of the person's is a few full stops, and what is left to vary is not enough: the figure is held, not reached."""
IN_TURN = ("instagram", "facebook", "x", "linkedin", "bluesky", "mastodon")


def likeness(shells: list[str]) -> float:
    """The mean over all pairs."""
    return mean(alike(shells))


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("brand", sorted(folder.name for folder in BRIEFS.iterdir() if folder.is_dir()))
def test_ten_drafts_do_not_read_like_one(brand: str, network: str, draft: Callable[..., Any]) -> None:
    drawn = [draft(file, networks=[network], variants=1) for file in sorted((BRIEFS / brand).glob("*.yaml"))[:10]]
    firsts = [(one.drafted.drafts[0], one.brief) for one in drawn]
    shells = [shell(made.text, brief) for made, brief in firsts]
    found = likeness(shells)
    openings = Counter(made.provenance.opening for made, _ in firsts)
    last_lines = Counter(last_said(made.text) for made, _ in firsts)
    very_last = Counter(made.text.splitlines()[-1] for made, _ in firsts)
    assert found < ONE_SENTENCE.get((brand, network), MOST_ALIKE), shells
    assert max(openings.values()) <= MOST_OF_ONE_OPENING, openings
    assert max(last_lines.values()) == 1, last_lines
    assert max(very_last.values()) == 1, very_last


@pytest.mark.parametrize("first", [0, 3])
@pytest.mark.parametrize("brand", sorted(folder.name for folder in BRIEFS.iterdir() if folder.is_dir()))
def test_ten_drafts_on_a_brands_networks_in_turn_do_not_read_like_one(brand: str, first: int, draft: Callable[..., Any]) -> None:
    files = sorted((BRIEFS / brand).glob("*.yaml"))[:10]
    drawn = [draft(file, networks=[IN_TURN[(first + n) % len(IN_TURN)]], variants=1) for n, file in enumerate(files)]
    shells = [shell(one.drafted.drafts[0].text, one.brief) for one in drawn]
    assert likeness(shells) < MOST_ALIKE, shells
