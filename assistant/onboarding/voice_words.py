"""Words for a voice: what a model says about how a brand speaks, as far as the brand's own posts bear it out.

A trait is shown by a sentence of the brand's own. The model names the sentence, the posts are asked whether it stands there,
and what is shown is the posts' text; a trait whose sentence nobody wrote is dropped. The measured portrait stays beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex
from pydantic import BaseModel, ConfigDict

from assistant.brands.kit import Kit
from assistant.brands.portrait import portrait
from assistant.brands.profile import Voice
from assistant.checks.grounding.claims import in_text
from assistant.checks.orders import orders
from assistant.documents.chunking import passages
from assistant.errors import ModelAnswerUnusable
from assistant.messages import Language, Message, render, text
from assistant.models.base import UNWATCHED, Ask, ChatModel, Watch, in_turn
from assistant.posts import Post
from assistant.prompts import Prompts, block
from assistant.text import clean

LONGEST_POST, POSTS_CHARACTERS, GUIDE_CHARACTERS = 1_200, 12_000, 6_000
"""Of what a model is given: some 5,000 tokens in all."""
FEWEST_WORDS, MOST_WORDS = 3, 40
"""Of a quotation that shows something."""
MOST_TRAITS, MOST_LINES = 5, 4
LONGEST_NAME, LONGEST_LINE = 60, 200
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
MARKS = {"'": "['’ʼ]", "’": "['’ʼ]", "-": "[-\u2011]", "“": '["“«]', "”": '["”»]', '"': '["“”«»]', "‹": "[<‹]"}


class _Shape(BaseModel):
    """Strict mode of structured answers: no field may be missing, none may be added."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TraitSaid(_Shape):
    """A trait as a model says it."""

    name: str
    sounds_like: str
    not_like: str


class CorrectionSaid(_Shape):
    """Words that are not the brand's, and what the brand says."""

    wrong: str
    right: str
    why: str


class VoiceAnswer(_Shape):
    """What a model says of a voice."""

    we_are: list[TraitSaid]
    we_are_not: list[str]
    corrections: list[CorrectionSaid]
    open_questions: list[str]


@dataclass(frozen=True)
class Shown:
    """A trait, and the brand's own sentence that shows it."""

    name: str
    sounds_like: str
    """As it stands in the post."""
    not_like: str
    post: str
    """The id of the post."""
    network: str


@dataclass(frozen=True)
class Rewording:
    """What the brand says, quoted, and what it would not say."""

    wrong: str
    right: str
    why: str


