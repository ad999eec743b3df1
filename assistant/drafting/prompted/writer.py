"""The prompted writer: a model writes, from a prompt that holds everything a person would need to write the post.

One call brings all the variants of a network. What comes back is data: what stands around a text goes, near copies go, and
the same checks as for any other text decide the rest.
"""

from collections.abc import Callable
from dataclasses import replace

import regex
from rapidfuzz import fuzz

from assistant.brands.openings import opening_of, opening_sentence
from assistant.drafting.builtin.extras import link_shown
from assistant.drafting.builtin.gaps import is_thin, questions
from assistant.drafting.builtin.material import Material, collect
from assistant.drafting.prompted.answers import PostAnswer, RevisedAnswer, Variant
from assistant.drafting.prompted.asking import Asking, added
from assistant.drafting.prompted.material import post_inputs, revise_inputs
from assistant.drafting.prompted.mending import harmless
from assistant.drafting.prompted.revised import lost, of_the_person, passage_of, put_in, restored
from assistant.drafting.wishes import Wish, unmet
from assistant.drafting.writer import Composition, WriteRequest, Written
from assistant.drafts import Draft, Piece
from assistant.errors import ModelAnswerUnusable
from assistant.findings import Finding
from assistant.messages import Message
from assistant.models.base import ChatModel
from assistant.prompts import Prompts, in_line
from assistant.text import fold
from assistant.usage import ModelUse, Usage

ALIKE = 90
"""Two texts more alike than this (rapidfuzz ratio, 100: the same) are one: synonyms make no variant."""
LONGER = 1.4
"""How much longer than usual a text may get."""
ANGLE = 40
"""Characters of an angle's name: three words."""
AROUND = " .,:;!?…«»“”\"'’()[]{}*_-–—"


class PromptedWriter:
    """Writes with a model: one call per network for all variants. Raises ModelError as the model does."""

    def __init__(self, model: ChatModel, prompts: Prompts, price: Callable[[Usage], str] = lambda usage: "") -> None:
        self.model = model
        self.prompts = prompts
        self.price = price

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    def write(self, request: WriteRequest) -> Written:
        """The variants for one network, each with an opening of its own, with questions where the brief is thin. Raises ModelError."""
        material = collect(request)
        asking = Asking(
            model=self.model,
            prompts=self.prompts,
            brand=request.kit.slug,
            language=request.language,
            watch=request.watch,
            schema=PostAnswer,
            prompt=lambda fullness: self.prompts.render("post", request.language, post_inputs(request, fullness, material)),
            problem=lambda answer: None if any(one.text.strip() for one in answer.variants) else Message("prompted.no_variant"),
            texts=request.variants,
            longest=int(request.layout.length[2] * LONGER),
        ).answered()
        every = [harmless(_composition(one, request), request) for one in asking.value.variants if one.text.strip()]
        made = _different(every, request)
        use = self._priced(replace(asking.use, shared=max(1, len(made))))
        few = len(made) < request.variants
        return Written(
            compositions=tuple(replace(one, model=use) for one in made),
            questions=questions(request, material, few=few),
            warnings=_warnings(request, material, len(made)),
        )

    def revise(
        self,
        request: WriteRequest,
        draft: Draft,
        findings: tuple[Finding, ...],
        wish: str | None = None,
        span: tuple[int, int] | None = None,
        locked: tuple[str, ...] = (),
    ) -> Composition:
        """`draft` again, without what the findings name, or as wished; what is `locked` stays to the sign. Raises ModelError.

        With a `span` the rest of the text stays as it is. The model's use is that of the whole draft, this call added.
        """
        kept = of_the_person(draft, locked)

        def problem(answer: RevisedAnswer) -> Message | None:
            if not answer.text.strip():
                return Message("prompted.no_variant")
            whole = put_in(passage_of(answer.text, draft.text, span), draft.text, span)
            if gone := lost(whole, kept):
                return Message("prompted.touched", {"words": in_line(gone[0])})
            return unmet(request.brief, draft, restored(whole, kept), Wish(wish.strip().replace(" ", "-"), span), kept) if wish else None

        asking = Asking(
            model=self.model,
            prompts=self.prompts,
            brand=request.kit.slug,
            language=request.language,
            watch=request.watch,
            schema=RevisedAnswer,
            prompt=lambda fullness: self.prompts.render(
                "revise", request.language, revise_inputs(request, fullness, draft, findings, wish or "", span, kept)
            ),
            problem=problem,
            longest=int(len(draft.text) * LONGER),
        )
        try:
            answered = asking.answered()
        except ModelAnswerUnusable as error:
            raise _in_words(error) from error
        made = _revised(answered.value, request, draft, span, kept)
        return replace(made, model=self._priced(added(draft.provenance.model, answered.use)))

    def _priced(self, use: ModelUse) -> ModelUse:
        return replace(use, cost=self.price(use.usage))


