"""How much of a brand's own material a prompt shows: as much as has room, less for a model that can read less."""

from dataclasses import dataclass

MOST_TOKENS = 4_000
"""Of a whole prompt, counted with o200k: what a small model of one's own still reads well."""
ADDED = 100
"""Of these, kept free for what goes in on the way: stand-ins for customers, and the line that says what they are."""


@dataclass(frozen=True)
class Fullness:
    """How many of each, at most. Rules, facts, terms and the brief itself are never shortened."""

    posts: int = 4
    post_characters: int = 1_500
    """Of all past posts together; the first is shown in any case."""
    passages: int = 2
    passage_characters: int = 700
    models: int = 2
    corrections: int = 6
    contrasts: bool = True
    """Beside each trait of the voice what does not sound like it."""
    kit_facts: int = 6
    lines: int = 4
    recent: int = 6


LADDER = (
    Fullness(),
    Fullness(posts=3, post_characters=1_200, passages=1, passage_characters=400, kit_facts=5, lines=3, recent=4),
    Fullness(posts=3, post_characters=900, passages=1, passage_characters=250, kit_facts=4, lines=2, recent=3),
    Fullness(posts=2, post_characters=700, passages=0, models=1, corrections=5, kit_facts=3, lines=2, recent=3),
    Fullness(posts=1, post_characters=400, passages=0, models=1, corrections=3, kit_facts=2, lines=1, recent=2),
)
"""From all to less: the first rung that leaves `ADDED` of `MOST_TOKENS` free is sent, the last one in any case. What belongs to the
brand is the same on all rungs but the last, so that networks share it."""

LEAN = Fullness(posts=1, post_characters=300, passages=0, models=0, corrections=0, contrasts=False, kit_facts=2, lines=0, recent=0)
"""For a model that said that the prompt was too long for it."""
