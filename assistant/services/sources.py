"""What a draft was made with, for the person who reads it: past posts and passages of the guide, as they are kept today."""

from dataclasses import dataclass

from assistant.documents.chunking import passages
from assistant.drafts import Draft, Source
from assistant.services.desk import Services


@dataclass(frozen=True)
class Shown:
    """A source of a draft with its text."""

    source: Source
    text: str
    """Empty where it is no longer kept."""
    network: str = ""
    title: str = ""


def of(services: Services, draft: Draft) -> list[Shown]:
    """The draft's sources in the order in which they were found."""
    posts = services.stores.posts.by_ids(draft.brand, [one.id for one in draft.evidence if one.collection == "post"])
    guide = {found.id: found for page in services.shelf.kit(draft.brand).guide for found in passages(page.text, page.name)}
    shown = []
    for one in draft.evidence:
        post, passage = posts.get(one.id), guide.get(one.id)
        if one.collection == "post":
            shown.append(Shown(one, post.text if post else "", network=post.network if post else ""))
        else:
            shown.append(Shown(one, passage.text if passage else "", title=passage.heading if passage else ""))
    return shown
