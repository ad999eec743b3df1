"""A guide cut into passages: headings kept, nothing lost, ids that stay."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.chunking import LONGEST, Passage, passages

GUIDE = """\
---
title: ignored
---
Avant tout titre.

# Notre **voix**

Vous, jamais tu\u00a0: c’est dit.

## Mots

- sencha
- infusion

### À éviter

Magie\u202f!

## Mots

Encore des mots.

```
# pas un titre
```

Signature
=========

La maison.
"""


def shown(found: tuple[Passage, ...]) -> list[tuple[str, str, str]]:
    return [(passage.id, passage.heading, passage.text) for passage in found]


def test_each_passage_carries_the_headings_over_it() -> None:
    assert shown(passages(GUIDE, "voix")) == [
        ("voix", "voix", "Avant tout titre."),
        ("voix#notre-voix", "Notre voix", "Vous, jamais tu\u00a0: c’est dit."),
        ("voix#mots", "Notre voix › Mots", "- sencha\n- infusion"),
        ("voix#a-eviter", "Notre voix › Mots › À éviter", "Magie\u202f!"),
        ("voix#mots-2", "Notre voix › Mots", "Encore des mots.\n\n```\n# pas un titre\n```"),
        ("voix#signature", "Signature", "La maison."),
    ]


@pytest.mark.parametrize("empty", ["", "\n\n \n", "# Titre seul", "# Un\n\n## Deux\n", "---\na: b\n---\n"])
def test_a_page_without_text_gives_no_passage(empty: str) -> None:
    assert passages(empty, "page") == ()


def test_a_page_without_headings_is_known_by_its_name() -> None:
    assert shown(passages("Une règle.\r\nUne autre.", "ton")) == [("ton", "ton", "Une règle.\nUne autre.")]


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "- un\n- deux",
        "Un paragraphe\nsur deux lignes\n---\n\nsuite",
        "#hashtag en tête",
        "> cité\n---",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert {passage.heading for passage in passages(text, "page")} == {"page"}


def test_ids_stay_when_the_wording_changes_or_another_section_does() -> None:
    changed = GUIDE.replace("c’est dit", "voilà").replace("La maison.", "La maison, toujours.\n\n# Ajout\n\nTexte.")
    assert {p.id for p in passages(GUIDE, "voix")} <= {p.id for p in passages(changed, "voix")}


def test_a_long_section_is_cut_between_blocks() -> None:
    blocks = [f"Règle {n} : " + "mot " * 60 for n in range(12)]
    found = passages("# Règles\n\n" + "\n\n".join(blocks), "ton")
    assert all(len(passage.text) <= LONGEST for passage in found)
    assert all(passage.text.startswith("Règle") for passage in found)
    assert len({passage.id for passage in found}) == len(found) > 2


def test_one_block_that_is_too_long_is_cut_between_sentences() -> None:
    found = passages("Une phrase ni courte ni longue. " * 100, "ton")
    assert len(found) > 3
    assert all(len(passage.text) <= LONGEST and passage.text.endswith(".") for passage in found)


@given(st.text(alphabet=st.sampled_from("ab#-=`~ .\n|\u00a0é>*"), max_size=400))
def test_every_passage_stands_in_the_page(text: str) -> None:
    found = passages(text, "page")
    assert all(passage.text in text and 0 < len(passage.text) <= LONGEST for passage in found)
    assert len({passage.id for passage in found}) == len(found)


@given(st.text(alphabet=st.sampled_from("abcé. \n,"), max_size=3000))
def test_no_word_is_lost(text: str) -> None:
    assert "".join("".join(passage.text for passage in passages(text, "page")).split()) == "".join(text.split())


def test_real_guides_are_cut_without_loss() -> None:
    folder = os.environ.get("PLUME_BENCH_DATA")
    if not folder:
        pytest.skip("PLUME_BENCH_DATA is not set: no real guides to measure on")
    pages = sorted(Path(folder, "guides").glob("*/*.md"))
    assert pages
    for page in pages:
        text = page.read_text("utf8").replace("\r\n", "\n")
        found = passages(text, page.stem)
        assert all(passage.text in text and len(passage.text) <= LONGEST for passage in found)
        without_front = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        body = re.sub(r"^#+ .*$|^.*\n[=-]+$", "", without_front, flags=re.MULTILINE)
        assert sum(len("".join(passage.text.split())) for passage in found) >= 0.97 * len("".join(body.split())), page
