import csv
import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from assistant.drafts import Action, Item, State, seal
from assistant.errors import StorageError
from assistant.exports import csv_file
from assistant.messages import LANGUAGES, Language
from assistant.review import record
from assistant.review.service import Review
from assistant.storage.stores import Stores


@pytest.fixture
def story(review: Review, item: Item, stores: Stores) -> Stores:
    """A text that was edited after a first approval, approved by somebody else and exported."""
    review.ready("d1", actor="Nora", version=1)
    review.edit("d1", actor="Nora", version=3, text="Le four est tiède.", alt_text="=Un four")
    review.approve("d1", actor="Samir", version=4)
    review.export({"d1": 5}, actor="Nora", kind="csv")
    return stores


def test_the_record_tells_who_read_which_text_and_when(story: Stores) -> None:
    told = record.entries(story)
    assert [(one.actor, one.action, one.version, one.draft.text) for one in told] == [
        ("Nora", Action.SUBMIT, 2, "Le four est chaud."),
        ("Nora", Action.APPROVE, 3, "Le four est chaud."),
        ("Nora", Action.EDIT, 4, "Le four est tiède."),
        ("Samir", Action.APPROVE, 5, "Le four est tiède."),
        ("Nora", Action.EXPORT, 5, "Le four est tiède."),
    ]
    assert [one.at for one in told] == sorted(one.at for one in told)
    assert all(one.intact and seal(one.draft) == one.seal for one in told)


def test_the_record_can_be_of_one_brand_or_from_a_moment_on(
    story: Stores, review: Review, make_item: Callable[..., Item], now: datetime
) -> None:
    story.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")
    story.drafts.add([make_item("m1", brand="moulin")], now=now, actor="Nora")
    review.submit("m1", actor="Ana", version=1)
    assert [one.item for one in record.entries(story, "moulin")] == ["m1"]
    assert "m1" not in {one.item for one in record.entries(story, "atelier")}
    third = record.entries(story)[2].at
    assert record.entries(story, since=third) == record.entries(story)[2:]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET actor = 'Eve' WHERE version = 5",
        "UPDATE decisions SET at = '2020-01-01 00:00:00' WHERE version = 5",
        "UPDATE decisions SET reason = 'parce que' WHERE version = 5",
        "UPDATE decisions SET action = 'submit' WHERE version = 5",
    ],
)
def test_a_decision_that_was_altered_shows(story: Stores, statement: str) -> None:
    with story.database.writing() as connection:
        connection.execute(text(statement))
    assert [one.intact for one in record.entries(story) if one.version == 5 and one.action != Action.EXPORT] == [False]


def test_a_text_that_was_altered_shows_wherever_it_was_read(story: Stores) -> None:
    with story.database.writing() as connection:
        if story.database.kind == "sqlite":
            connection.execute(text("UPDATE draft_versions SET draft = replace(draft, 'ti\\u00e8de', 'froid') WHERE version = 4"))
        else:
            connection.execute(
                text("UPDATE draft_versions SET draft = replace(draft::text, 'ti\\u00e8de', 'froid')::json WHERE version = 4")
            )
    told = record.entries(story)
    assert told[-1].draft.text == "Le four est froid."
    assert [one.intact for one in told] == [True, True, False, False, False]


def test_an_export_that_was_altered_shows(story: Stores) -> None:
    with story.database.writing() as connection:
        connection.execute(text("UPDATE exports SET actor = 'Eve'"))
    assert [one.intact for one in record.entries(story)][-1] is False


def test_a_text_that_was_taken_away_stops_the_record(story: Stores) -> None:
    with story.database.writing() as connection:
        connection.execute(text("DELETE FROM draft_versions WHERE version = 4"))
    with pytest.raises(StorageError) as caught:
        record.entries(story)
    assert caught.value.id == "storage.damaged"


def test_the_record_as_json_is_plain_data(story: Stores) -> None:
    data = json.loads(json.dumps(record.as_json(record.entries(story))))
    assert data[3]["actor"] == "Samir"
    assert data[3]["text"] == "Le four est tiède."
    assert (data[3]["before"], data[3]["after"]) == (State.IN_REVIEW, State.APPROVED)
    assert tuple(data[0]) == record.FIELDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_as_csv_is_in_words_and_runs_no_formula(story: Stores, language: Language) -> None:
    header, lines = record.as_rows(record.entries(story), language)
    read = list(csv.DictReader(io.StringIO(csv_file.rows(header, lines), newline="")))
    assert len(read) == 5
    approval = read[3]
    assert approval[{"fr": "Personne", "en": "Person"}[language]] == "Samir"
    assert approval[{"fr": "Action", "en": "Action"}[language]] == {"fr": "Approuver", "en": "Approve"}[language]
    assert approval[{"fr": "Texte alternatif", "en": "Alt text"}[language]] == "'=Un four"
    assert approval[{"fr": "Contrôle", "en": "Check"}[language]] == "intact"


def test_a_long_queue_is_read_page_by_page(
    stores: Stores, review: Review, make_item: Callable[..., Item], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PAGE", 2)
    stores.drafts.add([make_item(f"d{number}") for number in range(5)], now=now, actor="Nora")
    for number in range(5):
        review.submit(f"d{number}", actor="Nora", version=1)
    assert [one.item for one in record.entries(stores)] == [f"d{number}" for number in range(5)]
