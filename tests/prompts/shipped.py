"""Requests as the pipeline makes them, on the shipped kits: posts and guide as evidence, with reasons, and ten drafts before."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.documents.chunking import Passage, passages
from assistant.drafting.builtin.units import content
from assistant.drafting.writer import Recent, WriteRequest
from assistant.evidence import Evidence
from assistant.messages import Language, Message
from tests.drafting.builtin.conftest import Shipped

ROOT = Path(__file__).parents[2]
SLUGS = ("vaudrille", "thole-ferry", "rotelier")
EXAMPLES, PASSAGES, RECENT = 4, 2, 10


class Brands(Shipped):
    """The shipped kits, with what retrieval would bring."""

    def __init__(self) -> None:
        super().__init__()
        self._layouts: dict[tuple[str, str, Language], Layout] = {}

    def layout(self, slug: str, network: str, language: Language) -> Layout:
        """As measured once."""
        key = (slug, network, language)
        if key not in self._layouts:
            self._layouts[key] = super().layout(slug, network, language)
        return self._layouts[key]

    def full(self, slug: str, brief: Brief, network: str, **changes: Any) -> WriteRequest:
        """A request with everything in it: four posts, two passages, ten drafts before."""
        request = self.request(slug, brief, network)
        own = [post for post in self.posts(slug) if post.network == network.removesuffix("-premium")]
        recent = tuple(Recent(post.text, "statement", ()) for post in own[:RECENT])
        evidence = (*self._examples(slug, brief, network), *self._passages(slug, brief, request.language))
        return replace(request, **{"evidence": evidence, "recent": recent, **changes})

    def _examples(self, slug: str, brief: Brief, network: str) -> tuple[Evidence, ...]:
        language = self.kits[slug].language
        topic = content(" ".join((brief.subject, *brief.key_points)), language)

        def near(post: Any) -> tuple[int, int]:
            return len(_words(post.text, language) & topic) + 2 * (post.network == network), post.metrics.engagement or 0

        best = sorted(self.posts(slug), key=near, reverse=True)[:EXAMPLES]
        top = Message("retrieval.reason.top", {"share": 6, "network": Message(f"network.{network}")})
        reasons = (top, Message("retrieval.reason.days", {"count": 41}))
        return tuple(Evidence(post.id, "post", post.text, 1.0, "scan", post.network, reasons=reasons) for post in best)

    def _passages(self, slug: str, brief: Brief, language: Language) -> tuple[Evidence, ...]:
        topic = content(" ".join((brief.subject, *brief.key_points)), language)
        found = [(page.name, one) for page in self.kits[slug].guide for one in _passages(page.text, page.name)]
        best = sorted(found, key=lambda pair: -len(_words(pair[1].text, language) & topic))[:PASSAGES]
        return tuple(Evidence(f"{name}:{one.id}", "guide", one.text, 1.0, "scan") for name, one in best)


@cache
def _passages(text: str, name: str) -> tuple[Passage, ...]:
    return passages(text, name)


@cache
def _words(text: str, language: Language) -> frozenset[str]:
    return content(text, language)


@cache
def brands() -> Brands:
    """The shipped kits, read once in a run."""
    return Brands()
