"""What is asked when a brief is thin, and what is flagged when a unit speaks in another register."""

from collections.abc import Callable

import pytest

from assistant.briefs import Brief
from assistant.drafting.builtin.register import reworded
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.pipeline import once
from assistant.drafting.writer import WriteRequest
from assistant.messages import LANGUAGES, has, render

Ask = Callable[..., WriteRequest]

THIN = [
    ("fr", "launch", ("Une qualité parfaite pour toute la famille", "Un savoir-faire authentique")),
    ("fr", None, ()),
    ("fr", "thanks", ("Une belle ambiance toute l'année",)),
    ("en", "launch", ("Great quality, perfect for families", "An authentic experience")),
    ("en", "event", ()),
]
RICH = [
    ("fr", "launch", ("Samir a pesé onze kilos", "On n'en refera pas avant octobre")),
    ("fr", "behind-the-scenes", ("On a tout raté", "Jeannot a débranché la balance")),
    ("en", "launch", ("Win counted forty-eight pages", "Nobody has returned one")),
]


@pytest.mark.parametrize(("language", "purpose", "points"), THIN)
def test_a_thin_brief_gets_questions_and_one_draft(
    ask: Ask, writer: BuiltInWriter, language: str, purpose: str | None, points: tuple[str, ...]
) -> None:
    written = writer.write(
        ask(Brief.model_validate({"subject": "Le sencha", "purpose": purpose, "key_points": points}), "facebook", language)
    )
    assert 1 <= len(written.questions) <= 3
    assert "writer.thin" in [warning.id for warning in written.warnings]
    assert len(written.compositions) == 1
    for question in written.questions:
        assert all(render(question.message, tongue) for tongue in LANGUAGES)


@pytest.mark.parametrize(("language", "purpose", "points"), RICH)
def test_a_rich_brief_is_not_called_thin(ask: Ask, writer: BuiltInWriter, language: str, purpose: str, points: tuple[str, ...]) -> None:
    written = writer.write(
        ask(Brief.model_validate({"subject": "Le sencha", "purpose": purpose, "key_points": points}), "facebook", language)
    )
    assert "writer.thin" not in [warning.id for warning in written.warnings]


