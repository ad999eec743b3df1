"""Where room is short the meaning stays: the end of a story, the first of several steps, the news; and how a draft ends."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.brands.kit import EmojiPolicy, HashtagPolicy, Kit, Line, Mould
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.units import unit
from assistant.drafting.builtin.worth import is_gesture
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Recent, WriteRequest
from assistant.messages import Language, render

Ask = Callable[..., WriteRequest]
DRAWER = Brief(
    subject="Le tiroir sans étiquette",
    purpose="behind-the-scenes",
    first_words="Le tiroir 977 n'avait plus d'étiquette et personne ne voulait monter.",
    key_points=(
        "Jeannot jurait qu'il contenait des clous de tapissier, Idriss pariait sur des ressorts",
        "Mardi matin, on a sorti l'échelle, avec quatre personnes en bas pour donner leur avis",
        "Dedans, il y avait onze bouchons de liège et la facture de l'échelle, datée de 1931",
        "Odile a vérifié, la facture est payée",
    ),
)
BELL = Brief(
    subject="The bench in the shed",
    purpose="behind-the-scenes",
    first_words="The bench in the shed had one leg shorter than the others and nobody had noticed.",
    key_points=(
        "Joe blamed the floor, Win blamed the bench, and Col went to fetch a level from the boat",
        "On Monday we turned it over, with 4 people to hold it and two to say where to hold it",
        "Underneath there was a name, a date from 1931 and a folded ticket for Marram Staithe",
        "The ticket is still good",
    ),
)
TAP = Brief(
    subject="Le robinet du jardin avant le gel",
    purpose="tip",
    first_words="Le robinet du jardin gèle toujours la veille du jour où on devait s'en occuper.",
    key_points=(
        "Fermez d'abord le robinet d'arrêt, il est presque toujours à la cave ou dans le garage",
        "Ouvrez ensuite le robinet dehors et laissez couler jusqu'à la dernière goutte",
        "Laissez-le ouvert tout l'hiver, l'eau qui reste aura la place de gonfler",
        "S'il goutte encore le lendemain, c'est le joint du robinet d'arrêt qui est usé, et il coûte 40 centimes",
    ),
    facts={"housse": "housse isolante à 6,80 €, au comptoir"},
)
JOB = Brief(
    subject="Un renfort au comptoir cet été",
    purpose="recruitment",
    key_points=(
        "On cherche quelqu'un pour tenir le comptoir avec Bastien, de juin à août",
        "Le travail consiste à écouter, à ouvrir le bon tiroir et à compter jusqu'à cent pendant que le téléphone sonne",
        "On ne demande pas de connaître le nom des pièces, Bastien ne les connaissait pas non plus en septembre",
        "Le lundi est libre, le samedi ne l'est pas",
    ),
    facts={
        "contrat": "CDD de trois mois, 35 heures",
        "salaire": "2 010 € brut par mois",
        "date": "à partir du mardi 1er juin 2027",
        "candidature": "dix lignes à recrutement@vaudrille.example, avant le samedi 24 avril 2027",
    },
)


def flat(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def first(writer: BuiltInWriter, request: WriteRequest) -> str:
    return flat(writer.write(request).compositions[0].text)


@pytest.mark.parametrize(
    ("brief", "language", "start", "end"),
    [
        (DRAWER, "fr", "Le tiroir 977", "Odile a vérifié, la facture est payée."),
        (BELL, "en", "The bench in the shed had one leg", "The ticket is still good."),
    ],
)
def test_a_story_on_a_short_network_loses_its_middle_and_not_its_end(
    ask: Ask, writer: BuiltInWriter, brief: Brief, language: Language, start: str, end: str
) -> None:
    text = first(writer, ask(brief, "x", language, variants=1))
    assert text.startswith(start)
    assert text.endswith(end)


def test_a_short_version_of_a_story_tells_how_it_begins(ask: Ask, writer: BuiltInWriter) -> None:
    layout = Layout(posts=20, length=(80, 110, 150), sentences=2, final_stop=1)
    made = writer.write(ask(DRAWER, "x", layout=layout)).compositions
    short = [flat(one.text) for one in made if one.angle.id == "writer.angle.shorter"]
    assert short
    assert not any("la facture est payée" in text for text in short), "without the drawer opened, what invoice?"


def test_elsewhere_the_last_of_equals_goes(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("La cour ouvre le matin avec les tables de la salle", "Le four chauffe depuis la veille au soir avec du hêtre")
    brief = Brief(subject="La cour", purpose="news", key_points=(*points, "Les enfants courent partout " * 6, "Le bar ferme tard " * 8))
    made = writer.write(ask(brief, "x", variants=1)).compositions[0]
    assert points[0] in flat(made.text)
    assert "brief.key_points[3]" in made.left_out


@pytest.mark.parametrize("network", ["x", "bluesky", "threads"])
def test_no_step_stands_without_the_one_before_it(ask: Ask, writer: BuiltInWriter, network: str) -> None:
    for seed in range(4):
        for made in writer.write(ask(TAP, network, seed=seed)).compositions:
            text = flat(made.text)
            shown = [sign in text.lower() for sign in ("fermez d'abord", "ouvrez ensuite", "laissez-le ouvert")]
            assert shown == sorted(shown, reverse=True), text


@pytest.mark.parametrize(
    ("language", "text", "tells"),
    [
        ("fr", "Fermez d'abord le robinet d'arrêt", True),
        ("fr", "Laissez-le ouvert tout l'hiver", True),
        ("fr", "Couper l'eau sous l'évier", True),
        ("fr", "L'eau qui reste aura la place de gonfler", False),
        ("en", "Put your hand round the mooring line", True),
        ("en", "Leave it open all winter", True),
        ("en", "Nobody loses a boat in the gale", False),
    ],
)
def test_what_tells_what_to_do(language: Language, text: str, tells: bool) -> None:
    assert is_gesture(unit(text, "", language)) is tells


def test_the_news_stays_and_its_name_goes(ask: Ask, writer: BuiltInWriter) -> None:
    made = writer.write(ask(JOB, "x", variants=1)).compositions[0]
    assert flat(made.text).startswith("On cherche quelqu'un pour tenir le comptoir avec Bastien")
    assert "renfort" not in made.text
    assert made.angle.id == "writer.angle.as_typed", "the angle is named for what opens it"


def test_what_found_no_room_is_named_once_for_the_network(ask: Ask, writer: BuiltInWriter) -> None:
    said = [one for one in writer.write(ask(JOB, "x")).warnings if one.id == "writer.left_out"]
    assert [flat(render(one, "fr")) for one in said] == [
        "Sur X, faute de place, sans : « Le travail… », « On ne demande… », « Le lundi… »."
    ]
    assert not [one for one in writer.write(ask(JOB, "facebook")).warnings if one.id == "writer.left_out"]


TAGGED = Layout(posts=20, length=(60, 200, 400), blank_lines=1, blocks=2, hashtags=1, hashtags_last=1, final_stop=1, emoji=1)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_the_tags_keep_their_blank_line(ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit], blocks: int) -> None:
    kit = kit_with(tags=["#Valbrune"], lines=[Line(id="c", text="Voilà pour la cour.", role="closing", purposes=("event",))])
    brief = Brief(
        subject="Bourse aux vélos",
        purpose="event",
        key_points=("Samir gonfle tout ce qui roule dans la cour", "Maud compte les roues du village"),
        facts={"date": "samedi 13 mars", "lieu": "place du Four"},
    )
    layout = replace(TAGGED, blocks=blocks)
    recent = (Recent("Autre chose.", "statement", ()),)
    for seed in range(4):
        text = writer.write(ask(brief, "instagram", kit=kit, layout=layout, seed=seed, recent=recent)).compositions[0].text
        assert text.endswith("\n\n#Valbrune"), text


@pytest.mark.parametrize(("stop", "end"), [(1, "Maud garde la clé. 🔑"), (0, "Maud garde la clé 🔑")])
def test_the_emoji_stands_where_the_account_puts_it(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit], stop: float, end: str
) -> None:
    layout = Layout(posts=20, length=(60, 200, 400), final_stop=stop, emoji=1, favourite_emoji=("🔑",))
    brief = Brief(subject="La cour", key_points=("La cour ouvre à midi avec Samir", "Maud garde la clé"))
    kit = kit_with(emoji=EmojiPolicy(max=1, allowed=("🔑",)))
    assert writer.write(ask(brief, "instagram", kit=kit, layout=layout)).compositions[0].text.endswith(end)


@pytest.mark.parametrize(
    ("facts", "end", "glued"),
    [
        ({"prix": "24 €", "caution": "50 € par chèque"}, "50 € par chèque.", False),
        ({"date": "samedi 13 mars 2027", "lieu": "place du Four"}, "place du Four.", True),
    ],
)
def test_where_to_find_the_link_follows_a_line_of_date_and_place_but_no_entry(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit], facts: dict[str, str], end: str, *, glued: bool
) -> None:
    kit = kit_with(lines=[Line(id="l", text="Tout est en bio.", role="link_label")])
    layout = Layout(posts=20, length=(100, 300, 500), blocks=3, blank_lines=1, single_breaks=0, final_stop=1, practical_line=1)
    points = ("Samir gonfle tout ce qui roule dans la cour depuis ce matin", "Maud compte les roues du village avec la pompe")
    brief = Brief(subject="Bourse aux vélos", key_points=points, facts=facts, link="https://exemple.fr/a")
    text = first(writer, ask(brief, "instagram", kit=kit, layout=layout))
    assert (f"{end} Tout est en bio" in text) is glued
    assert (f"{end}\n" in text) is not glued


@pytest.mark.parametrize(
    ("last", "behind"),
    [
        ("Odile a vérifié, la facture est payée", False),
        ("Odile a vérifié auprès de la mairie que la facture de 1931 était payée depuis", True),
    ],
)
def test_no_line_of_the_house_behind_the_point_of_a_story(
    ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit], last: str, behind: bool
) -> None:
    aside = Line(id="a", text="Le chat dort.", role="aside", purposes=("behind-the-scenes",))
    mould = Mould(id="m", name="M", lines=("{first}", "{rest}", "La radio continue."), purposes=("behind-the-scenes",))
    brief = DRAWER.model_copy(update={"key_points": (*DRAWER.key_points[:3], last)})
    texts: list[str] = []
    for seed in range(8):
        request = ask(brief, "facebook", kit=kit_with(lines=[aside], moulds=[mould]), seed=seed)
        texts += [flat(made.text) for made in writer.write(request).compositions]
    assert any("chat" in text or "radio" in text for text in texts) is behind


def tags_of(request: WriteRequest) -> Sequence[str]:
    made = BuiltInWriter().write(request).compositions[0]
    return [piece.text for piece in made.pieces if piece.source == "kit.hashtags"]


def test_the_brands_tag_stands_beside_a_campaigns_as_often_as_the_account_puts_it_there(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    shares: dict[str, Any] = {"#valbrune": 0.6, "#levelo": 0.5}
    layout = replace(TAGGED, hashtags=2, favourite_hashtags=shares)
    policy = HashtagPolicy(brand=("#Valbrune",), campaign=("#LeVélo",), max={"instagram": 2})
    kit = kit_with().model_copy(update={"hashtags": policy})
    both = [tags_of(ask(Brief(subject=f"Le vélo numéro {n}"), "instagram", kit=kit, layout=layout)) for n in range(60)]
    alone = [tags_of(ask(Brief(subject=f"La roue numéro {n}"), "instagram", kit=kit, layout=layout)) for n in range(20)]
    assert all(tags == ["#Valbrune"] for tags in alone)
    assert 2 <= sum(len(tags) == 2 for tags in both) <= 25, "0.6 - 0.5 of 0.5: one in five"


def test_a_title_that_the_first_sentence_says_again_is_no_equal_of_that_sentence(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Une rampe fixe remplace la rampe qu'il fallait demander à la sonnette", "On entre maintenant sans attendre")
    brief = Brief(subject="La rampe de l'entrée", purpose="news", key_points=points, facts={"date": "samedi 20 février 2027, 8 h 30"})
    for seed in range(3):
        for network in ("instagram", "facebook", "linkedin"):
            assert not first(writer, ask(brief, network, seed=seed, variants=1)).startswith("La rampe de l'entrée.")


@pytest.mark.parametrize("times", [1, 2, 3])
def test_plain_statements_do_not_wear_out_before_a_title_must_open(ask: Ask, writer: BuiltInWriter, times: int) -> None:
    points = ("Une rampe fixe remplace la sonnette", "On entre sans attendre")
    brief = Brief(subject="La rampe de l'entrée", purpose="news", key_points=points)
    recent = tuple(Recent(f"Texte {n}.", "statement", ()) for n in range(times))
    assert first(writer, ask(brief, "linkedin", recent=recent)).startswith("Une rampe fixe")
