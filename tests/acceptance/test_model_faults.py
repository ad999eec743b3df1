"""What a person gets when a model misbehaves, on the whole way from brief to saved draft: repaired, offered to the built-in
writer, or refused; how many calls it took; what stands on the screen. Nothing is ever lost."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted
from assistant.drafts import Draft
from assistant.messages import LANGUAGES, render
from assistant.services import Services, build
from assistant.settings import Settings
from tests.hostile.obedient import filled
from tests.models.faulty_server import Answer, FaultyServer, Reaction, calls, free_port, refuses, says

ROOT, NOON = Path(__file__).parents[2], datetime(2026, 11, 22, 12, tzinfo=UTC)
BRIEF = Brief(
    subject="L’Heure du trou",
    key_points=("Idriss monte trois murs exprès au fond de la boutique.", "Chacun perce, cheville et visse sa patère."),
    facts={"date": "samedi 28 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"},
)
GOOD = """Trois murs montés exprès, au fond de la boutique.

Chacun perce, cheville et visse sa patère. Samedi 28 novembre 2026, 10 h–11 h, 12 €."""
EXTRA = {"first_comment": "", "alt_text": "", "visual_brief": ""}


def post(text: str) -> str:
    return json.dumps({"variants": [{"angle": "trois murs", "text": text, **EXTRA}]}, ensure_ascii=False)


def revised(text: str) -> str:
    return json.dumps({"text": text, **EXTRA}, ensure_ascii=False)


def writes(first: str, *after: str) -> list[Reaction]:
    """Writes `first`, and sends `after` back when asked to mend it."""
    return [says(post(first)), *(says(revised(text)) for text in after)]


LONG = GOOD + " Chacun repart avec sa patère." * 12
PRICED = GOOD.replace("12 €", "49 €")
ENGLISH = "Three walls put up on purpose at the back of the shop. Everyone drills a hole and takes the hook home, on Saturday morning."
OTHER = GOOD + " Thole Ferry en sera aussi."


@dataclass(frozen=True)
class Row:
    fault: str
    answers: Sequence[Reaction]
    comes: str
    """`ok`; `repaired`: the draft is free of errors after a revision; `kept`: it is shown with its errors; else the id of the message."""
    http_calls: int
    finding: str = ""
    """What was found, and told to the model in the finding's own words."""
    network: str = "instagram"
    way: str = "json_schema"


TOO_LONG = refuses(400, "maximum context length is 2048 tokens, 3000 tokens", code="context_length_exceeded")


def only_tools(body: dict[str, Any]) -> Answer:
    """A server that knows tools and refuses schemas."""
    if "tools" not in body:
        return refuses(400, "response_format unsupported")
    tool = body["tools"][0]["function"]
    asked = tool["parameters"]
    return calls(post(GOOD) if "variants" in asked["properties"] else json.dumps(filled(asked, asked, "a")), tool["name"])


