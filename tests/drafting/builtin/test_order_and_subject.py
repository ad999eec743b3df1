"""Who speaks first, what follows, where the subject goes."""

from collections.abc import Callable

import pytest

from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest

Ask = Callable[..., WriteRequest]
FLAT = Layout(posts=20, length=(120, 300, 600), final_stop=1)


def flat(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def texts(writer: BuiltInWriter, request: WriteRequest) -> list[str]:
    return [flat(made.text) for made in writer.write(request).compositions]


@pytest.mark.parametrize(
    ("language", "points", "never_first"),
    [
        ("fr", ("La boulangère a brûlé la fournée", "elle l'a vendue quand même"), "elle"),
        ("fr", ("Un vélo est resté dehors", "fabriqué à Thiers en 1932"), "fabriqué"),
        ("fr", ("Idriss cherche quelqu'un", "CDI, 35 heures"), "cdi"),
        ("en", ("The baker burnt the batch", "it sold all the same"), "it"),
        ("en", ("A bike was left outside", "made in Leeds in 1932"), "made"),
        ("en", ("Win is looking for a skipper", "booking essential"), "booking"),
    ],
)
def test_what_leans_lacks_or_states_terms_never_opens(
    ask: Ask, writer: BuiltInWriter, language: str, points: tuple[str, ...], never_first: str
) -> None:
    for text in texts(writer, ask(Brief(subject="Un essai", key_points=points), "facebook", language)):
        assert not text.casefold().startswith(never_first)


def test_a_unit_that_leans_back_stays_behind_its_neighbour(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Une lanterne", key_points=("Samir a retrouvé la lanterne", "Elle pèse douze kilos", "On l'allume samedi à la nuit")
    )
    for text in texts(writer, ask(brief, "facebook")):
        assert "Samir a retrouvé la lanterne. Elle pèse douze kilos" in text


def test_the_order_is_the_persons_after_the_chosen_opening(ask: Ask, writer: BuiltInWriter) -> None:
    points = tuple(f"Point {word} et rien d'autre" for word in ("rouge", "vert", "bleu", "jaune"))
    for text in texts(writer, ask(Brief(subject="Un essai", key_points=points), "facebook", layout=FLAT)):
        places = [text.index(point) for point in points]
        first = places.index(min(places))
        rest = places[:first] + places[first + 1 :]
        assert rest == sorted(rest)


def test_variants_open_differently_and_the_first_words_come_first(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Le sencha",
        first_words="On l'avait juré.",
        key_points=("Onze kilos sont arrivés jeudi", "Samir a pesé chaque sachet", "La balance a calé"),
    )
    made = writer.write(ask(brief, "facebook")).compositions
    assert made[0].text.startswith("On l’avait juré")
    assert made[0].angle.id == "writer.angle.first_words"
    assert len({composition.pieces[0].source for composition in made}) == len(made) > 1


def test_one_honest_variant_brings_a_warning_and_a_question(ask: Ask, writer: BuiltInWriter) -> None:
    written = writer.write(
        ask(Brief(subject="Le sencha", key_points=("Samir a pesé onze kilos de sencha",), facts={"prix": "14 €"}), "facebook")
    )
    assert len(written.compositions) < 3
    assert "writer.fewer_variants" in [warning.id for warning in written.warnings]
    assert written.questions


def test_the_subject_leads_the_practical_line_before_a_colon(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Bourse aux vélos",
        key_points=("Quarante roues ont tourné l'an dernier", "Le gonflage est offert"),
        facts={"date": "samedi 13 mars", "heure": "9 h"},
    )
    assert any("Bourse aux vélos : samedi 13 mars, 9 h" in text for text in texts(writer, ask(brief, "facebook")))


def test_the_subject_leads_the_link_where_there_is_no_practical_fact(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Bilan 2026", key_points=("On a perdu le plancher", "Le toit a tenu"), link="https://valbrune.example/bilan")
    first = texts(writer, ask(brief, "facebook"))
    assert any("Bilan 2026 : https://valbrune.example/bilan" in text for text in first)


def test_the_subject_is_dropped_where_the_units_say_it(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Le sencha d'automne", key_points=("Le sencha d'automne pèse onze kilos", "Samir a tout pesé"))
    assert all(text.casefold().count("le sencha d'automne") == 1 for text in texts(writer, ask(brief, "facebook")))


def test_a_subject_with_a_month_that_nothing_else_says_is_never_lost(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Nouveaux horaires à partir de janvier", key_points=("Les horaires suivent le soleil", "Maud garde la clé"))
    for network in ("facebook", "linkedin", "instagram"):
        assert all("janvier" in text for text in texts(writer, ask(brief, network)))


def test_a_subject_typed_as_a_sentence_is_used_whole(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="La navette a dix ans", key_points=("Trois capitaines se sont relayés", "Le moteur est d'origine"))
    for text in texts(writer, ask(brief, "facebook")):
        assert "La navette a dix ans." in text


def test_a_bare_predicate_typed_first_gets_the_subject_in_front(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="La pompe de poche", key_points=("tient dans une veste", "On l'a prêtée trente fois"))
    assert texts(writer, ask(brief, "facebook"))[0].startswith("La pompe de poche : tient dans une veste.")


def test_a_bare_list_hangs_on_the_clause_before_it(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Le stand", key_points=("On répare tout ce qui roule", "vélos, trottinettes, poussettes", "Samir apporte la pompe")
    )
    assert any("On répare tout ce qui roule : vélos, trottinettes, poussettes." in text for text in texts(writer, ask(brief, "facebook")))


def test_english_days_months_and_names_are_never_lowered(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Rope day",
        key_points=("Saturdays are slow", "March was worse", "The mill stops at noon"),
        facts={"date": "Saturday 12 December"},
    )
    for text in texts(writer, ask(brief, "facebook", "en")):
        assert "saturday" not in text
        assert "march was" not in text


@pytest.mark.parametrize("text", ["!", "?", "...", "a : b : c"])
def test_no_mark_is_doubled(ask: Ask, writer: BuiltInWriter, text: str) -> None:
    brief = Brief(subject="Un essai", key_points=(f"On verra bien{text}", "Samir compte les pas", "Maud garde la clé"))
    for made in texts(writer, ask(brief, "facebook")):
        assert not any(pair in made for pair in ("!.", "?.", "…..", ": :", ".."))


def test_terms_come_after_the_prose(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Un poste", key_points=("Inscription obligatoire", "Samir montre les gestes", "On rit le mardi"))
    assert all(text.casefold().index("inscription") > text.casefold().index("on rit") for text in texts(writer, ask(brief, "facebook")))


def test_the_question_of_a_question_post_comes_last_unless_it_opens(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Le piton", purpose="question", key_points=("Vous dites comment ?", "Lison dit l'anneau", "Idriss dit le bidule"))
    for text in texts(writer, ask(brief, "facebook")):
        assert text.startswith("Vous dites") or text.rstrip().endswith("comment ?")


def test_a_link_that_does_not_open_is_not_printed(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(subject="Bilan", key_points=("On a perdu le plancher", "Le toit a tenu"), link="https://valbrune.example/bilan")
    made = writer.write(ask(brief, "instagram")).compositions[0]
    assert "https" not in made.text
    assert "ien en bio" in made.text


def test_a_fact_of_the_kit_is_stated_only_where_the_brief_names_it(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., object]
) -> None:
    from assistant.brands.kit import Fact

    kit = kit_with(facts=(Fact(id="adresse", name="Adresse", value="12 rue des Capucins", kind="place"),))
    points = ("Samir a tout pesé", "Onze kilos sont là")
    assert not any("Capucins" in text for text in texts(writer, ask(Brief(subject="Thé", key_points=points), "facebook", kit=kit)))
    asked = Brief(subject="Thé", key_points=points, facts={"lieu": "Adresse"})
    made = writer.write(ask(asked, "facebook", kit=kit)).compositions[0]
    assert "12 rue des Capucins" in made.text
    assert "kit.facts.adresse" in [piece.source for piece in made.pieces]


def test_bad_news_is_said_and_told_in_its_order(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Le camion est resté bloqué à Dijon", "Les ampoules arrivent mardi", "Maud appelle chaque personne")
    for text in texts(writer, ask(Brief(subject="Retard de livraison", key_points=points), "facebook")):
        assert "etard de livraison" in text
        assert text.casefold().index("camion") < text.casefold().index("ampoules") < text.casefold().index("maud")


def test_a_predicate_without_its_subject_is_not_given_its_neighbours(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Nobody has fallen in and that was Col", "printed on leftover card", "Kezia sits in the stern")
    for text in texts(writer, ask(Brief(subject="Rowing vouchers", key_points=points), "facebook", "en")):
        assert "Rowing vouchers: printed on leftover card." in text


def test_a_needed_subject_does_not_go_before_an_optional_opening(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Travaux de janvier sur la ligne du haut",
        key_points=("Maud garde la liste des personnes qui se proposent pour conduire les autres au marché", "Jean prête la sienne"),
        facts={"date": "du lundi 11 janvier au vendredi 5 février 2027", "horaires": "9 h - 16 h", "contact": "03 85 00 00 00"},
        must_include=("pas de navette le vendredi ni le lundi pendant toute la durée des travaux",),
    )
    written = writer.write(ask(brief, "x"))
    assert written.compositions
    assert all("Travaux de janvier" in made.text.replace("travaux", "Travaux") for made in written.compositions)


def test_a_post_that_asks_something_keeps_its_question_where_room_is_short(ask: Ask, writer: BuiltInWriter) -> None:
    points = (
        "Le village ne tient pas à reprendre le gong après dix ans",
        "Maud le verrait bien au fond du hangar",
        "Où va un gong à la retraite ?",
    )
    brief = Brief(subject="Le gong", purpose="question", key_points=points)
    short = Layout(posts=20, length=(40, 70, 90))
    assert all("Où va un gong" in text for text in texts(writer, ask(brief, "x", layout=short)))
