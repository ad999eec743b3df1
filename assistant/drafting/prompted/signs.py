"""Hashtags and emoji that the kit forbids or counts: taken out where the sentence stays whole, left for a person elsewhere."""

import regex

from assistant.checks.marks import bare
from assistant.drafting.prompted.place import most_hashtags
from assistant.drafting.writer import WriteRequest
from assistant.text import HASHTAG, TEXT_BY_HABIT, emoji_spans, fold, hashtags

TAGS_ONLY = regex.compile(r"(?:\s*[#＃][\p{L}\p{M}\p{N}_]+|\s*[\p{Extended_Pictographic}\uFE0F\u200D]+)*\s*")
STOPS = ".!?…:;,»”)"


def without_surplus_hashtags(text: str, request: WriteRequest) -> str:
    """`text` without banned hashtags and without those over the limit, the brand's own and the brief's kept longest.

    Only tags in a line of tags, or at the end of the text, go: one that is part of a sentence stays.
    """
    policy = request.kit.hashtags
    banned = {_name(tag) for tag in policy.banned}
    asked = {_name(tag) for tag in hashtags(_typed(request))}
    own = {_name(tag) for tag in (*policy.brand, *policy.campaign)}
    found = list(HASHTAG.finditer(text))
    most = most_hashtags(request)
    surplus = len([m for m in found if _name(m.group()) not in banned]) - most
    own_surplus = len([m for m in found if _name(m.group()) in own]) - most
    gone: list[tuple[int, int]] = []
    for match in sorted(found, key=lambda m: (_name(m.group()) in own, -m.start())):
        name = _name(match.group())
        if name in asked or regex.search(r"\p{N}", name) or not _stands_apart(text, match.start(), match.end()):
            continue
        if name in banned or (surplus > 0 and (name not in own or own_surplus > 0)):
            gone.append(match.span())
            surplus -= name not in banned
            own_surplus -= name in own
    return _without(text, gone)


def without_surplus_emoji(text: str, request: WriteRequest) -> str:
    """`text` without banned emoji, without others than the kit allows, and without those over its limit, the last first.

    One that stands for a full stop between two sentences stays, and so does one that the brief has.
    """
    policy = request.kit.emoji
    banned, allowed = {bare(one) for one in policy.banned}, {bare(one) for one in policy.allowed}
    typed = _typed(request)
    found = [(a, b) for a, b in emoji_spans(text) if text[a:b] not in TEXT_BY_HABIT and not regex.search(r"\p{N}", text[a:b])]
    gone: list[tuple[int, int]] = []
    kept = len(emoji_spans(text))
    for start, end in reversed(found):
        sign = bare(text[start:end])
        wrong = sign in banned or bool(allowed and sign not in allowed) or kept > policy.max
        if wrong and text[start:end] not in typed and _may_go(text, start, end):
            gone.append((start, end))
            kept -= 1
    return _without(text, gone)


def _name(tag: str) -> str:
    return fold(tag.lstrip("#＃"))


def _typed(request: WriteRequest) -> str:
    """What the person typed that may stand in the text."""
    brief = request.brief
    said = (brief.subject, brief.subject_sentence, brief.first_words, *brief.key_points, *brief.answers.values(), *brief.must_include)
    return "\n".join((*said, *brief.facts.values()))


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether the tag stands in a line of tags, or behind the last word of the text."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if TAGS_ONLY.fullmatch(text[line_start:line_end]):
        return True
    before = text[:start].rstrip()
    closed = not before or before[-1] in STOPS or regex.search(r"[#＃][\p{L}\p{M}\p{N}_]+\Z|[\p{Extended_Pictographic}\uFE0F]\Z", before)
    return bool(TAGS_ONLY.fullmatch(text[end:]) and closed)


def _may_go(text: str, start: int, end: int) -> bool:
    """Whether what stands before and behind still reads as it did once the emoji is gone."""
    before, after = text[:start].rstrip(" \u00a0\u202f"), text[end:].lstrip(" \u00a0\u202f")
    if not before or before[-1] in STOPS + "\n" or not after or after[0] in "\n.,;:!?…#＃":
        return True
    return not (after[0].isupper() or after[0].isdigit() or after[0] in '«“"') and start > 0 and text[start - 1].isspace()


def _without(text: str, gone: list[tuple[int, int]]) -> str:
    for start, end in sorted(gone, reverse=True):
        before, after = text[:start], text[end:]
        if after[:1] in ("", "\n") or after[:1] in ".,":
            before = before.rstrip(" \u00a0\u202f")
        elif before[-1:] in ("", "\n", " "):
            after = after.lstrip(" \u00a0\u202f")
        text = before + after
    return regex.sub(r"\n{3,}", "\n\n", text).strip()
