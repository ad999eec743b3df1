"""Titles and subject lines: one thing said, whole, and nothing beside it. Date, price, link, tags and house words stand elsewhere."""

from collections.abc import Iterator

from assistant.drafting.builtin.angles import Angle, shown
from assistant.drafting.builtin.composing import Made, Plan
from assistant.drafting.builtin.extras import Extras
from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.prose import raised
from assistant.drafting.builtin.units import Unit
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Piece
from assistant.messages import Message
from assistant.networks.catalogue import Network
from assistant.networks.counting import measure

TITLE_LINE = 100
"""Characters: a network with no higher limit takes a title (YouTube, Pinterest) or the subject of a letter, and no post."""


def is_title(network: Network) -> bool:
    """Whether the network takes one line and nothing else."""
    return network.limit <= TITLE_LINE


def titles(request: WriteRequest, material: Material, habits: Habits) -> list[Made]:
    """The lines that may stand alone, in the person's order, those that fit first; where something must be said, only those that say it.

    None is cut. Where nothing fits, the shortest is handed over as it is: the checks say by how much it is too long.
    """
    made = [_made(request, piece, angle, habits) for piece, angle in _lines(material, request)]
    needed = {unit.source for unit in material.points if unit.required}
    told = [one for one in made if one.fits and {piece.source for piece in one.pieces} & needed]
    fitting = told or [one for one in made if one.fits]
    return fitting or sorted(made, key=lambda one: one.length)[:1]


def _lines(material: Material, request: WriteRequest) -> Iterator[tuple[Piece, Angle]]:
    """First words, the subject as a sentence or as a label, then each point that needs no other, once each."""
    spoken = [(unit, "first_words") for unit in (material.first_words,) if unit]
    spoken += [(unit, "subject") for unit in (material.sentence,) if unit]
    for unit, name in spoken:
        yield _line(unit), Angle("subject" if name == "subject" else unit.kind, Message(f"writer.angle.{name}"), (unit,), first=True)
    if material.label:
        subject = Message("writer.angle.subject")
        yield Piece(raised(material.label), "brief.subject"), Angle("subject", subject, (), label_in_front=True, first=True)
    for unit in material.points:
        if unit.may_open or unit.required:
            opened = Message(f"writer.angle.{unit.kind}", {"words": shown(unit, request.language)})
            yield _line(unit), Angle(unit.kind, Message("writer.angle.as_typed") if unit.kind == "statement" else opened, (unit,))


def _line(unit: Unit) -> Piece:
    return Piece(raised(unit.text), unit.source)


def _made(request: WriteRequest, piece: Piece, angle: Angle, habits: Habits) -> Made:
    count = measure(piece.text, request.network)
    return Made(Plan(angle, angle.order, Extras(), habits), (piece,), count.length, count.fits)
