"""A draft as it will look: whose it is, where it goes, what shows before the fold, how much room is left.

All text from outside is escaped: a card shows words and never loads or runs anything.
"""

from html import escape

from assistant.brands.kit import Kit
from assistant.drafts import Draft, Item
from assistant.exports.plain import plain
from assistant.networks import counting
from assistant.networks.catalogue import Network, get
from assistant.ui.marking import text_html
from assistant.ui.outside import html, lines
from assistant.ui.session import figure, say
from assistant.ui.written_by import line_html

INITIALS = 2
NEAR = 0.9
"""Share of a limit from which the counter turns amber."""


def heading_html(item: Item, words: str, note: str = "", *, older: bool = False) -> str:
    """The card's heading, with the item's state in words and colour beside it.

    That a text is older than its brief stands in the state's own place: a line more would push every button further down at the
    very moment a field is left, and the click that left it would fall beside its button.
    """
    told = say("card.before_changes") if older else say(f"state.{item.state}")
    state = f'<span class="plume-state {"older" if older else item.state}">{escape(told)}</span>'
    below = f'<p class="plume-note">{html(note)}</p>' if note else ""
    return f'<div class="plume-head"><h2>{html(words)}</h2>{state}</div>{below}'


def post_html(draft: Draft, kit: Kit) -> str:
    """The post as readers will meet it on its network; every value in it is escaped."""
    network = get(draft.network)
    initials = "".join(word[0] for word in kit.name.split() if word[0].isalnum())[:INITIALS].upper()
    whose = f"{html(kit.name)}</strong><br><small>{html(draft.account or kit.name)} · {escape(say(f'network.{network.key}'))}</small>"
    colours = f"--brand:{escape(kit.colour)};--ink:{ink_on(kit.colour)}"
    return f"""
<article class="plume-card" style="{colours}" lang="{draft.language}" data-text="{escape(plain(draft, draft.language))}">
  <header><span class="plume-avatar" aria-hidden="true">{escape(initials)}</span><span class="plume-who"><strong>{whose}</span></header>
  {_picture(draft, network)}
  <div class="plume-text" dir="auto">{text_html(draft.text, network, draft.findings)}</div>
  {_extra("card.first_comment", draft.first_comment)}
  <footer>{counter_html(draft.text, network)}</footer>
  {line_html(draft)}
</article>"""


def counter_html(text: str, network: Network) -> str:
    """How much of each limit is used, in figures, as a bar, and in words when it is over."""
    parts = []
    for one in counting.measure(text, network).limits:
        state = "over" if one.length > one.limit else "near" if one.length > one.limit * NEAR else "ok"
        share = min(100, round(100 * one.length / one.limit)) if one.limit else 100
        used = say("card.used", length=figure(one.length), limit=figure(one.limit))
        over = f", {escape(say('card.over', count=one.length - one.limit))}" if state == "over" else ""
        unit = escape(say(f"unit.{one.unit}"))
        parts.append(f'<span class="plume-count {state}"><i style="width:{share}%"></i><b>{escape(used)}</b> {unit}{over}</span>')
    return "".join(parts)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (WCAG 2 contrast)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#fff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _picture(draft: Draft, network: Network) -> str:
    """Where a picture comes first, the place it takes; elsewhere only what was said about one."""
    said = _extra("card.visual", draft.visual_brief) + _extra("card.alt_text", draft.alt_text)
    if not network.media_required:
        return said
    return f'<div class="plume-picture">{said or escape(say("card.picture"))}</div>'


def _extra(label: str, value: str) -> str:
    return f'<p class="plume-extra"><small>{escape(say(label))}</small><br><bdi dir="auto">{lines(value)}</bdi></p>' if value else ""
