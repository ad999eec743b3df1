"""What the screens and the command line may do, one method per use case."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import sleep
from typing import Literal

from assistant import checks
from assistant.brands import voice
from assistant.brands.kit import Kit
from assistant.brands.shelf import Shelf
from assistant.briefs import Brief
from assistant.checks.context import Kind
from assistant.drafting.briefing import brief_from
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.context import Surroundings, account_for, check_context, language_for, planned_day
from assistant.drafting.pipeline import Drafted, Order, Pipeline, hash_of, recheck
from assistant.drafting.prompted.writer import PromptedWriter
from assistant.drafting.writer import Recent, Writer
from assistant.drafts import Draft, Item, State
from assistant.errors import InputError, NotFound, StorageError
from assistant.evidence import Collection, Evidence
from assistant.findings import Finding
from assistant.messages import Language, Message
from assistant.models.base import UNWATCHED, Watch
from assistant.networks import counting
from assistant.networks.catalogue import Network, get
from assistant.onboarding.starter import Starter
from assistant.posts import Post
from assistant.retrieval.search import Search
from assistant.retrieval.syncing import Synced
from assistant.review.service import Review
from assistant.services import corrections, persons
from assistant.services.models import Models
from assistant.services.runs import Runs
from assistant.services.wishes import Wishes
from assistant.settings import Settings
from assistant.storage.database import Database
from assistant.storage.stores import Stores

WRITERS = ("auto", "built-in", "model")
PATIENCE_S = 2.0
"""What somebody who drafts or searches gives an embedding server to take in what is new."""
SAVE_AGAIN_S = (1.0, 4.0)
"""Seconds between tries to save what a model wrote; each try itself waits for the database as any write does."""
MEMORY = 10
"""Drafts of an account that the next one must not resemble."""


@dataclass(frozen=True)
class Verdict:
    """What the checks and the brand's voice say about a text."""

    findings: tuple[Finding, ...]
    count: counting.Count
    voice: voice.VoiceScore


@dataclass(frozen=True)
class Prepared:
    """A brand made ready: its posts, the texts that were new to the index, or what is wrong with its files."""

    brand: str
    posts: int = 0
    indexed: int = 0
    trouble: Message | None = None


