"""What a brand does in its own posts is its voice: how often they would earn each style finding, counted when it is asked for."""

from collections import Counter
from dataclasses import replace

from assistant.checks.check import Check
from assistant.checks.context import CheckContext, Habits
from assistant.checks.history import latest
from assistant.checks.memory import Kept
from assistant.checks.reading import View
from assistant.findings import Finding
from assistant.messages import Language
from assistant.networks.catalogue import family
from assistant.posts import Post
from assistant.text import fold

STYLE = ("typography.", "tics.", "notes.", "accessibility.", "limits.unicode_font")
"""Prefixes of what is style: weighed by what the brand itself does."""
WORDED = ("tics.", "notes.", "accessibility.capitals")
"""Findings whose very wording may be the brand's own, a standing title for instance."""
ONLY_WORDED = "notes."
"""Each short form is a habit of its own: « rdv » in every post allows no « bcp »."""
VOICE = ("tics.", "notes.")
"""What is no slip at all where the brand writes like that."""
HABIT = 0.1
"""From this share of its posts on, what a brand does is a habit."""
WORDING = 0.01
"""A tic's very wording is the brand's own from this share, and from two posts, on."""
ENOUGH = 10
"""With fewer posts nothing is known of habits."""
READ = 300
"""Posts read to know them: the latest of the account's network, of all networks where it has too few."""


class PastHabits:
    """A brand's posts, read for one check, network and language at a time."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self._posts = [post for post in posts if not post.banned]
        self._counted: dict[tuple[str, str, Language], tuple[int, Counter[str]]] = {}

    def counts(self, check: Check, context: CheckContext) -> tuple[int, Counter[str]]:
        """How many posts were read, and in how many of them each finding (and each wording of it) came up."""
        key = (check.prefix, family(context.network.key), context.language)
        if key not in self._counted:
            posts = self._of_network(key[1])
            counter: Counter[str] = Counter()
            bare = replace(context, brief=None, past_posts=(), recent_drafts=(), other_marks=(), evidence=(), habits=Habits())
            for post in posts:
                counter.update({mark for finding in check.run(View(post.text), bare) for mark in marks(finding)})
            self._counted[key] = (len(posts), counter)
        return self._counted[key]

    def _of_network(self, network: str) -> list[Post]:
        own = [post for post in self._posts if family(post.network) == network]
        chosen = own if len(own) >= ENOUGH else self._posts
        return latest(chosen, READ)


PAST: Kept[tuple[Post, ...], PastHabits] = Kept(PastHabits)


def marks(finding: Finding) -> tuple[str, str]:
    """What is counted of a finding: its id, and its id with its wording."""
    return finding.id, f"{finding.id} {fold(str(finding.values.get('text', '')))}"


def weighed(finding: Finding, check: Check, context: CheckContext) -> Finding | None:
    """A style finding as it stands for this brand: a habit of its own is no tic, and no more than a remark elsewhere."""
    if finding.level == "info" and not finding.id.startswith(VOICE):
        return finding
    if not _is_habit(finding, check, context):
        return finding
    return None if finding.id.startswith(VOICE) else replace(finding, level="info")


def _is_habit(finding: Finding, check: Check, context: CheckContext) -> bool:
    if context.habits is not None:
        return context.habits.posts >= ENOUGH and context.habits.rate(finding.id) >= HABIT
    if not context.past_posts:
        return False
    posts, counter = PAST.of(context.past_posts).counts(check, context)
    if posts < ENOUGH:
        return False
    id, wording = marks(finding)
    lexical = id.startswith(WORDED) and counter[wording] >= max(2, WORDING * posts)
    return lexical or (not id.startswith(ONLY_WORDED) and counter[id] >= HABIT * posts)


def measure(posts: tuple[Post, ...], checks: tuple[Check, ...], context: CheckContext) -> Habits:
    """The rates of a brand's posts for `context.habits`, for callers that keep them."""
    totals: dict[str, float] = {}
    read = 0
    for check in checks:
        if any(rule.id.startswith(STYLE) for rule in check.rules):
            read, counter = PAST.of(posts).counts(check, context)
            totals |= {id: count / read for id, count in counter.items() if read and " " not in id}
    return Habits(read, totals)
