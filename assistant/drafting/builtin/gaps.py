"""What is missing for a post, as questions: three at most, each answered in a few words that are used as typed."""

import regex

from assistant.checks.grounding.claims import in_text
from assistant.drafting.builtin.facts import kind_of
from assistant.drafting.builtin.lexicon import plain
from assistant.drafting.builtin.material import Material
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Question
from assistant.messages import Message

MOST = 3
ENOUGH_POINTS = 2
RANGE = 2
"""Days: from one to the other."""
BY_PURPOSE = {
    "launch": ("launch.hard", "launch.first_user", "launch.does_not", "launch.replaces"),
    "event": ("event.leave_with", "event.who", "event.odd"),
    "thanks": ("thanks.name", "thanks.did", "thanks.number"),
    "recruitment": ("recruitment.tuesday", "recruitment.not_asked"),
    "promotion": ("price.why", "price.until", "price.stays"),
    "behind-the-scenes": ("scenes.who", "scenes.wrong", "scenes.when"),
    "tip": ("tip.mistake", "tip.worked"),
    "article": ("article.figure",),
    "question": ("question.own",),
    "poll": ("question.own",),
    "news": ("news.changes", "news.why_now"),
    "partnership": ("partnership.each", "partnership.met"),
    "milestone": ("milestone.number", "milestone.start"),
    "testimonial": ("testimonial.words", "testimonial.who"),
}
WHO = frozenset({"scenes.who", "thanks.name", "testimonial.who"})
"""Questions for a name: answered where one stands in the brief."""
REACHED = frozenset({"phone", "email", "link", "handle"})
"""What a reader can follow, ring or write to."""
PLACED = regex.compile(
    r"(?<!\w)(?:rue|avenue|boulevard|quai|impasse|place d[eu]s?|chez nous|en boutique|au magasin|[aà] la boutique|[aà] l'atelier"
    r"|au comptoir|au guichet|en caisse|sur place|street|road|lane|quay|square|ticket window|the window|the shop|the counter|in store"
    r"|on board|on the boat)(?!\w)"
)
ENDED = regex.compile(
    r"(?<!\w)(?:jusqu'\w*|avant le|dernier(?:e|s|es)?|limite|fin (?:de|du|des)|epuises?|epuisement|stocks?|tant qu'il|il n'y en a plus"
    r"|until|till|by the|ends?|last|while (?:stocks|they) last|when they're gone)(?!\w)"
)


def needed(request: WriteRequest, material: Material) -> tuple[str, ...]:
    """What a reader could not act without: where to go, where the post is to sell or to bring people; until when an offer holds."""
    brief, language = request.brief, request.language
    said = [*(unit.text for unit in material.units), material.label, *brief.facts.values()]
    claims = [claim for text in said for claim in in_text(text, language)]
    kinds = {kind_of(name, value, language) for name, value in brief.facts.items()}
    folded = plain(" . ".join(said))
    placed = brief.link or kinds & {"place", "contact"} or PLACED.search(folded) or any(claim.kind in REACHED for claim in claims)
    days = sum(claim.kind == "date" for claim in claims)
    at_home = any(fact.kind == "place" for fact in request.kit.facts_on(request.today))
    wanted = ["where"] if brief.objective in ("sales", "traffic") and not (placed or at_home) else []
    if brief.purpose == "promotion" and "deadline" not in kinds and days < RANGE and not ENDED.search(folded):
        wanted.append("price.until")
    return tuple(wanted)


def is_thin(material: Material) -> bool:
    """Whether nothing concrete was said: no figure, number word, name, negation or contrast, first person, quotation."""
    said = material.units
    if not said:
        return True
    concrete = [u for u in said if u.reading.signs and not (u.reading.vague and u.reading.signs <= {"first_person"})]
    return not concrete or (len(said) < ENOUGH_POINTS and not material.facts)


def is_flat(material: Material) -> bool:
    """Whether there is nothing to arrange in a second way: no unit, or only words that say nothing."""
    return all(u.reading.vague and not u.may_open for u in material.units)


def questions(request: WriteRequest, material: Material, *, few: bool) -> tuple[Question, ...]:
    """What to ask for this purpose; `few` says that another opening is wanted although the brief is not thin."""
    thin, missing = is_thin(material), needed(request, material)
    if not thin and not few:
        return _asked(request, missing)
    vague = dict.fromkeys(word for u in material.units for word in u.reading.vague)
    asked = [Question(f"which.{word}", Message("writer.question.which", {"word": word})) for word in vague]
    named = any("name" in unit.reading.signs for unit in material.units)
    own = [id for id in BY_PURPOSE.get(request.brief.purpose or "", ()) if not (named and id in WHO)]
    if request.brief.purpose == "event" and not any(f.kind in ("date", "hour", "place") for f in material.facts):
        own.insert(0, "event.when")
    if not own:
        own = ["detail"]
    general = ["first_words"] if material.first_words is None else []
    if material.sentence is None and not material.points:
        general.append("subject_sentence")
    order = [*own[:1], *general[:1], *own[1:2], *general[1:], *own[2:]] if thin else [*general[:1], *own]
    useful = [*asked[:1], *(Question(id, Message(f"writer.question.{id}")) for id in order if id not in missing)]
    answered = set(request.brief.answers)
    useful = [q for q in useful if q.id not in answered][: MOST if thin else 1]
    return (*_asked(request, missing), *useful)[:MOST]


def _asked(request: WriteRequest, ids: tuple[str, ...]) -> tuple[Question, ...]:
    return tuple(Question(id, Message(f"writer.question.{id}")) for id in ids if id not in request.brief.answers)
