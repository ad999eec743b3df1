"""What is missing for a post, as questions: three at most, each answered in a few words that are used as typed."""

from assistant.drafting.builtin.material import Material
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Question
from assistant.messages import Message

MOST = 3
ENOUGH_POINTS = 2
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
    thin = is_thin(material)
    if not thin and not few:
        return ()
    vague = dict.fromkeys(word for u in material.units for word in u.reading.vague)
    asked = [Question(f"which.{word}", Message("writer.question.which", {"word": word})) for word in vague]
    own = list(BY_PURPOSE.get(request.brief.purpose or "", ()))
    if request.brief.purpose == "event" and not any(f.kind in ("date", "hour", "place") for f in material.facts):
        own.insert(0, "event.when")
    if not own:
        own = ["detail"]
    general = ["first_words"] if material.first_words is None else []
    if material.sentence is None and not material.points:
        general.append("subject_sentence")
    order = [*own[:1], *general[:1], *own[1:2], *general[1:], *own[2:]] if thin else [*general[:1], *own]
    asked = [*asked[:1], *(Question(id, Message(f"writer.question.{id}")) for id in order)]
    answered = set(request.brief.answers)
    return tuple(q for q in asked if q.id not in answered)[: MOST if thin else 1]
