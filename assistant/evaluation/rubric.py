"""The rubric's scoring sheet, version 1: its criteria, hard faults, tics and words. The rubric itself is `docs/evaluation/rubric.md`."""

VERSION = 1
VERDICTS = ("send", "small_edit", "rewrite")
"""From the mildest to the severest."""
KINDS = ("post", "reply", "contest")
GUESSES = ("person", "machine", "cannot_tell")
GENERAL = ("S1", "S2", "S3", "S4", "S5")
OF_POSTS = ("P1", "P2", "P3", "P4", "P5")
OF_REPLIES = ("R1", "R2", "R3", "R4", "R5", "R6")
OF_CONTESTS = ("C1", "C2", "C3", "C4", "C5", "C6")
OF_SETS = ("V1", "V2", "V3")
CRITERIA = GENERAL + OF_POSTS + OF_REPLIES + OF_CONTESTS
OF_KIND = {"post": GENERAL + OF_POSTS, "reply": GENERAL + OF_REPLIES, "contest": GENERAL + OF_CONTESTS}
DOUBLE = ("S1", "S2", "P1", "R1", "R4", "C3", "C4")
"""Criteria that weigh twice in a text's overall mean."""
CAPPED = 2.0
"""The most a text with a confirmed hard fault can reach overall."""
HARD_FAULTS = tuple(f"G{number:02}" for number in range(1, 12))
UNQUOTABLE = ("G02", "G03", "G11")
"""Faults of what is missing or too long: there may be nothing in the text to quote."""
TICS = tuple(f"T{number:02}" for number in range(1, 26))

HEADER = (
    *("sheet", "reader", "text_id", "set_id", "kind", "network", "language", "first_verdict", "verdict"),
    *("small_edit_from", "small_edit_to", "hard_faults", "tics"),
    *CRITERIA,
    *OF_SETS,
    *("author_guess", "best_words", "worst_words", "pair_other_id", "pair_preferred", "pair_why"),
)
"""Columns of the sheet as CSV: the rubric's object, flat."""
NEEDED = ("reader", "text_id", "verdict")


def s5(tics: int) -> int:
    """The score that so many different tics give."""
    return max(5 - tics, 1)
