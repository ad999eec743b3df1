"""A page for every visitor runs in its own thread, all on one search."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Open = Callable[..., Search]
Brands = dict[str, list[Record]]


def test_many_threads_open_one_index_once(open_search: Open) -> None:
    search = open_search()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: search.search("velo", "bourse aux vélos"), range(40)))
    assert {evidences[0].id for evidences in found} == {"p1"}
    assert search.search("velo", "bourse aux vélos")[0].engine == "chroma"
    assert search.status().set_aside == ()


def test_searches_go_on_while_another_thread_indexes(open_search: Open, brands: Brands, post: Callable[..., Record]) -> None:
    search = open_search()
    search.sync("velo")
    done = threading.Event()
    failures: list[Exception] = []

    def look() -> None:
        try:
            while not done.is_set():
                assert search.search("velo", "bourse aux vélos")[0].id == "p1"
                assert len(search.best("velo", "instagram")) >= 12
        except Exception as error:  # noqa: BLE001 it is raised in the main thread
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(15):
            brands["velo"] = [*brands["velo"], post(f"n{n}", f"Nouvelle numéro {n} de la saison")]
            assert search.sync("velo").added == 1
            assert search.search("velo", f"nouvelle numéro {n} saison")[0].text.startswith("Nouvelle")
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert search.status().set_aside == ()


def test_a_large_brand_catches_up_in_the_background(open_search: Open, brands: Brands, post: Callable[..., Record]) -> None:
    brands["velo"] += [post(f"n{n}", f"Nouvelle numéro {n} de la saison {n % 7}") for n in range(900)]
    first, second = open_search(), open_search()
    first.status()  # the first search owns the folder
    second.sync("velo")  # and the second indexes beside it
    assert first.search("velo", "bourse aux vélos")[0].id == "p1"
    worker = first._nearest._worker
    assert worker
    worker.join(60)
    found = first.search("velo", "bourse aux vélos")
    assert (found[0].id, found[0].engine) == ("p1", "chroma")


def test_closing_stops_the_background_and_the_next_start_goes_on(open_search: Open, brands: Brands, post: Callable[..., Record]) -> None:
    brands["velo"] += [post(f"n{n}", f"Nouvelle numéro {n} de la saison {n % 7}") for n in range(900)]
    first, second = open_search(), open_search()
    first.status()
    second.sync("velo")
    first.search("velo", "bourse")
    first.close()
    second.close()
    third = open_search()
    third.warm()
    assert third.search("velo", "bourse aux vélos")[0].engine == "chroma"
    assert third.status().set_aside == ()
