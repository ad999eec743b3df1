"""From a brief to drafts with their findings: retrieve, write, check, revise at most twice.

Writers are interchangeable here; whatever one of them hands back is held to the same checks.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from assistant import checks
from assistant.briefs import Brief
from assistant.drafting.context import (
    Surroundings,
    account_for,
    at_home_first,
    check_context,
    chosen,
    language_for,
    layout_of,
    planned_day,
    query_of,
)
from assistant.drafting.prompted.mending import mended
from assistant.drafting.revision import Mend, Revision
from assistant.drafting.side_by_side import InTurn, Wanted, side_by_side
from assistant.drafting.writer import Composition, Recent, Writer, WriteRequest
from assistant.drafts import Draft, Provenance, Question, Source
from assistant.errors import ModelError
from assistant.evidence import Collection, Evidence
from assistant.messages import Language, Message
from assistant.models.base import UNWATCHED, Step, Watch
from assistant.networks import counting
from assistant.networks.catalogue import Network, get
from assistant.posts import PostKind

EXAMPLES = 4
PASSAGES = 2


class Finder(Protocol):
    """What the pipeline needs of retrieval."""

    def search(
        self,
        brand: str,
        query: str,
        *,
        network: str | None = None,
        collection: Collection = "post",
        limit: int = 10,
        kind: PostKind | None = None,
    ) -> list[Evidence]:
        """A brand's own material about `query`, best first; posts of one kind where asked."""
        ...

    def best(self, brand: str, network: str, *, limit: int = 40) -> list[Evidence]:
        """The brand's posts that worked on `network`, best first."""
        ...


@dataclass(frozen=True)
class Drafted:
    """What came of a brief on one network, or on all of them."""

    drafts: tuple[Draft, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Message, ...] = ()
    proposals: dict[str, str] = field(default_factory=dict)
    network: str = ""
    """The network it is about; empty where several are put together."""
    failure: Message | None = None
    """Why there are no drafts for this network: a model did not help. The brief is kept, another writer may take over."""


@dataclass(frozen=True)
class Order:
    """One request to draft, once the person's choices are settled."""

    brief: Brief
    networks: tuple[Network, ...]
    now: datetime
    variants: int = 3
    language: Language | None = None
    seed: int = 0
    brief_id: str = ""


@dataclass(frozen=True)
class Pipeline:
    """The one way from a brief to drafts."""

    finder: Finder
    recent: Callable[[str, str], tuple[Recent, ...]]
    """(brand, network) -> the account's last drafts, latest first."""
    new_id: Callable[[], str]
    mend: Mend = mended
    """Sets right what a model left wrong and what touches no fact."""

    def each(
        self,
        around: Surroundings,
        order: Order,
        writer: Writer,
        watch: Callable[[str], Watch] = lambda network: UNWATCHED,
        parallel: int = 1,
    ) -> Iterator[Drafted]:
        """One `Drafted` per network, as soon as it is there; with `parallel` above 1 networks, and texts that go back, side by side.

        A model that fails on one network is that network's `failure` and stops no other. What `watch` gives up before it is
        begun is not begun; a generator that is closed gives up everything.
        """
        stopped, together = threading.Event(), _Together(around, order, InTurn(writer, threading.Semaphore(parallel)), parallel)
        tasks = (self._task(network, together, Wanted(watch(network.key), stopped)) for network in order.networks)
        try:
            yield from side_by_side(tasks, parallel, stopped.set)
        finally:
            stopped.set()

    def _task(self, network: Network, asked: "_Together", watch: Watch) -> Callable[[], Drafted]:
        """What is left to do for one network once everything that was found for it is at hand: to be done in any thread."""
        around, order = asked.around, asked.order
        given_up = Drafted(network=network.key, failure=Message("draft.cancelled"))
        if watch.cancelled():
            return lambda: given_up
        _, exists = account_for(around.kit, network)
        request = self.request_for(around, order, network, watch)
        evidence = request.evidence

        def write() -> Drafted:
            if watch.cancelled():
                return given_up
            watch.heard(Step("asked"))
            try:
                drafted = self._written(request, asked)
            except ModelError as error:
                return Drafted(evidence=evidence, network=network.key, failure=error.message)
            return drafted if exists else replace(drafted, warnings=(*drafted.warnings, _no_account(network)))

        return write

    def request_for(self, around: Surroundings, order: Order, network: Network, watch: Watch = UNWATCHED) -> WriteRequest:
        """What a writer is told for one network: the evidence found for it, the layout measured from it, the last drafts."""
        account, _ = account_for(around.kit, network)
        language = language_for(order.brief, around.kit, account, order.language)
        worked = self.finder.best(around.kit.slug, network.key)
        evidence = self._evidence(around.kit.slug, order.brief, network)
        return WriteRequest(
            brief=order.brief,
            kit=around.kit,
            network=network,
            account=account,
            language=language,
            layout=layout_of(worked, evidence, network, language),
            today=planned_day(order.brief, order.now, around.kit),
            evidence=evidence,
            recent=self.recent(around.kit.slug, network.key),
            seed=order.seed,
            variants=order.variants,
            watch=watch,
        )

    def _written(self, request: WriteRequest, asked: "_Together") -> Drafted:
        written = asked.writer.write(request)
        checked = [self._drafting(request, asked, number) for number in range(1, len(written.compositions) + 1)]
        tasks = [
            partial(Revision(asked.writer, request, as_draft, self.mend).of, made)
            for as_draft, made in zip(checked, written.compositions, strict=True)
        ]
        drafts = tuple(sorted(side_by_side(tasks, asked.parallel), key=lambda draft: draft.variant))
        return Drafted(drafts, request.evidence, written.questions, written.warnings, dict(written.proposals), request.network.key)

    def _drafting(self, request: WriteRequest, asked: "_Together", number: int) -> Callable[[Composition], Draft]:
        """How variant `number` becomes a draft with its findings, under one id however often it is revised."""
        id = self.new_id()
        return lambda made: self._draft(request, asked, made, number, id)

    def _evidence(self, brand: str, brief: Brief, network: Network) -> tuple[Evidence, ...]:
        query = query_of(brief)
        posts = self.finder.search(brand, query, network=network.key, collection="post", limit=EXAMPLES * 3, kind="ordinary")
        passages = self.finder.search(brand, query, collection="guide", limit=PASSAGES)
        return chosen(at_home_first(posts, network), EXAMPLES) + tuple(passages)

    def _draft(self, request: WriteRequest, asked: "_Together", made: Composition, variant: int, id: str) -> Draft:
        around, order, writer = asked.around, asked.order, asked.writer
        count = counting.measure(made.text, request.network)
        draft = Draft(
            id=id,
            brand=around.kit.slug,
            network=request.network.key,
            account=request.account.handle,
            variant=variant,
            angle=made.angle,
            language=request.language,
            text=made.text,
            length=count.length,
            limit=count.limit,
            provenance=Provenance(
                writer=writer.name,
                seed=request.seed,
                kit_version=around.kit.version,
                brief_hash=hash_of(request.brief),
                pieces=made.pieces,
                left_out=made.left_out,
                opening=made.opening,
                layout=str(request.layout.posts),
                model=made.model,
                mends=made.mends,
            ),
            parts=made.parts,
            first_comment=made.first_comment,
            alt_text=made.alt_text,
            visual_brief=made.visual_brief,
            evidence=tuple(Source(one.id, one.collection, one.reasons, one.figures) for one in request.evidence),
            link=request.brief.link,
            planned_for=request.brief.planned_for.isoformat() if request.brief.planned_for else "",
            brief_id=order.brief_id,
        )
        return recheck(draft, around, order.brief, order.now, recent=tuple(one.text for one in request.recent))