def _in_words(error: ModelAnswerUnusable) -> ModelAnswerUnusable:
    """The error, for a person: what an answer did to their text, or to their wish, rather than what is wrong with its form."""
    problem = error.values.get("problem")
    if not isinstance(problem, Message):
        return error
    if problem.id == "prompted.touched":
        return ModelAnswerUnusable("prompted.locked_lost")
    return ModelAnswerUnusable(problem.id, **problem.values) if problem.id.startswith("wish.") else error


def _composition(variant: Variant, request: WriteRequest) -> Composition:
    return Composition(
        text=variant.text,
        angle=angle_of(variant.angle),
        pieces=(Piece(variant.text, "model"),),
        opening="",
        first_comment=variant.first_comment.strip(),
        alt_text=variant.alt_text.strip(),
        visual_brief=in_line(variant.visual_brief),
    )


def angle_of(said: str) -> Message:
    """The angle as the model names it, cut to about three words."""
    words = in_line(said).strip(AROUND)
    if len(words) > ANGLE:
        words = words[: ANGLE + 1].rpartition(" ")[0].strip(AROUND) or words[:ANGLE]
    return Message("angle.model", {"words": words}) if words else Message("angle.model.none")


def _different(every: list[Composition], request: WriteRequest) -> list[Composition]:
    """At most as many as asked for, none with the opening sentence or nearly the whole text of another."""
    kept: list[Composition] = []
    for one in every:
        if len(kept) < request.variants and one.text and not any(_alike(one.text, other.text) for other in kept):
            kept.append(replace(one, opening=opening_of(one.text, request.language)))
    return kept


def _alike(a: str, b: str) -> bool:
    first = [regex.sub(r"\W+", " ", fold(opening_sentence(text))).strip() for text in (a, b)]
    return (first[0] == first[1] and bool(first[0])) or fuzz.ratio(fold(a), fold(b)) >= ALIKE


def _warnings(request: WriteRequest, material: Material, made: int) -> tuple[Message, ...]:
    found = []
    if made < request.variants:
        found.append(Message("writer.fewer_variants", {"count": made, "made": made, "asked": request.variants}))
    if is_thin(material):
        found.append(Message("writer.thin"))
    if material.link and not link_shown(request, material):
        found.append(Message("writer.link_not_shown", {"network": Message(f"network.{request.network.key}")}))
    return tuple(found)


def _revised(
    answer: RevisedAnswer, request: WriteRequest, draft: Draft, span: tuple[int, int] | None, kept: tuple[str, ...]
) -> Composition:
    """What the pipeline is handed: the new words set in order, what the person wrote put back to the sign."""
    new = Composition(
        text=passage_of(answer.text, draft.text, span),
        angle=draft.angle,
        pieces=(),
        opening="",
        left_out=draft.provenance.left_out,
        first_comment=draft.first_comment if span else answer.first_comment.strip() or draft.first_comment,
        alt_text=draft.alt_text if span else answer.alt_text.strip() or draft.alt_text,
        visual_brief=draft.visual_brief if span else in_line(answer.visual_brief) or draft.visual_brief,
        mends=draft.provenance.mends,
    )
    made = harmless(new, request)
    whole = restored(put_in(made.text, draft.text, span), kept)
    return replace(made, text=whole, pieces=(Piece(whole, "model"),), opening=opening_of(whole, request.language))
