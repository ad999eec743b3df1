"""The person's order is their argument: what they put first opens, another unit only where nothing before it is missed."""

from collections.abc import Callable

import pytest

from assistant.brands.kit import Kit, Mould, Terms
from assistant.briefs import Brief
from assistant.drafting.builtin.angles import angles
from assistant.drafting.builtin.firsts import heads, is_told, may_open
from assistant.drafting.builtin.lines import offered
from assistant.drafting.builtin.material import collect
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

Ask = Callable[..., WriteRequest]
DRAWER = Brief(
    subject="le tiroir coincé",
    purpose="behind-the-scenes",
    key_points=(
        "tiroir 57 coincé depuis cet été, personne n'arrivait à l'ouvrir",
        "mardi, Jeannot a passé la main par le tiroir d'en dessous",
        "c'était une carte postale de 1966, adressée à Auguste",
        "pas d'adresse sur la carte",
    ),
)
SHELVES = Brief(
    subject="Soirée étagères",
    purpose="partnership",
    key_points=(
        "Idriss vient montrer comment fixer une étagère qui tient vraiment 40 kilos de livres",
        "La librairie prête les livres, et les kilos",
        "Hélène offre le vin chaud, on apporte les chevilles",
    ),
    facts={"date": "jeudi 4 février 2027"},
)
HATCH = Brief(
    subject="Bell Hatch shut for two weekends in January",
    purpose="news",
    key_points=(
        "Madge is having a knee operation",
        "Nobody else is allowed to do the bread pudding, and we did ask",
        "Tide Tables are still at the ticket window, Tuesday to Saturday",
    ),
)
TRIAL = Brief(
    subject="Apprenti(e) clés et serrures",
    purpose="recruitment",
    key_points=("on cherche quelqu'un pour apprendre avec Idriss, rentrée 2027", "3 jours d'essai aux vacances de février pour voir"),
)


@pytest.mark.parametrize(
    ("brief", "language", "words"),
    [
        (DRAWER, "fr", ("iroir 57 coincé", "ardi, Jeannot", "'était une carte", "as d'adresse")),
        (SHELVES, "fr", ("Idriss vient", "a librairie prête", "Hélène offre")),
        (HATCH, "en", ("Bell Hatch shut", "Madge is having", "obody else", "Tide Tables")),
        (TRIAL, "fr", ("Apprenti(e) clés et serrures", "on cherche", "3 jours d'essai")),
    ],
)
@pytest.mark.parametrize("network", ["instagram", "facebook", "x", "linkedin"])
def test_what_is_told_opens_with_its_beginning(
    ask: Ask, writer: BuiltInWriter, brief: Brief, language: Language, words: tuple[str, ...], network: str
) -> None:
    for made in writer.write(ask(brief, network, language)).compositions:
        flat = made.text.replace("\u00a0", " ").replace("’", "'")
        places = [flat.index(word) for word in words if word in flat]
        assert places == sorted(places)
        assert made.pieces[0].source in ("brief.subject", "brief.key_points[0]")


@pytest.mark.parametrize(
    ("points", "purpose", "told"),
    [
        (("La scie est là", "puis on a compté"), "event", True),
        (("La scie est là", "Elle coupe à onglet"), "launch", True),
        (("La scie est là", "mardi Jeannot est venu"), "launch", True),
        (("La scie est là", "mardi 8 décembre, 10 h"), "launch", False),
        (("La scie est là", "Maud garde la clé"), "launch", False),
        (("La scie est là", "Maud garde la clé"), "thanks", True),
    ],
)
def test_what_is_told_is_known_by_its_purpose_and_by_its_steps(ask: Ask, points: tuple[str, ...], purpose: str, told: bool) -> None:
    request = ask(Brief.model_validate({"subject": "Un essai", "purpose": purpose, "key_points": points}))
    assert is_told(purpose, collect(request), "fr") is told


