"""Layout, length, opening order and emoji follow what the account's posts do, and each network looks like itself."""

from collections.abc import Callable

import pytest

from assistant.brands.kit import EmojiPolicy, HashtagPolicy, Kit
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest

Ask = Callable[..., WriteRequest]
BRIEF = Brief(
    subject="Le sencha d'automne",
    key_points=(
        "Samir a rapporté onze kilos de sencha",
        "Trois ratés avant de comprendre l'eau trop chaude",
        "Le thé est monté à dos d'homme jusqu'au quatrième étage",
        "La balance a calé deux fois avant midi",
        "Maud en a bu sept tasses sans dormir",
    ),
    facts={"prix": "14 € les 100 g", "date": "jeudi 3 décembre"},
)
SHORT = Layout(posts=20, length=(60, 90, 130), final_stop=0, link_own_line=0)
LONG = Layout(posts=20, length=(300, 500, 900), blocks=5, blank_lines=1, break_after_first=1, final_stop=1)


def best(writer: BuiltInWriter, request: WriteRequest) -> str:
    return writer.write(request).compositions[0].text


def test_a_short_account_gets_fewer_optional_units(ask: Ask, writer: BuiltInWriter) -> None:
    short, long = (best(writer, ask(BRIEF, "facebook", layout=layout)) for layout in (SHORT, LONG))
    assert len(short) < len(long)
    assert "14\u00a0€" in short
    assert all(point.split()[0] in long for point in BRIEF.key_points)


def test_blocks_and_breaks_follow(ask: Ask, writer: BuiltInWriter) -> None:
    assert "\n\n" not in best(writer, ask(BRIEF, "facebook", layout=SHORT))
    assert best(writer, ask(BRIEF, "facebook", layout=LONG)).count("\n\n") >= 3


def test_a_sentence_a_line(ask: Ask, writer: BuiltInWriter) -> None:
    layout = Layout(posts=20, length=(300, 500, 900), sentence_a_line=1, final_stop=1)
    lines = best(writer, ask(BRIEF, "linkedin", layout=layout)).splitlines()
    assert len(lines) >= 6
    assert all(line.endswith((".", "»")) for line in lines)


def test_the_blank_line_after_the_first(ask: Ask, writer: BuiltInWriter) -> None:
    text = best(
        writer, ask(BRIEF, "instagram", layout=Layout(posts=20, length=(150, 300, 600), blocks=3, blank_lines=1, break_after_first=1))
    )
    first, second = text.split("\n\n")[:2]
    assert len(first) < 90
    assert second


@pytest.mark.parametrize(("rate", "ends"), [(1.0, "."), (0.0, "")])
def test_the_final_stop_is_a_habit(ask: Ask, writer: BuiltInWriter, rate: float, ends: str) -> None:
    brief = Brief(subject="Un essai", key_points=("Samir compte les pas", "Maud garde la clé"))
    text = best(writer, ask(brief, "x", layout=Layout(posts=20, length=(60, 120, 220), final_stop=rate)))
    assert text.endswith(".") == bool(ends)


def test_an_emoji_only_where_account_and_kit_have_one(ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit]) -> None:
    layout = Layout(posts=20, length=(60, 220, 600), emoji=1, favourite_emoji=("🍵", "🔥"), final_stop=1)
    assert (
        best(writer, ask(BRIEF, "facebook", layout=layout)).count("🍵") + best(writer, ask(BRIEF, "facebook", layout=layout)).count("🔥")
        == 1
    )
    none = kit_with(emoji=EmojiPolicy(max=0))
    assert "🍵" not in best(writer, ask(BRIEF, "facebook", layout=layout, kit=none))
    banned = kit_with(emoji=EmojiPolicy(banned=("🔥",)))
    assert "🍵" in best(writer, ask(BRIEF, "facebook", layout=layout, kit=banned))
    typed = BRIEF.model_copy(update={"key_points": ("Samir a pesé 🎁 onze kilos", "Maud garde la clé")})
    assert "🍵" not in best(writer, ask(typed, "facebook", layout=layout))


def test_the_accounts_own_openings_come_first(ask: Ask, writer: BuiltInWriter) -> None:
    points = ("Onze kilos tiennent dans une malle", "« On a eu chaud dans l'escalier », dit Maud", "Le thé est monté au quatrième")
    for kind, start in (("figure", "Onze kilos"), ("quotation", "«")):
        layout = Layout(posts=20, length=(60, 220, 600), openings={kind: 1.0})
        for seed in range(3):
            assert best(writer, ask(Brief(subject="Le thé", key_points=points), "facebook", layout=layout, seed=seed)).startswith(start)


def test_labelled_practical_lines(ask: Ask, writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Bourse aux vélos",
        key_points=("Samir gonfle tout", "Maud compte les roues"),
        facts={"date": "samedi 13 mars", "lieu": "place du Four"},
    )
    layout = Layout(posts=20, length=(60, 220, 600), blank_lines=1, blocks=3, practical_line=1, practical_label=1, final_stop=0)
    text = best(writer, ask(brief, "facebook", layout=layout)).replace("\u00a0", " ")
    assert "Date : samedi 13 mars\nLieu : place du Four" in text


def test_networks_do_not_look_alike(ask: Ask, writer: BuiltInWriter, kit_with: Callable[..., Kit]) -> None:
    kit = kit_with().model_copy(update={"hashtags": HashtagPolicy(brand=("#Valbrune", "#Sencha"))})
    layouts = {
        "instagram": Layout(posts=20, length=(200, 300, 420), blocks=3, blank_lines=1, break_after_first=1, hashtags=2, final_stop=1),
        "x": Layout(posts=20, length=(80, 110, 150), final_stop=1),
        "linkedin": Layout(posts=20, length=(400, 600, 900), blocks=4, blank_lines=1, final_stop=1),
    }
    made = {network: best(writer, ask(BRIEF, network, kit=kit, layout=layout)) for network, layout in layouts.items()}
    assert "#" in made["instagram"]
    assert "#" not in made["x"] + made["linkedin"]
    assert "\n" not in made["x"]
    assert made["linkedin"].count("\n\n") >= 2
    assert len(made["x"]) < len(made["instagram"])
