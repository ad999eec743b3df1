import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.brands import background, voice
from assistant.brands.tokens import KINDS, pieces
from assistant.brands.voice import Voice
from assistant.brands.voice_reasons import rate
from assistant.messages import LANGUAGES, Language, render
from assistant.posts import Post

NOW = datetime(2026, 7, 1, tzinfo=UTC)
THINGS = [
    *("chaîne", "selle", "roue", "pédale", "fourche", "jante", "sonnette", "valve", "manivelle", "béquille", "lampe", "potence"),
    *("cassette", "gaine", "tige", "dynamo", "remorque", "sacoche", "pompe", "rustine", "clé", "chambre à air", "patte", "cale"),
]
ASKED = ["Ta {} grince ?", "On te montre la {} en trois gestes.", "Ta {} a pris l’eau cet hiver ?", "La {} de Léa a tenu dix ans."]
INVITED = [
    "Passe à l’atelier, on regarde ensemble 🔧",
    "Viens avec ta {}, on règle ça 🔧 #Atelier",
    "On t’attend, le café est chaud ☕",
    "Prends cinq minutes 🔧 #VéloSaugel",
]
WORKSHOP = [f"{ASKED[n % 4]}\n\n{INVITED[n // 4 % 4]}".format(thing, thing) for n, thing in enumerate(THINGS)]
STUDIED = ["Nous publions notre étude sur la {}.", "Notre rapport consacré à la {} est en ligne.", "La commission rend son avis sur la {}."]
DETAILED = [
    "Elle présente, en trois parties, les résultats obtenus auprès de nos partenaires et de plusieurs collectivités.",
    "Vous y trouverez la méthode, les chiffres par région, et les recommandations adressées aux services de l’État.",
    "L’ensemble des annexes, ainsi que la liste des personnes entendues, est à votre disposition sur notre site.",
]
OFFICE = [f"{STUDIED[n % 3].format(thing)} {DETAILED[n // 3 % 3]}" for n, thing in enumerate(THINGS)]
SMITHY = [f"The {thing} is cold. We hammer it anyway. You would too." for thing in THINGS]


