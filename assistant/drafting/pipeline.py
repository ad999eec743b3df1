"""From a brief to drafts with their findings: retrieve, write, check, revise at most twice.

Writers are interchangeable here; whatever one of them hands back is held to the same checks.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from assistant.drafting.writer import Composition, Recent, Writer, WriteRequest
from assistant.drafts import Draft, Provenance, Question, Source
from assistant.evidence import Collection, Evidence
from assistant.findings import Finding
from assistant.messages import Language, Message
from assistant.networks import counting
from assistant.networks.catalogue import Network, get
from assistant.posts import PostKind

REVISIONS = 2
"""After that a draft reaches the person with its findings attached."""
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

    def each(self, around: Surroundings, order: Order, writer: Writer) -> Iterator[Drafted]:
        """One `Drafted` per network, as soon as it is there."""
        for network in order.networks:
            yield self._on(network, around, order, writer)

    def _on(self, network: Network, around: Surroundings, order: Order, writer: Writer) -> Drafted:
        kit, brief = around.kit, order.brief
        account, exists = account_for(kit, network)
        language = language_for(brief, kit, account, order.language)
        worked = self.finder.best(kit.slug, network.key)
        evidence = self._evidence(kit.slug, brief, network)
        request = WriteRequest(
            brief=brief,
            kit=kit,
            network=network,
            account=account,
            language=language,
            layout=layout_of(worked, evidence, network, language),
            today=planned_day(brief, order.now, kit),
            evidence=evidence,
            recent=self.recent(kit.slug, network.key),
            seed=order.seed,
            variants=order.variants,
        )
        written = writer.write(request)
        drafts = tuple(
            self._mended(request, self._draft(request, around, order, writer, composition, number), around, order, writer)
            for number, composition in enumerate(written.compositions, 1)
        )
        warnings = written.warnings if exists else (*written.warnings, _no_account(network))
        return Drafted(drafts, evidence, written.questions, warnings, dict(written.proposals), network.key)

    def _evidence(self, brand: str, brief: Brief, network: Network) -> tuple[Evidence, ...]:
        query = query_of(brief)
        posts = self.finder.search(brand, query, network=network.key, collection="post", limit=EXAMPLES * 3, kind="ordinary")
        passages = self.finder.search(brand, query, collection="guide", limit=PASSAGES)
        return chosen(at_home_first(posts, network), EXAMPLES) + tuple(passages)

    def _draft(
        self, request: WriteRequest, around: Surroundings, order: Order, writer: Writer, made: Composition, variant: int, id: str = ""
    ) -> Draft:
        count = counting.measure(made.text, request.network)
        draft = Draft(
            id=id or self.new_id(),
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

    def _mended(self, request: WriteRequest, draft: Draft, around: Surroundings, order: Order, writer: Writer) -> Draft:
        for _ in range(REVISIONS):
            errors = _errors(draft.findings)
            if not errors:
                break
            made = writer.revise(request, draft, draft.findings)
            again = self._draft(request, around, order, writer, made, draft.variant, draft.id)
            if len(_errors(again.findings)) >= len(errors):
                break
            draft = again
        return draft


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


def _errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.level == "error"]


def _no_account(network: Network) -> Message:
    return Message("draft.no_account", {"network": Message(f"network.{network.key}")})
