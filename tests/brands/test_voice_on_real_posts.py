"""Telling real accounts apart, measured; needs the folder of PLUME_BENCH_DATA."""

import os
from collections import defaultdict
from pathlib import Path
from statistics import median, pstdev

import pytest

from assistant.brands import voice
from assistant.brands.anatomy import measurable
from assistant.documents.tables import read_posts
from assistant.posts import Post

BENCH = os.environ.get("PLUME_BENCH_DATA")
pytestmark = pytest.mark.skipif(not BENCH, reason="PLUME_BENCH_DATA names no folder of real posts")
HELD_OUT = 30
FEW = 60


@pytest.fixture(scope="module")
def scores() -> dict[str, list[dict[str, float]]]:
    """For each account, each of its last posts, scored by the voice of every account measured on the posts before."""
    file = Path(str(BENCH)) / "posts" / "french_media_x.csv"
    found = read_posts(file.read_bytes(), file.name, account=None, network=None, time_zone="Europe/Paris", several_accounts=True)
    by_account: dict[str, list[Post]] = defaultdict(list)
    for post in found.posts:
        if not post.account.startswith("account_"):
            by_account[post.account].append(post)
    own = {account: sorted(measurable(posts), key=lambda p: str(p.published_at)) for account, posts in by_account.items()}
    kept = {account: HELD_OUT if len(posts) >= FEW else len(posts) // 3 for account, posts in own.items()}
    voices = {account: voice.measure(posts[: -kept[account]], "fr") for account, posts in own.items()}
    return {
        account: [{name: voice.score(post.text, other, "x").score for name, other in voices.items()} for post in posts[-kept[account] :]]
        for account, posts in own.items()
    }


def test_an_account_s_last_posts_are_told_by_its_own_voice(scores: dict[str, list[dict[str, float]]]) -> None:
    """A trained linear classifier reaches 0.53 of 13 accounts."""
    texts = [(account, row) for account, rows in scores.items() for row in rows]
    right = sum(max(row, key=row.__getitem__) == account for account, row in texts) / len(texts)
    assert len(scores) == 13
    assert right > 0.6, f"own voice first for {right:.3f}"


def test_own_texts_score_above_others(scores: dict[str, list[dict[str, float]]]) -> None:
    for account, rows in scores.items():
        own = [row[account] for row in rows]
        others = [row[account] for other, them in scores.items() if other != account for row in them]
        above = sum((a > b) + 0.5 * (a == b) for a in own for b in others) / (len(own) * len(others))
        assert above > 0.75, f"{account}: {above:.2f}"


def test_a_score_means_the_same_for_each_account(scores: dict[str, list[dict[str, float]]]) -> None:
    medians = [median(row[account] for row in rows) for account, rows in scores.items()]
    assert 0.6 < median(medians) < 0.8
    assert pstdev(medians) < 0.15
