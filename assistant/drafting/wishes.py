"""A wish about a draft that stands: asked of a writer, held to what must not change, checked and mended like any text.

A wish that is not fulfilled is refused with the reason and changes nothing: a text that is no shorter, that lost a fact of the
brief or a sentence that a person had edited, is put aside.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.brands.openings import opening_sentence
from assistant.briefs import Brief
from assistant.drafting.revision import Mend, badness, mendable
from assistant.drafting.staying import Span, around_is_lost, edited_spans, figures_gone, whose
from assistant.drafting.writer import Composition, Writer, WriteRequest
from assistant.drafts import Draft
from assistant.errors import ModelError, NotAllowed
from assistant.messages import Message
from assistant.models.base import Step
from assistant.text import emojis, fold, graphemes

WISHES = ("shorter", "drier", "warmer", "less-ad", "other-opening", "other-angle", "reworded")
BY_RULES = ("shorter", "drier", "other-opening")
"""What the built-in writer does honestly: it takes out, calms down and changes places, and words nothing."""
OF_ONE_SENTENCE = ("shorter", "drier", "warmer", "less-ad", "reworded")
ANEW = ("other-opening", "other-angle")
"""Wishes after which the text has to begin otherwise."""


@dataclass(frozen=True)
class Wish:
    """What a person wishes of a text, for all of it or for one sentence."""

    kind: str
    span: Span | None = None

    @property
    def named(self) -> str:
        """Its message id, as the history keeps it."""
        return f"wish.{self.kind}.sentence" if self.span else f"wish.{self.kind}"


@dataclass(frozen=True)
class Granting:
    """Who fulfils a wish, and how its text becomes a draft with findings."""

    writer: Writer
    request: WriteRequest
    checked: Callable[[Composition], Draft]
    mend: Mend

    def of(self, draft: Draft, wish: Wish) -> Draft:
        """`draft` as wished. Raises NotAllowed for what cannot be done, ModelError."""
        spans = edited_spans(draft)
        own = tuple(draft.text[start:end] for start, end in spans)
        _possible(draft, wish, spans)
        standing = replace(draft, provenance=replace(draft.provenance, pieces=whose(draft.provenance.pieces, draft.text, own)))
        made = self.writer.revise(self.request, standing, (), wish.kind, wish.span, own)
        if (problem := unmet(self.request.brief, draft, made.text, wish, own)) is not None:
            raise NotAllowed(problem.id, **problem.values)
        done = self.checked(_marked(made, own))
        if made.model is None:
            return done
        done, made = self._without_new_faults(draft, done, made, wish, own)
        mended = self.mend(made, self.request, done.findings)
        if mended != made and unmet(self.request.brief, draft, mended.text, wish, own) is None:
            candidate = self.checked(_marked(mended, own))
            done = candidate if badness(candidate) <= badness(done) else done
        return done

    def _without_new_faults(
        self, before: Draft, done: Draft, made: Composition, wish: Wish, own: tuple[str, ...]
    ) -> tuple[Draft, Composition]:
        """A model's text that brought a fault goes back once; the better one is kept, and a paid call is counted in any case."""
        known = {finding.id for finding in before.findings}
        todo = tuple(finding for finding in mendable(done.findings) if finding.id not in known)
        if not todo or self.request.watch.cancelled():
            return done, made
        self.request.watch.heard(Step("revising"))
        try:
            again = self.writer.revise(self.request, done, todo, None, None, own)
        except ModelError:
            return done, made
        if unmet(self.request.brief, before, again.text, wish, own) is None:
            candidate = self.checked(_marked(again, own))
            if badness(candidate) < badness(done):
                return candidate, again
        paid = replace(made, model=again.model)
        return self.checked(_marked(paid, own)), paid


def unmet(brief: Brief, before: Draft, after: str, wish: Wish, own: tuple[str, ...]) -> Message | None:
    """Why `after` is not what was wished for, or changed what was to stay; None when it will do."""
    if gone := [passage for passage in own if passage not in after]:
        return Message("wish.touched", {"words": gone[0]})
    if lost := around_is_lost(before.text, after, wish.span):
        return Message("wish.touched", {"words": lost})
    if facts := figures_gone(brief, before.text, after):
        return Message("wish.fact_lost", {"facts": list(facts)})
    if _words(after) == _words(before.text):
        return Message("wish.same")
    if wish.kind == "shorter" and len(graphemes(after)) >= len(graphemes(before.text)):
        return Message("wish.not_shorter")
    if wish.kind == "drier" and (after.count("!") > before.text.count("!") or len(emojis(after)) > len(emojis(before.text))):
        return Message("wish.not_drier")
    if wish.kind in ANEW and _words(opening_sentence(after)) == _words(opening_sentence(before.text)):
        return Message("wish.same_opening")
    return None


def _possible(draft: Draft, wish: Wish, edited: tuple[Span, ...]) -> None:
    """Refuse before anything is asked for what is bound to fail."""
    if wish.kind not in WISHES:
        raise NotAllowed("wish.unknown", wish=wish.kind, known=[Message(f"wish.{known}") for known in WISHES])
    if wish.kind == "reworded" and wish.span is None:
        raise NotAllowed("wish.which_sentence")
    if wish.span is not None:
        start, end = wish.span
        if wish.kind not in OF_ONE_SENTENCE:
            raise NotAllowed("wish.whole_text", wish=Message(f"wish.{wish.kind}"))
        if not 0 <= start < end <= len(draft.text) or not draft.text[start:end].strip():
            raise NotAllowed("wish.which_sentence")
        if any(start < b and end > a for a, b in edited):
            raise NotAllowed("wish.sentence_edited")
    if edited and wish.kind in ANEW and not draft.text[: edited[0][0]].strip():
        raise NotAllowed("wish.opening_edited")


def _marked(made: Composition, own: tuple[str, ...]) -> Composition:
    return replace(made, pieces=whose(made.pieces, made.text, own)) if own else made


def _words(text: str) -> str:
    return " ".join(fold(text).split())