@pytest.mark.parametrize(
    ("language", "second", "opens"),
    [
        ("fr", "les joints de robinet ne bougent pas, toujours 40 centimes", False),
        ("fr", "Vous venez avec la mesure de la porte", False),
        ("fr", "onze bénévoles", False),
        ("fr", "Pas les gros appareils (frigo, lave-linge)", False),
        ("fr", "Sinon Maud garde la clé", False),
        ("fr", "Idriss montre la brique et le béton", True),
        ("fr", "Onze diamètres, de 3 à 22 mm, rangés du plus nerveux au plus mou", True),
        ("en", "Dabchick takes 12 so if more turn up Joe follows with Turnstone", False),
        ("en", "Tide Tables are still at the ticket window, Tuesday to Saturday", False),
        ("en", "The boats are not affected", False),
        ("en", "You order by phoning the library by noon on Thursday", False),
        ("en", "crate = 40 books max, Joe has lifted it with 60 and says no", False),
        ("en", "Madge keeps the Bell Hatch open till the end", True),
    ],
)
def test_a_later_unit_that_stands_on_another_never_opens(ask: Ask, language: Language, second: str, opens: bool) -> None:
    brief = Brief(subject="Un essai", key_points=("Samir compte les pas", second))
    material = collect(ask(brief, "facebook", language))
    assert may_open(material.points[1], material, language, told=False) is opens
    assert may_open(material.points[0], material, language, told=True)


def test_behind_a_sentence_a_note_is_no_beginning(ask: Ask) -> None:
    brief = Brief(subject="Merci pour les paquets", purpose="thanks", key_points=("Odile et 3 lycéennes, 4 samedis", "412 paquets"))
    assert [unit.source for unit in heads(collect(ask(brief)))] == ["brief.subject"]


@pytest.mark.parametrize(
    ("point", "name"),
    [("Dabchick takes twelve at a time", False), ("Voucher is written out by hand", False), ("Kezia takes the stern", True)],
)
def test_a_boat_or_a_voucher_is_nobody(ask: Ask, kit_with: Callable[..., Kit], point: str, name: bool) -> None:
    kit = kit_with(terms=Terms.model_validate({"must": [{"term": "Dabchick", "reason": "A boat."}]}))
    brief = Brief(subject="Rowing vouchers", key_points=(point, "The card is left over from the vouchers"))
    request = ask(brief, "facebook", "en", kit=kit)
    material = collect(request)
    opened = next(angle for angle in angles(request, material, offered(request, material)) if angle.start == "brief.key_points[0]")
    assert (opened.kind == "name") is name


@pytest.mark.parametrize(
    ("second", "opens"),
    [
        ("Sous le bouton il y a une vis, sous la vis une tête", False),
        ("Ouvrir dehors et laisser ouvert", False),
        ("Un tuyau oublié ne pardonne pas et fuit jusqu'en mars", True),
    ],
)
def test_the_steps_of_a_tip_keep_their_order_and_its_mistake_may_come_first(ask: Ask, second: str, opens: bool) -> None:
    brief = Brief(subject="Le robinet", purpose="tip", key_points=("Couper l'eau sous l'évier", second))
    material = collect(ask(brief))
    assert may_open(material.points[1], material, "fr", "tip", told=False) is opens


def test_no_words_of_the_house_come_before_the_persons_first_words(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    mould = Mould(id="m", name="Ardoise", lines=("Les jours d'inventaire, on parle peu.", "{first}", "{rest}"), purposes=("event",))
    brief = Brief(
        subject="L'inventaire",
        purpose="event",
        first_words="La balance et Jeannot ne sont pas d'accord.",
        key_points=("On a recompté à la main jusqu'à 23 h", "La balance dit 2 187 écrous"),
    )
    for seed in range(5):
        text = writer.write(ask(brief, "facebook", kit=kit_with(moulds=[mould]), seed=seed)).compositions[0].text
        assert text.startswith("La balance et Jeannot")


def test_a_later_scene_may_open_an_event(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Samir compte les roues de la cour", "Ce matin, il gèle sur la place et le four est chaud")
    brief = Brief(subject="La bourse", purpose="event", key_points=points, facts={"date": "samedi 13 mars"})
    starts = {writer.write(ask(brief, "facebook", seed=seed)).compositions[0].text.split()[0] for seed in range(6)}
    assert "Samir" in starts
