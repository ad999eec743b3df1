from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.brands import folder
from assistant.errors import InputError, KitError, NotFound
from assistant.messages import LANGUAGES, Message, render

MakeKit = Callable[..., Path]


def ids(problems: tuple[Message, ...]) -> list[str]:
    return [p.id.removeprefix("kit.problem.") for p in problems]


def test_a_kit_is_read_from_its_four_kinds_of_file(make_kit: MakeKit) -> None:
    kit = folder.read(
        make_kit(
            more='emoji: {max: 2, allowed: ["🚲"]}\n',
            files={
                "guide/ton.md": "# Ton\r\nCourt.",
                "playbook.yaml": "plays:\n  - kind: question\n    decision: answer\n    facts: [rue]\n",
                "facts.yaml": "facts:\n  - {id: rue, name: adresse, value: 3 rue Basse, kind: place}\n  - id: prix\n    name: Révision\n"
                "    value: 45 €\n    kind: price\n    valid_until: 2027-03-31\n",
                "posts.csv": "text\nBonjour\n",
            },
        )
    )
    assert (kit.slug, kit.name, kit.language) == ("velo-saugel", "Vélo Saugel", "fr")
    assert [(a.network, a.address, a.speaker) for a in kit.accounts] == [("instagram", "tu", "on"), ("linkedin", "vous", "nous")]
    assert [(p.name, p.text) for p in kit.guide] == [("ton", "# Ton\nCourt.")]
    assert kit.facts[1].valid_until == date(2027, 3, 31)
    assert kit.playbook.plays[0].facts == ("rue",)
    assert kit.emoji.allowed == ("🚲",)


def test_plain_words_stay_what_was_typed(make_kit: MakeKit) -> None:
    """YAML 1.1 would read « on » as true, « no » as false, 9:30 as 570 and 010 as 8."""
    kit = folder.read(
        make_kit(
            files={
                "facts.yaml": "facts:\n  - {id: no, name: on, value: '010', kind: other}\n  - {id: a, name: yes, value: 12, kind: other}\n"
            }
        )
    )
    assert [(f.id, f.name, f.value) for f in kit.facts] == [("no", "on", "010"), ("a", "yes", "12")]


def test_the_version_changes_with_any_file_of_the_kit_and_with_no_other(make_kit: MakeKit) -> None:
    base = make_kit(files={"guide/ton.md": "a"})
    before = folder.read(base).version
    (base / "posts.csv").write_text("text\nx\n")
    assert folder.read(base).version == before
    (base / "guide" / "ton.md").write_text("b")
    assert folder.read(base).version != before


def test_all_problems_of_all_files_come_at_once_in_the_order_of_the_files(make_kit: MakeKit) -> None:
    base = make_kit(
        more="colour: red\ntime_zone: Europe/Pariss\nterms:\n  never:\n    - term: a\n    - term: b\n    - terme: c\n"
        "lines:\n  - {id: x, text: À bientôt, role: closing}\n  - {id: x, text: Passe nous voir, role: aside, networks: [instagram]}\n",
        files={
            "playbook.yaml": "plays:\n  - {kind: question, decision: answer, facts: [none]}\n",
            "facts.yaml": "facts:\n  - id: p\n    name: Prix\n   value: 3\n",
        },
    )
    with pytest.raises(KitError) as raised:
        folder.read(base)
    found = raised.value.problems
    assert set(ids(found)) == {"colour", "time_zone", "unknown_key_near", "missing", "perishable", "double_id", "syntax"}
    files = [str(m.values["file"]) for m in found]
    assert files == sorted(files, key=["kit.yaml", "playbook.yaml", "facts.yaml"].index)
    assert raised.value.values["count"] == len(found)


def test_a_problem_names_file_line_and_place_as_numbered_in_the_file(make_kit: MakeKit) -> None:
    """The second term is wrong and is taken out; the fourth keeps its own number."""
    base = make_kit(more="terms:\n  never:\n    - term: a\n    - [wrong]\n    - term: b\n    - term: A\n")
    found = folder.problems(base)
    assert [(m.values["place"], m.values["line"]) for m in found] == [("terms.never[1]", 14), ("terms.never[3].term", 16)]
    assert render(found[1], "en").startswith("kit.yaml, line 16 (terms.never[3].term): ")


