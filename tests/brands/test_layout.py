import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.brands.layout import Layout, measure, quantile
from assistant.networks.catalogue import Habits
from assistant.posts import Post

HABITS = Habits(length=(100, 200, 300), first_line=60, hashtags=3.0, emoji=0.5, blank_lines=1.0)


def layout(*texts: str, weights: tuple[float, ...] = (), repeat: int = 10) -> Layout:
    """The layout of `texts`, told apart by a number so that they are no copies, often enough to borrow nothing."""
    posts = [
        (Post(id=f"{n}-{i}", text=text.replace("§", "abcdefghijklmnopqrst"[i])), (weights or (1.0,) * len(texts))[n])
        for n, text in enumerate(texts)
        for i in range(repeat)
    ]
    return measure(posts, HABITS, "fr")


def test_without_posts_the_network_s_habits_hold() -> None:
    found = measure([], HABITS, "fr")
    assert (found.posts, found.length, found.first_line, found.hashtags, found.emoji, found.blank_lines) == (
        0,
        (100, 200, 300),
        60,
        3.0,
        0.5,
        1.0,
    )


def test_under_ten_posts_the_network_s_habits_are_mixed_in_by_their_number() -> None:
    found = measure([(Post(id="a", text="x" * 50), 1.0), (Post(id="b", text="y" * 50), 1.0)], HABITS, "fr")
    assert found.posts == 2
    assert found.length == (90, 170, 250)
    assert found.hashtags == pytest.approx(2.4)
    assert found.emoji == pytest.approx(0.4)


def test_from_ten_posts_on_nothing_is_borrowed() -> None:
    found = layout("Un pneu mou s’use vite §")
    assert found.posts == 10
    assert (found.hashtags, found.emoji, found.blank_lines) == (0.0, 0.0, 0.0)
    assert found.length == (24, 24, 24)


def test_links_are_left_out_of_lengths() -> None:
    assert layout("Un pneu mou § https://exemple.fr/une/longue/adresse").length == (13, 13, 13)


def test_what_performed_weighs_more() -> None:
    found = layout("Court § 🚲", "Un texte plus long que l’autre et sans image §", weights=(9.0, 1.0))
    assert found.emoji == pytest.approx(0.9)
    assert found.length[1] == 9
    assert found.favourite_emoji == ("🚲",)


def test_lines_blocks_and_stops_are_seen() -> None:
    found = layout("La chaîne est neuve §.\n\nLe frein aussi.\nVenez voir.")
    assert found.blocks == 2
    assert found.blank_lines == 1
    assert found.break_after_first == 1
    assert found.sentence_a_line == 1
    assert found.final_stop == 1
    assert found.call_to_action == 1
    assert found.first_line == 22


def test_a_first_sentence_that_runs_on_is_no_break() -> None:
    found = layout("La chaîne est neuve §. Le frein aussi.\nLa selle non.")
    assert found.break_after_first == 0
    assert found.sentence_a_line == 0


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("Fini §.", 1),
        ("Fini § !", 0),
        ("Fini §…", 0),
        ("Fini §. 🚲 #velo", 1),
        ("Fini §. https://exemple.fr", 1),
        ("« Fini §. »", 1),
        ("Fini §", 0),
    ],
)
def test_the_final_stop_is_seen_behind_tags_emoji_and_links(text: str, stop: float) -> None:
    assert layout(text).final_stop == stop


