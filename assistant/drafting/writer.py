"""The writers' seam: a brief, a kit and evidence go in, compositions come out.

The built-in writer and a prompted one are interchangeable. Retrieval, checks and revision live outside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from assistant.brands.kit import Account, Kit
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafts import Draft, Piece, Question
from assistant.evidence import Evidence
from assistant.findings import Finding
from assistant.messages import Language, Message
from assistant.models.base import UNWATCHED, Watch
from assistant.networks.catalogue import Network
from assistant.usage import ModelUse


@dataclass(frozen=True)
class Recent:
    """What the writer must not repeat: one of the account's last drafts."""

    text: str
    opening: str
    sources: tuple[str, ...]
    """Sources of its pieces, `kit.lines.<id>` among them."""


@dataclass(frozen=True)
class WriteRequest:
    """One post for one network. A composition is a function of this value alone."""

    brief: Brief
    kit: Kit
    network: Network
    account: Account
    language: Language
    layout: Layout
    """Measured from the brand's posts that worked on this network: numbers only, no wording."""
    today: date
    evidence: tuple[Evidence, ...] = ()
    recent: tuple[Recent, ...] = ()
    """Latest first, ten at most."""
    seed: int = 0
    variants: int = 3
    watch: Watch = field(default=UNWATCHED, compare=False)
    """Who waits for it: hears of retries, may give up. No part of what is asked."""


@dataclass(frozen=True)
class Composition:
    """What a writer made: the text, where each run of it comes from, and what found no room."""

    text: str
    angle: Message
    pieces: tuple[Piece, ...]
    opening: str
    left_out: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    first_comment: str = ""
    alt_text: str = ""
    visual_brief: str = ""
    model: ModelUse | None = None
    mends: tuple[str, ...] = ()
    """Set right without a model after it had written, by message id."""


@dataclass(frozen=True)
class Written:
    """The honest variants, best first; fewer than asked for brings the warning `writer.fewer_variants`."""

    compositions: tuple[Composition, ...]
    questions: tuple[Question, ...] = ()
    """At most three: what would make a thin brief's post."""
    warnings: tuple[Message, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)
    """Source of a unit -> wording proposed to fit the account's register; never applied in silence."""


class Writer(Protocol):
    """Writes and revises. Never reads a clock, chance or a file."""

    @property
    def name(self) -> str:
        """`built-in`, or the model's name."""
        ...

    def write(self, request: WriteRequest) -> Written:
        """Compositions for one network, best first. Raises ModelError where a model did not help."""
        ...

    def revise(
        self,
        request: WriteRequest,
        draft: Draft,
        findings: tuple[Finding, ...],
        wish: str | None = None,
        span: tuple[int, int] | None = None,
        locked: tuple[str, ...] = (),
    ) -> Composition:
        """`draft` again, mended or as wished. Raises NotAllowed for a wish beyond this writer, ModelError."""
        ...
