"""The 25 tics of drafts that nobody would have written by hand. A brand that really writes so is not corrected."""

from collections.abc import Iterator

from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.reading import View
from assistant.checks.tics import form, lexical
from assistant.findings import Finding

TICS = tuple(f"T{number:02}" for number in range(1, 26))


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for field in (*view.bodies, view.first_comment):
        if not field.text.strip():
            continue
        for tic, span in lexical.found(field, context.language, context.kind):
            yield found(f"tics.{tic}", "warning", field, span)
        for one in form.FORMS:
            for tic, level, span in one(field, context.language):
                yield found(f"tics.{tic}", level, field, span)
        for tic, level, span in form.heap(field, context.language, context.kit):
            yield found(f"tics.{tic}", level, field, span)


CHECK = Check("tics.", "text, parts, first comment", tuple(Rule(f"tics.{tic}", "warning") for tic in TICS), _run)