@dataclass(frozen=True)
class _Together:
    """What all networks of one order share."""

    around: Surroundings
    order: Order
    writer: Writer
    parallel: int


def recheck(draft: Draft, around: Surroundings, brief: Brief | None, now: datetime, *, recent: tuple[str, ...] = ()) -> Draft:
    """`draft` with its length and findings as of now, whoever wrote its text."""
    network = get(draft.network)
    context = check_context(around, network, draft.language, planned_day(brief, now, around.kit), brief=brief, recent=recent)
    subject = checks.Checked(draft.text, draft.first_comment, draft.alt_text, draft.parts)
    count = counting.measure(draft.text, network)
    return replace(draft, length=count.length, limit=count.limit, findings=checks.run(subject, context))


def together(drafted: Sequence[Drafted]) -> Drafted:
    """Several networks' outcomes as one; the same evidence, question or warning once."""
    evidence = {(one.collection, one.id): one for each in drafted for one in each.evidence}
    questions = {one.id: one for each in drafted for one in each.questions}
    proposals = {source: words for each in drafted for source, words in each.proposals.items()}
    warnings = once(one for each in drafted for one in each.warnings)
    drafts = tuple(draft for each in drafted for draft in each.drafts)
    return Drafted(drafts, tuple(evidence.values()), tuple(questions.values())[:3], warnings, proposals)


def once(warnings: Iterable[Message]) -> tuple[Message, ...]:
    """Each warning once; one that names its `networks` names them all."""
    values: dict[str, dict[str, object]] = {}
    ids: dict[str, str] = {}
    for one in warnings:
        key = repr((one.id, sorted(((name, value) for name, value in one.values.items() if name != "networks"), key=str)))
        before, networks = values.get(key, one.values).get("networks"), one.values.get("networks")
        ids[key], values[key] = one.id, dict(one.values)
        if isinstance(before, tuple) and isinstance(networks, tuple):
            values[key]["networks"] = (*before, *(network for network in networks if network not in before))
    return tuple(Message(ids[key], said) for key, said in values.items())


def hash_of(brief: Brief) -> str:
    """What the brief says, in short; asking for other networks does not make it another brief."""
    return hashlib.sha256(brief.model_dump_json(exclude={"networks"}).encode()).hexdigest()[:16]


def _no_account(network: Network) -> Message:
    return Message("draft.no_account", {"network": Message(f"network.{network.key}")})
