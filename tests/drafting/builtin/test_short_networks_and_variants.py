"""Where room is short crumbs go before what matters; variants differ by their plan; tags and breaks are the account's."""

from collections.abc import Callable

import pytest

from assistant.brands.kit import Kit, Line
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.endings import last_line
from assistant.drafting.builtin.lines import offered, repeats
from assistant.drafting.builtin.material import collect
from assistant.drafting.builtin.units import unit
from assistant.drafting.builtin.worth import is_crumb, worth
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Recent, WriteRequest
from assistant.messages import Language

Ask = Callable[..., WriteRequest]
RESCUE = Brief(
    subject="Boîte à sauver de décembre",
    purpose="event",
    key_points=(
        "dernière de l'année",
        "les guirlandes électriques éteintes sont les bienvenues, on a un bac de fusibles et d'ampoules",
        "pas les gros appareils (frigo, lave-linge)",
        "c'est gratuit, on ne paie que la pièce",
        "onze bénévoles",
    ),
    facts={"date": "samedi 5 décembre 2026", "heure": "9 h 30–12 h", "lieu": "14 rue des Taillandiers"},
    link="https://vaudrille.example/boite-a-sauver",
)


@pytest.mark.parametrize(
    ("language", "less", "more"),
    [
        ("fr", "merci à tous", "onze bénévoles"),
        ("fr", "onze bénévoles", "pas les gros appareils (frigo, lave-linge)"),
        ("fr", "pas les gros appareils (frigo, lave-linge)", "on a un bac de fusibles et d'ampoules"),
        ("fr", "on a un bac de fusibles et d'ampoules", "c'est gratuit, on ne paie que la pièce"),
        ("en", "why left", "Joe has lifted it with 60 and says no"),
        ("en", "smells of hot larch all the way", "brush was £38, so worth the bother"),
    ],
)
def test_what_matters_less_goes_first(language: Language, less: str, more: str) -> None:
    assert worth(unit(less, "", language)) < worth(unit(more, "", language))


@pytest.mark.parametrize(
    ("language", "text", "crumb"),
    [
        ("en", "why left", True),
        ("fr", "merci à tous", True),
        ("fr", "onze bénévoles", False),
        ("fr", "c'est gratuit", False),
        ("fr", "les guirlandes éteintes et leurs ampoules sont les bienvenues", False),
    ],
)
def test_a_crumb_is_short_and_says_nothing_one_could_miss(language: Language, text: str, crumb: bool) -> None:
    assert is_crumb(unit(text, "", language)) is crumb


def test_the_price_and_the_point_stay_where_the_crumbs_go(ask: Ask, writer: BuiltInWriter) -> None:
    made = writer.write(ask(RESCUE, "x", variants=1)).compositions[0]
    flat = made.text.replace("\u00a0", " ").replace("’", "'")
    assert "C'est gratuit" in flat
    assert "les guirlandes électriques" in flat
    assert set(made.left_out) == {"brief.key_points[0]", "brief.key_points[2]", "brief.key_points[4]"}


