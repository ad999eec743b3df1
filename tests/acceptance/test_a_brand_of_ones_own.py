"""The main job with a brand that somebody brings: a guide and a table of posts become a kit, then a brief becomes an exported text.

The browser walks the same way on real material (`tests/browser/test_onboarding.py`); this runs everywhere, on ours and on theirs.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import together
from assistant.drafts import State
from assistant.errors import InputError
from assistant.messages import Language
from assistant.networks import counting
from assistant.networks.catalogue import get
from assistant.services import Services
from assistant.services.exporting import export_file
from assistant.services.onboarding import Files, accounts_in, onboard

SIX = ["instagram", "facebook", "x", "linkedin", "bluesky", "mastodon"]
ROOT = Path(__file__).parents[2]
HEADERS = {"text": "Message", "network": "Réseau", "published_at": "Date de publication", "likes": "J’aime", "account": "Compte"}
"""What an export of one's own may call its columns."""
BRIEFS = {
    "fr": Brief(
        subject="Le budget de la ville",
        key_points=("Le vote a lieu mardi.", "La séance est publique."),
        facts={"date": "mardi 1er décembre 2026", "lieu": "salle Jean-Moulin"},
    ),
    "en": Brief(
        subject="The town budget",
        key_points=("The vote is on Tuesday.", "The meeting is open to everyone."),
        facts={"date": "Tuesday 1 December 2026", "place": "the Guildhall"},
    ),
}


@dataclass(frozen=True)
class Material:
    """What somebody has of their brand."""

    guides: Files
    posts: Files
    language: Language
    accounts: int
    """At least; a file that names none counts as none."""


def pages(folder: Path) -> Files:
    return [(file.name, file.read_bytes()) for file in sorted(folder.glob("*.md")) if "LICENSE" not in file.name]


def ours(slug: str, language: Language, folder: Path) -> Material:
    """A shipped brand's guide and posts, as another program would export them: other headers, semicolons, a byte order mark."""
    home = ROOT / "brand_kits" / slug
    with (home / "posts.csv").open(encoding="utf-8-sig", newline="") as given:
        rows = [{HEADERS[name]: row[name] for name in HEADERS} for row in csv.DictReader(given)]
    with (folder / "export.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(HEADERS.values()), delimiter=";")
        writer.writeheader()
        writer.writerows({**row, HEADERS["account"]: "maison"} for row in rows)
    return Material(pages(home / "guide"), [("export.csv", (folder / "export.csv").read_bytes())], language, 1)


def theirs(guide: str, posts: str, language: Language, accounts: int, data: Path) -> Material:
    file = data / "posts" / posts
    return Material(pages(data / "guides" / guide), [(posts, file.read_bytes())], language, accounts)


@pytest.fixture(params=["ours-fr", "ours-en", "theirs-fr", "theirs-en"])
def material(request: pytest.FixtureRequest, tmp_path: Path) -> Material:
    match request.param:
        case "ours-fr":
            return ours("vaudrille", "fr", tmp_path)
        case "ours-en":
            return ours("thole-ferry", "en", tmp_path)
        case "theirs-fr":
            return theirs("dnum_fr", "french_media_x.csv", "fr", 13, request.getfixturevalue("bench_data"))
        case _:
            return theirs("18f_en", "facebook_npr_en.csv", "en", 0, request.getfixturevalue("bench_data"))


def test_a_guide_and_a_table_of_posts_become_a_brand_that_drafts_decides_and_exports(
    make_services: Callable[..., Services], kits_folder: Path, tmp_path: Path, material: Material
) -> None:
    services = make_services()
    found = accounts_in(services, material.posts)
    assert len(found) >= material.accounts
    account = next(iter(found), None)
    if len(found) > 1:
        with pytest.raises(InputError) as asked:
            onboard(services, slug="la-maison", name="La Maison", language=material.language, guides=material.guides, posts=material.posts)
        assert asked.value.id == "posts.several_accounts"
        assert not (kits_folder / "la-maison").exists()
    made = onboard(
        services,
        slug="la-maison",
        name="La Maison",
        language=material.language,
        guides=material.guides,
        posts=material.posts,
        account=account,
    )
    assert made.imported >= 60
    assert made.kit.open_questions
    assert len(made.kit.guide) == len(material.guides)

    brief = BRIEFS[material.language]
    drafted = together(tuple(services.draft("la-maison", brief, networks=SIX, variants=1, actor="Ana")))
    assert [one.network for one in drafted.drafts] == SIX
    for draft in drafted.drafts:
        assert counting.measure(draft.text, get(draft.network)).fits
        assert not [finding.id for finding in draft.findings if finding.level == "error"], draft.text
        assert not [finding.id for finding in draft.findings if finding.id.startswith("grounding.")], draft.text
        assert draft.evidence, "it shows where it comes from"

    chosen = drafted.drafts[1]
    edited = services.review.edit(chosen.id, text=f"{chosen.text}\nÀ mardi, Ana", actor="Ana", version=1)
    waiting = services.review.submit(chosen.id, actor="Ana", version=edited.version)
    done = services.review.approve(chosen.id, actor="Bo", version=waiting.version)
    assert done.state is State.APPROVED
    out = tmp_path / "approved.csv"
    left = export_file(services, out, "la-maison", actor="Ana", language=material.language)
    assert [item.id for item in left] == [chosen.id]
    assert "À mardi, Ana" in out.read_text("utf-8-sig")
    assert services.stores.audit.verify() is None
