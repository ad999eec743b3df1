"""The catalogue as Markdown tables for `docs/networks.md`; `make docs` writes them, a test keeps them current."""

from collections.abc import Iterable, Iterator

from assistant.messages import LANGUAGES, text
from assistant.networks.catalogue import Network, catalogue

Row = tuple[str, ...]


def limits_table() -> str:
    """One line per network: what it allows."""
    head = ("network", "limit", "counted in", "fold", "hashtags: most, advised", "links", "alt text", "reply")
    return _table(head, map(_limits, catalogue().values()))


def sources_table() -> str:
    """One line per network: where the values come from, how old they are, how far we trust them."""
    rows = ((f"`{n.key}`", f"`{n.facts_key}`", n.as_of, n.confidence, n.source) for n in catalogue().values())
    return _table(("network", "name in our sources", "as of", "confidence", "source"), rows)


def habits_table() -> str:
    """One line per network and language: what texts there look like."""
    head = ("network", "language", "length: quartiles", "first line", "hashtags", "with emoji", "with blank line", "basis")
    return _table(head, _habits())


def names_table() -> str:
    """One line per network: what people call it, in both languages."""
    rows = ((f"`{key}`", *(text(f"network.{key}", language) for language in LANGUAGES)) for key in catalogue())
    return _table(("network", "French", "English"), rows)


def _limits(n: Network) -> Row:
    limit = f"{n.limit:,}" + (f" and {n.bytes_limit:,} bytes" if n.bytes_limit else "")
    limit += " (advice)" if n.soft else f"; schedulers stop at {n.product_cap:,}" if n.product_cap else ""
    fold = "" if n.fold_at is None else f"{n.fold_at}" + (f", desktop {n.fold_at_desktop}" if n.fold_at_desktop else "")
    link = ("clickable" if n.links_clickable else "not clickable") + (", with https:// only" if n.url_needs_scheme else "")
    link += f", {n.url_weight} each" if n.url_weight else ""
    link += f", {n.max_links} at most" if n.max_links else ""
    reply = "" if n.reply_limit is None else f"{n.reply_limit:,}" + (f" `{n.reply_unit}`" if n.reply_unit else "")
    reply += f"; advised {n.reply_product_cap}" if n.reply_product_cap else ""
    alt_text = f"{n.alt_text_limit:,}" if n.alt_text_limit else ""
    return f"`{n.key}`", limit, f"`{n.unit}`", fold, _hashtags(n), link, alt_text, reply


def _hashtags(n: Network) -> str:
    low, high = n.recommended_hashtags
    advised = f"{low} to {high}" if high else "none"
    if n.max_hashtags is None:
        return f"no limit, {advised}"
    overflow = "refused" if n.hashtag_overflow == "reject" else "useless"
    return f"{n.max_hashtags} ({overflow} above), {advised}" if n.max_hashtags else advised


def _habits() -> Iterator[Row]:
    for n in catalogue().values():
        for language in LANGUAGES:
            usual = n.habits[language]
            shares = (f"{usual.hashtags:g}", f"{usual.emoji:.0%}", f"{usual.blank_lines:.0%}")
            yield f"`{n.key}`", language, ", ".join(map(str, usual.length)), str(usual.first_line), *shares, usual.basis


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