@dataclass(frozen=True)
class VoiceWords:
    """A proposal; nothing of it holds before a person has taken it."""

    by: str
    """The model and its server."""
    posts: int
    """Posts that it was made from."""
    we_are: tuple[Shown, ...]
    we_are_not: tuple[str, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    questions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What was said without a sentence of the brand behind it."""


def propose_words(
    kit: Kit,
    voice: Voice,
    posts: Sequence[Post],
    model: ChatModel,
    prompts: Prompts,
    language: Language,
    *,
    watch: Watch = UNWATCHED,
) -> VoiceWords:
    """What `model` says of the brand's voice, held to `posts`, the best first. Raises ModelError; ModelAnswerUnusable also where
    no trait stands on a sentence of the brand."""
    shown = list(_given(posts))
    inputs = {
        "brand": kit.name,
        "measured": "\n".join(render(one, language) for one in portrait(voice)),
        "posts": "\n\n".join(block("post", post.text, id=post.id, network=post.network) for post in shown),
        "guide": "\n\n".join(_guide(kit)),
    }
    rendered = prompts.render("voice_words", language, inputs)
    answer = model.complete(Ask(in_turn(rendered.messages), VoiceAnswer, cache_key=f"voice_words.{language}"), watch).value
    found = _held(answer, shown, language, f"{model.name} ({model.host})")
    if not found.we_are:
        raise ModelAnswerUnusable("voice_words.none", model=model.name, host=model.host, problem=Message("voice_words.no_quote"), said="")
    return found


def page_of(words: VoiceWords, language: Language, *, day: str, person: str) -> str:
    """The proposal as a page of the guide (Markdown), saying who wrote it and who took it."""
    parts = [
        f"# {text('voice_words.page', language)}",
        text("voice_words.page_by", language, model=words.by, count=words.posts, day=day, person=person),
    ]
    parts.append(f"## {text('voice_words.we_are', language)}")
    for trait in words.we_are:
        parts += [f"### {_line(trait.name)}", "\n".join(f"> {line}" for line in trait.sounds_like.splitlines())]
        if trait.not_like:
            parts.append(text("voice_words.rather_than", language, words=_line(trait.not_like)))
    if words.we_are_not:
        parts += [f"## {text('voice_words.we_are_not', language)}", "\n".join(f"- {_line(one)}" for one in words.we_are_not)]
    if words.rewordings:
        rows = [text("voice_words.reworded", language, right=_line(one.right), wrong=_line(one.wrong)) for one in words.rewordings]
        why = [f" {_line(one.why)}" if one.why else "" for one in words.rewordings]
        parts += [f"## {text('voice_words.words', language)}", "\n".join(f"- {row}{more}" for row, more in zip(rows, why, strict=True))]
    if words.questions:
        parts += [f"## {text('voice_words.questions', language)}", "\n".join(f"- {_line(one)}" for one in words.questions)]
    return "\n\n".join(parts) + "\n"


def quoted(said: str, posts: Sequence[Post]) -> tuple[str, Post] | None:
    """The passage of the first post that says `said` word for word, as it stands there; kinds of spaces and apostrophes are one."""
    bare = clean(said).strip(' \u00a0\u202f«»“”"')
    if not FEWEST_WORDS <= len(WORD.findall(bare)) <= MOST_WORDS:
        return None
    pattern = regex.compile(r"\s+".join("".join(MARKS.get(c, regex.escape(c)) for c in part) for part in bare.split()))
    for post in posts:
        if match := pattern.search(post.text):
            return match.group(), post
    return None


def _held(answer: VoiceAnswer, posts: Sequence[Post], language: Language, by: str) -> VoiceWords:
    traits: list[Shown] = []
    left_out: list[str] = []
    for said in answer.we_are:
        name, found = clean(said.name), quoted(said.sounds_like, posts)
        if (
            found is None
            or orders(found[0])
            or not _free(name, language, LONGEST_NAME)
            or len(traits) == MOST_TRAITS
            or found[0] in [t.sounds_like for t in traits]
        ):
            left_out.append(name[:LONGEST_LINE])
            continue
        other = clean(said.not_like)
        other = other if _free(other, language, LONGEST_LINE) and quoted(other, posts) is None else ""
        traits.append(Shown(name, found[0], other, found[1].id, found[1].network))
    rewordings: list[Rewording] = []
    for one in answer.corrections:
        wrong, right, why = clean(one.wrong), _said_by_all(clean(one.right), posts), clean(one.why)
        if right and _free(wrong, language, LONGEST_LINE) and not _said_by_all(wrong, posts) and len(rewordings) < MOST_LINES:
            rewordings.append(Rewording(wrong, right, why if _free(why, language, LONGEST_LINE) else ""))
        else:
            left_out.append(f"{one.right} / {one.wrong}"[:LONGEST_LINE])
    return VoiceWords(
        by=by,
        posts=len(posts),
        we_are=tuple(traits),
        we_are_not=_lines(answer.we_are_not, language),
        rewordings=tuple(rewordings),
        questions=tuple(one for one in _lines(answer.open_questions, language) if one.endswith("?")),
        left_out=tuple(one for one in left_out if one),
    )


def _lines(said: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in map(clean, said) if _free(one, language, LONGEST_LINE)))[:MOST_LINES]


def _free(said: str, language: Language, longest: int) -> bool:
    """Whether these words of the model's own may be shown: short, stating no figure, date, price or link, ordering nothing."""
    claims = (claim for claim in in_text(said, language) if ("any",) not in claim.needs)
    return bool(said) and len(said) <= longest and "\n" not in said and not orders(said) and not any(claims)


def _said_by_all(words: str, posts: Sequence[Post]) -> str:
    """`words` as the first post says them, word for word; empty where none does."""
    if not words or not WORD.search(words):
        return ""
    parts = r"\s+".join("".join(MARKS.get(c, regex.escape(c)) for c in part) for part in words.split())
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){parts}(?![\p{{L}}\p{{N}}])", regex.IGNORECASE)
    return next((match.group() for post in posts if (match := pattern.search(post.text))), "")


def _given(posts: Sequence[Post]) -> Iterator[Post]:
    """As many of the posts, each whole, as a model may be given."""
    room = POSTS_CHARACTERS
    for post in posts:
        if post.text.strip() and len(post.text) <= min(room, LONGEST_POST):
            room -= len(post.text)
            yield post


def _guide(kit: Kit) -> Iterator[str]:
    """Passages of the guide in its order, without pages that a model wrote."""
    room = GUIDE_CHARACTERS
    for page in kit.guide:
        if is_ours(page.name):
            continue
        for passage in passages(page.text, page.name):
            if len(passage.text) > room:
                return
            room -= len(passage.text)
            yield block("passage", passage.text, page=page.name, heading=passage.heading)


def page_name(language: Language, taken: Sequence[str]) -> str:
    """A name for the page that no page of the guide has."""
    name, names = PAGES[language], {one.casefold() for one in taken}
    number = next(n for n in range(1, len(names) + 2) if (name if n == 1 else f"{name} {n}").casefold() not in names)
    return name if number == 1 else f"{name} {number}"


def is_ours(name: str) -> bool:
    """Whether a page of the guide is one of these."""
    return any(regex.fullmatch(rf"{regex.escape(page)}(?: \d+)?", name, regex.IGNORECASE) for page in PAGES.values())


PAGES: Mapping[Language, str] = {"fr": "voix en mots", "en": "voice in words"}


def _line(words: str) -> str:
    """`words` on one line of Markdown, without its marks."""
    return regex.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(words.split()))