def test_other_variants_on_a_short_network_have_no_more_sentences_than_the_account(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Samir compte les roues de la cour depuis midi", "Maud garde la clé du four", "Idriss apporte la pompe et le gonfleur")
    layout = Layout(posts=20, length=(40, 300, 400), sentences=1, final_stop=1)
    made = writer.write(ask(Brief(subject="La cour", key_points=points), "bluesky", layout=layout)).compositions
    assert made[0].text.count(".") >= len(points)
    assert all(one.text.count(".") < len(points) for one in made[1:])


def test_where_nothing_else_may_open_the_second_is_as_long_as_the_accounts_posts(ask: Ask, writer: BuiltInWriter) -> None:
    points = (
        "le petit bloc en plastique avec deux vis pour raccorder les fils",
        "à Autun on entend aussi barrette",
        "80 centimes la barrette de 12",
    )
    words = "Bastien dit un domino, Odile dit un sucre."
    brief = Brief(subject="Comment vous appelez ça chez vous ?", purpose="question", first_words=words, key_points=points)
    made = writer.write(ask(brief, "x", layout=Layout(posts=20, length=(80, 95, 110), sentences=2, final_stop=1))).compositions
    assert [one.text.replace("\u00a0", " ") for one in made][1:] == [f"{words} Comment vous appelez ça chez vous ?"]
    assert made[1].angle.id == "writer.angle.shorter"


def test_variants_on_a_short_network_hold_other_points_or_put_the_date_first(ask: Ask, writer: BuiltInWriter) -> None:
    for layout in (Layout(posts=20, length=(60, 95, 130)), Layout(posts=20, length=(200, 240, 280), sentences=4)):
        seen: list[frozenset[str]] = []
        for made in writer.write(ask(RESCUE, "x", layout=layout)).compositions:
            points = frozenset(piece.source for piece in made.pieces if piece.source.startswith("brief.key_points"))
            assert points not in seen or made.angle.id == "writer.angle.practical"
            seen.append(points)


def test_variants_are_plans_and_not_permutations(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Samir gonfle tout ce qui roule dans la cour", "Maud compte les roues du village", "Idriss apporte la pompe de la boutique")
    brief = Brief(subject="Bourse aux vélos", purpose="event", key_points=points, facts={"date": "samedi 13 mars", "lieu": "place du Four"})
    made = writer.write(ask(brief, "facebook")).compositions
    assert len(made) == 3
    assert made[2].angle.id == "writer.angle.shorter"
    assert len(made[2].text) < 0.75 * len(made[0].text)
    assert "samedi 13 mars" in made[2].text
    assert made[2].left_out


@pytest.mark.parametrize("points", [("Samir gonfle tout", "Maud compte les roues"), ("Samir gonfle tout",)])
def test_two_sentences_in_another_order_are_no_variant(ask: Ask, writer: BuiltInWriter, points: tuple[str, ...]) -> None:
    texts = [made.text for made in writer.write(ask(Brief(subject="Samir gonfle", key_points=points), "facebook")).compositions]
    assert len(texts) == 1


def test_a_line_of_tags_ends_one_of_ten_drafts_and_is_never_glued_to_the_prose(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit]
) -> None:
    assert last_line("Samir compte.\n\n#Un #Deux") == "Samir compte."
    assert last_line("Samir compte.\nhttps://exemple.fr/a") == "Samir compte."
    recent: list[Recent] = []
    for word in ("rouge", "vert", "bleu"):
        brief = Brief(subject="La roue", key_points=(f"La roue est en {word}", "Maud garde la clé"))
        layout = Layout(posts=20, length=(60, 200, 400), blank_lines=1, blocks=2, hashtags=1, final_stop=1)
        made = writer.write(ask(brief, "instagram", kit=kit_with(tags=["#Valbrune"]), layout=layout, recent=tuple(recent))).compositions[0]
        assert made.text.endswith("\n\n#Valbrune") is (not recent), "on a line of its own the first time, then not at all"
        assert ("#" in made.text) is (not recent)
        recent.insert(0, Recent(made.text, made.opening, ()))


def test_no_single_break_in_the_prose_of_an_account_that_has_none(ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit]) -> None:
    points = ("Samir compte les roues de la cour", "Maud garde la clé du four", "Idriss apporte la pompe", "Odile range les paquets")
    kit = kit_with(lines=[Line(id="c", text="Voilà.", role="closing", purposes=("tip",))])
    layout = Layout(posts=20, length=(200, 300, 500), blocks=2, blank_lines=1, break_after_first=1, single_breaks=0, final_stop=1)
    for seed in range(6):
        brief = Brief(subject="Les roues", purpose="tip", key_points=points)
        for made in writer.write(ask(brief, "instagram", layout=layout, kit=kit, seed=seed)).compositions:
            assert "\n" not in made.text.replace("\n\n", "")


@pytest.mark.parametrize(
    ("subject", "line", "said"),
    [
        ("Seasonal deckhand wanted", "Wanted on the boat: {subject_label}", True),
        ("Seasonal deckhand", "Wanted on the boat: {subject_label}", False),
        ("Vouchers for Christmas", "Company on the slip: {subject_label}", False),
        ("Seasonal deckhand wanted", "A deckhand is wanted.", True),
    ],
)
def test_a_line_that_says_the_subject_again_is_not_used(ask: Ask, subject: str, line: str, said: bool) -> None:
    material = collect(ask(Brief(subject=subject, key_points=("No experience, we train you",)), "facebook", "en"))
    assert repeats(line, material, "en") is said


@pytest.mark.parametrize(
    ("subject", "facts", "holds"),
    [
        ("Affûtage", {"date": "avant Noël"}, False),
        ("Affûtage de Noël", {}, False),
        ("Noël", {}, False),
        ("Des cadeaux", {}, True),
    ],
)
def test_a_feast_in_passing_is_no_topic(ask: Ask, kit_with: Callable[..., Kit], subject: str, facts: dict[str, str], holds: bool) -> None:
    kit = kit_with(lines=[Line(id="l", text="La bouilloire chante.", role="aside", about=("Noël", "cadeaux"))])
    request = ask(Brief(subject=subject, key_points=("Trois couteaux affûtés",), facts=facts), "facebook", kit=kit)
    assert bool(offered(request, collect(request)).lines) is holds


def test_the_brands_own_words_for_the_link_come_before_the_general_ones(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit]
) -> None:
    label = Line(id="bio", text="C'est rangé en bio, dans le tiroir du haut.", role="link_label", needs=("link",), rest=4)
    used = Recent("texte", "statement", ("kit.lines.bio",))
    for seed in range(6):
        request = ask(RESCUE, "instagram", kit=kit_with(lines=[label]), seed=seed, recent=(used,))
        assert "rangé en bio" in writer.write(request).compositions[0].text
