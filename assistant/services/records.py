"""What of a brand can be found by search: its posts, the passages of its guide, its approved replies, its facts."""

from collections.abc import Iterable, Iterator

from assistant.brands.kit import Kit
from assistant.documents.chunking import passages
from assistant.posts import Post
from assistant.retrieval.records import Record


def records_of(kit: Kit, posts: Iterable[Post]) -> Iterator[Record]:
    """Every record of one brand; banned posts too, so that search knows to leave them out."""
    for post in posts:
        yield _of_post(post)
    for page in kit.guide:
        for passage in passages(page.text, page.name):
            yield Record(id=passage.id, collection="guide", text=passage.text, title=passage.heading)
    for number, reply in enumerate(kit.playbook.approved):
        yield Record(id=f"reply-{number + 1}", collection="reply", text=reply.text, network=reply.network, title=reply.why)
    for fact in kit.facts:
        yield Record(id=fact.id, collection="fact", text=f"{fact.name} : {fact.value}", title=fact.name)


def _of_post(post: Post) -> Record:
    return Record(
        id=post.id,
        collection="post",
        text=post.text,
        network=post.network,
        account=post.account,
        published_at=post.published_at,
        url=post.url,
        format=post.format,
        kind=post.kind,
        metrics=post.metrics,
        pinned=post.pinned,
        banned=post.banned,
    )
