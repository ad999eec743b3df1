"""Evaluating writers: the suite's briefs through the real pipeline, and nothing of it in a person's queue.

The pipeline is the desk's own, with two things of its own: what it remembers of an account's last drafts are the drafts of this
evaluation, kept in memory, and what it hands over is measured and not saved. So no brief, item or audit row comes of it; what a
model was asked is metered like any other call, because it costs the same.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.briefs import Brief
from assistant.drafting.briefing import read_brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.pipeline import Drafted, Order
from assistant.drafting.writer import Recent
from assistant.drafts import Draft
from assistant.errors import InputError, ModelError
from assistant.evaluation import keeping, suite
from assistant.evaluation.figures import Asked, Measured
from assistant.evaluation.keeping import Run
from assistant.evaluation.sheets import is_in
from assistant.evaluation.suite import Case
from assistant.evaluation.variety import shell
from assistant.messages import Language
from assistant.models.base import Step
from assistant.networks.catalogue import get
from assistant.services.desk import MEMORY, Services
from assistant.usage import Usage


@dataclass
class _Memory:
    """The last drafts of each account within one evaluation, latest first."""

    drafts: dict[tuple[str, str], list[Recent]] = field(default_factory=lambda: defaultdict(list))

    def recall(self, brand: str, network: str) -> tuple[Recent, ...]:
        return tuple(self.drafts[brand, network][:MEMORY])

    def note(self, draft: Draft) -> None:
        made = draft.provenance
        self.drafts[draft.brand, draft.network].insert(0, Recent(draft.text, made.opening, tuple(piece.source for piece in made.pieces)))


class _Meter:
    """Counts the tokens of one network's calls, revisions and failures included. Called from the thread that writes."""

    def __init__(self) -> None:
        self.tokens = 0

    def heard(self, step: Step) -> None:
        """Nobody waits for a single network here."""

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """A call ended."""
        self.tokens += usage.total

    def cancelled(self) -> bool:
        """An interrupt ends the whole evaluation."""
        return False


class Evaluation:
    """What the command line may do to see how good the texts are."""

    def __init__(self, services: Services, clock: Callable[[], float] = time.monotonic) -> None:
        self.services, self._clock = services, clock

    @property
    def folder(self) -> Path:
        """Where runs are kept."""
        return self.services.settings.data_dir / "evaluations"

    def cases(
        self,
        brands: Sequence[str] = (),
        *,
        language: Language | None = None,
        networks: Sequence[str] = (),
        limit: int | None = None,
        folder: Path | None = None,
    ) -> tuple[Case, ...]:
        """The briefs to draft: the shipped ones of these brands (of all there are, where none is named), or those of `folder`.

        `limit` is per brand, taken evenly. Raises NotFound, InputError where a brand has no briefs.
        """
        keys = [get(key).key for key in networks]
        there = self.services.shelf.slugs()
        asked = list(dict.fromkeys(brands)) or [slug for slug in suite.brands() if slug in there]
        if folder is not None and len(asked) != 1:
            raise InputError("evaluation.one_brand")
        found: list[Case] = []
        for slug in asked:
            kit = self.services.kit(slug)
            own = suite.of_brand(slug, language) if folder is None else _of_folder(slug, language or kit.language, folder)
            if brands and not own:
                raise InputError("evaluation.no_briefs", brand=slug, known=list(suite.brands()))
            found += suite.spread(own, limit)
        if not found:
            raise InputError("evaluation.no_briefs", brand=", ".join(asked) or "–", known=list(suite.brands()))
        return suite.on_networks(found, keys)

    def run(self, cases: Sequence[Case], *, writer: str = "auto", heard: Callable[[int, int], None] = lambda done, of: None) -> Run:
        """Draft every case, measure, compare with the last run of the same briefs, keep. `heard` is told how far it is.

        Raises ModelNotConfigured where only a model would do and there is none, InputError. A network on which a model failed
        counts as failed; nobody takes over, or two writers would be judged as one.
        """
        for one in {case.brand: case for case in cases}.values():  # a brand that may use no model is refused before anything is paid for
            self.services.writer(writer, one.brand, one.brief)
        started, memory, asked = self.services.now(), _Memory(), []
        for number, case in enumerate(cases):
            heard(number, len(cases))
            asked += list(self._asked(case, writer, memory))
        heard(len(cases), len(cases))
        key = suite.key_of(cases)
        run = Run(key, started, writer, tuple(asked), keeping.last(self.folder, key))
        keeping.keep(run, self.folder)
        return run

    def _asked(self, case: Case, asked: str, memory: _Memory) -> Iterator[Asked]:
        services, brief = self.services, case.brief
        networks = services.networks_for(case.brand, brief)
        try:
            writer = services.writer(asked, case.brand, brief)
        except ModelError as error:  # the month's budget was used up on the way: what was measured so far is kept
            yield from (Asked(case.id, case.brand, case.language, network.key, failure=error.id) for network in networks)
            return
        around = services.surroundings(case.brand)
        services.index_changes(case.brand)
        parallel = 1 if isinstance(writer, BuiltInWriter) else services.models.parallel()
        order = Order(brief, networks, services.now(), brief.variants, case.language)
        pipeline = replace(services.pipeline, recent=memory.recall, new_id=lambda: case.id)
        meters = {network.key: _Meter() for network in networks}
        began, found = self._clock(), []
        for drafted in pipeline.each(around, order, writer, meters.__getitem__, parallel):
            if drafted.drafts:
                memory.note(drafted.drafts[0])
            found.append(drafted)
        seconds = (self._clock() - began) / max(len(found), 1)
        yield from (self._measured(case, drafted, meters[drafted.network].tokens, seconds) for drafted in found)

    def _measured(self, case: Case, drafted: Drafted, tokens: int, seconds: float) -> Asked:
        return Asked(
            case=case.id,
            brand=case.brand,
            language=case.language,
            network=drafted.network,
            drafts=tuple(self._draft(case, draft) for draft in drafted.drafts),
            questions=tuple(one.id for one in drafted.questions),
            failure=drafted.failure.id if drafted.failure else "",
            tokens=tokens,
            seconds=round(seconds, 3),
        )

    def _draft(self, case: Case, draft: Draft) -> Measured:
        return Measured(
            case=case.id,
            brand=draft.brand,
            language=draft.language,
            network=draft.network,
            variant=draft.variant,
            writer=draft.provenance.writer,
            text=draft.text,
            opening=draft.provenance.opening,
            length=draft.length,
            limit=draft.limit,
            voice=round(self.services.voice_score(draft.brand, draft.text, draft.network, draft.language).score, 4),
            shell=shell(draft.text, case.brief),
            findings=tuple((one.id, one.level) for one in draft.findings),
            traps=len(case.traps),
            fell_for=tuple(trap for trap in case.traps if is_in(trap, draft.text)),
        )


def _of_folder(slug: str, language: Language, folder: Path) -> tuple[Case, ...]:
    """Briefs as `draft` takes them, one YAML file each, by name."""
    if not folder.is_dir():
        raise InputError("evaluation.no_folder", file=str(folder))
    briefs: Iterable[tuple[str, Brief]] = ((file.stem, read_brief(file)) for file in sorted(folder.glob("*.yaml")))
    return tuple(Case(name, slug, brief.language or language, brief) for name, brief in briefs)
