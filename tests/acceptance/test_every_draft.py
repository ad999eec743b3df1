"""What holds for every draft of every shipped brief: it fits, it invents nothing, it says what the brief says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.builtin.stating import places, says
from assistant.drafting.builtin.titling import is_title
from assistant.drafting.builtin.units import unit
from assistant.networks import counting
from assistant.networks.catalogue import get
from assistant.text import fold

SHIPPED = sorted((Path(__file__).parents[1] / "briefs").glob("*/*.yaml"))
ROOM = 1_000
"""A network with at least this limit has room for every point of a shipped brief."""
JOINT = 2
"""Characters that joining one more unit takes."""
Draw = Callable[..., Any]


def bare(text: str) -> str:
    return re.sub(r"[^\w]+", "", fold(text))


def stands_alone(text: str, language: Any) -> bool:
    """Whether a point can stand without its neighbour: one that leans back goes with what it leans on."""
    return not unit(text, "", language).tied


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_it_fits_invents_nothing_and_keeps_the_brief(file: Path, draft: Draw) -> None:
    drawn = draft(file)
    assert drawn.drafted.drafts
    for made in drawn.drafted.drafts:
        where = f"{made.network} v{made.variant}: {made.text}"
        network = get(made.network)
        assert counting.measure(made.text, network).fits, where
        assert not [f.id for f in made.findings if f.level == "error"], where
        assert not [(f.id, f.values) for f in made.findings if f.id.startswith("grounding.")], where
        assert "".join(piece.text for piece in made.provenance.pieces) == made.text, where
        if made.variant == 1 and not is_title(network):
            said, wanted = bare(made.text), (*drawn.brief.key_points, *drawn.brief.facts.values())
            room = network.limit - made.length - JOINT
            missing = [
                one for one in wanted if bare(one) not in said and not says(made.text, one, made.language) and not places(made.text, one)
            ]
            assert not [one for one in missing if network.limit >= ROOM or (len(one) < room and stands_alone(one, made.language))], where
        for wanted in drawn.brief.must_include:
            assert bare(wanted) in bare(made.text), where
