"""A brief in YAML says what was typed: no word, hour, number or date is read as something else, and what would be lost is said."""

from pathlib import Path
from typing import cast

import pytest

from assistant.drafting.briefing import brief_from, read_brief
from assistant.errors import InputError
from assistant.messages import LANGUAGES, Message, render

FACTS = {
    "heure: 18:30": "18:30",
    "prix: 12.50": "12.50",
    "prix: 1_000": "1_000",
    "téléphone: 0353012209": "0353012209",
    "date: 2027-02-04": "2027-02-04",
    "horaire: 2027-02-04 18:30:00": "2027-02-04 18:30:00",
    "parking: oui": "oui",
    "chiens: no": "no",
    "étage: 05": "05",
    "taux: 1e3": "1e3",
    "code: 0x1F": "0x1F",
    "version: .5": ".5",
    "quoted: '18:30'": "18:30",
    "vide:": "",
    "rien: ~": "",
}
POINTS = {
    "- vrai nom : barrette de connexion": "vrai nom : barrette de connexion",
    "- Rappel: apportez vos chevilles": "Rappel: apportez vos chevilles",
    "- returns: same crate": "returns: same crate",
    '- Idriss : "la vis, on l’a"': "Idriss : la vis, on l’a",
    "- À noter :": "À noter :",
    "- 05": "05",
    "- 18:30": "18:30",
    "- 2027-02-04": "2027-02-04",
    "- yes": "yes",
    "- 12.50": "12.50",
    "- 0353012201": "0353012201",
    '- "suis #LHeureDuTrou"': "suis #LHeureDuTrou",
    "- https://vaudrille.example/a#b": "https://vaudrille.example/a#b",
    "- |\n    Bonjour,\n    #LHeureDuTrou revient": "Bonjour,\n#LHeureDuTrou revient",
}
LOST = {
    "key_points:\n  - horaires:\n      - mardi\n      - jeudi": "3",
    "key_points:\n  - mardi: 9h\n    jeudi: 9h": "3",
    "key_points:\n  - [mardi, jeudi]": "3",
    "facts:\n  horaires:\n    - mardi 9h": "4",
    "facts:\n  lieu: {rue: 14, ville: Autun}": "3",
    "facts:\n  date: mardi\n  date: jeudi": "4",
    "key_points: [a]\nkey_points: [b]": "3",
    "must_include:\n  - #LHeureDuTrou": "3",
    "key_points:\n  - on perce #LHeureDuTrou": "3",
    "key_points:\n  - le tiroir #3 en laiton": "3",
}


def brief(folder: Path, text: str) -> Path:
    file = folder / "brief.yaml"
    file.write_text(f"subject: Soirée étagères\n{text}\n", "utf8")
    return file


@pytest.mark.parametrize(("typed", "wanted"), FACTS.items(), ids=FACTS)
def test_a_fact_is_the_text_that_was_typed(typed: str, wanted: str, tmp_path: Path) -> None:
    (name, value) = next(iter(read_brief(brief(tmp_path, f"facts:\n  {typed}")).facts.items()))
    assert (name, value) == (typed.split(":")[0], wanted)


@pytest.mark.parametrize(("typed", "wanted"), POINTS.items(), ids=POINTS)
def test_a_key_point_is_the_text_that_was_typed(typed: str, wanted: str, tmp_path: Path) -> None:
    assert read_brief(brief(tmp_path, f"key_points:\n  {typed}")).key_points == (wanted,)


@pytest.mark.parametrize(("typed", "line"), LOST.items(), ids=LOST)
def test_what_would_be_lost_is_refused_with_its_line(typed: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_brief(brief(tmp_path, typed))
    problems = cast("list[Message]", refused.value.values["problems"])
    assert [str(one.values["line"]) for one in problems] == [line]


@pytest.mark.parametrize("typed", ["!!python/object/apply:os.system [ls]", "!!int 12", "!unknown x", "*nowhere", "[" * 5000])
def test_tags_dangling_names_and_bottomless_nests_are_no_brief(typed: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_brief(brief(tmp_path, f"link: {typed}"))
    assert refused.value.id == "brief.not_yaml"


def test_aliases_cannot_unfold_into_a_bomb(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(InputError):
        read_brief(brief(tmp_path, bomb))


def test_the_day_and_the_number_of_variants_are_still_a_day_and_a_number(tmp_path: Path) -> None:
    read = read_brief(brief(tmp_path, "planned_for: 2027-02-04\nvariants: 2\nnetworks: [x, y]"))
    assert (str(read.planned_for), read.variants, read.networks) == ("2027-02-04", 2, ("x", "y"))


def test_values_from_a_form_become_texts_and_a_table_in_a_list_is_refused() -> None:
    read = brief_from({"subject": "Soirée", "key_points": [5, {"vrai nom": "barrette"}, None], "facts": {"prix": 12, "stock": None}})
    assert (read.key_points, read.facts) == (("5", "vrai nom: barrette"), {"prix": "12", "stock": ""})
    with pytest.raises(InputError):
        brief_from({"subject": "Soirée", "facts": {"horaires": ["mardi", "jeudi"]}})


@pytest.mark.parametrize(
    ("field", "typed", "choices"),
    [
        ("objective", "ventes", ["traffic", "visibility", "image", "awareness", "sales"]),
        ("format", "réel", ["photo", "carousel", "short-video", "story", "link", "text", "poll", "document"]),
        ("language", "de", ["fr", "en"]),
    ],
)
def test_an_unknown_choice_is_said_with_the_known_ones_and_in_our_own_words(field: str, typed: str, choices: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        brief_from({"subject": "Le four", field: typed})
    (problem,) = cast("list[Message]", refused.value.values["problems"])
    assert problem.values == {"field": field, "typed": typed, "choices": choices}
    assert all(typed in render(problem, language) and choices[-1] in render(problem, language) for language in LANGUAGES)
    assert "Input" not in render(problem, "fr")


def test_a_file_that_is_too_large_is_refused_unread_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "brief.yaml"
    file.write_bytes(b"subject: x\n" + b"#" * 3_000_000)
    with pytest.raises(InputError) as refused:
        read_brief(file)
    assert (refused.value.id, refused.value.values["size"]) == ("brief.too_large", 3000)
