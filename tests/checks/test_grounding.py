"""A fact holds when brief or kit states it for the planned day, however it is written."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.checks import CheckContext, Checked, run
from assistant.checks.grounding.claims import in_line
from assistant.evidence import Evidence
from assistant.findings import Finding
from assistant.messages import Language
from assistant.posts import Post

Contexts = Callable[..., CheckContext]


def doubts(text: str, context: CheckContext) -> list[Finding]:
    return [f for f in run(Checked(text), context) if f.id.startswith("grounding.")]


def offered(text: str, language: Language = "fr") -> set[tuple[str, ...]]:
    return {key for claim in in_line(text, language) for key in claim.offers}


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("18 h 30", "18h30"),
        ("18 h 30", "18:30"),
        ("18\u202fh\u202f30", "6.30pm"),
        ("18 heures 30", "6:30 p.m."),
        ("12 €", "12,00 €"),
        ("12 €", "€12"),
        ("12 €", "12 euros"),
        ("12,5 €", "12€50"),
        ("1 000", "1.000"),
        ("1 000", "1,000"),
        ("1\u202f000", "1000"),
        ("1,2 million", "1 200 000"),
        ("20 %", "20 pour cent"),
        ("vingt-quatre", "24"),
        ("quatre-vingt-dix-neuf", "99"),
        ("soixante et onze", "71"),
        ("deux cents", "200"),
        ("samedi 5 décembre", "5/12/2026"),
        ("5 déc.", "2026-12-05"),
        ("1er janvier", "01/01/2027"),
        ("December 5th", "5 December"),
        ("03 88 00 11 22", "+33 3 88 00 11 22"),
        ("https://www.brindille.fr/a/?x=1", "brindille.fr/a"),
        ("500 grammes", "500 g"),
    ],
)
def test_two_ways_of_writing_one_value_meet(written: str, same: str, context: Contexts) -> None:
    brief = Brief(subject="Le fournil", facts={"note": written})
    language: Language = "en" if "December" in same or "pm" in same or "p.m." in same else "fr"
    assert not [f for f in doubts(same, context(brief=brief, language=language)) if f.id != "grounding.name"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("La part coûte 9 €.", "grounding.price"),
        ("Ouvert à 19 h.", "grounding.hour"),
        ("Le 6 décembre.", "grounding.date"),
        ("Avec 30 % de seigle.", "grounding.percentage"),
        ("Il en reste 14.", "grounding.number"),
        ("Avec le code MIETTE.", "grounding.code"),
        ("Voir autre.fr.", "grounding.link"),
        ("Merci à @julie.", "grounding.handle"),
        ("Écrivez à four@autre.fr.", "grounding.email"),
        ("Appelez le 03 88 00 11 22.", "grounding.phone"),
    ],
)
def test_a_fact_of_nobody_is_an_error_with_a_brief_and_a_warning_without(text: str, id: str, context: Contexts) -> None:
    with_brief = doubts(text, context(brief=Brief(subject="Le fournil")))
    assert [(f.id, f.level) for f in with_brief] == [(id, "error")]
    assert [(f.id, f.level) for f in doubts(text, context())] == [(id, "warning")]


def test_the_passage_is_pointed_at(context: Contexts) -> None:
    text = "Demandez la tourte : 9,50 € la part."
    (finding,) = doubts(text, context(brief=Brief(subject="La tourte")))
    assert finding.span is not None
    assert text[slice(*finding.span)] == "9,50 €"


def test_a_fact_of_the_kit_counts_until_its_last_day(context: Contexts) -> None:
    assert not doubts("La tourte est à 8,50 €.", context(today=date(2026, 12, 31)))
    (late,) = doubts("La tourte est à 8,50 €.", context(today=date(2027, 1, 1)))
    assert late.id == "grounding.expired"
    assert "31 décembre 2026" in late.message("fr")
    assert "31 December 2026" in late.message("en")


def test_a_price_that_stands_only_in_a_past_post_names_the_post_and_its_day(context: Contexts) -> None:
    posts = (
        Post("old", "La brioche à 6 €", published_at=datetime(2025, 5, 1, tzinfo=UTC)),
        Post("new", "La brioche est à 6 euros", published_at=datetime(2026, 5, 1, tzinfo=UTC)),
    )
    (finding,) = doubts("La brioche à 6 €", context(brief=Brief(subject="La brioche"), past_posts=posts))
    assert (finding.id, finding.level, finding.values["post"]) == ("grounding.perishable", "error", "new")
    assert "1er mai 2026" in finding.message("fr")


def test_another_number_thirty_in_a_past_post_says_nothing(context: Contexts) -> None:
    posts = (Post("p", "Trente ans ? Non, 30 apprentis sont passés par le fournil."),)
    (finding,) = doubts("Il reste 30 brioches.", context(brief=Brief(subject="La brioche"), past_posts=posts))
    assert finding.id == "grounding.number"


def test_a_weekday_is_held_against_the_year_of_the_plan(context: Contexts) -> None:
    brief = Brief(subject="Marché du 5 décembre")
    assert [f.id for f in doubts("Dimanche 5 décembre", context(brief=brief))] == ["grounding.weekday"]
    assert not doubts("Dimanche 5 décembre", context(brief=brief, today=date(2027, 11, 30)))
    wrong = doubts("Dimanche 5 décembre", context(brief=brief))[0]
    assert wrong.message("fr").endswith("5 décembre 2026 est un samedi.")


def test_a_date_just_past_is_the_one_that_is_meant(context: Contexts) -> None:
    brief = Brief(subject="Retour sur le 25 novembre")
    assert not doubts("Mercredi 25 novembre, c’était complet.", context(brief=brief))


def test_the_briefs_own_wrong_weekday_is_said_of_the_brief_once(context: Contexts) -> None:
    brief = Brief(subject="Marché du dimanche 5 décembre", facts={"date": "dimanche 5 décembre"})
    findings = run(Checked("Dimanche 5 décembre, marché."), context(brief=brief))
    assert [(f.id, f.field) for f in findings if "weekday" in f.id] == [("brief.weekday", "brief")]


def test_american_dates_are_read_month_first_in_an_american_kit(context: Contexts, bakery: Kit) -> None:
    american = bakery.model_copy(update={"variants": ("en-US",)})
    brief = Brief(subject="Market on December 5")
    assert not doubts("Join us on 12/5.", context(kit=american, language="en", brief=brief))
    assert [f.id for f in doubts("Join us on 12/5.", context(language="en", brief=brief))] == ["grounding.date"]


def test_small_numbers_in_words_and_list_numbers_are_nobodys_claim() -> None:
    assert not [c for c in in_line("1. Deux farines, trois levains et une idée.", "fr") if c.kind == "number"]
    assert ("number", "12") in offered("une douzaine d’œufs")
    assert [c.kind for c in in_line("Réponse sous deux jours", "fr")] == ["number"]


def test_a_name_known_in_any_case_or_number_is_known(context: Contexts) -> None:
    brief = Brief(subject="la bourse aux vélos de samir", key_points=("Les Apprentis tiennent le stand",))
    assert not doubts("Voici Samir. Chaque Apprenti de la Bourse aux Vélos sera là.", context(brief=brief))


def test_a_disclosed_offer_of_the_kit_is_known_and_the_audience_is_not(context: Contexts) -> None:
    brief = Brief(subject="La tourte", audience="les 25-35 ans")
    assert [f.id for f in doubts("Pour les 25-35 ans.", context(brief=brief))] == ["grounding.number", "grounding.number"]


def test_a_reply_may_repeat_what_the_comment_says(context: Contexts) -> None:
    comment = "Inès : ma commande 4512 devait arriver mardi."
    answer = "Bonjour Inès, la commande 4512 part ce soir."
    assert [f.values["text"] for f in doubts(answer, context(kind="reply"))] == ["Inès", "4512", "ce soir"]
    assert [f.values["text"] for f in doubts(answer, context(kind="reply", given=(comment,)))] == ["ce soir"]


def test_what_the_writer_was_shown_is_a_past_post_too(context: Contexts) -> None:
    shown = Evidence(id="e1", collection="post", text="La brioche est à 6 euros", score=1.0, engine="scan")
    (finding,) = doubts("La brioche à 6 €", context(brief=Brief(subject="La brioche"), evidence=(shown,)))
    assert (finding.id, finding.values["post"]) == ("grounding.perishable", "e1")


@pytest.mark.parametrize(
    ("alt_text", "ids"),
    [
        ("Une affiche : 99 €, code MIETTE.", {"grounding.price", "grounding.code"}),
        ("Trois miches et 2 paniers sur une table.", set()),
        ("Une affiche : 12 €.", set()),
        ("Une affiche : satisfait ou remboursé.", {"grounding.promise"}),
        ("Une miche artisanale sur une table.", set()),
    ],
)
def test_an_alternative_text_invents_no_price_and_may_count_what_the_picture_shows(alt_text: str, ids: set[str], context: Contexts) -> None:
    brief = Brief(subject="Le fournil", facts={"prix": "12 €"})
    found = run(Checked("Le four est chaud.", alt_text=alt_text), context(brief=brief))
    assert {(f.id, f.field) for f in found if f.id.startswith("grounding.")} == {(id, "alt_text") for id in ids}