@dataclass
class Services:
    """Everything the screens and the command line may do. Shared by all sessions: what it keeps belongs to a brand, never to a person."""

    settings: Settings
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    database: Database
    stores: Stores
    shelf: Shelf
    search: Search
    starter: Starter
    pipeline: Pipeline
    review: Review = field(init=False)
    models: Models = field(init=False)
    runs: Runs = field(init=False)
    wishes: Wishes = field(init=False)
    told_otherwise: dict[str, tuple[object, corrections.Found]] = field(default_factory=dict)
    """By brief: what its texts state otherwise, and the stamp of what that was found from."""
    _brought: dict[str, object] = field(default_factory=dict)
    _indexed: dict[str, object] = field(default_factory=dict)
    _around: dict[str, tuple[object, Surroundings]] = field(default_factory=dict)
    _voices: dict[tuple[str, Language], tuple[object, voice.Voice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What is made of the other parts."""
        self.runs = Runs(self.draft, self.stores, self.now, time.monotonic)
        self.wishes = Wishes(self, time.monotonic)

    # brands

    def kit(self, slug: str) -> Kit:
        """The brand's kit, its starter data taken in; free while no file of the brand changes. Raises NotFound or KitError."""
        kit, home = self.shelf.kit(slug), self.shelf.folder(slug)
        stamp = (kit.version, *self.starter.stamp(home))
        if self._brought.get(slug) != stamp:
            self.starter.bring(kit, home)
            self._brought[slug] = stamp
        return kit

    def surroundings(self, slug: str) -> Surroundings:
        """The brand as drafting and checks see it; kept until its kit, its posts or another kit change."""
        kit = self.kit(slug)
        others = [other for other in self.shelf.all()[0] if other.slug != slug]
        silenced = tuple(one.finding for one in self.stores.silences.all(slug))
        stamp = (kit.version, self.stores.posts.stamp(slug), silenced, tuple((k.slug, k.version) for k in others))
        kept = self._around.get(slug)
        if kept and kept[0] == stamp:
            return kept[1]
        marks = tuple(checks.OtherMark(other.name, mark) for other in others for mark in other.own_marks())
        around = Surroundings(kit, tuple(self.stores.posts.all(slug, banned=False)), marks, silenced)
        self._around[slug] = (stamp, around)
        return around

    def voice_of(self, slug: str, language: Language | None = None) -> voice.Voice:
        """How the brand's own posts speak, measured."""
        around = self.surroundings(slug)
        wanted = language or around.kit.language
        stamp = self._around[slug][0]
        kept = self._voices.get((slug, wanted))
        if kept is None or kept[0] != stamp:
            kept = self._voices[slug, wanted] = (stamp, voice.measure(around.posts, wanted))
        return kept[1]

    def prepare(self) -> Iterator[Prepared]:
        """Take in and index every brand; what is wrong with one keeps neither the others nor the app from starting."""
        kits, broken = self.shelf.all()
        for kit in kits:
            try:
                done = self.index_changes(kit.slug, patience_s=None)
            except InputError as error:
                yield Prepared(kit.slug, trouble=error.message)
            else:
                yield Prepared(kit.slug, self.stores.posts.count(kit.slug), done.added + done.updated, done.trouble)
        yield from (Prepared(slug, trouble=error.message) for slug, error in broken.items())

    def index_changes(self, slug: str, *, patience_s: float | None = PATIENCE_S) -> Synced:
        """Bring the index up to date when the kit, the posts, their figures, pins or bans changed since, by whichever process.

        Asking what changed costs milliseconds; comparing 20,000 posts half a second, so that is not done for each draft. Where a server
        embeds, nobody waits longer than `patience_s` seconds (None: to the end) for it: the rest goes on in the background.
        """
        stamp = (self.kit(slug).version, self.stores.posts.stamp(slug), self.search.embedder(slug).name)
        if self._indexed.get(slug) == stamp:
            return Synced()
        synced = self.search.sync(slug) if patience_s is None else self.search.sync_within(slug, patience_s)
        if synced.trouble is None:
            self._indexed[slug] = stamp
        return synced

    # searching and drafting

    def find(
        self, slug: str, query: str, *, network: str | None = None, collection: Collection = "post", limit: int = 10
    ) -> list[Evidence]:
        """The brand's own material about `query`, best first."""
        self.index_changes(slug)
        return self.search.search(slug, query, network=get(network).key if network else None, collection=collection, limit=limit)

    def writer(self, asked: str, slug: str, brief: Brief | None = None) -> Writer:
        """The writer asked for; `auto` is a model where one may be used. Raises ModelNotConfigured when only a model would do."""
        if asked not in WRITERS:
            raise InputError("writer.unknown", writer=asked, known=list(WRITERS))
        kit = self.kit(slug)
        if asked == "built-in" or (asked == "auto" and self.models.why_not(kit) is not None):
            return BuiltInWriter()
        people, own = (persons.people(kit, brief), persons.own(kit, brief)) if brief else ((), ())
        return PromptedWriter(self.models.chat(kit, "post", people=people, own=own), self.models.prompts, self.models.price)

    def networks_for(self, slug: str, brief: Brief, asked: Sequence[str] = ()) -> tuple[Network, ...]:
        """The networks to draft for: those asked for, else the brief's, else the brand's accounts."""
        keys = tuple(asked) or brief.networks or tuple(account.network for account in self.shelf.kit(slug).accounts)
        if not keys:
            raise InputError("draft.no_network")
        return tuple(get(key) for key in dict.fromkeys(keys))

    def draft(
        self,
        slug: str,
        brief: Brief,
        *,
        networks: Sequence[str] = (),
        variants: int | None = None,
        language: Language | None = None,
        writer: str = "auto",
        seed: int = 0,
        actor: str = "",
        brief_id: str = "",
        watch: Callable[[str], Watch] = lambda network: UNWATCHED,
    ) -> Iterator[Drafted]:
        """Drafts per network as they come, each saved as an item before it is handed over; a model writes several at once.

        A model that fails on one network is said in that network's `failure` and stops no other.
        """
        chosen, wanted = self.writer(writer, slug, brief), self.networks_for(slug, brief, networks)
        parallel = 1 if isinstance(chosen, BuiltInWriter) else self.models.parallel()
        around = self.surroundings(slug)
        self.index_changes(slug)
        brief_id = brief_id or self.keep_brief(slug, brief, actor)
        corrections.remember(self, brief)
        order = Order(brief, wanted, self.now(), variants or brief.variants, language, seed, brief_id)
        pipeline = replace(self.pipeline, recent=lambda brand, network: self.recent(brand, network, but=hash_of(brief), but_id=brief_id))
        for drafted in pipeline.each(around, order, chosen, watch, parallel):
            self._save(drafted, order.now, actor)
            yield drafted

    def _save(self, drafted: Drafted, now: datetime, actor: str) -> None:
        """Keep one network's drafts. A text that a model was paid for is worth more than one wait for a locked database."""
        items = [_item(one, now, actor) for one in drafted.drafts]
        for pause_s in SAVE_AGAIN_S if any(one.provenance.model for one in drafted.drafts) else ():
            try:
                return self.stores.drafts.add(items, now=now, actor=actor)
            except StorageError:
                sleep(pause_s)
        return self.stores.drafts.add(items, now=now, actor=actor)

    def keep_brief(self, slug: str, brief: Brief, actor: str) -> str:
        """Save the brief as it stands; its id."""
        id = self.new_id()
        content = brief.model_dump(mode="json", exclude_defaults=True)
        self.stores.briefs.save(id=id, slug=slug, brief_json=content, version=None, now=self.now(), actor=actor)
        return id

    def recent(self, slug: str, network: str, *, but: str = "", but_id: str = "") -> tuple[Recent, ...]:
        """The account's last drafts of other briefs, latest first, one per brief; a brief that was reworded is no other brief."""
        seen: dict[str, Recent] = {}
        for text, made in self.stores.drafts.recent(slug, network, limit=MEMORY * 6, but=but_id):
            if made.brief_hash != but and made.brief_hash not in seen:
                seen[made.brief_hash] = Recent(text, made.opening, tuple(piece.source for piece in made.pieces))
        return tuple(seen.values())[:MEMORY]

    # judging

    def brief_of(self, brief_id: str) -> Brief | None:
        """The saved brief, or None when there is none or it was never finished."""
        try:
            saved = self.stores.briefs.get(brief_id)
            return brief_from(saved.brief)
        except (NotFound, InputError):
            return None

    def recheck(self, draft: Draft) -> Draft:
        """The draft with its findings as of now."""
        brief = self.brief_of(draft.brief_id)
        recent = self.recent(draft.brand, draft.network, but=draft.provenance.brief_hash, but_id=draft.brief_id)
        return recheck(draft, self.surroundings(draft.brand), brief, self.now(), recent=tuple(one.text for one in recent))

    def check(
        self,
        slug: str,
        network: str,
        text: str,
        *,
        brief: Brief | None = None,
        kind: Kind = "post",
        language: Language | None = None,
    ) -> Verdict:
        """What is to be said about a text that a person brought."""
        around, where = self.surroundings(slug), get(network)
        account, _ = account_for(around.kit, where)
        tongue = language_for(brief, around.kit, account, language)
        context = check_context(around, where, tongue, planned_day(brief, self.now(), around.kit), brief=brief, kind=kind)
        findings = checks.run(checks.Checked(text), context)
        return Verdict(findings, counting.measure(text, where), self.voice_score(slug, text, network, tongue))

    def mark(self, slug: str, post_id: str, mark: Literal["pin", "ban"], on: bool, actor: str) -> Post:
        """Pin a past post (« write like this ») or ban it (« never again »), or take that back; the index follows. Raises NotFound."""
        change = self.stores.posts.pin if mark == "pin" else self.stores.posts.ban
        post = change(slug, post_id, on, now=self.now(), actor=actor)
        self.index_changes(slug)
        return post

    def voice_score(self, slug: str, text: str, network: str, language: Language | None = None) -> voice.VoiceScore:
        """How much the text sounds like the brand's own posts, 0 to 1, with reasons."""
        return voice.score(text, self.voice_of(slug, language), network)

    def close(self) -> None:
        """Give up what is being written, and give the index folder and the database back."""
        self.runs.stop()
        self.wishes.stop()
        self.search.close()
        self.database.close()


def _item(draft: Draft, now: datetime, actor: str) -> Item:
    return Item(draft.id, draft.brand, draft.brief_id, State.DRAFT, 1, draft, actor, now, now)
