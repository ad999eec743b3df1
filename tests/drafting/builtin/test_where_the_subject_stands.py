"""The subject leads the first unit, the practical line or the link, or stands alone before them; nothing in between."""

from collections.abc import Callable

import pytest

from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.hanging import hung, lowered_word, may_hang
from assistant.drafting.builtin.leading import may_lead
from assistant.drafting.builtin.units import unit
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

Ask = Callable[..., WriteRequest]


@pytest.mark.parametrize(
    ("language", "label", "point", "leads"),
    [
        ("fr", "Robinet du jardin avant le gel", "couper à l'intérieur, ouvrir dehors", True),
        ("fr", "La pompe de poche", "tient dans une veste", True),
        ("fr", "Le joint de mousse augmente", "Joint de mousse 9 mm passe de 1,90 € à 2,20 €", False),
        ("fr", "Les pompes de poche", "tient dans une veste", False),
        ("fr", "Un tiroir : le 57", "il est coincé", False),
        ("en", "Bell Hatch shut for two weekends in January", "Madge is having a knee operation", True),
        ("en", "Season tickets 2027", "comes as a brass tag", False),
        ("en", "Season tickets 2027 on sale", "Joe put two through the wash", False),
        ("en", "Dinghy 15, garboards on", "212 rivets so far", False),
        ("en", "Seasonal deckhand wanted, April to October 2027", "Ropes, tickets, the ladder drill", False),
        ("en", "Tholemouth Library & the ferry", "library van stopped going to Marram", False),
        ("en", "The refit", "Planks, rivets, larch", False),
    ],
)
def test_a_colon_stands_only_where_both_sides_read_as_one(language: Language, label: str, point: str, leads: bool) -> None:
    assert may_lead(label, unit(point, "brief.key_points[0]", language), language) is leads


@pytest.mark.parametrize(
    ("language", "brief", "expected"),
    [
        (
            "fr",
            Brief(
                subject="Robinet du jardin avant le gel",
                purpose="tip",
                key_points=("couper à l'intérieur, ouvrir dehors", "penser au tuyau et au robinet"),
            ),
            "Robinet du jardin avant le gel : couper à l'intérieur, ouvrir dehors.",
        ),
        (
            "fr",
            Brief(
                subject="Boîte à sauver",
                purpose="event",
                key_points=("dernière de l'année", "on a un bac de fusibles et d'ampoules"),
                facts={"date": "samedi 5 décembre"},
            ),
            "Boîte à sauver : dernière de l'année.",
        ),
        (
            "en",
            Brief(
                subject="Season tickets 2027 on sale",
                purpose="launch",
                key_points=("£98, same as 31 crossings", "comes as a brass tag this year not paper"),
            ),
            "Season tickets 2027 on sale. £98, same as 31 crossings. Comes as a brass tag",
        ),
        (
            "en",
            Brief(
                subject="Dinghy 15, garboards on",
                purpose="behind-the-scenes",
                key_points=("Garboards went on this Wednesday, 1st split at the stem", "2nd one Kezia gave 55 mins", "212 rivets so far"),
            ),
            "Garboards went on this Wednesday, 1st split at the stem. 2nd one Kezia gave 55 mins.",
        ),
    ],
)
def test_the_subject_comes_first_or_not_at_all(ask: Ask, writer: BuiltInWriter, language: Language, brief: Brief, expected: str) -> None:
    flat = Layout(posts=20, length=(120, 300, 600), final_stop=1)
    made = writer.write(ask(brief, "linkedin", language, layout=flat, variants=1)).compositions[0]
    assert expected in made.text.replace("\u00a0", " ").replace("’", "'")
    assert not made.text.rstrip().endswith(f"{brief.subject}.")


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("fr", {"date": "avant le mercredi 31 mars 2027"}),
        ("fr", {"date": "jusqu'au jeudi 24 décembre"}),
        ("en", {"date": "by Friday 26 February"}),
    ],
)
def test_no_subject_is_announced_for_a_deadline(ask: Ask, writer: BuiltInWriter, language: Language, facts: dict[str, str]) -> None:
    brief = Brief(subject="Poste", key_points=("Samir montre les gestes", "Maud garde la clé"), facts=facts)
    for made in writer.write(ask(brief, "facebook", language)).compositions:
        assert f"Poste : {facts['date']}" not in made.text.replace("\u00a0", " ").replace("’", "'")
        assert f"Poste: {facts['date']}" not in made.text


@pytest.mark.parametrize(
    ("language", "before", "items", "hangs"),
    [
        ("fr", "On répare tout ce qui roule", "vélos, trottinettes, poussettes", True),
        ("fr", "On a gardé les poignées", "laiton, porcelaine blanche, bakélite noire", True),
        ("fr", "On a récupéré les poignées, démontées par Bruno et son beau-frère", "Laiton, porcelaine blanche, bakélite noire", False),
        ("fr", "On a récupéré les poignées avec Bruno", "laiton, porcelaine, bakélite", False),
        ("fr", "Quoi qu'il en soit, on garde les clés", "laiton, fer, acier", False),
        ("en", "The crate takes books", "novels, atlases, hymnals", True),
        ("en", "Madge runs the Bell Hatch", "soup, tea, bread pudding", False),
    ],
)
def test_a_list_hangs_only_on_what_can_be_listed(language: Language, before: str, items: str, hangs: bool) -> None:
    assert may_hang(unit(before, "", language), unit(items, "", language), language) is hangs


def test_the_head_of_a_hung_list_goes_down_with_the_others() -> None:
    assert hung("Laiton, porcelaine blanche, bakélite noire") == "laiton, porcelaine blanche, bakélite noire"
    assert hung("Bruno, Odile, Maud") == "Bruno, Odile, Maud"


def test_a_word_typed_in_lower_case_elsewhere_goes_down_behind_the_colon() -> None:
    assert lowered_word("Library van stopped", {"library"}) == "library van stopped"
    assert lowered_word("Madge is away", {"library"}) == "Madge is away"
