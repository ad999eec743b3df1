"""A pasted message read into a brief by a model, and held to the message: nothing is invented, nothing is lost.

What the answer says and the message does not is dropped and listed. What the message says and the answer does not comes
back as key points, in the message's own sentences. Where the model fails the built-in reading (`pasting.py`) takes its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, get_args

from assistant.briefs import FIRST_YEAR, LAST_YEAR, MAX_FIELD, MAX_ITEMS, Format, Objective, Purpose
from assistant.checks.grounding.claims import in_text, link_key
from assistant.checks.orders import without_orders
from assistant.drafting.builtin.parting import parted
from assistant.drafting.pasted import TOLD_SHARE, Pasted
from assistant.drafting.pasting import FACTS, from_pasted
from assistant.drafting.prompted.answers import BriefAnswer, FactRead
from assistant.errors import ModelError
from assistant.messages import Language, Message, has, text
from assistant.models.base import UNWATCHED, Ask, ChatModel, Watch, in_turn
from assistant.networks.catalogue import catalogue
from assistant.networks.links import written_links
from assistant.prompts import Prompts, block
from assistant.text import clean, fold

LONGEST = 24_000
"""Characters of a message that is given to a model: more is a document, and its lines are read as they are."""
SUBJECT_SHARE = 0.7
LONGEST_NAME = 40
"""Characters of a fact's name."""
CHOICES: Mapping[str, tuple[str, ...]] = {"purpose": get_args(Purpose), "objective": get_args(Objective), "format": get_args(Format)}
CALLED: Mapping[str, tuple[str, ...]] = {
    "instagram": ("insta", "ig"),
    "facebook": ("fb",),
    "x": ("twitter", "tweet"),
    "linkedin": ("linked in",),
    "google-business": ("google",),
    "newsletter-subject": ("newsletter", "infolettre"),
    "blog-teaser": ("blog",),
    "tiktok": ("tik tok",),
}
"""What people call a network besides its name."""


@dataclass(frozen=True)
class Understood:
    """The fields of a brief, who read them, and what did not get into them."""

    fields: Mapping[str, Any]
    by: str = ""
    """The model and its server; empty for the built-in reading."""
    why: Message | None = None
    """Why the built-in reading took the model's place."""
    left_out: tuple[str, ...] = ()
    """What the model said and the message does not."""
    put_back: tuple[str, ...] = ()
    """Sentences of the message that the model had forgotten: they are among the key points."""
    aside: tuple[str, ...] = ()
    """Sentences of the message that are meant for the desk, or give orders to a machine: they are in no field."""


def understood(
    message: str,
    model: ChatModel,
    prompts: Prompts,
    language: Language,
    today: date,
    *,
    brand: str = "",
    month_first: bool = False,
    watch: Watch = UNWATCHED,
) -> Understood:
    """The brief in `message`, read by `model` and held to the message; by the built-in reading where the model fails."""
    if len(message) > LONGEST:
        return Understood(from_pasted(message), why=Message("reading.too_long", {"limit": LONGEST}))
    inputs = {
        "brand": brand,
        "today": f"{text(f'checks.weekday.{today.weekday()}', language)} {today.isoformat()}",
        "networks": ", ".join(catalogue()),
        **{f"{name}s": ", ".join(values) for name, values in CHOICES.items()},
        "message": block("message", message),
    }
    rendered = prompts.render("read_brief", language, inputs)
    try:
        answer = model.complete(Ask(in_turn(rendered.messages), BriefAnswer, cache_key=f"read_brief.{language}"), watch).value
    except ModelError as error:
        return Understood(from_pasted(message), why=error.message)
    return _held(
        answer,
        _Reading(Pasted(clean(message), language, today, month_first=month_first), message, language),
        f"{model.name} ({model.host})",
    )


@dataclass
class _Reading:
    """What is taken from an answer, and what is not."""

    source: Pasted
    message: str
    language: Language
    left_out: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def told(self, said: str, share: float = TOLD_SHARE) -> str:
        """`said` where the message says it, in its own words or nearly; else nothing, and it is listed."""
        return self._kept(said, self.source.tells(said, share))

    def quoted(self, said: str) -> str:
        """`said` where it stands in the message; else nothing, and it is listed."""
        return self._kept(said, self.source.quotes(said))

    def all_of(self, said: Sequence[str], *, quoted: bool) -> list[str]:
        """Those of `said` that hold, each once."""
        held = (self.quoted(one) if quoted else self.told(one) for one in map(clean, said))
        return [one for one in dict.fromkeys(held) if one][:MAX_ITEMS]

    def courtesy(self, sentence: str) -> bool:
        """Whether a sentence of the message only greets, thanks, signs or speaks to the desk."""
        return sentence in self._courtesies or not any(part.kept for part in parted(sentence, self.language, mail=True))

    @cached_property
    def _courtesies(self) -> frozenset[str]:
        parts = [part.text for part in parted(clean(without_orders(self.message)), self.language, mail=True) if not part.kept]
        return frozenset(one for part in parts for one in Pasted(part, self.language, date.min).sentences)

    def drop(self, said: str) -> None:
        """List what is not taken."""
        if said and said not in self.left_out:
            self.left_out.append(said)

    def set_aside(self, sentence: str) -> None:
        """Keep a sentence of the message out of the brief, for the person to read."""
        if sentence and sentence not in self.aside:
            self.aside.append(sentence)

    def _kept(self, said: str, holds: bool) -> str:
        if not said:
            return ""
        if holds and self.source.orders(said):
            self.set_aside(self.source.sentence_of(said) or said)
            return ""
        if holds and len(said) <= MAX_FIELD:
            return said
        self.drop(said)
        return ""


