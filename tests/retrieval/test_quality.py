"""How often the right text is found, on questions and documents that people wrote."""

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.lexical import Lexicon, best_rows
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Question = tuple[str, set[str]]
"""What is asked, and the ids of the texts that answer."""


@pytest.fixture(scope="module")
def material() -> Path:
    folder = os.environ.get("PLUME_BENCH_DATA")
    if not folder:
        pytest.skip("PLUME_BENCH_DATA is not set: no real questions to measure on")
    return Path(folder, "retrieval")


@pytest.fixture
def searching(tmp_path: Path) -> Iterator[Callable[[list[Record]], Search]]:
    """Opens a search over these records."""
    opened: list[Search] = []

    def searching(records: list[Record]) -> Search:
        opened.append(
            Search(tmp_path / "index", lambda brand: records, lambda _: BuiltInEmbedder(), lambda: datetime(2026, 6, 1, tzinfo=UTC))
        )
        return opened[-1]

    yield searching
    for search in opened:
        search.close()


def recall(find: Callable[[str], list[str]], questions: list[Question], places: int) -> float:
    """Of the texts that answer (as many as there is room for), the share that stands in the first places."""
    return sum(len(answers & set(find(asked)[:places])) / min(places, len(answers)) for asked, answers in questions) / len(questions)


def by_words_alone(records: list[Record]) -> Callable[[str], list[str]]:
    lexicon = Lexicon([record.text for record in records])
    return lambda asked: [records[row].id for row in best_rows(lexicon.scores(asked), 10)]


def fused(search: Search) -> Callable[[str], list[str]]:
    return lambda asked: [evidence.id for evidence in search.search("brand", asked, collection="guide", limit=10)]


def french(material: Path) -> tuple[list[Record], list[Question]]:
    folder = material / "servicepublic_fr"
    sheets = [json.loads(line) for line in (folder / "questions_fiches.jsonl").read_text("utf8").splitlines()]
    asked = json.loads((folder / "filtered_spf_qr_test.json").read_text("utf8"))["data"]
    questions = [(qa["question"], {sheet["title"]}) for sheet in asked for part in sheet["paragraphs"] for qa in part["qas"]]
    return [Record(sheet["fiche"], "guide", sheet["text"]) for sheet in sheets], questions


def titles_and_bodies(material: Path) -> tuple[list[Record], list[Question]]:
    """Harder: the sheet's own title asks, and the two lines that repeat it are taken out of the sheet."""
    lines = (material / "servicepublic_fr" / "questions_fiches.jsonl").read_text("utf8").splitlines()
    sheets = [json.loads(line) for line in lines]
    bodies = ["\n".join(sheet["text"].split("\n")[2:]) for sheet in sheets]
    records = [
        Record(sheet["fiche"], "guide", body if len(body) > 300 else sheet["text"]) for sheet, body in zip(sheets, bodies, strict=True)
    ]
    return records, [(sheet["question"], {sheet["fiche"]}) for sheet in sheets]


def entries(file: Path) -> list[tuple[str, str]]:
    """Number and text of each entry of a Cranfield file."""
    found = re.split(r"^\.I ", file.read_text("utf8"), flags=re.MULTILINE)[1:]
    return [(entry.split("\n", 1)[0], entry.split("\n.W\n", 1)[1]) for entry in found]


def english(material: Path) -> tuple[list[Record], list[Question]]:
    folder = material / "cranfield_en"
    texts = {int(number): text for number, text in entries(folder / "cran.all.1400")}
    asked = [text.replace("\n", " ") for _, text in entries(folder / "cran.qry")]
    answers: dict[int, set[str]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        if line.strip():
            question, text, grade = map(int, line.split())
            if 0 < grade < 5:
                answers.setdefault(question, set()).add(str(text))
    questions = [(text, answers[number + 1]) for number, text in enumerate(asked) if number + 1 in answers]
    return [Record(str(id), "guide", text) for id, text in texts.items() if text.strip()], questions


@pytest.mark.parametrize(
    ("read", "places", "floor"),
    [(french, 5, 0.97), (titles_and_bodies, 5, 0.88), (english, 5, 0.37), (english, 10, 0.40)],
    ids=["French questions, recall@5", "French titles, recall@5", "English abstracts, recall@5", "English abstracts, recall@10"],
)
def test_the_answer_is_among_the_first(
    read: Callable[[Path], tuple[list[Record], list[Question]]],
    places: int,
    floor: float,
    material: Path,
    searching: Callable[[list[Record]], Search],
) -> None:
    records, questions = read(material)
    words = recall(by_words_alone(records), questions, places)
    found = recall(fused(searching(records)), questions, places)
    print(f"{read.__name__}: {found:.3f} of {len(questions)} questions at {places}, {words:.3f} by words alone")
    assert found >= floor
    assert found >= words - 0.01
