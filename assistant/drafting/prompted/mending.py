"""What can be set right in a model's text without a model, and without touching a fact: each mend has a name.

`harmless` runs on everything a model writes; `mended` once no model is asked any more, for what the checks still find.
A mend that would change a number, a link, a handle, a code or a name is not made.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from assistant.drafting.builtin.material import SPACES_HOURS
from assistant.drafting.prompted import rewording, signs, wrapping
from assistant.drafting.prompted.facts_kept import same_facts
from assistant.drafting.writer import Composition, WriteRequest
from assistant.drafts import Piece
from assistant.findings import Finding
from assistant.typography import narrow_on, set_hours, typeset

Change = Callable[[str, WriteRequest], str]
FIELDS = ("text", "first_comment", "alt_text")


@dataclass(frozen=True)
class Mend:
    """One way of setting something right."""

    id: str
    """The message that names it: `mend.typography`."""
    change: Change
    answers: tuple[str, ...] = ()
    """Beginnings of the finding ids that call for it; empty: always."""
    tags_may_go: bool = False
    lead_may_go: bool = False
    """Words in front of the text may go: « Voici le post : »."""


def _whitespace(text: str, request: WriteRequest) -> str:
    return wrapping.evenly_spaced(text)


def _unwrapped(text: str, request: WriteRequest) -> str:
    return wrapping.unwrapped(text, request.brief)


def _unmarked(text: str, request: WriteRequest) -> str:
    return text if request.network.markdown else wrapping.unmarked(text)


def _typeset(text: str, request: WriteRequest) -> str:
    variant = request.kit.variant(request.language)
    set_ = typeset(text, variant, narrow=narrow_on(request.network.key))
    return set_hours(set_, variant) if SPACES_HOURS.of(request.kit) else set_


WRAPPING = Mend("mend.wrapping", _unwrapped, lead_may_go=True)
MARKDOWN = Mend("mend.markdown", _unmarked)
WHITESPACE = Mend("mend.whitespace", _whitespace)
TYPOGRAPHY = Mend("mend.typography", _typeset)
HARMLESS = (WHITESPACE, WRAPPING, MARKDOWN, WHITESPACE, TYPOGRAPHY)
"""In this order: a surplus line may hide what stands around the text."""
BY_FINDING = (
    Mend("mend.hashtags", signs.without_surplus_hashtags, ("brand.hashtag", "limits.hashtags"), tags_may_go=True),
    Mend("mend.emoji", signs.without_surplus_emoji, ("brand.emoji",)),
    Mend("mend.preferred", rewording.in_house_words, ("brand.preferred", "brand.avoid")),
)


def harmless(made: Composition, request: WriteRequest) -> Composition:
    """`made` without what surrounds a text, without Markdown and surplus white space, in the house's typography."""
    return _through(made, request, HARMLESS)


def mended(made: Composition, request: WriteRequest, findings: tuple[Finding, ...]) -> Composition:
    """`made` rid of what `findings` name and a rule can mend; what no finding minds stays."""
    ids = {finding.id for finding in findings}
    wanted = [mend for mend in BY_FINDING if _called_for(mend, ids)]
    return _through(made, request, (*wanted, *HARMLESS))


def _called_for(mend: Mend, ids: Collection[str]) -> bool:
    return any(id.startswith(mend.answers) for id in ids)


def _through(made: Composition, request: WriteRequest, mends: tuple[Mend, ...]) -> Composition:
    texts = {name: str(getattr(made, name)) for name in FIELDS}
    done: list[str] = list(made.mends)
    for mend in mends:
        for name, before in texts.items():
            after = mend.change(before, request) if before else before
            if after != before and after.strip() and same_facts(before, after, tags_may_go=mend.tags_may_go, lead_may_go=mend.lead_may_go):
                texts[name] = after
                done.append(mend.id)
    return replace(
        made,
        text=texts["text"],
        first_comment=texts["first_comment"],
        alt_text=texts["alt_text"],
        pieces=made.pieces if texts["text"] == made.text else (Piece(texts["text"], "model"),),
        mends=tuple(dict.fromkeys(done)),
    )
