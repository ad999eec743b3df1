"""From a request to what a prompt is filled with. Everything a person would need to write the post, and nothing of another brand."""

from collections.abc import Sequence

from assistant.drafting.builtin.material import Material, collect
from assistant.drafting.prompted.brand import brand_inputs, entries, said, tag
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.prompted.place import lines_of, place_inputs
from assistant.drafting.prompted.told import brief_inputs, disclosures_of, endings_of, examples_of, kit_facts_of, openings_of, passages_of
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Draft
from assistant.findings import Finding
from assistant.messages import Language, Message, has, render
from assistant.prompts import block, in_line

NOT_FOR_REVISING = ("about", "audience", "models", "disclosures")
"""A text that stands needs no models any more."""


def post_inputs(request: WriteRequest, fullness: Fullness, material: Material | None = None) -> dict[str, str]:
    """The inputs of the prompt `post`. `material` saves reading the brief twice."""
    language = request.language
    return {
        **common_inputs(request, fullness),
        "examples": examples_of(request.evidence, language, fullness),
        "passages": passages_of(request.evidence, language, fullness),
        "lines": lines_of(request, material or collect(request), fullness),
        "openings": openings_of(request.recent, fullness),
        "endings": endings_of(request.recent, fullness),
        "variants": str(request.variants),
    }


def common_inputs(request: WriteRequest, fullness: Fullness) -> dict[str, str]:
    """What writing and revising share: the brand, the network, the brief, the facts of the day."""
    return {
        **brand_inputs(request.kit, request.language, fullness),
        **place_inputs(request),
        **brief_inputs(request),
        "kit_facts": kit_facts_of(request, fullness),
        "disclosures": disclosures_of(request),
    }


def revise_inputs(
    request: WriteRequest,
    fullness: Fullness,
    draft: Draft,
    findings: Sequence[Finding],
    wish: str,
    span: tuple[int, int] | None,
    locked: Sequence[str],
) -> dict[str, str]:
    """The inputs of the prompt `revise`: the draft, what was found in it, what a person wishes, what must stay."""
    language = request.language
    fields = {"first_comment": draft.first_comment, "alt_text": draft.alt_text, "visual_brief": draft.visual_brief}
    kept = dict.fromkeys(text for text in (*locked, *(p.text for p in draft.provenance.pieces if p.source == "person")) if text.strip())
    shared = {name: value for name, value in common_inputs(request, fullness).items() if name not in NOT_FOR_REVISING}
    return {
        **shared,
        "draft": block(tag("text", language), draft.text),
        "first_comment": in_line(fields["first_comment"]),
        "alt_text": in_line(fields["alt_text"]),
        "visual_brief": in_line(fields["visual_brief"]),
        "findings": "\n".join(remark(one, draft, language, number) for number, one in enumerate(findings, 1)),
        "wish": wished(wish, language),
        "locked": entries(in_line(one) for one in kept),
        "passage": block(tag("passage", language), draft.text[span[0] : span[1]]) if span else "",
    }


def remark(finding: Finding, draft: Draft, language: Language, number: int) -> str:
    """A finding in the words of the draft's language: what is the matter, how to mend it, and the passage it points at."""
    said_by = " ".join(filter(None, (finding.message(language), finding.hint(language))))
    fields = {"text": draft.text, "first_comment": draft.first_comment, "alt_text": draft.alt_text}
    quoted = fields.get(finding.field, "")[slice(*finding.span)] if finding.span else ""
    shown = in_line(said_by)
    if quoted.strip() and in_line(quoted) not in shown:
        shown += " " + said("passage", language, words=in_line(quoted))
    where = "" if finding.field == "text" else f" ({finding.field})"
    return f"{number}.{where} {shown}"


def wished(wish: str, language: Language) -> str:
    """A wish in words: those with a button of their own spelled out, any other as the person typed it."""
    known = f"prompted.wish.{wish.strip().replace(' ', '-')}"
    return render(Message(known), language) if has(known) else in_line(wish)
