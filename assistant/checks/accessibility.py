"""Can everybody read it: with a screen reader, with large letters, without the picture."""

from collections.abc import Iterator

import regex

from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.limits import FANCY
from assistant.checks.marks import bare
from assistant.checks.reading import Reading, View
from assistant.findings import Finding
from assistant.text import fold

LONG_TAG = 16
"""A hashtag in small letters from this length on is surely several words."""
ADVISED_ALT = 125
REPEATED = 3
BULLETS = 3
CAPITALS = regex.compile(
    r"(?<![\p{L}\p{N}#@])(?:\p{Lu}[\p{Lu}’'-]*[ \u00a0]+){4,}\p{Lu}[\p{Lu}’'-]+(?![\p{L}\p{N}])"
    r"|(?<![\p{L}#@])\p{Lu}(?:[’',-]?[ \u00a0]?\p{Lu}){24,}(?!\p{L})"
)
ART = regex.compile(
    r"([-=_~*+#.•·─━═▬▔▁░▒▓█■□◆◇★☆♡♥:;|/\\<>])(?:[ ]?\1){6,}|[─━═║╔╗╚╝╠╣▬░▒▓█]{4,}"
    r"|¯\\_|\(╯°|[ʕ(][^\p{L}\p{N}\s]{0,3}[•◕ᴥ͡°ω◉ಠ・﹏][^\p{L}\n]{1,8}[)ʔ]"
)
PICTURE_FIRST = regex.compile(
    r"^\W*(?:(?:ceci est |il s['’]agit d['’])?(?:une? )?(?:image|photo|photographie|illustration|visuel|capture d['’]écran)"
    r"\s+(?:de|d['’]|du|des|montrant|repr[ée]sentant|qui)"
    r"|(?:this is )?(?:an? |the )?(?:image|photo|photograph|picture|graphic|illustration)\s+(?:of|showing|depicting))",
    regex.IGNORECASE,
)
PICTURES = frozenset({"photo", "carousel"})


TITLE = 60
"""Characters of capitals that a first line may hold as a title: a remark there, a warning in running text."""


def _hashtags(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    own = {fold(tag) for tag in (*context.kit.hashtags.brand, *context.kit.hashtags.campaign)} if context.kit is not None else set()
    said = set(regex.findall(r"\p{L}{3,}", fold(reading.prose)))
    for start, end in reading.hashtags:
        tag = reading.text[start + 1 : end]
        if fold("#" + tag) in own or not (tag.islower() or tag[:1] + tag[1:].lower() == tag) or "_" in tag:
            continue
        if len(tag) >= LONG_TAG or (len(tag) >= 8 and _is_compound(fold(tag), said)):
            yield found("accessibility.hashtag_case", "info", reading, (start, end))


def _is_compound(tag: str, known: set[str]) -> bool:
    """Whether a tag is two words that the text itself uses."""
    return any(tag[:cut] in known and tag[cut:] in known for cut in range(3, len(tag) - 2))


def _emoji(reading: Reading) -> Iterator[Finding]:
    run: list[tuple[int, int, str]] = []
    for one in reading.emojis:
        joined = bool(run) and bare(one[2]) == bare(run[-1][2]) and not reading.text[run[-1][1] : one[0]].strip()
        run = [*run, one] if joined else [one]
        if len(run) == REPEATED:
            yield found("accessibility.emoji_repeated", "warning", reading, (run[0][0], one[1]))
    starts = {start for start, _, _ in reading.emojis}
    led = [line for line in reading.lines if line[0] in starts and regex.search(r"\p{L}", reading.text[slice(*line)])]
    if len(led) >= BULLETS:
        yield found("accessibility.emoji_bullets", "info", reading, led[0], count=len(led))


def _shapes(reading: Reading) -> Iterator[Finding]:
    if match := CAPITALS.search(reading.prose):
        titled = reading.lines[:1] and match.end() <= reading.lines[0][1] and match.end() - match.start() <= TITLE
        yield found("accessibility.capitals", "info" if titled else "warning", reading, match.span())
    if match := ART.search(reading.prose):
        yield found("accessibility.ascii_art", "warning", reading, match.span())


def _alt_text(view: View, context: CheckContext) -> Iterator[Finding]:
    alt = view.alt_text
    if not alt.text.strip():
        pictured = context.brief is not None and context.brief.format in PICTURES
        if context.kind == "post" and (pictured or (context.network.media_required and context.network.alt_text_limit)):
            yield found("accessibility.alt_missing", "info", alt)
        return
    if match := PICTURE_FIRST.search(alt.text):
        yield found("accessibility.alt_picture_of", "warning", alt, match.span())
    if len(alt.text) > ADVISED_ALT and (context.network.alt_text_limit is None or len(alt.text) <= context.network.alt_text_limit):
        yield found("accessibility.alt_long", "info", alt, (ADVISED_ALT, len(alt.text)), length=len(alt.text), limit=ADVISED_ALT)
    if match := FANCY.search(alt.text):
        yield found("accessibility.unicode_font", "warning", alt, match.span())


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for body in view.bodies:
        yield from _hashtags(body, context)
        yield from _emoji(body)
        yield from _shapes(body)
    yield from _alt_text(view, context)


CHECK = Check(
    "accessibility.",
    "text, parts, alt text",
    (
        Rule("accessibility.hashtag_case", "info"),
        Rule("accessibility.emoji_repeated", "warning"),
        Rule("accessibility.emoji_bullets", "info"),
        Rule("accessibility.capitals", "warning"),
        Rule("accessibility.ascii_art", "warning"),
        Rule("accessibility.alt_missing", "info"),
        Rule("accessibility.alt_picture_of", "warning"),
        Rule("accessibility.alt_long", "info"),
        Rule("accessibility.unicode_font", "warning"),
    ),
    _run,
)
