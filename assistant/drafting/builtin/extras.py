"""What the kit adds to one draft, and the blocks at its end: link, emoji, signature, hashtags."""

from dataclasses import dataclass, replace

from assistant.brands.kit import Line
from assistant.drafting.builtin.lexicon import lexicon
from assistant.drafting.builtin.material import Material, setter
from assistant.drafting.builtin.prose import JOINT, Block, closed, labelled, raised
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Piece

PROSE = ("lead", "first", "body", "aside", "closing", "ask")


@dataclass(frozen=True)
class Extras:
    """What the kit adds to one draft."""

    aside: Line | None = None
    ask: Line | None = None
    closing: Line | None = None
    signature: Line | None = None
    link_label: Line | None = None
    points: bool = False
    """The link label stands for a link that cannot be opened: without it a general one would."""
    emoji: str = ""
    tags: tuple[str, ...] = ()
    spare: tuple[Line, ...] = ()
    """Closings and asides that may stand in for one that finds no room."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines in use."""
        return tuple(line for line in (self.aside, self.ask, self.closing, self.signature, self.link_label) if line)


def link_shown(request: WriteRequest, material: Material) -> bool:
    """Whether the draft can point to the link at all."""
    return bool(material.link) and (request.network.links_clickable or request.account.link_in_bio)


def colon_of(request: WriteRequest) -> str:
    """A colon with the spaces of the house variant."""
    return setter(request)("x : x")[1:-1] if request.language == "fr" else ": "


def own_text(request: WriteRequest, line: Line) -> str:
    """A line of the kit, typeset."""
    return setter(request)(line.text.strip())


def own(request: WriteRequest, line: Line) -> Piece:
    """A line of the kit as a piece."""
    return Piece(own_text(request, line), f"kit.lines.{line.id}")


def link_blocks(request: WriteRequest, material: Material, extras: Extras, label: Piece | None) -> list[Block]:
    """The link on a line of its own: the address, or where to find it; `label` is the subject where it leads it."""
    if not link_shown(request, material):
        return []
    line, colon = extras.link_label, colon_of(request)
    if request.network.links_clickable:
        target: tuple[Piece, ...] = (Piece(material.link, "brief.link"),)
        lead = label or (Piece(own_text(request, line).rstrip(" \u00a0:."), f"kit.lines.{line.id}") if line else None)
        if lead:
            target = (Piece(raised(lead.text), lead.source), Piece(colon, JOINT), *target)
        return [Block("link", target)]
    bio = own(request, line) if line else Piece(lexicon(request.language).link_label, JOINT)
    if label:
        return [Block("link", labelled(label.text, label.source, colon, (bio,), request.language))]
    return [Block("link", (Piece(raised(bio.text), bio.source),))]


def with_emoji(blocks: list[Block], emoji: str, *, stop: bool) -> list[Block]:
    """One emoji behind the last sentence before practical line, link and tags; `stop`: the account ends a sentence before it."""
    prose = [n for n, block in enumerate(blocks) if block.role in PROSE]
    spare = [n for n, block in enumerate(blocks) if block.role in ("practical", "label")]
    if not emoji or not (prose or spare):
        return blocks
    at = (prose or spare)[-1]
    joint = ". " if stop and blocks[at].role in PROSE and not closed(blocks[at].text) else " "
    pieces = (*blocks[at].pieces, Piece(joint, JOINT), Piece(emoji, "kit.emoji"))
    return [*blocks[:at], replace(blocks[at], pieces=pieces), *blocks[at + 1 :]]


def last_blocks(request: WriteRequest, material: Material, extras: Extras) -> list[Block]:
    """Signature and hashtags, those that the person typed first."""
    blocks = [Block("signature", (own(request, extras.signature),))] if extras.signature else []
    tags = [Piece(tag, "brief.must_include") for tag in material.tags] + [Piece(tag, "kit.hashtags") for tag in extras.tags]
    pieces: list[Piece] = []
    for tag in tags:
        pieces += [Piece(" ", JOINT), tag] if pieces else [tag]
    return [*blocks, Block("tags", tuple(pieces))] if pieces else blocks
