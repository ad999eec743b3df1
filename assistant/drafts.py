"""What comes back from a brief, and what becomes of it: drafts, their states, the decisions taken on them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.evidence import Collection
from assistant.findings import Finding
from assistant.messages import Language, Message
from assistant.usage import ModelUse


@dataclass(frozen=True)
class Piece:
    """A run of characters of a draft and where it comes from."""

    text: str
    source: str
    """`brief.subject`, `brief.key_points[2]` (`.2` behind it: its second sentence), `brief.facts.prix`, `brief.answers.<id>`,
    `brief.link`, `kit.lines.<id>`, `kit.moulds.<id>`, `kit.facts.<id>`, `kit.hashtags`, `person`, `model` (a model's own wording),
    or `joint` (colon, comma, full stop, line break, a link label)."""


@dataclass(frozen=True)
class Question:
    """What would make a thin brief's post; the answer is used verbatim. `id` is the key in `brief.answers`."""

    id: str
    message: Message


@dataclass(frozen=True)
class Source:
    """A past post or a passage of the guide that was found for a draft, and why, as it stood that day. Its text stays where it is kept."""

    id: str
    collection: Collection
    reasons: tuple[Message, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Provenance:
    """How a draft came to be; enough to write it again."""

    writer: str
    """`built-in` or the model's name."""
    seed: int
    kit_version: str
    brief_hash: str
    pieces: tuple[Piece, ...] = ()
    """In order; their texts joined are the draft's text."""
    left_out: tuple[str, ...] = ()
    """Sources of units that found no room, least required first."""
    opening: str = ""
    """The kind of opening (`figure`, `name`, `quotation`, `question`, `scene`, `subject`, `instruction`, `line`, ...)."""
    layout: str = ""
    """What the layout was taken from, for a person ("12 posts of this account")."""
    model: ModelUse | None = None
    """None: no model had a part in it."""
    revisions: int = 0
    """How often it was sent back with its findings."""
    mends: tuple[str, ...] = ()
    """What was set right without a model afterwards, by message id: `mend.typography`, `mend.hashtags`, ..."""


@dataclass(frozen=True)
class Draft:
    """One text for one network, to be read by a person."""

    id: str
    brand: str
    network: str
    account: str
    variant: int
    """From 1."""
    angle: Message
    """Named in three words: "starts from Samir", "figure first", "as typed"."""
    language: Language
    text: str
    length: int
    limit: int
    provenance: Provenance
    parts: tuple[str, ...] = ()
    """The texts of a thread; empty when the text goes out as one."""
    first_comment: str = ""
    alt_text: str = ""
    visual_brief: str = ""
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Source, ...] = ()
    """The past posts and passages of the guide that were shown to the writer."""
    link: str = ""
    """The brief's link, for the scheduler."""
    planned_for: str = ""
    """The brief's day, or day and hour, in ISO form; empty where there is none."""
    brief_id: str = ""
    """The saved brief it was written from, so that it can be checked again after an edit."""


def seal(draft: Draft) -> str:
    """The hash an approval is bound to: every field that leaves Plume, and where it goes."""
    texts = [draft.text, draft.first_comment, draft.alt_text, list(draft.parts)]
    leaving = [draft.network, draft.account, draft.language, *texts, draft.link, draft.planned_for]
    return hashlib.sha256(json.dumps(leaving, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


class State(StrEnum):
    """Where a draft stands. Hold and expiry are flags, exports are events."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What a person can do to a draft."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REQUEST_CHANGES = "request-changes"
    REJECT = "reject"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    EXPORT = "export"


@dataclass(frozen=True)
class Decision:
    """One thing that a person did to a draft, as kept in its history."""

    at: datetime
    actor: str
    action: Action
    before: State
    after: State
    version: int
    """The item's version after the action."""
    seal: str
    """Of the text that the person had before their eyes."""
    reason: str = ""
    findings: tuple[str, ...] = ()
    """Ids of the findings at that moment; the waived ones are what the reason speaks of."""


@dataclass(frozen=True)
class Item:
    """A draft in the queue: its text now, its state and how it got there."""

    id: str
    brand: str
    brief_id: str
    state: State
    version: int
    """Goes up with every change; a save names the version it saw."""
    draft: Draft
    author: str
    created_at: datetime
    updated_at: datetime
    sealed: str = ""
    """The seal that was approved; empty unless approved or published."""
    held: bool = False
    history: tuple[Decision, ...] = ()
