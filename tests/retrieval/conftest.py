"""Brands whose records live in a dictionary, and searches over them that are closed after each test."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.posts import Metrics
from assistant.retrieval.embedding import BuiltInEmbedder, Embedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SUBJECTS = (
    "Atelier réparation samedi matin\nApportez votre vélo, on règle les freins ensemble.",
    "La bourse aux vélos revient dimanche.\nDépôt dès 9 h, vente jusqu'à 17 h.",
    "Trois sacoches en toile cirée viennent d'arriver.",
    "Pneus d'hiver : comment choisir sans se ruiner ?",
    "Notre apprentie Lina passe son diplôme mercredi.",
    "Un dérailleur se règle avec deux vis et un peu de patience.",
    "The winter lights are in: 80 lumens, clipped on in seconds.",
    "Sunday ride, forty kilometres along the canal, coffee at the lock.",
    "Horaires d'été : fermé le lundi, ouvert jusqu'à 20 h le jeudi.",
    "Quel cadeau pour un cycliste qui a déjà tout ?",
    "Le petit déjeuner des mécanos : café, tartines, chambre à air.",
    "Casques enfants, trois tailles, deux couleurs, aucun reproche.",
)


def _post(id: str, text: str, likes: int | None = 10, days: int = 30, network: str = "instagram", **more: Any) -> Record:
    return Record(id, "post", text, network=network, published_at=NOW - timedelta(days=days), metrics=Metrics(likes=likes), **more)


@pytest.fixture
def post() -> Callable[..., Record]:
    """Makes a post: id, text, likes, age in days, network, anything else."""
    return _post


@pytest.fixture
def now() -> datetime:
    """The day on which searches are made."""
    return NOW


@pytest.fixture
def brands() -> dict[str, list[Record]]:
    """What every search of the test reads its records from: a bicycle shop, every post with its own subject."""
    return {"velo": [_post(f"p{n}", text, likes=20 + n, days=10 * n + 5) for n, text in enumerate(SUBJECTS)]}


@pytest.fixture
def change(brands: dict[str, list[Record]]) -> Callable[..., None]:
    """Replaces fields of one record of a brand."""

    def change(brand: str, id: str, **changes: Any) -> None:
        brands[brand] = [replace(record, **changes) if record.id == id else record for record in brands[brand]]

    return change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index will be."""
    return tmp_path / "data" / "index"


@pytest.fixture
def open_search(folder: Path, brands: dict[str, list[Record]]) -> Iterator[Callable[..., Search]]:
    """Opens a search over `brands` in `folder`."""
    opened: list[Search] = []

    def open_search(embedder: Embedder | None = None, chroma_url: str | None = None) -> Search:
        search = Search(
            folder, lambda brand: brands.get(brand, []), lambda _: embedder or BuiltInEmbedder(), lambda: NOW, chroma_url=chroma_url
        )
        opened.append(search)
        return search

    yield open_search
    for search in opened:
        search.close()