CASES: list[tuple[str, str, str]] = [
    ("colour: red\n", "colour", "colour"),
    ("time_zone: Mars/Olympus\n", "time_zone", "time_zone"),
    ("time_zone: ../../etc/passwd\n", "time_zone", "time_zone"),
    ("emojis: {max: 3}\n", "unknown_key_near", "emojis"),
    ("zzz: 3\n", "unknown_key", "zzz"),
    ("emoji: {max: lots}\n", "number", "emoji.max"),
    ("emoji: {max: 31}\n", "too_high", "emoji.max"),
    ("emoji: {max: -1}\n", "too_low", "emoji.max"),
    ("emoji: {allowed: [abc]}\n", "emoji", "emoji.allowed[0]"),
    ("fictional: perhaps\n", "yes_no", "fictional"),
    ("inclusive: dots\n", "choice", "inclusive"),
    ("models: cloud\n", "choice", "models"),
    ("marks: Saugel\n", "list", "marks"),
    ("audience: [a]\n", "text", "audience"),
    ("terms: [a]\n", "mapping", "terms"),
    ("marks:\n  - a\n  -\n", "empty_item", "marks[1]"),
    ("variants: [fr-FR, fr-CA]\n", "second_variant", "variants[1]"),
    ("variants: [en-GB]\n", "language_not_listed", "variants[0]"),
    ("hashtags: {brand: [velo]}\n", "hashtag", "hashtags.brand[0]"),
    ("hashtags: {max: {instragram: 3}}\n", "network", "hashtags.max.instragram"),
    ("facts: []\n", "other_file", "facts"),
    ("version: a\n", "not_written", "version"),
    ("slug: other\n", "slug_differs", "slug"),
    ("tolerated: [limits.length]\n", "not_tolerable", "tolerated[0]"),
    ("terms: {must: [{term: Saugel}], never: [{term: saugel}]}\n", "contradiction", "terms.never[0].term"),
    ("lines: [{id: a, text: Au {link}, role: ask}]\n", "syntax", ""),
    ("lines: [{id: a, text: 'Au {link}', role: ask}]\n", "slot_in_line", "lines[0].text"),
    ("lines: [{id: a, text: Salut, role: ask, until: 31/12/2026}]\n", "date", "lines[0].until"),
    ("lines: [{id: a, text: Salut, role: ask, networks: [twitter]}]\n", "network", "lines[0].networks[0]"),
    ("moulds: [{id: a, name: n, lines: ['{first}', '{second}']}]\n", "slot", "moulds[0].lines[1]"),
    ("moulds: [{id: a, name: n, lines: ['{link} est là']}]\n", "slot_place", "moulds[0].lines[0]"),
    ("moulds: [{id: a, name: n, lines: ['Ici : {link']}]\n", "brace", "moulds[0].lines[0]"),
    ("moulds: [{id: a, name: n, lines: []}]\n", "empty", "moulds[0].lines"),
    ("name: deux fois\n", "double_key", ""),
    ("audience: tous : chacun\n", "colon", ""),
    ("audience: 'tous\n", "quotes", ""),
    ("\taudience: tous\n", "tab", ""),
    ("audience: !!python/object:os.system x\n", "tag", ""),
    ("audience: &a tous\ndescription: *a\n", "alias", ""),
    ("---\na: 1\n", "second_document", ""),
    ("? [a]\n: b\n", "key_not_text", ""),
    ("marks: [[[[[[[[[[[[[[a]]]]]]]]]]]]]]\n", "depth", ""),
]


@pytest.mark.parametrize(("more", "id", "place"), CASES, ids=[f"{c[1]}-{n}" for n, c in enumerate(CASES)])
def test_each_mistake_is_named_with_its_place_and_has_words_in_both_languages(make_kit: MakeKit, more: str, id: str, place: str) -> None:
    found = folder.problems(make_kit(more=more))
    assert (id, place) in [(m.id.removeprefix("kit.problem."), m.values["place"]) for m in found]
    for message in found:
        for language in LANGUAGES:
            sentence = render(message, language)
            assert "kit.yaml" in sentence
            assert "$" not in sentence


