import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.brands import folder, swap
from assistant.brands.kit import (
    Account,
    Correction,
    EmojiPolicy,
    Example,
    Fact,
    Goal,
    GuidePage,
    HashtagPolicy,
    Kit,
    Line,
    OpenQuestion,
    Play,
    Playbook,
    Term,
    Terms,
    Trait,
    VoiceGuide,
)
from assistant.errors import InputError, KitError, StaleVersion, StorageError
from assistant.messages import render

MakeKit = Callable[..., Path]
KIT = Kit(
    slug="velo", name="Vélo Saugel", languages=("fr",), audience="Ceux qui roulent : tous les jours", emoji=EmojiPolicy(allowed=("🚲",))
)

free = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n:#-'\"{}[]&*!|>%@`, \u00a0\u202f\u2028é🚲"), max_size=60)
word = st.text(st.sampled_from("abcdefgéèçùœ -’"), min_size=1, max_size=20).map(lambda t: f"x{t}")
id_list = st.lists(st.sampled_from(["a", "b", "on", "no", "1", "~", "null", "0x1"]), unique=True, max_size=4)


@st.composite
def kits(draw: st.DrawFn) -> Kit:
    """Kits with every kind of text in every kind of place, and no contradiction."""
    ids = draw(id_list)
    facts = tuple(Fact(id=i, name=draw(free), value=f"x{draw(word)}", kind="place", valid_until=draw(st.none() | st.dates())) for i in ids)
    pages = draw(st.lists(st.sampled_from(["ton", "00 mots", "Été"]), unique=True))
    return Kit(
        slug="velo",
        name=draw(free.filter(lambda t: 0 < len(t) <= 120)),
        languages=("fr", "en"),
        description=draw(free),
        colour=draw(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)),
        fictional=draw(st.booleans()),
        goals=tuple(Goal(indicator=draw(free), target=draw(free)) for _ in draw(id_list)),
        accounts=(
            Account(network="x", handle=draw(free), address=draw(st.sampled_from(["tu", "vous", "none"])), link_in_bio=draw(st.booleans())),
        ),
        voice=VoiceGuide(
            we_are=(Trait(name=draw(free)),),
            examples=(Example(text=draw(free)),),
            corrections=(Correction(wrong=draw(free), right=draw(free)),),
        ),
        terms=Terms(never=tuple(Term(term=w, reason=draw(free)) for w in draw(st.sets(st.sampled_from(["gratuit", "on", "a: b"]))))),
        emoji=EmojiPolicy(max=draw(st.integers(0, 30)), banned=("🔥",)),
        hashtags=HashtagPolicy(brand=("#VéloSaugel",), max=draw(st.dictionaries(st.sampled_from(["x", "instagram"]), st.integers(0, 30)))),
        marks=tuple(draw(st.lists(free, max_size=3))),
        lines=tuple(Line(id=i, text=f"x{draw(word)}", role="aside", rest=draw(st.integers(0, 100))) for i in ids),
        confidence=draw(st.dictionaries(word, st.sampled_from(["high", "low"]))),
        open_questions=tuple(OpenQuestion(id=i, about="voice", question=draw(free)) for i in ids),
        guide=tuple(GuidePage(name=n, text=draw(free).lstrip("\ufeff")) for n in sorted(pages)),
        playbook=Playbook(plays=(Play(kind="question", decision="answer", facts=tuple(ids), holding={"fr": draw(free)}),)),
        facts=facts,
    )


@given(kits())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_read_back_the_same(tmp_path: Path, kit: Kit) -> None:
    target = tmp_path / "velo"
    before = folder.read(target).version if target.exists() else None
    written = folder.write(target, kit, replaces=before)
    again = folder.read(target)
    assert again == written
    assert again.model_copy(update={"version": ""}) == kit


def test_the_files_are_readable_by_people(tmp_path: Path) -> None:
    folder.write(tmp_path / "velo", KIT)
    assert (tmp_path / "velo" / "kit.yaml").read_text("utf8") == (
        "name: Vélo Saugel\nlanguages:\n  - fr\naudience: 'Ceux qui roulent : tous les jours'\nemoji:\n  allowed:\n    - 🚲\n"
    )
    assert sorted(f.name for f in (tmp_path / "velo").iterdir()) == ["kit.yaml"]


def test_a_new_kit_never_overwrites_one_that_exists(tmp_path: Path) -> None:
    folder.write(tmp_path / "velo", KIT)
    with pytest.raises(InputError) as raised:
        folder.write(tmp_path / "velo", KIT)
    assert raised.value.id == "kit.exists"


def test_a_stale_save_is_refused_and_overwrites_nothing(tmp_path: Path) -> None:
    first = folder.write(tmp_path / "velo", KIT)
    second = folder.write(tmp_path / "velo", KIT.model_copy(update={"name": "Autre"}), replaces=first.version)
    with pytest.raises(StaleVersion):
        folder.write(tmp_path / "velo", KIT, replaces=first.version)
    assert folder.read(tmp_path / "velo") == second


def test_starter_data_and_other_files_are_kept_and_dropped_pages_are_gone(tmp_path: Path) -> None:
    base = tmp_path / "velo"
    first = folder.write(base, KIT.model_copy(update={"guide": (GuidePage(name="a", text="x"), GuidePage(name="b", text="y"))}))
    (base / "posts.csv").write_text("text\nBonjour\n")
    (base / "pictures").mkdir()
    (base / "pictures" / "logo.png").write_bytes(b"png")
    folder.write(base, KIT.model_copy(update={"guide": (GuidePage(name="b", text="y"),)}), replaces=first.version)
    assert sorted(f.relative_to(base).as_posix() for f in base.rglob("*") if f.is_file()) == [
        "guide/b.md",
        "kit.yaml",
        "pictures/logo.png",
        "posts.csv",
    ]


def test_a_kit_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    bad = KIT.model_copy(update={"lines": (Line(id="a", text="À bientôt", role="closing"),)})
    with pytest.raises(KitError):
        folder.write(tmp_path / "velo", bad)
    with pytest.raises(KitError):
        folder.write(tmp_path / "velo", KIT.model_copy(update={"guide": (GuidePage(name="../out", text="x"),)}))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_kit_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = folder.write(tmp_path / "velo", KIT)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as raised:
        folder.write(tmp_path / "velo", KIT.model_copy(update={"name": "Autre"}), replaces=first.version)
    assert "No space left on device" in render(raised.value.message, "en")
    assert folder.read(tmp_path / "velo") == first
    assert not (tmp_path / ".velo.new").exists()


def test_a_save_that_another_one_holds_up_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "WAIT_SECONDS", 0.01)
    with FileLock(tmp_path / ".new.lock"), pytest.raises(StorageError) as raised:
        folder.write(tmp_path / "new", KIT.model_copy(update={"slug": "new"}))
    assert raised.value.id == "kit.busy"


def test_a_replacement_stopped_half_way_is_put_back_by_the_next_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = folder.write(tmp_path / "velo", KIT)
    (tmp_path / "velo").rename(tmp_path / ".velo.old")
    assert folder.slugs(tmp_path) == ["velo"]
    assert folder.read(tmp_path / "velo") == first
    (tmp_path / "velo").rename(tmp_path / ".velo.old")
    swap.recover(tmp_path / "velo")
    assert folder.read(tmp_path / "velo") == first
