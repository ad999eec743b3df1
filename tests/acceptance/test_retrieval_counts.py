"""Retrieval is not decoration: other past posts make other drafts, and figures move a post up."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean

import pytest

from assistant.drafting.briefing import read_brief
from assistant.drafting.pipeline import together
from assistant.drafts import Draft
from assistant.services import Services
from assistant.text import emojis

BRIEFS = Path(__file__).parents[1] / "briefs"
FR, EN = "vaudrille", "thole-ferry"
NETWORKS = ["instagram", "facebook", "linkedin", "mastodon"]


@dataclass(frozen=True)
class Look:
    """How drafts look, on average."""

    length: float
    blank_lines: float
    lines: float
    emoji: float


def look(drafts: list[Draft]) -> Look:
    texts = [draft.text for draft in drafts]
    return Look(
        mean(len(text) for text in texts),
        mean("\n\n" in text for text in texts),
        mean(len([line for line in text.splitlines() if line.strip()]) for text in texts),
        mean(bool(emojis(text)) for text in texts),
    )


def drafts_of(services: Services, brand: str, briefs: str, networks: list[str] = NETWORKS, variants: int = 3) -> list[Draft]:
    made: list[Draft] = []
    for file in sorted((BRIEFS / briefs).glob("*.yaml")):
        brief = read_brief(file)
        made += together(tuple(services.draft(brand, brief, networks=networks, variants=variants))).drafts
    return made


def test_swapping_the_posts_of_two_brands_swaps_the_look_of_their_drafts(
    make_services: Callable[..., Services], kits_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = {brand: drafts_of(make_services(), brand, brand) for brand in (FR, EN)}
    french, english = kits_folder / FR / "posts.csv", kits_folder / EN / "posts.csv"
    shutil.move(french, tmp_path / "kept.csv")
    shutil.move(english, french)
    shutil.move(tmp_path / "kept.csv", english)
    monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / "swapped"))
    swapped = {brand: drafts_of(make_services(), brand, brand) for brand in (FR, EN)}
    before, after = look(own[FR]), look(swapped[FR])
    target = look(own[EN])
    assert (after.blank_lines < before.blank_lines) == (target.blank_lines < before.blank_lines)
    assert after.blank_lines != pytest.approx(before.blank_lines)
    assert after.lines != pytest.approx(before.lines)
    assert after.length != pytest.approx(before.length)
    openings = [[draft.provenance.opening for draft in drafts] for drafts in (own[FR], swapped[FR])]
    assert openings[0] != openings[1]
    assert look(swapped[EN]).emoji == 0, "the kit says no emoji, whatever the posts do"
    assert after.emoji <= before.emoji


def test_a_relevant_post_with_ten_times_its_figures_rises(
    make_services: Callable[..., Services], kits_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = [one.id for one in make_services().find(FR, "atelier perceuse samedi", network="instagram", limit=40)]
    chosen = before[12]
    file = kits_folder / FR / "posts.csv"
    with file.open(encoding="utf-8-sig", newline="") as given:
        rows = list(csv.DictReader(given))
    with file.open("w", encoding="utf8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        for row in rows:
            if row["id"] == chosen:
                row |= {name: str(10 * int(row[name])) for name in ("likes", "comments", "shares", "saves") if row[name]}
            writer.writerow(row)
    monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / "again"))
    after = [one.id for one in make_services().find(FR, "atelier perceuse samedi", network="instagram", limit=40)]
    assert after.index(chosen) < before.index(chosen)


def test_the_same_brief_reads_differently_for_two_brands(services: Services) -> None:
    ratios = []
    for file in sorted((BRIEFS / EN).glob("*.yaml")):
        brief = read_brief(file).model_copy(update={"language": "en"})
        pair = [together(tuple(services.draft(brand, brief, networks=NETWORKS, variants=1))).drafts for brand in (EN, FR)]
        ratios += [SequenceMatcher(None, a.text, b.text).ratio() for a, b in zip(*pair, strict=True)]
    assert mean(ratios) < 0.85, ratios


def test_deleting_the_index_and_indexing_again_gives_the_same_results(make_services: Callable[..., Services], tmp_path: Path) -> None:
    first = make_services()
    queries = ("samedi atelier", "prix perceuse", "vis", "bonjour")
    before = [[(one.id, round(one.score, 6)) for one in first.find(FR, query)] for query in queries]
    first.close()
    shutil.rmtree(tmp_path / "data" / "index")
    again = make_services()
    again.search.sync(FR)
    assert [[(one.id, round(one.score, 6)) for one in again.find(FR, query)] for query in queries] == before