def posts(texts: Sequence[str], network: str = "instagram") -> list[Post]:
    return [Post(id=str(n), text=text, network=network, published_at=NOW + timedelta(days=n)) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def workshop() -> Voice:
    return voice.measure(posts(WORKSHOP), "fr")


@pytest.fixture(scope="module")
def office() -> Voice:
    return voice.measure(posts(OFFICE, "linkedin"), "fr")


def said(text: str, of: Voice, language: Language = "fr") -> list[tuple[str, bool, str]]:
    return [(render(r.message, language), r.good, r.quote) for r in voice.score(text, of, "instagram").reasons]


def test_a_brand_s_own_text_scores_high_and_another_s_low(workshop: Voice, office: Voice) -> None:
    own, other = "Ton casque est trop grand ?\n\nPasse à l’atelier, on règle ça 🔧 #Atelier", OFFICE[3]
    assert voice.score(own, workshop, "instagram").score > 0.6
    assert voice.score(other, workshop, "instagram").score < 0.1
    assert voice.score(other, office, "linkedin").score > 0.6
    assert voice.score(own, office, "linkedin").score < 0.1


def test_scores_mean_the_same_for_every_brand() -> None:
    """The middle one of a brand's own posts, unseen by the voice, lies in the same place whatever the brand (real accounts: 0.7)."""
    middles = []
    for texts, network in ((WORKSHOP, "instagram"), (OFFICE, "linkedin")):
        unseen = [voice.score(text, voice.measure(posts([t for t in texts if t != text], network), "fr"), network).score for text in texts]
        middles.append(median(unseen))
    assert all(0.6 < middle < 0.95 for middle in middles)
    assert abs(middles[0] - middles[1]) < 0.2


def test_a_score_is_never_null_even_without_posts_or_text(workshop: Voice) -> None:
    nothing = voice.measure([], "fr")
    assert voice.score("Bonjour", nothing, "x").score == 0.5
    assert [r.message.id for r in voice.score("Bonjour", nothing, "x").reasons] == ["voice.no_posts"]
    assert 0 <= voice.score("", workshop, "x").score <= 1
    one = voice.measure(posts(WORKSHOP[:1]), "fr")
    assert 0 < voice.score(WORKSHOP[5], one, "x").score < 1


def test_three_reasons_speak_of_habits_with_the_words_that_show_them(workshop: Voice) -> None:
    found = said(
        "Vous trouverez l’étude complète !!! Elle présente, en trois parties, des résultats obtenus auprès de tous nos partenaires.",
        workshop,
    )
    assert len(found) == 3
    assert all(not good for _, good, _ in found)
    assert any("une ligne blanche" in sentence or "aucun emoji" in sentence for sentence, _, _ in found)


def test_a_mark_that_the_brand_never_uses_is_quoted(workshop: Voice) -> None:
    found = said("La chaîne grince ?\n\nVenez à l’atelier, on regarde 🔧", workshop)
    assert ("le vouvoiement\u202f; chez vous\u00a0: jamais", False, "Venez à l’atelier, on regarde 🔧") in found


def test_good_reasons_name_the_form_of_address_the_marks_and_the_words(workshop: Voice) -> None:
    found = said("Ta chaîne grince ?\n\nPasse à l’atelier, on regarde 🔧 #Atelier1", workshop)
    assert [good for _, good, _ in found] == [True, True, True]
    assert all("comme chez vous" in s or "vôtres" in s or "de votre" in s or "vos publications" in s for s, _, _ in found)


def test_every_reason_has_words_in_both_languages(workshop: Voice, office: Voice) -> None:
    english = voice.measure(posts(SMITHY, "x"), "en")
    for of in (workshop, office, english):
        for text in (*WORKSHOP[:3], *OFFICE[:3], *SMITHY[:3], "CAPITALES… « citation » — tiret !! @compte", "?", "12"):
            for language in LANGUAGES:
                for sentence, _, quote in said(text, of, language):
                    assert "$" not in sentence
                    assert len(quote) <= 62


def test_a_network_with_posts_enough_is_measured_for_itself(workshop: Voice) -> None:
    both = voice.measure([*posts(WORKSHOP), *[Post(id=f"o{n}", text=t, network="linkedin") for n, t in enumerate(OFFICE)]], "fr")
    assert set(both.networks) == {"instagram", "linkedin"}
    assert voice.score(OFFICE[2], both, "linkedin").score > voice.score(OFFICE[2], both, "instagram").score + 0.3
    assert both.profile("mastodon") == both.overall
    assert workshop.networks == {}


def test_wording_counts_more_with_every_post() -> None:
    """No threshold: the same text lies farther from another brand the more posts of that brand are known."""
    scores = [voice.score(OFFICE[5], voice.measure(posts(WORKSHOP[:number]), "fr"), "instagram").score for number in (3, 6, 12, 24)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 5 * scores[-1]


def test_words_that_are_not_the_brand_s_are_named_and_names_are_not(workshop: Voice) -> None:
    found = said("Ta commission de Strasbourg publie ?\n\nPasse à l’atelier, on légifère 🔧 #Atelier", workshop)
    foreign = said("La trésorerie de Strasbourg publie des recommandations budgétaires.", workshop)
    assert ("des mots que vos publications n’emploient pas", False, "trésorerie · publie · recommandations") in foreign
    assert all("n’emploient pas" not in sentence for sentence, _, _ in found)


def test_apostrophes_and_spaces_that_typography_mends_are_no_other_wording() -> None:
    typed, mended = "L'atelier ouvre : on t'attend !", "L’atelier ouvre : on t’attend !"
    assert pieces(typed, "fr") == pieces(mended, "fr")


def test_wording_without_a_strange_word_is_told_by_its_turns(workshop: Voice) -> None:
    found = said("Pour les uns ou pour les autres, et sans que cela soit fait, mais aussi avec eux tous, quoi que ce soit.", workshop)
    assert ("peu de vos tournures habituelles", False, "") in found


def test_typical_words_are_the_brand_s_own_and_no_function_words(workshop: Voice) -> None:
    assert "atelier" in workshop.typical
    assert not {"pour", "avec", "dans"} & set(workshop.typical)


def test_the_voice_of_x_is_that_of_x_premium(workshop: Voice) -> None:
    mixed = voice.measure([*posts(WORKSHOP, "x-premium"), *posts(OFFICE, "linkedin")], "fr")
    assert mixed.profile("x") == mixed.profile("x-premium") != mixed.overall


def test_a_voice_can_be_stored_and_read_back(workshop: Voice) -> None:
    again = Voice.from_json(json.loads(json.dumps(workshop.as_json())))
    assert again == workshop
    assert voice.score(WORKSHOP[0], again, "x") == voice.score(WORKSHOP[0], workshop, "x")


def test_measuring_and_scoring_depend_on_nothing_but_their_arguments() -> None:
    shuffled = [*posts(WORKSHOP)[10:], *posts(WORKSHOP)[:10]]
    assert voice.measure(shuffled, "fr").as_json() == voice.measure(posts(WORKSHOP), "fr").as_json()


def test_habits_are_shares_of_posts(workshop: Voice) -> None:
    assert workshop.overall.share("address", "tu") > 0.8
    assert workshop.overall.share("opening", "question") == 0.5
    assert workshop.overall.share("emoji", "1") == 1
    assert workshop.overall.favourite_emoji == ("🔧", "☕")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "never"),
        (0.01, "almost never"),
        (1 / 12, "one time in 12"),
        (0.5, "5 times in ten"),
        (0.8, "8 times in ten"),
        (1.0, "nearly always"),
    ],
)
def test_a_share_is_said_in_words(share: float, words: str) -> None:
    assert render(rate(share), "en") == words


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_has_a_score_between_0_and_1_and_at_most_three_reasons(text: str) -> None:
    found = voice.score(text, STORED, "x")
    assert 0 <= found.score <= 1
    assert 1 <= len(found.reasons) <= 3


STORED = voice.measure(posts(SMITHY, "x"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_texts_at_large_hold_words_turns_and_letters_enough(language: Language) -> None:
    at_large = background.load(language)
    assert all(sum(at_large[kind].counts.values()) > 2000 for kind in KINDS)
    assert at_large["words"].share("de" if language == "fr" else "the") > 100 * at_large["words"].share("hippopotame")
