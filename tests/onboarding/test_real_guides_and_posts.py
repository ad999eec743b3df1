"""Onboarding with real, untidy guides and real posts; needs the folder of PLUME_BENCH_DATA."""

import os
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from assistant.brands import folder
from assistant.brands.anatomy import measurable
from assistant.brands.kit import GuidePage
from assistant.checks import desk
from assistant.checks.context import CheckContext, Checked
from assistant.documents.guides import read_guide
from assistant.documents.tables import read_posts
from assistant.messages import Language
from assistant.networks.catalogue import get
from assistant.onboarding.plain import propose
from assistant.posts import Post

BENCH = os.environ.get("PLUME_BENCH_DATA")
pytestmark = pytest.mark.skipif(not BENCH, reason="PLUME_BENCH_DATA names no folder of real guides and posts")
DATA = Path(str(BENCH))
GUIDES: list[tuple[str, Language, str, str | None]] = [
    ("mailchimp_en", "en", "facebook_npr_en.csv", None),
    ("18f_en", "en", "corporate_messaging_en.csv", "Citi"),
    ("canada_en", "en", "two_insurers_x_en_fr.csv", "AXA"),
    ("canada_fr", "fr", "facebook_equipedefrance_fr.csv", None),
    ("mozilla_fr", "fr", "french_media_x.csv", "libe"),
    ("dnum_fr", "fr", "french_media_x.csv", "OuestFrance"),
]
FOLDS = 3
MANY = 60
STYLE = ("brand.", "typography.", "tics.", "accessibility.")


@pytest.mark.parametrize(("guide", "language", "file", "account"), GUIDES, ids=[g[0] for g in GUIDES])
def test_a_real_guide_and_real_posts_make_a_kit_that_can_be_written(
    tmp_path: Path, guide: str, language: Language, file: str, account: str | None
) -> None:
    sources = sorted(f for f in (DATA / "guides" / guide).glob("*.md") if "LICENSE" not in f.name)
    pages = tuple(GuidePage(name=name, text=text) for name, text in (read_guide(f.read_bytes(), f.name) for f in sources))
    found = read_posts((DATA / "posts" / file).read_bytes(), file, account=account, network=None, time_zone="Europe/Paris")
    kit = propose(slug="real", name="Real brand", language=language, guides=pages, posts=found.posts, account=account)
    assert folder.write(tmp_path / "real", kit) == folder.read(tmp_path / "real")
    assert len(kit.guide) == len(sources)
    assert kit.confidence["voice"] == "high"
    assert kit.open_questions


def test_real_guides_give_the_rules_that_they_state() -> None:
    def terms(guide: str, language: Language) -> tuple[set[str], dict[str, str]]:
        pages = [read_guide(f.read_bytes(), f.name) for f in sorted((DATA / "guides" / guide).glob("*.md")) if "LICENSE" not in f.name]
        kit = propose(slug="g", name="G", language=language, guides=tuple(GuidePage(name=n, text=t) for n, t in pages), posts=[])
        return {t.term for t in kit.terms.avoid}, {other: t.term for t in kit.terms.preferred for other in t.instead_of}

    assert {"automagical", "leverage", "click here"} <= terms("mailchimp_en", "en")[0]
    assert terms("18f_en", "en")[1]["e-mail"] == "email"
    assert terms("canada_fr", "fr")[1]["faire une requête"] == "demander"
    assert terms("dnum_fr", "fr") == (set(), {})


@pytest.mark.slow
def test_real_posts_earn_at_most_one_brand_or_style_warning_in_five() -> None:
    """Each account's posts against the kit made of its other posts."""
    file = DATA / "posts" / "french_media_x.csv"
    found = read_posts(file.read_bytes(), file.name, account=None, network=None, time_zone="Europe/Paris", several_accounts=True)
    by_account: dict[str, list[Post]] = defaultdict(list)
    for post in found.posts:
        by_account[post.account].append(post)
    rates = {account: _warnings_a_post(account, own) for account, posts in by_account.items() if len(own := measurable(posts)) >= MANY}
    assert len(rates) == 12
    assert {account: round(rate, 2) for account, rate in rates.items() if rate > 0.2} == {}


def _warnings_a_post(account: str, posts: list[Post]) -> float:
    warned = 0
    for fold in range(FOLDS):
        others = [post for n, post in enumerate(posts) if n % FOLDS != fold]
        kit = propose(slug="real", name=account, language="fr", guides=(), posts=others)
        context = CheckContext(
            network=get("x"), language="fr", today=date(2022, 6, 1), kit=kit, account=kit.account("x"), past_posts=tuple(others)
        )
        for post in posts[fold::FOLDS]:
            findings = desk.run(Checked(post.text), context)
            warned += sum(f.level != "info" and f.id.startswith(STYLE) for f in findings)
    return warned / len(posts)
