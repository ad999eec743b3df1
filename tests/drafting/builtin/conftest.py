"""Requests for the built-in writer: on a small brand made here, and on the shipped kits with their own posts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.brands import layout
from assistant.brands.folder import read
from assistant.brands.kit import Account, HashtagPolicy, Kit, Line, Mould
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.documents.tables import read_posts
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.context import account_for
from assistant.drafting.writer import Composition, WriteRequest
from assistant.drafts import Draft, Provenance
from assistant.messages import Language
from assistant.networks.catalogue import catalogue, get
from assistant.posts import Post

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
NETWORKS = ("instagram", "facebook", "x", "linkedin", "bluesky", "threads", "mastodon")
PLAIN = Layout(
    posts=20, length=(120, 220, 360), blocks=2, blank_lines=1, break_after_first=0, final_stop=1, link_own_line=1, practical_line=1
)
BIO = ("instagram", "tiktok")

Requests = Callable[..., WriteRequest]


def small_kit(slug: str = "valbrune", **changes: Any) -> Kit:
    accounts = tuple(Account(network=key, address="vous", speaker="on", link_in_bio=key in BIO) for key in catalogue())
    return Kit(**{"slug": slug, "name": "Valbrune", "languages": ("fr", "en"), "accounts": accounts, **changes})


def request_for(brief: Brief | str, network: str = "facebook", language: Language = "fr", **changes: Any) -> WriteRequest:
    asked = brief if isinstance(brief, Brief) else Brief(subject=brief)
    kit = changes.pop("kit", None) or small_kit()
    account = kit.account(network) or Account(network=network)
    if language == "en" and "account" not in changes:
        account = account.model_copy(update={"address": "you", "speaker": "we"})
    fields: dict[str, Any] = {"layout": PLAIN, "today": TODAY, "account": account} | changes
    return WriteRequest(brief=asked, kit=kit, network=get(network), language=language, **fields)


@pytest.fixture
def writer() -> BuiltInWriter:
    return BuiltInWriter()


@pytest.fixture
def ask() -> Requests:
    """Builds a request: `ask(brief, network, language, **fields)`."""
    return request_for


@pytest.fixture
def kit_with() -> Callable[..., Kit]:
    """A small brand with other lines, moulds, tags."""

    def make(
        *, lines: Sequence[Line] = (), moulds: Sequence[Mould] = (), slug: str = "valbrune", tags: Sequence[str] = (), **more: Any
    ) -> Kit:
        return small_kit(slug, lines=tuple(lines), moulds=tuple(moulds), hashtags=HashtagPolicy(brand=tuple(tags)), **more)

    return make


@pytest.fixture
def drafted() -> Callable[[WriteRequest, Composition], Draft]:
    """The draft that the pipeline makes of a composition."""

    def make(request: WriteRequest, made: Composition, text: str | None = None) -> Draft:
        provenance = Provenance("built-in", request.seed, "", "", made.pieces, made.left_out, made.opening)
        return Draft(
            id="d1",
            brand=request.kit.slug,
            network=request.network.key,
            account="",
            variant=1,
            angle=made.angle,
            language=request.language,
            text=made.text if text is None else text,
            length=0,
            limit=0,
            provenance=provenance,
        )

    return make


class Shipped:
    """The shipped kits with the layout of their own posts, read once."""

    def __init__(self) -> None:
        self.kits = {folder.name: read(folder) for folder in sorted((ROOT / "brand_kits").iterdir()) if (folder / "kit.yaml").is_file()}
        self._posts: dict[str, tuple[Post, ...]] = {}

    def posts(self, slug: str) -> tuple[Post, ...]:
        if slug not in self._posts:
            data = (ROOT / "brand_kits" / slug / "posts.csv").read_bytes()
            self._posts[slug] = read_posts(
                data, "posts.csv", account=None, network=None, time_zone="Europe/Paris", several_accounts=True
            ).posts
        return self._posts[slug]

    def layout(self, slug: str, network: str, language: Language) -> Layout:
        own = [post for post in self.posts(slug) if post.network == network]
        best = sorted(own, key=lambda post: post.metrics.engagement or 0)
        return layout.measure([(post, 0.2 + n / len(best)) for n, post in enumerate(best)], get(network).habits[language], language)

    def briefs(self, slug: str) -> list[Brief]:
        return [
            Brief.model_validate(yaml.safe_load(file.read_text("utf8")))
            for file in sorted((ROOT / "tests" / "briefs" / slug).glob("*.yaml"))
        ]

    def request(self, slug: str, brief: Brief, network: str, *, layout_of: str = "", **changes: Any) -> WriteRequest:
        kit = self.kits[slug]
        language: Language = changes.pop("language", kit.language)
        measured = self.layout(layout_of or slug, network, language)
        today = brief.planned_for.date() if isinstance(brief.planned_for, datetime) else brief.planned_for or TODAY
        request = request_for(brief, network, language, kit=kit, layout=measured, today=today, account=account_for(kit, get(network))[0])
        return replace(request, **changes)


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return Shipped()


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)
