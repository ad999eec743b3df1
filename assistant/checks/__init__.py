"""WHETHER a text may go out: limits, leftovers, brand, language, sources, copies, typography, accessibility, tics.

A check is data (`check.Check`): what it looks at, the findings it can make, the function that looks. `run` applies all of
them to the fields that leave Plume; `declared` lists every finding there can be.
"""

from assistant.checks.check import Check, Rule
from assistant.checks.context import CheckContext, Checked, Habits, OtherMark
from assistant.checks.desk import CHECKS, declared, habits_of, run

__all__ = ["CHECKS", "Check", "CheckContext", "Checked", "Habits", "OtherMark", "Rule", "declared", "habits_of", "run"]