@pytest.mark.parametrize(
    ("facts", "id"),
    [
        ("  - {id: a, name: Prix, value: x, kind: price}\n", "no_end"),
        ("  - {id: a, name: Entretien, value: 45 €, kind: other}\n", "no_end"),
        ("  - {id: a, name: A, value: b, valid_from: 2027-01-02, valid_until: 2027-01-01}\n", "ends_before"),
        ("  - {id: a, name: A, value: b}\n  - {id: a, name: B, value: c}\n", "double_id"),
        ("  - {id: a, name: A}\n", "missing"),
        ("  - {id: a, name: A, value: ''}\n", "empty"),
    ],
)
def test_a_fact_that_perishes_or_contradicts_itself_is_refused(make_kit: MakeKit, facts: str, id: str) -> None:
    assert ids(folder.problems(make_kit(files={"facts.yaml": "facts:\n" + facts}))) == [id]


def test_a_fact_that_does_not_perish_needs_no_end(make_kit: MakeKit) -> None:
    facts = "facts:\n  - {id: a, name: Adresse, value: 3 rue Basse, kind: place}\n  - {id: b, name: Fondation, value: '1987'}\n"
    assert folder.problems(make_kit(files={"facts.yaml": facts})) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ouvert à 9 h", "9"),
        ("À bientôt", "bientôt"),
        ("C'est promis", "promis"),
        ("Rendez-vous samedi", "samedi"),
        ("Livraison offerte", "Livraison offerte"),
        ("Réponse sous deux jours", "deux jours"),
        ("Satisfait ou remboursé", "remboursé"),
        ("Dernières places", "Dernières places"),
    ],
)
def test_a_line_holds_no_perishable_fact_and_no_promise(make_kit: MakeKit, text: str, word: str) -> None:
    found = folder.problems(make_kit(more=f'lines:\n  - {{id: a, text: "{text}", role: closing}}\n'))
    assert [(m.id, m.values["word"]) for m in found] == [("kit.problem.perishable", word)]


@pytest.mark.parametrize(
    "text", ["Les mains sales sont comprises.", "Un jour à l’atelier", "Tout est dans la chaîne.", "La suite en commentaire"]
)
def test_a_line_that_holds_always_is_left_alone(make_kit: MakeKit, text: str) -> None:
    assert folder.problems(make_kit(more=f'lines:\n  - {{id: a, text: "{text}", role: closing}}\n')) == ()


@pytest.mark.parametrize(
    ("text", "networks", "clash"),
    [
        ("Passe à l'atelier", "[linkedin]", ("tu", "vous")),
        ("Passe à l'atelier", "[]", ("tu", "vous")),
        ("Passe à l'atelier", "[instagram]", None),
        ("Venez nous voir", "[instagram]", ("vous", "tu")),
        ("Venez nous voir", "[linkedin]", None),
        ("Nous restons ouverts d'esprit", "[instagram]", ("nous", "on")),
        ("On t'attend chez nous", "[instagram]", None),
        ("On en parle", "[linkedin]", ("on", "nous")),
        ("Comme on dit", "[linkedin]", None),
        ("Rendez-vous à l'atelier", "[instagram]", None),
        ("Il donne le ton", "[linkedin]", None),
        ("« Vous avez raison », a-t-elle dit", "[instagram]", None),
    ],
)
def test_a_line_speaks_as_the_accounts_it_is_for(make_kit: MakeKit, text: str, networks: str, clash: tuple[str, str] | None) -> None:
    found = folder.problems(make_kit(more=f'lines:\n  - {{id: a, text: "{text}", role: aside, networks: {networks}}}\n'))
    assert [(m.values["found"], m.values["own"]) for m in found if m.id == "kit.problem.register"] == ([clash] if clash else [])
    assert all(m.id == "kit.problem.register" for m in found)


