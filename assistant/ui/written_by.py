"""Who wrote a text and what it took: the built-in writer from the person's words, or a model, where it runs and what it cost."""

from assistant.drafts import Draft
from assistant.messages import has
from assistant.ui.outside import html
from assistant.ui.session import figure, language, say
from assistant.usage import ModelUse

BUILT_IN = "built-in"


def line_html(draft: Draft) -> str:
    """One line under the text."""
    made = draft.provenance
    use = made.model
    if use is None:
        return f'<p class="plume-by">{html(say("by.built_in"))}</p>' if made.writer == BUILT_IN else ""
    told = [say("by.model", model=use.model or made.writer, host=use.host), _tokens(use), _money(use.cost)]
    told.append(say("by.revised", count=made.revisions) if made.revisions else "")
    return f'<p class="plume-by">{html(" · ".join(filter(None, told)))}</p>'


def details_html(draft: Draft) -> str:
    """What it took, one thing a line: tokens sent and received, how often it went back, what was set right without a model."""
    made = draft.provenance
    use = made.model
    if use is None:
        return ""
    shared = use.shared if use.shared > 1 else 0
    told = [
        say("by.sent", sent=figure(use.usage.sent), received=figure(use.usage.received), cached=figure(use.usage.cached)),
        say("by.approximate") if use.usage.approximate else "",
        say("by.shared", count=shared) if shared else "",
        say("by.calls", count=use.calls),
        say("by.revised.long", count=made.revisions) if made.revisions else "",
        say("by.mended", mends=[say(one) if has(one) else one for one in made.mends]) if made.mends else "",
        say("by.prompts", prompts=list(use.prompts)) if use.prompts else "",
    ]
    rows = "".join(f"<li>{html(one)}</li>" for one in told if one)
    return f"<h3>{html(say('by.title', model=use.model or made.writer, host=use.host))}</h3><ul>{rows}</ul>"


def _tokens(use: ModelUse) -> str:
    id = "by.tokens.about" if use.usage.approximate else "by.tokens"
    return say(id, count=use.usage.total, figure=figure(use.usage.total)) if use.usage.total else ""


def _money(cost: str) -> str:
    """As the reader's language writes it: the currency stays beside its figure."""
    return (cost.replace(".", ",") if language() == "fr" else cost).replace(" ", "\u00a0")