def _held(answer: BriefAnswer, reading: _Reading, by: str) -> Understood:
    """The answer as far as the message bears it out, and what it forgot."""
    fields: dict[str, Any] = {
        "subject": reading.told(clean(answer.subject), SUBJECT_SHARE),
        "subject_sentence": reading.told(clean(answer.subject_sentence)),
        "first_words": reading.quoted(clean(answer.first_words)),
        "facts": _facts(answer.facts, reading),
        "link": _link(clean(answer.link), reading),
        "audience": reading.told(clean(answer.audience)),
        "tone": reading.told(clean(answer.tone)),
        "must_include": reading.all_of(answer.must_include, quoted=True),
        "avoid": reading.all_of(answer.avoid, quoted=True),
        "planned_for": _planned(clean(answer.planned_for), reading),
        "networks": _networks(answer.networks, reading),
    }
    for name, choices in CHOICES.items():
        said = clean(getattr(answer, name))
        fields[name] = said if said in choices else ""
        if said not in choices:
            reading.drop(said)
    points = reading.all_of(answer.key_points, quoted=False)
    if not fields["subject"]:
        fields["subject"] = from_pasted(reading.message).get("subject") or (points[0] if points else "")
    _desk(answer.for_the_desk, reading)
    told = [*_texts(fields), *points, *reading.aside]
    put_back = []
    for sentence in reading.source.untold(told):
        courtesy = reading.courtesy(sentence)
        if not courtesy and not reading.source.orders(sentence):
            put_back.append(sentence)
        elif not courtesy or list(in_text(sentence, reading.language)):
            reading.set_aside(sentence)
    fields["key_points"] = _in_order(points, put_back, reading.source)
    left_out = tuple(reading.left_out)
    taken = {name: value for name, value in fields.items() if value}
    return Understood(taken, by, left_out=left_out, put_back=tuple(put_back), aside=tuple(reading.aside))


def _facts(said: Iterable[FactRead], reading: _Reading) -> dict[str, str]:
    """Facts whose value stands in the message, under a name that is its own or a usual one."""
    found: dict[str, str] = {}
    for one in said:
        name, value = clean(one.name).strip(" :"), clean(one.value)
        known = fold(name).split()[:1] and fold(name).split()[0] in FACTS
        fits = name and len(name) <= LONGEST_NAME and (known or reading.source.tells(name)) and reading.source.pairs(name, value)
        if not value or not fits:
            reading.drop(f"{name} : {value}" if name and value else name or value)
            continue
        if kept := reading.quoted(value):
            again = sum(key == name or key.startswith(f"{name} (") for key in found)
            if found.get(name) != kept and len(found) < MAX_ITEMS:
                found[f"{name} ({again + 1})" if again else name] = kept
    return found


def _link(said: str, reading: _Reading) -> str:
    """The link as the message writes it."""
    for link in written_links(reading.message):
        if said and link_key(link.url) == link_key(said):
            return link.url
    reading.drop(said)
    return ""


def _planned(said: str, reading: _Reading) -> str:
    """The planned day, where the message speaks of it; its hour too."""
    if not said:
        return ""
    try:
        moment = datetime.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        reading.drop(said)
        return ""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR or not reading.source.names_day(moment.date()):
        reading.drop(said)
        return ""
    if "T" in said and reading.source.names_hour(moment.hour * 60 + moment.minute):
        return moment.isoformat(timespec="minutes")
    return moment.date().isoformat()


def _networks(said: Iterable[str], reading: _Reading) -> list[str]:
    """Networks that exist and that the message calls by a name of theirs."""
    words = f" {' '.join(fold(reading.message).replace('-', ' ').replace('.', ' ').replace(',', ' ').split())} "
    found: list[str] = []
    for key in dict.fromkeys(map(clean, said)):
        names = [key.replace("-", " "), *CALLED.get(key, ())]
        names += [fold(text(f"network.{key}", reading.language))] if has(f"network.{key}") else []
        if key in catalogue() and any(f" {name} " in words for name in names):
            found.append(key)
        else:
            reading.drop(key)
    return found


def _desk(said: Iterable[str], reading: _Reading) -> None:
    """Sentences for the desk stand aside; one that states something is not taken for one, and comes back as a key point."""
    for one in map(clean, said):
        if not reading.source.quotes(one):
            reading.drop(one)
        elif reading.source.orders(one) or reading.courtesy(one) or not list(in_text(one, reading.language)):
            reading.set_aside(one)


def _texts(fields: Mapping[str, Any]) -> Iterator[str]:
    """Every text of the fields, facts as they are written in a message."""
    for name, value in fields.items():
        if name == "facts":
            yield from (f"{key} : {one}" for key, one in value.items())
        elif isinstance(value, list):
            yield from value
        elif name not in CHOICES:
            yield value


def _in_order(points: Sequence[str], put_back: Sequence[str], source: Pasted) -> list[str]:
    """All points in the order of the message; a sentence that came back whole takes the place of what was left of it."""
    places = {sentence: place for place, sentence in enumerate(source.sentences)}
    kept = [point for point in points if source.sentence_of(point) not in put_back]
    ordered = sorted([*kept, *put_back], key=lambda one: places.get(source.sentence_of(one), len(places)))
    if len(ordered) <= MAX_ITEMS:
        return ordered
    return [*ordered[: MAX_ITEMS - 1], "\n".join(ordered[MAX_ITEMS - 1 :])[:MAX_FIELD]]