def test_an_english_line_that_says_we_contradicts_an_account_that_says_i(make_kit: MakeKit) -> None:
    kit = (
        "name: Pan\nlanguages: [en]\naccounts: [{network: x, speaker: I, address: you}]\nlines: [{id: a, text: We made it, role: aside}]\n"
    )
    assert ids(folder.problems(make_kit(kit, slug="pan"))) == ["register"]


def test_a_register_of_another_language_is_refused(make_kit: MakeKit) -> None:
    kit = "name: Pan\nlanguages: [en]\naccounts: [{network: x, speaker: on, address: tu}]\n"
    assert ids(folder.problems(make_kit(kit, slug="pan"))) == ["register_language", "register_language"]


def test_a_playbook_refers_to_facts_and_kinds_that_exist(make_kit: MakeKit) -> None:
    plays = "plays:\n  - {kind: grumble, decision: answer}\n  - {kind: hate, decision: escalate}\n  - {kind: question, decision: reply}\n"
    found = folder.problems(make_kit(files={"playbook.yaml": plays}))
    assert [(m.id.removeprefix("kit.problem."), m.values["place"]) for m in found] == [
        ("choice", "plays[0].kind"),
        ("no_escalation", "plays[1]"),
        ("choice", "plays[2].decision"),
    ]


def test_a_playbook_names_no_fact_that_is_not_there(make_kit: MakeKit) -> None:
    plays = "plays:\n  - {kind: question, decision: answer, facts: [rue, nowhere]}\n"
    facts = "facts:\n  - {id: rue, name: Adresse, value: 3 rue Basse, kind: place}\n"
    found = folder.problems(make_kit(files={"playbook.yaml": plays, "facts.yaml": facts}))
    assert [(m.id, m.values["given"], m.values["place"]) for m in found] == [("kit.problem.no_such_fact", "nowhere", "plays[0].facts[1]")]


def test_a_yaml_file_with_a_wrong_name_is_a_problem_not_a_file_silently_ignored(make_kit: MakeKit) -> None:
    found = folder.problems(make_kit(files={"playbok.yaml": "plays: []\n"}))
    assert [(m.id, m.values["near"]) for m in found] == [("kit.problem.stranger", "playbook.yaml")]


def test_a_file_that_is_too_big_or_not_utf8_is_refused_before_it_is_parsed(make_kit: MakeKit) -> None:
    found = folder.problems(make_kit(files={"facts.yaml": b"#" * 1_000_001, "playbook.yaml": b"charter_url: caf\xe9\n"}))
    assert ids(found) == ["encoding", "too_big"]


def test_a_guide_page_that_links_out_of_the_folder_is_not_read(make_kit: MakeKit, tmp_path: Path) -> None:
    base = make_kit(files={"guide/ton.md": "a"})
    (tmp_path / "secret.md").write_text("secret")
    (base / "guide" / "out.md").symlink_to(tmp_path / "secret.md")
    assert ids(folder.problems(base)) == ["left_out"]


def test_a_folder_that_does_not_exist_or_holds_no_kit_says_so(make_kit: MakeKit, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        folder.read(tmp_path / "nobody")
    (tmp_path / "empty").mkdir()
    assert ids(folder.problems(tmp_path / "empty")) == ["no_kit_yaml"]
    assert ids(folder.problems(make_kit(slug="Vélo Saugel"))) == ["folder_name"]


@pytest.mark.parametrize("slug", ["..", "a/b", "", "-a", "a--b", "Élan", "a" * 61, ".velo.new"])
def test_a_slug_never_leads_out_of_the_kits(tmp_path: Path, slug: str) -> None:
    with pytest.raises(InputError):
        folder.path(tmp_path, slug)


def test_slugs_are_sorted_and_hold_only_kits(make_kit: MakeKit) -> None:
    make_kit(slug="b")
    root = make_kit(slug="a").parent
    (root / "notes").mkdir()
    (root / ".c.new").mkdir()
    assert folder.slugs(root) == ["a", "b"]
    assert folder.slugs(root / "nowhere") == []
