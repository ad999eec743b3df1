"""On real posts, a brand onboarded from its other posts gets at most one brand or style warning per five posts."""

from collections import Counter
from pathlib import Path

import pytest

from assistant import checks
from assistant.checks.context import CheckContext
from assistant.documents.tables import read_posts
from assistant.networks.catalogue import get
from assistant.onboarding.plain import propose
from assistant.posts import Post

HELD_OUT, ENOUGH, TOLERATED = 30, 60, 0.2
STYLE = ("brand.", "typography.", "accessibility.", "tics.", "notes.", "limits.unicode_font")
ACCOUNTS = (
    *("FRANCE24", "HugoDecrypte", "LaCroix", "LeHuffPost", "LesEchos", "OuestFrance", "brutofficiel"),
    *("canardenchaine", "franceinfo", "humanite_fr", "le_Parisien", "lemondefr", "libe"),
)


def distinct(posts: tuple[Post, ...]) -> list[Post]:
    """Own posts, each text once, in order of time; reposts and answers left out."""
    seen: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: (str(post.published_at), post.id)):
        if not post.text.startswith(("RT ", "RT@", "@")):
            seen.setdefault(post.text, post)
    return list(seen.values())


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_brand_s_own_posts_are_left_in_peace(account: str, bench_data: Path) -> None:
    file = bench_data / "posts" / "french_media_x.csv"
    posts = distinct(tuple(read_posts(file.read_bytes(), file.name, account=account, network="x", time_zone="Europe/Paris").posts))
    if len(posts) < ENOUGH:
        pytest.skip(f"{account} has {len(posts)} distinct posts of its own, not {ENOUGH}")
    learnt, held_out = posts[:-HELD_OUT], posts[-HELD_OUT:]
    kit = propose(slug="account", name=account, language="fr", guides=(), posts=learnt, account=account)
    alarms: Counter[str] = Counter()
    for post in held_out:
        day = post.published_at.date() if post.published_at else None
        assert day is not None
        context = CheckContext(network=get("x"), language="fr", today=day, kit=kit, account=kit.account("x"), past_posts=tuple(learnt))
        findings = checks.run(checks.Checked(post.text), context)
        alarms.update(one.id for one in findings if one.level != "info" and one.id.startswith(STYLE))
    assert sum(alarms.values()) <= TOLERATED * HELD_OUT, alarms.most_common()
