"""Sending a text back with what was found in it: at most twice, the better text kept, then what can be set right without a model."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.drafting.writer import Composition, Writer, WriteRequest
from assistant.drafts import Draft
from assistant.errors import ModelError
from assistant.findings import Finding
from assistant.models.base import Step
from assistant.usage import ModelUse

REVISIONS = 2
"""After that a draft reaches the person with its findings attached."""
MENDABLE = ("grounding.", "brand.", "tics.", "language.mixed", "brief.missing_", "brief.must_include", "brief.avoid", "notes.")
"""Warnings that a model is asked to mend; typography is set right without one, the others are for a person to judge."""

Mend = Callable[[Composition, WriteRequest, tuple[Finding, ...]], Composition]


@dataclass(frozen=True)
class Revision:
    """What is needed to make a better draft of a composition."""

    writer: Writer
    request: WriteRequest
    checked: Callable[[Composition], Draft]
    """A composition as a draft with its findings."""
    mend: Mend
    """Sets right what needs no model and touches no fact."""

    def of(self, made: Composition) -> Draft:
        """The draft of `made`, revised. A model that fails to revise leaves the draft as it was, with its findings."""
        return self._by_model(made) if made.model else self._by_rules(made)

    def _by_rules(self, made: Composition) -> Draft:
        """The built-in writer takes errors away; the same text twice means that it knows nothing better."""
        draft = self.checked(made)
        for sent in range(1, REVISIONS + 1):
            if not errors(draft.findings):
                break
            again = self.checked(self.writer.revise(self.request, draft, draft.findings))
            if len(errors(again.findings)) >= len(errors(draft.findings)):
                break
            draft = _noted(again, sent, None)
        return draft

    def _by_model(self, made: Composition) -> Draft:
        draft, use, sent = self.checked(made), made.model, 0
        while sent < REVISIONS and (todo := mendable(draft.findings)) and not self.request.watch.cancelled():
            self.request.watch.heard(Step("revising"))
            try:
                again = self.writer.revise(self.request, _noted(draft, sent, use), todo)
            except ModelError:
                break
            sent, use = sent + 1, again.model or use
            candidate = self.checked(again)
            if badness(candidate) < badness(draft):
                draft, made = candidate, again
            elif not errors(draft.findings):
                break  # a matter of taste is not worth a third answer
        mended = self.mend(made, self.request, draft.findings)
        if mended != made and badness(candidate := self.checked(mended)) <= badness(draft):
            draft = candidate
        return _noted(draft, sent, use)


def mendable(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What a model is sent a text back for."""
    return tuple(one for one in findings if one.level == "error" or (one.level == "warning" and one.id.startswith(MENDABLE)))


def badness(draft: Draft) -> tuple[int, int]:
    """Errors, then warnings: the smaller, the better the text."""
    return len(errors(draft.findings)), sum(one.level == "warning" for one in draft.findings)


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that block approval."""
    return tuple(one for one in findings if one.level == "error")


def _noted(draft: Draft, sent: int, use: ModelUse | None) -> Draft:
    return replace(draft, provenance=replace(draft.provenance, revisions=sent, model=use))
