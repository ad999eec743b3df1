"""One kit, two histories: length, blank lines, first lines, emoji and hashtags of the drafts follow the posts that worked."""

import csv
from collections.abc import Callable
from pathlib import Path
from statistics import mean

import pytest

from assistant.drafting.briefing import read_brief
from assistant.drafting.pipeline import together
from assistant.services import Services
from assistant.text import emojis

BRIEFS = Path(__file__).parents[1] / "briefs" / "vaudrille"
BRAND, NETWORK = "vaudrille", "instagram"
TERSE = "Le tiroir {n} tient encore, on l’a repeint mardi et il ferme."
AIRY = (
    "{n} clés attendent leur porte au comptoir.\n\n"
    "On les a trouvées dans le grenier de la mairie, rangées par taille et sans une étiquette. Odile les a huilées une à une.\n\n"
    "Bastien a essayé les plus grosses sur le portail. La bonne était la dernière, elle a tourné sans forcer 🔑\n\n"
    "#QuincaillerieVaudrille #LaBoîteÀSauver"
)


def past(kits: Path, text: str) -> None:
    """Give the brand forty posts of one kind, and nothing else."""
    with (kits / BRAND / "posts.csv").open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "network", "account", "published_at", "text", "likes"])
        for n in range(40):
            day = f"2026-{1 + n % 9:02d}-{1 + n % 27:02d}T09:00:00+01:00"
            writer.writerow([f"p{n}", NETWORK, "@vaudrille_autun", day, text.format(n=n + 40), 100 + n])


def drafts(services: Services) -> list[str]:
    """Every variant of every brief."""
    made: list[str] = []
    for file in sorted(BRIEFS.glob("*.yaml")):
        drafted = together(tuple(services.draft(BRAND, read_brief(file), networks=[NETWORK], variants=3)))
        made += [draft.text for draft in drafted.drafts]
    return made


@pytest.fixture
def texts(
    kits_folder: Path, make_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str], list[str]]:
    """The drafts of the brand after a history of such posts."""

    def after(text: str) -> list[str]:
        past(kits_folder, text)
        monkeypatch.setenv("PLUME_DATA_DIR", str(tmp_path / str(len(text))))
        return drafts(make_services())

    return after


def test_a_terse_history_makes_terse_drafts_and_an_airy_one_airy_drafts(texts: Callable[[str], list[str]]) -> None:
    terse, airy = texts(TERSE), texts(AIRY)
    # The first draft of a brief holds all of the person's points, whatever the history: length follows in what is added and in the others.
    assert mean(map(len, terse)) < 0.95 * mean(map(len, airy))
    assert mean("\n\n" in text for text in terse) < 0.2 < 0.9 < mean("\n\n" in text for text in airy)
    assert mean(bool(emojis(text)) for text in terse) < 0.1 < 0.5 < mean(bool(emojis(text)) for text in airy)
    # The same line of tags never ends two of ten drafts: some of the airy ones do without.
    assert mean("#" in text for text in terse) < 0.1 < 0.5 < mean("#" in text for text in airy)
