"""A small brand, a brief and answers, for the prompted writer."""

from dataclasses import replace
from typing import Any

from assistant.brands.kit import EmojiPolicy, HashtagPolicy, Kit, Term, Terms
from assistant.briefs import Brief
from assistant.drafting.prompted.writer import PromptedWriter
from assistant.drafting.writer import Composition, WriteRequest
from assistant.drafts import Draft, Piece, Provenance
from assistant.models.base import Step, Watch
from assistant.models.scripted import ScriptedModel
from assistant.prompts import Prompts
from assistant.usage import Usage
from tests.drafting.builtin.conftest import request_for, small_kit
from tests.prompts.shipped import ROOT

PROMPTS = Prompts(ROOT / "prompts")
BRIEF = Brief(
    subject="Atelier dégustation",
    purpose="event",
    key_points=("On goûte six thés noirs à l’aveugle", "Le dernier se boit froid"),
    facts={"date": "samedi 5 décembre 2026", "heure": "15 h", "prix": "18 €", "lieu": "12 rue des Capucins"},
)
TEXTS = (
    "Six thés noirs, les yeux fermés. Samedi 5 décembre 2026 à 15 h, 12 rue des Capucins, 18 €.",
    "Le dernier se boit froid. On en goûte cinq autres avant, samedi 5 décembre 2026, 15 h, 18 €, 12 rue des Capucins.",
    "Samedi 5 décembre 2026, 15 h : une table, six tasses, pas une étiquette. 18 €, 12 rue des Capucins.",
)
ENGLISH = Terms(
    preferred=(Term(term="boat", instead_of=("vessel",)),),
    avoid=(Term(term="journey", alternative="crossing"), Term(term="eatery", alternative="café")),
)


def kit(**changes: Any) -> Kit:
    """A tea shop with words, signs and tags of its own."""
    terms = Terms(
        preferred=(Term(term="à l’unité", instead_of=("au détail",)), Term(term="boutique", instead_of=("magasin",))),
        avoid=(Term(term="découvrir", alternative="goûter"),),
    )
    own: dict[str, Any] = {
        "terms": terms,
        "emoji": EmojiPolicy(max=1, allowed=("🍵", "☕"), banned=("✨", "👉")),
        "hashtags": HashtagPolicy(brand=("#Valbrune",), banned=("#BonPlan",), max={"facebook": 1}),
    }
    return small_kit(**(own | changes))


def asked(brief: Brief = BRIEF, network: str = "facebook", **changes: Any) -> WriteRequest:
    """A request for that brand."""
    return request_for(brief, network, **({"kit": kit()} | changes))


def variant(text: str, angle: str = "le thé d’abord", **more: str) -> dict[str, str]:
    """One variant of an answer."""
    return {"angle": angle, "text": text, "first_comment": "", "alt_text": "", "visual_brief": "", **more}


def answer(*texts: str) -> dict[str, object]:
    """An answer of the right shape."""
    return {"variants": [variant(text) for text in texts]}


def revised(text: str, **more: str) -> dict[str, str]:
    """A revised text."""
    return {"text": text, "first_comment": "", "alt_text": "", "visual_brief": "", **more}


def writer(*answers: Any) -> tuple[PromptedWriter, ScriptedModel]:
    """The writer on a scripted model."""
    model = ScriptedModel(answers)
    return PromptedWriter(model, PROMPTS, lambda usage: f"{usage.total} tokens"), model


def composition(text: str, **more: Any) -> Composition:
    """What a model made."""
    from assistant.messages import Message

    made = Composition(text=text, angle=Message("angle.model.none"), pieces=(Piece(text, "model"),), opening="statement")
    return replace(made, **more)


def draft_of(request: WriteRequest, made: Composition, text: str = "") -> Draft:
    """The draft that the pipeline makes of a composition."""
    pieces = made.pieces if not text else (Piece(text, "model"),)
    provenance = Provenance("scripted", 0, "", "", pieces, opening=made.opening, model=made.model, mends=made.mends)
    return Draft(
        id="d1",
        brand=request.kit.slug,
        network=request.network.key,
        account="",
        variant=1,
        angle=made.angle,
        language=request.language,
        text=text or made.text,
        length=0,
        limit=0,
        provenance=provenance,
        first_comment=made.first_comment,
        alt_text=made.alt_text,
        visual_brief=made.visual_brief,
    )


class Listening(Watch):
    """Who waits, and remembers what it heard."""

    def __init__(self, gives_up: bool = False) -> None:
        self.steps: list[Step] = []
        self.outcomes: list[str] = []
        self.gives_up = gives_up

    def heard(self, step: Step) -> None:
        self.steps.append(step)

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        self.outcomes.append(outcome)

    def cancelled(self) -> bool:
        return self.gives_up