def test_an_answer_is_a_unit_verbatim_and_its_question_is_not_asked_again(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Le sencha", purpose="launch")
    asked = writer.write(ask(brief, "facebook")).questions
    answered = brief.model_copy(update={"answers": {asked[0].id: "L'eau était trop chaude, trois fois."}})
    written = writer.write(ask(answered, "facebook"))
    assert "’eau était trop chaude, trois fois" in written.compositions[0].text
    assert f"brief.answers.{asked[0].id}" in [piece.source for piece in written.compositions[0].pieces]
    assert asked[0].id not in [question.id for question in written.questions]


def test_the_answer_to_what_one_would_say_first_opens(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Le sencha", key_points=("Onze kilos sont là", "Samir les a pesés"), answers={"first_words": "On l'avait juré, le voilà."}
    )
    assert writer.write(ask(brief, "facebook")).compositions[0].text.startswith("On l’avait juré, le voilà.")


@pytest.mark.parametrize(
    ("found", "own", "typed", "proposed"),
    [
        ("nous", "on", "Nous ouvrons samedi", "On ouvre samedi"),
        ("nous", "on", "Nous vous attendons samedi", "On vous attend samedi"),
        ("nous", "on", "Le lundi, nous nous retrouvons au four", "Le lundi, on se retrouve au four"),
        ("nous", "on", "Nous n'ouvrons pas lundi", "On n’ouvre pas lundi"),
        ("on", "nous", "On ouvre samedi et on vend tout", "Nous ouvrons samedi et nous vendons tout"),
        ("on", "nous", "On se retrouve au four", "Nous nous retrouvons au four"),
        ("tu", "vous", "Viens avec ton vélo", "Venez avec votre vélo"),
        ("tu", "vous", "Tu peux garder tes gants", "Vous pouvez garder vos gants"),
        ("vous", "tu", "Venez samedi", "Viens samedi"),
        ("vous", "tu", "Vous pouvez garder vos gants", "Tu peux garder tes gants"),
        ("vous", "tu", "Ouvrez ensuite le robinet dehors et laissez couler", "Ouvre ensuite le robinet dehors et laisse couler"),
        ("vous", "tu", "Prenez un sac, mettez vos gants, puis réservez-le", "Prends un sac, mets tes gants, puis réserve-le"),
        ("vous", "tu", "Ne fermez pas le robinet, laissez-le ouvert", "Ne ferme pas le robinet, laisse-le ouvert"),
        ("vous", "tu", "Inscrivez-vous chez nous", "Inscris-toi chez nous"),
        ("we", "I", "We're open and our kiln is hot", "I'm open and my kiln is hot"),
        ("I", "we", "I've kept my promise", "We've kept our promise"),
    ],
)
def test_the_closed_table_proposes_a_wording(found: str, own: str, typed: str, proposed: str) -> None:
    assert reworded(typed, found, own).replace("’", "'") == proposed.replace("’", "'")


@pytest.mark.parametrize(
    ("found", "own", "typed"),
    [
        ("nous", "on", "Nous zigzaguons samedi"),
        ("nous", "on", "Nous ouvrons samedi et fermons dimanche"),
        ("on", "nous", "On ouvre samedi et ferme dimanche"),
        ("vous", "tu", "Ouvrez le robinet et dévissez le joint"),
        ("vous", "tu", "Vous ouvrez le robinet et laissez couler"),
        ("vous", "tu", "Fermez votre robinet"),
        ("vous", "tu", "Achetez-en deux, vous verrez"),
        ("vous", "tu", "Achetez-en deux"),
        ("tu", "vous", "Viens samedi et prends ton vélo"),
        ("tu", "vous", "Apporte ton vélo et range ton casque"),
    ],
)
def test_a_verb_that_would_stay_as_it_is_gets_no_wording(found: str, own: str, typed: str) -> None:
    """A mixed wording is worse than none: one verb is not in the table, or may be read in two ways."""
    assert reworded(typed, found, own) == ""


def test_a_unit_against_the_register_is_flagged_and_not_changed(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Le four", key_points=("Nous ouvrons samedi à neuf heures", "Samir apporte le bois"))
    written = writer.write(ask(brief, "facebook"))
    assert written.proposals == {"brief.key_points[0]": "On ouvre samedi à neuf heures"}
    assert [warning.values["own"] for warning in written.warnings if warning.id == "writer.register"] == ["on"]
    assert all("nous ouvrons samedi" in made.text.casefold() for made in written.compositions)


def test_a_register_warning_names_every_network_it_holds_for_and_is_said_once(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Le four", key_points=("Nous ouvrons samedi à neuf heures", "Samir apporte le bois"))
    each = [writer.write(ask(brief, network)).warnings for network in ("facebook", "instagram", "facebook")]
    said = [render(one, "fr") for one in once(warning for warnings in each for warning in warnings) if one.id == "writer.register"]
    assert len(said) == 1
    assert "(Page Facebook, Instagram)" in said[0]


def test_a_unit_in_the_accounts_register_is_left_alone(ask: Ask, writer: BuiltInWriter) -> None:
    written = writer.write(ask(Brief(subject="Le four", key_points=("On ouvre samedi", "Samir apporte le bois")), "facebook"))
    assert not written.proposals


def test_every_message_of_the_writer_exists(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Le sencha", purpose="event", key_points=("Onze kilos", "Samir a pesé"), facts={"date": "samedi"}, link="https://a.example"
    )
    written = writer.write(ask(brief, "google-business"))
    for message in (*written.warnings, *(made.angle for made in written.compositions)):
        assert has(message.id)
        assert all(render(message, language) for language in LANGUAGES)


def test_who_is_in_the_scene_is_not_asked_where_a_name_stands(ask: Ask, writer: BuiltInWriter) -> None:
    named = Brief(subject="La dernière bobine", purpose="behind-the-scenes", key_points=("Yvonne a posé sa dernière bobine mardi",))
    unnamed = named.model_copy(update={"key_points": ("La dernière bobine est posée depuis mardi",)})
    asked = [{q.id for q in writer.write(ask(brief, "linkedin")).questions} for brief in (named, unnamed)]
    assert ["scenes.who" in ids for ids in asked] == [False, True]