@pytest.mark.parametrize(("text", "last"), [("Fini § #velo #colmar", 1), ("Un #velo fini §", 0), ("Fini § #velo 🚲 https://exemple.fr", 1)])
def test_the_place_of_hashtags_is_seen(text: str, last: float) -> None:
    assert layout(text).hashtags_last == last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("🚲 Fini §", 1, 0), ("Fini § 🚲", 0, 1), ("Fini § 🚲 #velo https://exemple.fr", 0, 1), ("Fi 🚲 ni §", 0, 0)],
)
def test_the_place_of_emoji_is_seen(text: str, first: float, last: float) -> None:
    found = layout(text)
    assert (found.emoji, found.emoji_first, found.emoji_last) == (1, first, last)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Fini §\nhttps://exemple.fr", 1),
        ("Fini §\n➡️ https://exemple.fr", 1),
        ("Fini §\nInfos : exemple.fr", 1),
        ("Fini §\nhttps://exemple.fr #velo", 1),
        ("Fini § https://exemple.fr", 0),
        ("Fini §\nTout est sur exemple.fr", 0),
    ],
)
def test_the_place_of_the_link_is_seen(text: str, own: float) -> None:
    assert layout(text).link_own_line == own


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ("Samedi 13 mars, 9 h § : https://exemple.fr", 1),
        ("Fini § https://exemple.fr", 0),
        ("Trois choses à savoir § :\nhttps://exemple.fr", 0),
    ],
)
def test_a_sentence_that_goes_over_into_the_link_is_seen(text: str, led: float) -> None:
    assert layout(text).link_led == led


@pytest.mark.parametrize(
    ("text", "line", "label"),
    [
        ("La bourse revient §\nSamedi 13 mars, 9 h, cour de l’école", 1, 0),
        ("La bourse revient §\n📅 Quand : samedi 13 mars", 1, 1),
        ("La bourse revient §\n12 rue Basse", 1, 0),
        ("La bourse revient § samedi 13 mars", 0, 0),
        ("La bourse revient §\nOn y vend 40 vélos", 0, 0),
        ("La bourse revient §\n10000 personnes sont venues", 0, 0),
    ],
)
def test_a_practical_line_is_seen_bare_or_labelled(text: str, line: float, label: float) -> None:
    found = layout(text)
    assert (found.practical_line, found.practical_label) == (line, label)


def test_single_breaks_sentences_and_the_tags_of_the_account_are_counted() -> None:
    found = layout("Un. Deux.\nTrois §", "Un. Deux §\n#Cour", "Six. Sept §\n\n#Cour #Roue", "Huit. Neuf §\n\n#Roue")
    assert found.single_breaks == 0.25
    assert found.sentences == 2
    assert {tag: round(value, 2) for tag, value in found.favourite_hashtags.items()} == {"#cour": 0.67, "#roue": 0.67}


def test_openings_are_shares_that_add_up() -> None:
    found = layout("Samir répare §", "12 vélos §", "Ce matin, il gèle §", "Le pneu est mou §")
    assert {kind: value for kind, value in found.openings.items() if value} == {
        "name": 0.25,
        "figure": 0.25,
        "scene": 0.25,
        "statement": 0.25,
    }


def test_reposts_answers_copies_and_banned_posts_do_not_count_and_contests_only_alone() -> None:
    posts = [
        Post(id="1", text="Le vélo est prêt"),
        Post(id="2", text="Le vélo est prêt https://exemple.fr/2"),
        Post(id="3", text="RT @autre: Le vélo"),
        Post(id="4", text="@client Merci pour tout"),
        Post(id="5", text="Banni", banned=True),
        Post(id="6", text="Jouez et gagnez", kind="contest"),
    ]
    assert measure([(p, 1.0) for p in posts], HABITS, "fr").posts == 1
    assert measure([(posts[5], 1.0)], HABITS, "fr").posts == 1


@given(st.lists(st.tuples(st.floats(-1000, 1000), st.floats(0.01, 10)), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_between_the_least_and_the_most(values: list[tuple[float, float]], q: float) -> None:
    found = quantile(values, q)
    assert min(v for v, _ in values) <= found <= max(v for v, _ in values)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_has_a_layout_with_shares_between_0_and_1(texts: list[str]) -> None:
    found = measure([(Post(id=str(n), text=t), 1.0) for n, t in enumerate(texts)], HABITS, "en")
    for name in (
        "blank_lines",
        "final_stop",
        "emoji",
        "emoji_first",
        "emoji_last",
        "exclamation",
        "question",
        "call_to_action",
        "practical_line",
        "single_breaks",
    ):
        assert 0 <= getattr(found, name) <= 1 + 1e-9, name
