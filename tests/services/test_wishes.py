"""Wishes about a draft: each does what it says, what a person edited and the facts stay, what cannot be done changes nothing."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.prompted.writer import PromptedWriter
from assistant.drafting.staying import figures_gone
from assistant.drafting.wishes import BY_RULES, WISHES
from assistant.drafting.writer import Writer
from assistant.drafts import Item, State
from assistant.errors import ModelAnswerUnusable, ModelUnavailable, NotAllowed, StaleVersion
from assistant.evaluation import suite
from assistant.messages import LANGUAGES, render
from assistant.models.scripted import ScriptedModel
from assistant.text import emojis, sentence_spans

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(
    subject="L’Heure du trou",
    purpose="event",
    key_points=(
        "Idriss monte trois murs exprès !",
        "Chacun perce, cheville et visse sa patère.",
        "On repart avec la patère, et avec le coup de main.",
    ),
    facts={"date": "samedi 28 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"},
)
TEXT = "Idriss monte trois murs exprès ! Chacun perce, cheville et visse sa patère. Samedi 28 novembre 2026, 10 h–11 h, 12 €."
SHORT = "Idriss monte trois murs exprès ! Samedi 28 novembre 2026, 10 h–11 h, 12 €."
PATIENT_S = 20.0


def drafted(services: "Services", brief: Brief = BRIEF, brand: str = "vaudrille", network: str = "facebook") -> Item:
    [came] = services.draft(brand, brief, networks=[network], writer="built-in", actor="Ana", variants=1)
    return services.stores.drafts.get(came.drafts[0].id)


def wished(services: "Services", item: Item, wish: str, **options: Any) -> Item:
    return services.wishes.wish(item.id, wish, version=item.version, actor="Ana", **options)


@pytest.fixture
def scripted(services: "Services", monkeypatch: pytest.MonkeyPatch) -> Callable[..., ScriptedModel]:
    """A model that answers so; it may be used for every brand."""

    def with_answers(*answers: Any) -> ScriptedModel:
        model = ScriptedModel(
            [{"text": one, "first_comment": "", "alt_text": "", "visual_brief": ""} if isinstance(one, str) else one for one in answers]
        )
        built_in = type(services).writer

        def writer(self: Any, asked: str, *rest: Any) -> Writer:
            return PromptedWriter(model, services.models.prompts) if asked == "model" else built_in(self, asked, *rest)

        monkeypatch.setattr(type(services), "writer", writer)
        monkeypatch.setattr(type(services.models), "why_not", lambda *_: None)
        return model

    return with_answers


# what every wish keeps to


def test_the_built_in_writer_fulfils_it_as_a_new_version_and_the_history_says_who_wished_what(services: "Services") -> None:
    for wish in BY_RULES:
        _fulfilled(services, wish)


def _fulfilled(services: "Services", wish: str) -> None:
    before = drafted(services)
    after = wished(services, before, wish)
    assert after.id == before.id
    assert after.version == before.version + 1
    assert after.draft.text != before.draft.text
    assert "".join(piece.text for piece in after.draft.provenance.pieces) == after.draft.text
    assert (after.history[-1].actor, after.history[-1].reason) == ("Ana", f"wish.{wish}")
    assert [one.draft.text for one in services.stores.drafts.versions(before.id)] == [before.draft.text, after.draft.text]
    assert after.draft.length == len(after.draft.text)


def test_the_text_before_is_one_step_away_and_so_is_the_way_back(services: "Services") -> None:
    before = drafted(services)
    assert not services.wishes.undoable(before)
    after = wished(services, before, "shorter")
    assert services.wishes.undoable(after)
    back = services.wishes.undo(after.id, version=after.version, actor="Ana")
    assert back.draft.text == before.draft.text
    assert back.draft.provenance == before.draft.provenance
    again = services.wishes.undo(after.id, version=back.version, actor="Ana")
    assert again.draft.text == after.draft.text


def test_an_edited_sentence_stays_to_the_sign_even_when_only_a_letter_of_it_was_changed(services: "Services") -> None:
    item = drafted(services)
    mine = item.draft.text.replace("visse sa patère", "visse sa  Patère")
    edited = services.review.edit(item.id, actor="Léo", version=item.version, text=mine)
    sentence = next(mine[a:b] for a, b in sentence_spans(mine) if "Patère" in mine[a:b])
    for wish in ("shorter", "drier"):
        edited = wished(services, edited, wish)
        assert sentence in edited.draft.text
    with pytest.raises(NotAllowed, match="nothing_left"):
        _until_refused(services, edited)
    assert sentence in services.stores.drafts.get(item.id).draft.text


def _until_refused(services: "Services", item: Item) -> None:
    for _ in range(9):
        item = wished(services, item, "shorter")


def test_a_stale_version_is_refused_with_both_texts(services: "Services") -> None:
    item = drafted(services)
    services.review.edit(item.id, actor="Léo", version=item.version, text="Le texte de Léo, 12 €.")
    with pytest.raises(StaleVersion) as refused:
        wished(services, item, "shorter")
    assert refused.value.values["mine"] == item.draft.text
    assert refused.value.values["theirs"] == "Le texte de Léo, 12 €."


def test_a_wish_is_for_texts_that_may_be_edited_and_an_approval_does_not_survive_it(services: "Services") -> None:
    item = drafted(services)
    approved = services.review.ready(item.id, actor="Ana", version=item.version, reason="vu")
    after = wished(services, approved, "shorter")
    assert after.state is State.IN_REVIEW
    assert after.sealed == ""
    gone = services.review.withdraw(item.id, actor="Ana", version=after.version)
    with pytest.raises(NotAllowed):
        wished(services, gone, "shorter")


def test_a_text_older_than_its_brief_is_left_alone(services: "Services") -> None:
    item = drafted(services)
    changed = BRIEF.model_copy(update={"facts": {"prix": "14 €"}}).model_dump(mode="json", exclude_defaults=True)
    services.stores.briefs.save(id=item.brief_id, slug="vaudrille", brief_json=changed, version=1, now=services.now(), actor="Ana")
    with pytest.raises(NotAllowed, match="brief_changed"):
        wished(services, item, "shorter")


def test_what_cannot_be_done_is_said_in_words_and_nothing_changes(services: "Services") -> None:
    item = drafted(services)
    refusals: tuple[tuple[str, Any, str], ...] = (
        ("warmer", None, "writer.wish.unknown"),
        ("magic", None, "wish.unknown"),
        ("reworded", (0, 9), "writer.wish.unknown"),
        ("other-opening", (0, 9), "wish.whole_text"),
        ("shorter", (5, 99_999), "wish.which_sentence"),
        ("shorter", (9, 9), "wish.which_sentence"),
    )
    for wish, span, id in refusals:
        with pytest.raises(NotAllowed) as refused:
            wished(services, item, wish, span=span)
        assert refused.value.id == id
        assert all(render(refused.value.message, language) for language in LANGUAGES)
    assert services.stores.drafts.get(item.id) == item


def test_one_sentence_only_leaves_the_others_word_for_word(services: "Services") -> None:
    item = drafted(services)
    text = item.draft.text
    spans = [(a, b) for a, b in sentence_spans(text) if "coup de main" in text[a:b]]
    after = wished(services, item, "shorter", span=spans[0]).draft.text
    assert "coup de main" not in after
    assert all(text[a:b].rstrip(".") in after for a, b in sentence_spans(text) if (a, b) != spans[0])


def test_a_brief_that_was_kept_is_read_back_as_it_was_written_a_day_without_an_hour_included(services: "Services") -> None:
    services.kit("vaudrille")
    for planned in (date(2027, 1, 5), datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 1, 5, 18, 30, tzinfo=UTC)):
        brief = BRIEF.model_copy(update={"planned_for": planned})
        assert services.brief_of(services.keep_brief("vaudrille", brief, "Ana")) == brief


# fifty drafts


def test_every_wish_does_what_it_says_on_fifty_drafts(services: "Services", capsys: pytest.CaptureFixture[str]) -> None:
    """Shorter is shorter, drier is calmer, another opening is another; facts and an edited sentence stay. Prints its figures."""
    figures: Counter[tuple[str, str]] = Counter()
    cases = [one for brand in suite.brands() for one in suite.spread(suite.of_brand(brand), 50 // len(suite.brands()) + 1)][:50]
    for number, case in enumerate(cases):
        network = services.networks_for(case.brand, case.brief)[0].key
        [came] = services.draft(case.brand, case.brief, networks=[network], language=case.language, writer="built-in", actor="Ana")
        for wish in BY_RULES:
            item = services.stores.drafts.get(came.drafts[0].id)
            before, own = item.draft.text, ""
            spans = sentence_spans(before)
            if number % 2 and len(spans) > 2:  # somebody changed the last sentence but one
                start, end = spans[-2]
                own = before[start:end].replace(" ", " (vu) ", 1)
                item = services.review.edit(item.id, actor="Léo", version=item.version, text=before[:start] + own + before[end:])
                before = item.draft.text
            try:
                after = wished(services, item, wish)
            except NotAllowed as refused:
                figures[wish, refused.id] += 1
                assert services.stores.drafts.get(item.id) == item
            else:
                figures[wish, "done"] += 1
                text = after.draft.text
                assert own in text
                assert figures_gone(case.brief, before, text) == ()
                assert wish != "shorter" or len(text) < len(before)
                assert wish != "drier" or (text.count("!"), len(emojis(text))) <= (before.count("!"), len(emojis(before)))
                item = services.wishes.undo(item.id, version=after.version, actor="Ana")
                assert item.draft.text == before
            if own:
                item = services.review.edit(item.id, actor="Léo", version=item.version, text=came.drafts[0].text)
    with capsys.disabled():
        told = (f"{wish}: {count} {outcome}" for (wish, outcome), count in sorted(figures.items()))
        print(f"\n{len(cases)} drafts, built-in writer: {', '.join(told)}")
    assert len(cases) == 50
    assert figures["shorter", "done"] >= 30
    assert figures["other-opening", "done"] >= 10
    assert figures["drier", "done"] >= 5


def _careless(text: str, number: int) -> str:
    """What a careless model makes of a text: a sentence less, another figure, more words, the same, another order."""
    sentences = [text[a:b] for a, b in sentence_spans(text)]
    digit = next((at for at, sign in enumerate(text) if sign.isdigit()), None)
    match number % 5:
        case 0:
            return "\n\n".join(sentences[:-2] + sentences[-1:])
        case 1:
            return text if digit is None else text[:digit] + str((int(text[digit]) + 1) % 10) + text[digit + 1 :]
        case 2:
            return f"{text}\n\nEt encore un mot de plus, pour le plaisir !"
        case 3:
            return text
    return "\n\n".join(sentences[1:] + sentences[:1])


def test_whatever_a_model_answers_on_fifty_drafts_a_wish_is_kept_or_nothing_changes(
    services: "Services", scripted: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    figures: Counter[tuple[str, str]] = Counter()
    cases = [one for brand in suite.brands() for one in suite.spread(suite.of_brand(brand), 50 // len(suite.brands()) + 1)][:50]
    for number, case in enumerate(cases):
        network = services.networks_for(case.brand, case.brief)[0].key
        [came] = services.draft(case.brand, case.brief, networks=[network], language=case.language, writer="built-in", actor="Ana")
        item = services.stores.drafts.get(came.drafts[0].id)
        before, own = item.draft.text, ""
        spans = sentence_spans(before)
        if number % 3 == 0 and len(spans) > 2:
            start, end = spans[1]
            own = before[start:end].replace(" ", " (vu) ", 1)
            item = services.review.edit(item.id, actor="Léo", version=1, text=before[:start] + own + before[end:])
            before = item.draft.text
        wish = ("shorter", "drier", "warmer", "less-ad", "other-opening", "other-angle")[number % 6]
        scripted(_careless(before, number))
        try:
            after = wished(services, item, wish, by="model")
        except (NotAllowed, ModelAnswerUnusable) as refused:
            figures["refused", refused.id] += 1
            assert services.stores.drafts.get(item.id) == item
            continue
        figures["done", wish] += 1
        text = after.draft.text
        assert own in text
        assert figures_gone(case.brief, before, text) == ()
        assert wish != "shorter" or len(text) < len(before)
        assert wish != "drier" or (text.count("!"), len(emojis(text))) <= (before.count("!"), len(emojis(before)))
    with capsys.disabled():
        told = (f"{count} {outcome} ({why})" for (outcome, why), count in sorted(figures.items()))
        print(f"\n{len(cases)} drafts, a careless model: {', '.join(told)}")
    assert sum(count for (outcome, _), count in figures.items() if outcome == "refused") >= 15
    assert sum(count for (outcome, _), count in figures.items() if outcome == "done") >= 10


# a model


def test_a_built_in_draft_may_be_handed_to_a_model_which_then_is_its_writer(services: "Services", scripted: Any) -> None:
    model = scripted(SHORT)
    item = drafted(services)
    assert services.wishes.writers(item) == ("built-in", "model")
    after = wished(services, item, "warmer", by="model")
    assert after.draft.text.replace("\u00a0", " ").replace("\u202f", " ") == SHORT
    assert after.draft.provenance.writer == "scripted"
    assert after.draft.provenance.model is not None
    assert after.draft.provenance.model.calls >= 1
    assert services.wishes.writers(after) == ("model",)
    assert services.wishes.offered("model") == WISHES
    assert "Plus chaleureux" in "\n".join(message.text for message in model.asks[0].messages)
    with pytest.raises(NotAllowed, match="not_its_own"):
        wished(services, after, "shorter", by="built-in")


def test_a_models_answer_that_is_no_answer_to_the_wish_goes_back_once_and_is_then_put_aside(services: "Services", scripted: Any) -> None:
    for answer, id in (
        (SHORT.replace("12 €", "15 €"), "wish.fact_lost"),
        (SHORT.replace(", 12 €", ""), "wish.fact_lost"),
        (
            SHORT.replace("exprès", "exprès pour chacun et pour tous, l’un après l’autre, toute la matinée et encore après") * 4,
            "wish.not_shorter",
        ),
    ):
        model = scripted(answer)
        item = drafted(services)
        with pytest.raises(ModelAnswerUnusable) as refused:
            wished(services, item, "shorter", by="model")
        assert refused.value.id == id
        assert len(model.asks) == 2, "it is told what was wrong, once"
        assert services.stores.drafts.get(item.id) == item


def test_a_model_keeps_what_was_edited_and_the_next_wish_still_knows_it(services: "Services", scripted: Any) -> None:
    item = drafted(services)
    own = "Chacun perce, cheville, et visse SA patère."
    mine = item.draft.text.replace("Chacun perce, cheville et visse sa patère.", own)
    item = services.review.edit(item.id, actor="Léo", version=item.version, text=mine)
    scripted(f"Idriss monte trois murs. {own} Samedi 28 novembre 2026, 10 h–11 h, 12 €.", SHORT)
    after = wished(services, item, "warmer", by="model")
    assert own in after.draft.text
    assert own in [piece.text for piece in after.draft.provenance.pieces if piece.source == "person"]
    with pytest.raises(ModelAnswerUnusable, match="locked_lost"):
        wished(services, after, "shorter")
    assert services.stores.drafts.get(item.id) == after


def test_one_sentence_is_all_that_a_model_may_change(services: "Services", scripted: Any) -> None:
    item = drafted(services)
    text = item.draft.text
    [span] = [(a, b) for a, b in sentence_spans(text) if "coup de main" in text[a:b]]
    scripted("La patère est à toi, le coup de main aussi.")
    after = wished(services, item, "reworded", span=span, by="model").draft.text
    assert after == text[: span[0]] + "La patère est à toi, le coup de main aussi." + text[span[1] :]


# behind the page


def test_a_model_works_behind_the_page_and_can_be_stopped(services: "Services", scripted: Any) -> None:
    gate = threading.Event()
    scripted(lambda ask: gate.wait(PATIENT_S) and {"text": SHORT, "first_comment": "", "alt_text": "", "visual_brief": ""})
    item = drafted(services)
    run = services.wishes.start(item.id, "shorter", version=item.version, actor="Ana", by="model")
    assert services.wishes.start(item.id, "warmer", version=item.version, actor="Léo", by="model") is run
    run.cancel()
    gate.set()
    assert run.wait(PATIENT_S)
    assert run.progress()[item.id].stage == "cancelled"
    assert services.stores.drafts.get(item.id) == item
    told = services.wishes.failure(item)
    assert told is not None
    assert told.why.id == "model.cancelled"
    run = services.wishes.start(item.id, "shorter", version=item.version, actor="Ana", by="model")
    assert run.wait(PATIENT_S)
    assert run.progress()[item.id].stage == "done"
    assert services.stores.drafts.get(item.id).version == item.version + 1
    assert services.wishes.failure(services.stores.drafts.get(item.id)) is None


def test_a_model_that_fails_leaves_the_text_and_says_why_to_whoever_opens_it(services: "Services", scripted: Any) -> None:
    scripted(ModelUnavailable("model.timeout", seconds=60, host="h"))
    item = drafted(services)
    assert services.wishes.start(item.id, "warmer", version=item.version, actor="Ana", by="model").wait(PATIENT_S)
    told = services.wishes.failure(item)
    assert told is not None
    assert told.why.id == "model.timeout"
    assert services.stores.drafts.get(item.id) == item
    services.wishes.forget(item.id)
    assert services.wishes.failure(item) is None


def test_somebody_who_saves_while_a_model_works_keeps_their_text_and_the_models_is_not_lost(services: "Services", scripted: Any) -> None:
    item = drafted(services)

    def meanwhile(ask: Any) -> Any:
        services.review.edit(item.id, actor="Léo", version=item.version, text="Le texte de Léo, 12 €.")
        return {"text": SHORT, "first_comment": "", "alt_text": "", "visual_brief": ""}

    scripted(meanwhile)
    assert services.wishes.start(item.id, "shorter", version=item.version, actor="Ana", by="model").wait(PATIENT_S)
    now = services.stores.drafts.get(item.id)
    assert now.draft.text == "Le texte de Léo, 12 €."
    told = services.wishes.failure(now)
    assert told is not None
    assert told.why.id == "storage.stale"
    assert told.mine.replace("\u00a0", " ").replace("\u202f", " ") == SHORT


# past posts


def test_a_pinned_post_comes_first_and_a_banned_one_is_never_shown_again_until_it_is_taken_back(services: "Services") -> None:
    found = [one.id for one in services.find("vaudrille", "Heure du trou")]
    last, first = found[-1], found[0]
    services.mark("vaudrille", last, "pin", True, "Ana")
    services.mark("vaudrille", first, "ban", True, "Ana")
    now = [one.id for one in services.find("vaudrille", "Heure du trou")]
    assert now.index(last) < found.index(last)
    assert first not in now
    services.mark("vaudrille", first, "ban", False, "Ana")
    services.mark("vaudrille", last, "pin", False, "Ana")
    assert [one.id for one in services.find("vaudrille", "Heure du trou")] == found
