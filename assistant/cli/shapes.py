"""The contract's JSON shapes of what the services hand back."""

from typing import TYPE_CHECKING, Any

from assistant.drafts import Draft, Item
from assistant.evidence import Evidence
from assistant.findings import Finding
from assistant.messages import Language, Message, render
from assistant.usage import ModelUse, Usage

if TYPE_CHECKING:
    from assistant.brands.voice import VoiceScore


def finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding: id, level, field, sentence, mend, span."""
    return {
        "id": finding.id,
        "level": finding.level,
        "field": finding.field,
        "message": finding.message(language),
        "hint": finding.hint(language),
        "span": list(finding.span) if finding.span else None,
    }


def evidence_json(one: Evidence, language: Language) -> dict[str, Any]:
    """A search result; `reasons` holds the numbers and, in `said`, the sentences."""
    return {
        "id": one.id,
        "collection": one.collection,
        "network": one.network,
        "text": one.text,
        "score": round(one.score, 6),
        "reasons": {**{name: round(value, 4) for name, value in one.signals.items()}, "said": said_list(one.reasons, language)},
        "engine": one.engine,
        "account": one.account,
        "published_at": one.published_at.isoformat() if one.published_at else None,
        "url": one.url,
        "percentile": one.percentile,
        "pinned": one.pinned,
    }


def voice_json(score: "VoiceScore", language: Language) -> dict[str, Any]:
    """The voice score, 0 to 1, with its reasons and the words that decided."""
    reasons = [{"message": render(one.message, language), "good": one.good, "quote": one.quote} for one in score.reasons]
    return {"score": round(score.score, 3), "reasons": reasons}


def draft_json(draft: Draft, language: Language) -> dict[str, Any]:
    """A draft with its findings, its sources and where each run of its text comes from."""
    made = draft.provenance
    return {
        "id": draft.id,
        "network": draft.network,
        "variant": draft.variant,
        "angle": render(draft.angle, language),
        "language": draft.language,
        "text": draft.text,
        "parts": list(draft.parts),
        "first_comment": draft.first_comment,
        "alt_text": draft.alt_text,
        "visual_brief": draft.visual_brief,
        "length": draft.length,
        "limit": draft.limit,
        "findings": [finding_json(one, language) for one in draft.findings],
        "evidence": [source.id for source in draft.evidence],
        "provenance": {
            "writer": made.writer,
            "seed": made.seed,
            "kit_version": made.kit_version,
            "brief_hash": made.brief_hash,
            "brief_id": draft.brief_id,
            "opening": made.opening,
            "layout_posts": made.layout,
            "pieces": [{"text": piece.text, "source": piece.source} for piece in made.pieces],
            "left_out": list(made.left_out),
            "model": model_json(made.model) if made.model else None,
            "revisions": made.revisions,
            "mends": list(made.mends),
        },
    }


def model_json(use: ModelUse) -> dict[str, Any]:
    """What a model did for a draft; tokens of a call that made several variants together are counted whole on each of them."""
    return {
        "name": use.model,
        "host": use.host,
        "method": use.method,
        "prompts": list(use.prompts),
        "calls": use.calls,
        "shared": use.shared,
        "usage": usage_json(use.usage),
        "cost": use.cost or None,
    }


def usage_json(usage: Usage) -> dict[str, Any]:
    """Tokens sent and received, those of them that the server had cached, and whether they were counted here."""
    return {"sent": usage.sent, "received": usage.received, "cached": usage.cached, "approximate": usage.approximate}


def item_json(item: Item, language: Language, actions: tuple[str, ...] = ()) -> dict[str, Any]:
    """An item of the queue with its state and history."""
    return {
        "id": item.id,
        "brand": item.brand,
        "state": str(item.state),
        "version": item.version,
        "author": item.author,
        "created_at": item.created_at.isoformat(),
        "updated_at": item.updated_at.isoformat(),
        "sealed": item.sealed or None,
        "actions": list(actions),
        "draft": draft_json(item.draft, language),
        "history": [
            {
                "at": one.at.isoformat(),
                "actor": one.actor,
                "action": str(one.action),
                "from": str(one.before),
                "to": str(one.after),
                "version": one.version,
                "seal": one.seal,
                "reason": one.reason,
                "findings": list(one.findings),
            }
            for one in item.history
        ],
    }


def said_list(messages: tuple[Message, ...], language: Language) -> list[str]:
    """Messages as sentences."""
    return [render(one, language) for one in messages]
