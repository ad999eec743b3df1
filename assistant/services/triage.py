"""Reading comments for a brand: the rules, then what its playbook says. Nothing is stored."""

from collections.abc import Iterator

from assistant.assessments import Assessment
from assistant.brands.kit import Kit
from assistant.comments import Comment
from assistant.documents.comment_rows import every_comment
from assistant.inbox.decisions import decide
from assistant.triage import triage


def assess(kit: Kit, text: str) -> Assessment:
    """What a comment under this brand's posts is and needs."""
    return decide(triage(text, kit.language), kit.playbook)


def assess_file(kit: Kit, data: bytes, name: str) -> Iterator[tuple[Comment, Assessment]]:
    """Every row of a CSV or XLSX file with its assessment, in order. Raises InputError for a file that cannot be read."""
    for comment in every_comment(data, name, time_zone=kit.time_zone):
        yield comment, assess(kit, comment.text)
