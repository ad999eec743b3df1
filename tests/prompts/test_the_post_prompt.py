"""From the rendered prompt alone a person could write the draft: everything they would need stands in it, for each shipped brand."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.drafting.builtin.habits import drawn as drawn_for
from assistant.drafting.prompted.fullness import LADDER, LEAN, MOST_TOKENS, Fullness
from assistant.drafting.prompted.material import post_inputs
from assistant.drafting.prompted.place import emoji_of
from assistant.drafting.writer import WriteRequest
from assistant.messages import Message, render, text
from assistant.models.tokens import count
from assistant.networks.catalogue import catalogue
from assistant.prompts import SPACES, Prompts, Rendered
from assistant.text import sentences
from tests.prompts.shipped import ROOT, SLUGS, brands

PROMPTS = Prompts(ROOT / "prompts")
EVERY = [
    (slug, number, account.network)
    for slug in SLUGS
    for number in range(len(brands().briefs(slug)))
    for account in brands().kits[slug].accounts
]
BOTH = pytest.mark.parametrize("slug", SLUGS)


def whole(slug: str) -> Brief:
    """A brief with every field filled."""
    own = brands().briefs(slug)[0]
    return own.model_copy(
        update={
            "subject_sentence": "The subject, said.",
            "first_words": "The very first words.",
            "answers": {"event.who": "Idriss and Win", "which.big": "bigger than a door"},
            "must_include": ("#TagOfTheBrief", "exactly these words"),
            "avoid": ("splendid",),
            "audience": "people with boats",
            "tone": "drier than usual",
            "link": "https://own.example/page",
            "format": "photo",
            "planned_for": date(2026, 12, 3),
        }
    )


def asked(slug: str, network: str = "", **changes: object) -> WriteRequest:
    kit = brands().kits[slug]
    made = brands().full(slug, whole(slug), network or kit.accounts[0].network)
    return replace(made, **changes)  # type: ignore[arg-type]


def sent(request: WriteRequest, fullness: Fullness | None = None) -> Rendered:
    return PROMPTS.render("post", request.language, post_inputs(request, fullness or Fullness()))


def said(request: WriteRequest, fullness: Fullness | None = None) -> str:
    return sent(request, fullness).text


def plain(words: str) -> str:
    """As it is sent: on one line, no-break spaces as spaces."""
    return " ".join(words.split()).translate(SPACES)


@BOTH
def test_the_brief_is_there_as_typed(slug: str) -> None:
    request = asked(slug)
    brief, prompt = request.brief, said(request)
    for words in (brief.subject, brief.subject_sentence, brief.first_words, brief.link, brief.audience, brief.tone):
        assert plain(words) in prompt
    for words in (*brief.must_include, *brief.avoid, *brief.answers.values()):
        assert f"{plain(words)}\n" in prompt
    assert render(Message(f"purpose.{brief.purpose}"), request.language) in prompt
    assert render(Message(f"format.{brief.format}"), request.language) in prompt


@BOTH
def test_facts_stand_by_name_and_value_to_the_sign(slug: str) -> None:
    request = asked(slug)
    colon = " : " if request.language == "fr" else ": "
    assert request.brief.facts
    for name, value in request.brief.facts.items():
        assert f"\n- {plain(name)}{colon}{plain(value)}\n" in said(request)


@BOTH
def test_key_points_stand_in_the_persons_order(slug: str) -> None:
    request = asked(slug)
    places = [said(request).index(f"\n{n}. {plain(point)}") for n, point in enumerate(request.brief.key_points, 1)]
    assert len(places) > 1
    assert places == sorted(places)


@BOTH
def test_an_answer_stands_behind_the_question_it_answers(slug: str) -> None:
    request = asked(slug)
    assert plain(f"- {text('writer.question.event.who', request.language)} Idriss and Win") in said(request)
    assert plain(text("writer.question.which", request.language, word="big")) + " bigger than a door" in said(request)


@BOTH
def test_the_planned_day_stands_with_its_weekday_and_year(slug: str) -> None:
    request = asked(slug)
    day = {"fr": "mardi 24 novembre 2026", "en": "Tuesday 24 November 2026"}[request.language]
    assert day in said(replace(request, today=date(2026, 11, 24)))


@pytest.mark.parametrize(("network", "opens"), [("facebook", True), ("instagram", False), ("x", True)])
@BOTH
def test_the_link_is_given_with_whether_it_opens_there(slug: str, network: str, opens: bool) -> None:
    request = asked(slug, network)
    words = {"fr": ("il s’ouvre ici", "il ne s’ouvre pas ici"), "en": ("it opens here", "it does not open here")}[request.language]
    assert (words[0] in said(request)) == opens
    assert (words[1] in said(request)) != opens


@pytest.mark.parametrize("network", ["instagram", "x", "bluesky", "linkedin"])
@BOTH
def test_limit_unit_and_fold_of_the_network_stand_there(slug: str, network: str) -> None:
    request, entry = asked(slug, network), catalogue()[network]
    prompt = said(request)
    unit = render(Message(f"unit.{entry.unit}"), request.language)
    assert f"{min(entry.limit, entry.product_cap or entry.limit)} {unit}" in prompt
    assert plain(render(Message(f"counting.{entry.unit}"), request.language)) in prompt
    if entry.fold_at:
        assert f": {entry.fold_at} " in prompt


@BOTH
def test_the_accounts_habits_stand_there_as_measured(slug: str) -> None:
    request = asked(slug)
    low, middle, high = request.layout.length
    prompt = said(request)
    assert all(str(number) in prompt for number in (low, middle, high, request.layout.posts))
    assert plain(text("prompted.layout.measured", request.language, count=request.layout.posts)) in prompt


def test_a_habit_that_is_no_rule_is_drawn_and_not_told_always() -> None:
    """Vaudrille puts an emoji under one Instagram post in three: told "always", a model would put one under each."""
    requests = [replace(asked("vaudrille", "instagram"), seed=seed) for seed in range(60)]
    drawn = [emoji_of(request, drawn_for(request)).split()[0] for request in requests]
    assert 0.1 < drawn.count("un") / len(drawn) < 0.6
    assert f"- Émojis : {drawn[0]}" in said(requests[0])


@BOTH
def test_only_the_brands_hashtags_are_offered_up_to_its_limit(slug: str) -> None:
    tagged, bare = ("linkedin", "facebook") if slug == "rotelier" else ("instagram", "linkedin")
    request = next(one for seed in range(20) if drawn_for(one := asked(slug, tagged, seed=seed)).tags)
    prompt, policy = said(request), request.kit.hashtags
    assert all(tag in prompt for tag in (*policy.brand, *policy.campaign))
    assert not any(tag in prompt for tag in policy.banned)
    none = asked(slug, bare)
    assert plain(text("prompted.hashtags.none", none.language)) in said(none)


@BOTH
def test_who_speaks_and_how_the_reader_is_addressed_stand_there(slug: str) -> None:
    for account in brands().kits[slug].accounts:
        request = asked(slug, account.network)
        assert plain(text(f"prompted.address.{account.address}", request.language)) in said(request)
        assert plain(text(f"prompted.speaker.{account.speaker}", request.language)) in said(request)
        assert plain(account.handle) in said(request)


@BOTH
def test_the_houses_words_stand_there_with_what_takes_their_place(slug: str) -> None:
    kit, prompt = brands().kits[slug], said(asked(slug))
    assert all(plain(term.term) in prompt for term in kit.terms.must)
    assert all(plain(wrong) in prompt for term in kit.terms.preferred for wrong in (term.term, *term.instead_of))
    for term in (*kit.terms.avoid, *kit.terms.never):
        assert (f"{plain(term.term)} → {plain(term.alternative)}" if term.alternative else plain(term.term)) in prompt
    assert all(plain(name) in prompt for name in kit.competitors)


@BOTH
def test_the_voice_stands_there_shown_and_not_named(slug: str) -> None:
    kit, prompt = brands().kits[slug], said(asked(slug))
    for trait in kit.voice.we_are:
        assert plain(trait.sounds_like) in prompt
        assert plain(trait.not_like) in prompt
    assert all(plain(one) in prompt for one in (*kit.voice.we_are_not, *kit.legal_notes))
    assert plain(kit.voice.corrections[0].right) in prompt
    assert plain(kit.voice.examples[0].why) in prompt


@BOTH
def test_language_and_variant_stand_there(slug: str) -> None:
    request = asked(slug)
    assert plain(text(f"prompted.language.{request.kit.variant(request.language)}", request.language)) in said(request)


@BOTH
def test_posts_that_worked_stand_there_with_the_reasons_why(slug: str) -> None:
    request = asked(slug)
    prompt = said(request)
    reasons = {"fr": "dans les 6 % qui ont fait le plus réagir", "en": "in the top 6%"}[request.language]
    days = {"fr": "publié il y a 41 jours", "en": "41 days old"}[request.language]
    assert prompt.count(reasons) >= 2
    assert prompt.count(days) >= 2
    assert request.evidence[0].text.splitlines()[0].translate(SPACES) in prompt


@BOTH
def test_passages_of_the_guide_stand_in_blocks(slug: str) -> None:
    request = asked(slug)
    tag = {"fr": "charte", "en": "guide"}[request.language]
    assert f'<{tag} id="g1">' in said(request)


@BOTH
def test_openings_and_endings_not_to_repeat_stand_there(slug: str) -> None:
    request = asked(slug)
    first = sentences(request.recent[0].text)
    assert plain(first[0])[:50] in said(request)
    assert plain(first[-1] if not first[-1].startswith("#") else first[-2])[:40] in said(request)


@BOTH
def test_facts_of_the_kit_hold_on_the_planned_day_and_no_other(slug: str) -> None:
    day = date(2026, 12, 3)
    request = asked(slug, today=day)
    block = said(request).split("<faits>" if request.language == "fr" else "<facts>")[-1].split("</")[0]
    held, others = request.kit.facts_on(day), [fact for fact in request.kit.facts if not fact.holds_on(day)]
    assert others
    assert any(plain(fact.value) in block for fact in held)
    assert not any(plain(fact.value) in block for fact in others)


def test_facts_of_the_kit_are_those_that_have_to_do_with_the_brief() -> None:
    block = said(asked("vaudrille")).split("<faits>")[-1].split("</faits>")[0]
    assert "- L’Heure du trou : " in block
    assert "Savon noir" not in block


def test_house_lines_stand_there_while_their_case_holds() -> None:
    kit: Kit = brands().kits["vaudrille"]
    block = said(asked("vaudrille", "facebook")).split("Phrases de la maison")[1].split("\n\n")[0]
    lines = [line for line in kit.lines if plain(line.text) in block]
    assert lines
    assert all(not line.networks or "facebook" in line.networks for line in lines)


@BOTH
def test_the_number_of_variants_with_different_openings_is_asked_for(slug: str) -> None:
    prompt = said(asked(slug, variants=5))
    assert "5." in prompt.split("# À faire" if "# À faire" in prompt else "# Your task")[1]
    assert ("No two of them open" if slug == "thole-ferry" else "n’ouvrent jamais") in prompt


FRENCH_TICS = [
    "Découvrez",
    "ravis de",
    "Envie de",
    "plus qu’un X",
    "trois adjectifs",
    "👇",
    "À l’heure où",
    "expérience unique",
    "incontournable",
    "Le résultat ?",
    "qu’en pensez-vous",
    "N’hésitez pas",
    "Ne manquez pas",
    "« ! » à la suite",
    "mots-dièse en tas",
    "rencontre Y",
    "drame à une phrase par ligne",
    "offrant une",
    "Parce que chaque X compte",
    "faire sens",
]
ENGLISH_TICS = [
    "Discover",
    "thrilled to",
    "Ready to",
    "it's not X, it's Y",
    "three adjectives",
    "👇",
    "As the leaves turn",
    "elevate",
    "ultimate",
    "The best part?",
    "Let us know in the comments",
    "Don't hesitate",
    "Don't miss out",
    "marks in a row",
    "hashtags in a heap",
    "meets Y",
    "drama at one sentence a line",
    "making it perfect",
    "Because every X tells a story",
    "we propose you",
]


@pytest.mark.parametrize(("slug", "tics"), [("vaudrille", FRENCH_TICS), ("thole-ferry", ENGLISH_TICS)])
def test_each_tic_that_readers_punish_is_named(slug: str, tics: list[str]) -> None:
    assert len(tics) == 20
    assert not [tic for tic in tics if tic not in said(asked(slug))]


def test_invented_tastes_reactions_and_history_are_forbidden_in_both_languages() -> None:
    french, english = said(asked("vaudrille")), said(asked("thole-ferry"))
    assert all(words in french for words in ("Un goût", "la réaction de quelqu’un", "le passé de la marque", "vous avez été nombreux"))
    assert all(words in english for words in ("A taste", "somebody's reaction", "the brand's past", "so many of you"))


@pytest.mark.parametrize(("slug", "number", "network"), EVERY)
def test_a_whole_prompt_stays_within_its_tokens(slug: str, number: int, network: str) -> None:
    request = brands().full(slug, brands().briefs(slug)[number], network)
    sizes = (count(said(request, fullness))[0] for fullness in LADDER[:3])
    assert any(size <= MOST_TOKENS for size in sizes)


@BOTH
def test_what_belongs_to_the_brand_comes_first_and_is_the_same_for_all_its_networks_and_briefs(slug: str) -> None:
    kit = brands().kits[slug]
    first = {
        sent(brands().full(slug, brief, account.network), fullness).messages[0]
        for brief in brands().briefs(slug)[:2]
        for account in kit.accounts
        for fullness in LADDER[:3]
    }
    assert len(first) == 1
    role, system = first.pop()
    assert role == "system"
    assert count(system)[0] > 1024  # from here on servers keep a prefix


def test_a_model_that_reads_less_gets_less_of_the_brand_and_all_of_the_brief() -> None:
    request = asked("vaudrille")
    lean = said(request, LEAN)
    assert count(lean)[0] < 0.8 * count(said(request))[0]
    assert all(plain(words) in lean for words in (*request.brief.key_points, *request.brief.facts.values(), *request.brief.must_include))
    assert all(plain(term.term) in lean for term in request.kit.terms.never)


@BOTH
def test_nothing_of_another_brand_stands_in_a_prompt(slug: str) -> None:
    other = brands().kits[next(one for one in SLUGS if one != slug)]
    assert not any(mark in said(asked(slug)) for mark in (other.name, *other.hashtags.brand, *(a.handle for a in other.accounts)))


def test_a_brand_of_ones_own_with_nothing_told_yet_has_a_prompt_without_holes() -> None:
    from tests.drafting.builtin.conftest import request_for

    prompt = sent(request_for("Soupe de saison", "threads")).messages[1][1]
    assert "None" not in prompt
    assert "\n\n\n" not in prompt
    assert not [line for line in prompt.splitlines() if line.rstrip().endswith(":")]


def test_an_account_that_lives_on_emoji_may_have_as_many_as_its_kit_allows() -> None:
    request = asked("vaudrille", "instagram")
    kit = request.kit.model_copy(update={"emoji": request.kit.emoji.model_copy(update={"max": 3})})
    prompt = said(replace(request, kit=kit, layout=replace(request.layout, emoji=0.95)))
    assert "Émojis : 3 au plus dans ce texte" in prompt
