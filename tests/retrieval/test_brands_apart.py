"""Nothing of one brand is ever found, shown or kept under another."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.retrieval import manifest
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Open = Callable[..., Search]
Brands = dict[str, list[Record]]

NAMES = st.text(min_size=1, max_size=12)
TEXTS = st.lists(st.text(alphabet=st.sampled_from("vélo atelier thé,. é"), min_size=1, max_size=30), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(NAMES, min_size=2, max_size=2, unique=True),
    texts=st.tuples(TEXTS, TEXTS),
    query=st.sampled_from(["vélo", "thé", "atelier vélo", ""]),
)
def test_a_search_shows_only_the_brands_own_texts(
    names: list[str], texts: tuple[list[str], list[str]], query: str, open_search: Open, brands: Brands, post: Callable[..., Record]
) -> None:
    brands.clear()
    for name, own in zip(names, texts, strict=True):
        brands[name] = [post(str(n), f"{text} ({names.index(name)})") for n, text in enumerate(own)]
    search = open_search()
    for number, name in enumerate(names):
        search.sync(name)
        for found in (search.search(name, query, limit=50), search.best(name, "instagram", limit=50)):
            assert all(evidence.text.endswith(f"({number})") for evidence in found)
    search.close()


@pytest.mark.parametrize("other", ["VELO", "velo ", "vélo", "velo-post", "../velo", "b-velo", "velo\x00"])
def test_names_that_look_alike_are_different_brands(other: str, open_search: Open, brands: Brands) -> None:
    brands[other] = [replace(record, id=f"other-{record.id}") for record in brands["velo"]]
    search = open_search()
    assert search.sync("velo").added == search.sync(other).added == 12
    assert not any(evidence.id.startswith("other-") for evidence in search.search("velo", "atelier vélo", limit=50))
    assert all(evidence.id.startswith("other-") for evidence in search.search(other, "atelier vélo", limit=50))


def test_the_same_post_of_two_brands_is_kept_twice(open_search: Open, brands: Brands) -> None:
    brands["other"] = list(brands["velo"])
    search = open_search()
    search.sync("velo")
    search.sync("other")
    brands["velo"] = []
    search.sync("velo")
    assert search.search("velo", "atelier vélo") == []
    assert search.search("other", "atelier vélo")[0].engine == "chroma"


def test_figures_of_one_brand_do_not_weigh_in_another(open_search: Open, brands: Brands, post: Callable[..., Record]) -> None:
    search = open_search()
    before = search.search("velo", "atelier vélo")
    brands["other"] = [post(f"x{n}", "Atelier vélo", likes=100_000) for n in range(30)]
    search.sync("other")
    assert search.search("velo", "atelier vélo") == before


def test_file_names_tell_nobody_which_brand_it_is(open_search: Open, folder: Path) -> None:
    open_search().sync("velo")
    assert [path.name for path in folder.rglob("*") if "velo" in path.name] == []
    assert manifest.stem("velo", "post") != manifest.stem("velo", "reply")
