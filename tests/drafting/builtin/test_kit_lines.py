"""The kit's lines and moulds stand only where their conditions hold, rest between two uses, and stay with their brand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.brands.kit import Kit, Line, Mould
from assistant.briefs import Brief
from assistant.drafting.builtin.lines import offered
from assistant.drafting.builtin.material import collect
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import Recent, WriteRequest

Ask = Callable[..., WriteRequest]
EVENT = Brief(
    subject="Atelier dégustation de sencha",
    purpose="event",
    objective="traffic",
    key_points=(
        "On a raté trois fois ce sencha avant de comprendre",
        "On goûte cinq thés à l'aveugle",
        "Chacun repart avec son thermomètre",
    ),
    facts={"date": "samedi 5 décembre", "heure": "15 h", "lieu": "12 rue des Capucins"},
    link="https://valbrune.example/atelier",
)


def line(**changes: Any) -> Line:
    return Line(**{"id": "l", "text": "La bouilloire chante.", "role": "aside", "purposes": ("event",), **changes})


def usable(request: WriteRequest) -> bool:
    return bool(offered(request, collect(request)).lines)


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        ({}, True),
        ({"purposes": ("launch",)}, False),
        ({"objectives": ("traffic",)}, True),
        ({"objectives": ("sales",)}, False),
        ({"networks": ("facebook",)}, True),
        ({"networks": ("x",)}, False),
        ({"about": ("sencha", "vélo")}, True),
        ({"about": ("vélo",)}, False),
        ({"about": ("thermomètres",)}, True),
        ({"needs": ("link", "date", "hour", "place")}, True),
        ({"needs": ("price",)}, False),
        ({"needs": ("question",)}, False),
        ({"needs": ("no_sad_news",)}, True),
        ({"language": "en"}, False),
        ({"until": date(2026, 11, 1)}, False),
        ({"until": date(2026, 12, 31)}, True),
        ({"text": "Il reste 3 places."}, False),
        ({"text": "La suite bientôt."}, False),
        ({"text": "Apporte ta tasse."}, False),
    ],
)
def test_a_line_is_used_only_in_its_case(ask: Ask, kit_with: Callable[..., Kit], conditions: dict[str, Any], holds: bool) -> None:
    assert usable(ask(EVENT, "facebook", kit=kit_with(lines=[line(**conditions)]))) is holds


def test_how_long_something_takes_is_not_when_one_is_open(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    kit = kit_with(lines=[line(text="The board outranks this post.", about=("hours",), purposes=(), language="en")])
    for point, holds in (("The stove wants an hour's notice", False), ("New hours from Monday", True)):
        brief = Brief(subject="Winter", key_points=(point, "Madge keeps the key"))
        assert usable(ask(brief, "facebook", "en", kit=kit)) is holds


def test_no_line_jokes_beside_sad_news(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    sad = EVENT.model_copy(update={"key_points": ("L'atelier est annulé", "Maud a eu un accident")})
    assert not usable(ask(sad, "facebook", kit=kit_with(lines=[line()])))


def test_a_line_rests_as_long_as_it_says(ask: Ask, kit_with: Callable[..., Kit]) -> None:
    used = Recent("texte", "statement", ("kit.lines.l",))
    other = Recent("texte", "statement", ("brief.subject",))
    kit = kit_with(lines=[line(rest=2)])
    assert not usable(ask(EVENT, "facebook", kit=kit, recent=(used,)))
    assert not usable(ask(EVENT, "facebook", kit=kit, recent=(other, used)))
    assert usable(ask(EVENT, "facebook", kit=kit, recent=(other, other, used)))


def test_a_line_that_repeats_a_unit_is_left_out(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    kit = kit_with(lines=[line(text="On goûte les thés.")])
    for seed in range(6):
        for made in writer.write(ask(EVENT, "facebook", kit=kit, seed=seed)).compositions:
            assert "On goûte les thés." not in made.text


def test_one_aside_at_most_and_one_call_to_act(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    lines = [line(id=f"a{n}", text=f"La bouilloire {what}.") for n, what in enumerate(("chante", "fume", "bout"))]
    lines += [line(id=f"k{n}", role="ask", text=f"Passez {what}.") for n, what in enumerate(("tôt", "tard"))]
    for seed in range(6):
        for made in writer.write(ask(EVENT, "facebook", kit=kit_with(lines=lines), seed=seed)).compositions:
            used = [piece.source for piece in made.pieces if piece.source.startswith("kit.lines")]
            assert sum(source.startswith("kit.lines.a") for source in used) <= 1
            assert sum(source.startswith("kit.lines.k") for source in used) <= 1


def test_a_mould_is_filled_in_its_order(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    rows = ("Sur l'ardoise : {subject_label}", "{first}", "{rest}", "{practical}")
    mould = Mould(id="m", name="Ardoise", lines=rows, purposes=("event",), about=("sencha", "atelier"))
    compositions = writer.write(ask(EVENT, "facebook", kit=kit_with(moulds=[mould]))).compositions
    made = [one for one in compositions if one.angle.id == "writer.angle.mould"]
    assert len(made) == 1
    flat = made[0].text.replace("\u00a0", " ").replace("’", "'")
    assert flat.startswith("Sur l'ardoise : atelier dégustation de sencha.")
    assert flat.index("raté trois fois") < flat.index("samedi 5 décembre".capitalize())
    assert made[0].opening == "line"


def test_a_mould_whose_slot_stays_empty_is_not_used(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    mould = Mould(id="m", name="Ardoise", lines=("{first}", "{rest}", "C'est ici : {practical}"), purposes=("tip",))
    brief = Brief(subject="Thé", purpose="tip", key_points=("Chauffer l'eau à 70 °C", "Attendre une minute", "Jeter la première eau"))
    made = writer.write(ask(brief, "facebook", kit=kit_with(moulds=[mould]))).compositions
    assert all(m.angle.id != "writer.angle.mould" for m in made)


def test_no_draft_of_one_brand_holds_a_line_of_another(ask: Ask, kit_with: Callable[..., Kit], writer: BuiltInWriter) -> None:
    ours = kit_with(lines=[line(text="La bouilloire chante.")])
    theirs = kit_with(lines=[line(text="Le pneu sourit.")], slug="corvane")
    for seed in range(5):
        for made in writer.write(ask(EVENT, "facebook", kit=ours, seed=seed)).compositions:
            assert "pneu" not in made.text
        for made in writer.write(ask(EVENT, "facebook", kit=theirs, seed=seed)).compositions:
            assert "bouilloire" not in made.text
