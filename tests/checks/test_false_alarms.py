"""On posts that people really wrote, with a kit that knows the account, warnings of brand and style stay rare."""

import csv
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.checks import CheckContext, Checked, run
from assistant.messages import Language
from assistant.networks import catalogue
from assistant.onboarding.plain import propose
from assistant.posts import Post

PARTS = 2
ENOUGH = 40
COUNTED = ("brand.", "typography.", "tics.", "notes.", "accessibility.")
PAGES = ("goldenstatewarriors", "instagram", "liverpoolfc", "mlb", "natgeo", "nfl", "npr", "nytimes", "theonion")
MOST = 0.2
"""At most one warning in five posts."""


def french_accounts(folder: Path) -> dict[str, list[Post]]:
    """Distinct posts by account; reposts and answers left out."""
    accounts: dict[str, dict[str, Post]] = defaultdict(dict)
    with (folder / "posts" / "french_media_x.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["text"].strip()
            if text and not text.startswith(("RT ", "@")):
                day = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
                accounts[row["brand"]].setdefault(text, Post(row["id_tweet"], text, "x", row["brand"], day))
    return {name: list(posts.values()) for name, posts in accounts.items() if len(posts) >= ENOUGH}


def english_page(folder: Path, name: str) -> list[Post]:
    posts: dict[str, Post] = {}
    with (folder / "posts" / f"facebook_{name}_en.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            if text := row["status_message"].strip():
                day = datetime.fromisoformat(row["status_published"]).replace(tzinfo=UTC)
                posts.setdefault(text, Post(row["status_id"], text, "facebook", name, day))
    return random.Random(3).sample(list(posts.values()), min(260, len(posts)))


def warnings_on(posts: list[Post], language: Language, network: str, sample: int) -> tuple[float, Counter[str]]:
    """Warnings per post, each part of the posts checked against the kit and the habits of the others."""
    seen: Counter[str] = Counter()
    checked = posts[:sample]
    for part in range(PARTS):
        own = checked[part::PARTS]
        others = tuple(post for post in posts if post not in own)
        kit = propose(slug="measured", name="La marque", language=language, guides=(), posts=others)
        for post in own:
            day = post.published_at.date() if post.published_at else datetime(2026, 1, 1, tzinfo=UTC).date()
            context = CheckContext(catalogue.get(network), language, day, kit, kit.account(network), past_posts=others)
            found = run(Checked(post.text), context)
            seen.update(f.id for f in found if f.level == "warning" and f.id.startswith(COUNTED))
    return sum(seen.values()) / len(checked), seen


@pytest.mark.slow
def test_at_most_one_warning_of_brand_or_style_in_five_posts_of_each_french_account(bench_data: Path) -> None:
    rates = {name: warnings_on(posts, "fr", "x", len(posts)) for name, posts in french_accounts(bench_data).items()}
    assert len(rates) >= 10
    assert not {name: rate for name, rate in rates.items() if rate[0] > MOST}


@pytest.mark.slow
def test_english_pages_are_not_showered_either(bench_data: Path) -> None:
    rates = {name: warnings_on(english_page(bench_data, name), "en", "facebook", 80) for name in PAGES}
    assert not {name: rate for name, rate in rates.items() if rate[0] > MOST}