TABLE = [
    Row("nothing", writes(GOOD), "ok", 1),
    # offered to the built-in writer
    Row("slow", [says(post(GOOD), after_s=9)], "model.timeout", 1),
    Row("busy for long", [refuses(429, "slow down", headers={"Retry-After": "60"})], "model.busy", 1),
    Row("500 always", [refuses(500, "oops")], "model.server_error", 3),
    Row("connection cut always", [Answer(cut=-1)], "model.unreachable", 3),
    Row("malformed JSON always", [Answer('{"choices": [')], "model.malformed", 3),
    # retried
    Row("busy for a moment", [refuses(429, "slow down", headers={"Retry-After": "0.1"}), *writes(GOOD)], "ok", 2),
    Row("500 once", [refuses(500, "oops"), *writes(GOOD)], "ok", 2),
    Row("stream cut once", [Answer(says(post(GOOD)).body, cut=60), *writes(GOOD)], "ok", 2),
    Row("malformed JSON once", [Answer('{"choices": ['), *writes(GOOD)], "ok", 2),
    # sent back once with what was wrong
    Row("silent once", [says(None), *writes(GOOD)], "ok", 2),
    Row("empty once", [says(""), *writes(GOOD)], "ok", 2),
    Row("other fields once", [says('{"posts": []}'), *writes(GOOD)], "ok", 2),
    Row("no variant in it, ever", [says('{"variants": []}')], "model.not_schema", 2),
    Row("cut short, ever", [says(post(GOOD)[:60], finish="length")], "model.cut", 2),
    Row("prose, ever", [says("Bien sûr ! Voici trois idées pour votre atelier.")], "model.not_schema", 2),
    # read all the same
    Row("prose around JSON", [says(f"Bien sûr ! Voici :\n```json\n{post(GOOD)}\n```\nDites-moi !")], "ok", 1),
    Row("tool call missing", [says(post(GOOD))], "ok", 1, way="function_calling"),
    Row("a tool call, as asked", [calls(post(GOOD), "PostAnswer")], "ok", 1, way="function_calling"),
    # a server that refuses or ignores schemas: the probe finds the way that works
    Row("json_schema refused", [only_tools], "ok", 3, way="auto"),
    Row("every way ignored but text", [says("Bonjour !")], "model.not_schema", 0, way="auto"),
    # too long: once more with less
    Row(
        "context overflow once",
        [TOO_LONG, *writes(GOOD)],
        "ok",
        2,
    ),
    Row(
        "context overflow always",
        [TOO_LONG],
        "model.context",
        2,
    ),
    # refused
    Row("key refused", [refuses(401, "bad key")], "model.key_refused", 1),
    Row("no such model", [refuses(404, "model not found", code="model_not_found")], "model.no_such_model", 1),
    # valid, but bad: repaired, not replaced
    Row("over the limit", writes(LONG, GOOD), "repaired", 2, "limits.length", network="x"),
    Row("over the limit, ever", writes(LONG, LONG), "kept", 3, "limits.length", network="x"),
    Row("an invented price", writes(PRICED, GOOD), "repaired", 2, "grounding.price"),
    Row("an invented price, ever", writes(PRICED, PRICED), "kept", 3, "grounding.price"),
    Row("the wrong language", writes(ENGLISH, GOOD), "repaired", 2, "language.wrong"),
    Row("another brand’s name", writes(OTHER, GOOD), "repaired", 2, "brand.other_brand"),
    Row("a promise nobody made", writes(GOOD + " Satisfait ou remboursé.", GOOD), "repaired", 2, "grounding.promise"),
    Row("a revision that never comes", [says(post(PRICED)), refuses(500, "oops")], "kept", 4, "grounding.price"),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the brands taken in and indexed, to be copied."""
    home = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLUME_DATA_DIR", str(home))
        patch.setenv("PLUME_KITS_DIR", str(ROOT / "brand_kits"))
        services = build(Settings(), now=lambda: NOON)
        list(services.prepare())
        services.close()
    return home


@pytest.fixture
def desk(
    make_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch, prepared: Path, tmp_path: Path
) -> Callable[[str, str], Services]:
    """Services that ask the server at an address in one way."""

    def at(url: str, way: str) -> Services:
        shutil.copytree(prepared, tmp_path / "data")
        settings = {"BASE_URL": url, "MODEL": "served", "TIMEOUT_S": "3", "STRUCTURED_OUTPUT": way}
        for name, value in settings.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        return make_services()

    return at


def drafted_by(services: Services, row: Row) -> Drafted:
    (only,) = services.draft("vaudrille", BRIEF, networks=(row.network,), variants=1, writer="model", actor="Alma")
    return only


def errors(draft: Draft) -> set[str]:
    return {one.id for one in draft.findings if one.level == "error"}


def prompts(server: FaultyServer) -> list[str]:
    return ["\n".join(str(message["content"]) for message in body.get("messages", ())) for body in server.asked]


def assert_nothing_is_lost(services: Services, row: Row) -> None:
    """The brief is kept, and the built-in writer drafts from it."""
    (brief,) = services.stores.briefs.recent("vaudrille", limit=5)
    (again,) = services.draft("vaudrille", BRIEF, networks=(row.network,), writer="built-in", brief_id=brief.id)
    assert again.drafts
    assert services.brief_of(brief.id) == BRIEF


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.fault)
def test_a_person_gets_a_draft_or_a_clear_message(row: Row, desk: Callable[..., Services]) -> None:
    with FaultyServer(row.answers) as server:
        services = desk(server.url, row.way)
        drafted = drafted_by(services, row)
        if row.http_calls:
            assert len(server.asked) == row.http_calls
        sent = prompts(server)
    if drafted.failure:
        assert drafted.failure.id == row.comes
        assert not drafted.drafts
        for language in LANGUAGES:
            said = render(drafted.failure, language)
            assert ("gardé" if language == "fr" else "kept") in said, said
        assert_nothing_is_lost(services, row)
        return
    (draft,) = drafted.drafts
    assert services.stores.drafts.get(draft.id).draft.text == draft.text
    if row.comes == "ok":
        assert not errors(draft), [one.message("fr") for one in draft.findings]
        assert "Chacun perce" in draft.text
    elif row.comes == "repaired":
        assert not errors(draft), [one.message("fr") for one in draft.findings]
        assert draft.provenance.revisions == 1
    elif row.comes == "kept":
        assert row.finding in errors(draft)
    else:
        raise AssertionError("a draft, where a message was expected")
    if row.finding:
        told = [one for one in sent[1:] if any(words in one for words in told_by(row))]
        assert told, "the model was not told what was found"


def told_by(row: Row) -> tuple[str, ...]:
    """Words of the finding, as the model reads them."""
    words: dict[str, tuple[str, ...]] = {
        "limits.length": ("trop long", "de trop"),
        "grounding.price": ("49 €", "49\u00a0€"),
        "language.wrong": ("anglais",),
        "brand.other_brand": ("Thole Ferry",),
        "grounding.promise": ("remboursé",),
    }
    return words[row.finding]


def test_a_server_that_is_not_there_is_said_and_costs_nothing(desk: Callable[..., Services]) -> None:
    row = Row("connection refused", [], "model.unreachable", 0)
    services = desk(f"http://127.0.0.1:{free_port()}/v1", "json_schema")
    drafted = drafted_by(services, row)
    assert drafted.failure is not None
    assert drafted.failure.id == "model.unreachable"
    assert_nothing_is_lost(services, row)


def test_what_every_call_took_is_on_the_draft_and_on_the_brands_month(desk: Callable[..., Services]) -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000, "prompt_tokens_details": {"cached_tokens": 640}}
    answers: list[Any] = [says(post(PRICED), usage=usage), says(revised(GOOD), usage=usage)]
    with FaultyServer(answers) as server:
        services = desk(server.url, "json_schema")
        (draft,) = drafted_by(services, Row("", [], "ok", 0)).drafts
        assert server.port
    use = draft.provenance.model
    assert use is not None
    assert (use.model, use.calls, use.usage.sent, use.usage.received, use.usage.cached) == ("served", 2, 1800, 200, 1280)
    assert [label.split()[0] for label in use.prompts] == ["post.fr", "revise.fr"]
    (row,) = services.models.usage("2026-11", "vaudrille")
    assert (row.calls, row.usage.sent, row.usage.received, row.usage.cached) == (2, 1800, 200, 1280)
