"""Every finding has texts that it must flag and texts that it must leave alone, in each language it speaks about."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import checks
from assistant.brands.kit import Account, Kit
from assistant.briefs import Brief
from assistant.findings import LEVELS
from assistant.messages import LANGUAGES, Language
from assistant.networks import catalogue
from assistant.posts import Post

EXAMPLES: dict[str, dict[str, dict[Language, list[Any]]]] = {}
for file in sorted((Path(__file__).parent / "examples").glob("*.toml")):
    EXAMPLES |= tomllib.loads(file.read_text("utf8"))

RULES = {rule.id: rule for check in checks.CHECKS for rule in check.rules}
CASES = [
    pytest.param(id, sort, language, entry, id=f"{id}-{sort}-{language}-{number}")
    for id, sorts in EXAMPLES.items()
    for sort, by_language in sorts.items()
    for language, entries in by_language.items()
    for number, entry in enumerate(entries)
]
TODAY = date(2026, 11, 30)


def subject_of(entry: dict[str, Any]) -> checks.Checked:
    fields: dict[str, str] = {name: entry[name] for name in ("text", "first_comment", "alt_text") if name in entry}
    for name, key in (("text", "repeat"), ("alt_text", "repeat_alt"), ("first_comment", "repeat_comment")):
        if key in entry:
            fields[name] = entry[key][0] * entry[key][1]
    return checks.Checked(
        fields.get("text", ""), fields.get("first_comment", ""), fields.get("alt_text", ""), tuple(entry.get("parts", ()))
    )


def context_of(entry: dict[str, Any], language: Language) -> checks.CheckContext:
    network = catalogue.get(entry.get("network", "facebook"))
    kit = None
    if "kit" in entry or "account" in entry:
        account = Account(network=network.key, **entry.get("account", {}))
        kit = Kit(**{"slug": "brindille", "name": "Brindille", "languages": (language,), "accounts": (account,), **entry.get("kit", {})})
    start = datetime(2026, 3, 1, tzinfo=UTC)
    past = tuple(Post(f"p{n}", text, network.key, published_at=start + timedelta(days=n)) for n, text in enumerate(entry.get("past", ())))
    return checks.CheckContext(
        network=network,
        language=language,
        today=TODAY,
        kit=kit,
        account=kit.account(network.key) if kit else None,
        brief=Brief(**entry["brief"]) if "brief" in entry else None,
        kind=entry.get("kind", "post"),
        past_posts=past,
        recent_drafts=tuple(entry.get("recent", ())),
        other_marks=tuple(checks.OtherMark(name, mark) for name, mark in entry.get("other", ())),
    )


@pytest.mark.parametrize(("id", "sort", "language", "entry"), CASES)
def test_a_finding_comes_up_where_it_should_and_nowhere_else(id: str, sort: str, language: Language, entry: Any) -> None:
    entry = entry if isinstance(entry, dict) else {"text": entry}
    found = checks.run(subject_of(entry), context_of(entry, language))
    seen = [f"{f.id} {f.values.get('text', '')}" for f in found]
    assert (id in {f.id for f in found}) == (sort == "flag"), seen
    for finding in found:
        assert LEVELS.index(finding.level) >= LEVELS.index(checks.declared()[finding.id]), f"{finding.id} is more severe than declared"
        for reader in LANGUAGES:
            assert "$" not in finding.message(reader).replace("$8", "").replace("${price}", "")
            assert finding.hint(reader)


@pytest.mark.parametrize("id", sorted(RULES))
def test_every_declared_finding_has_examples_of_both_sorts_in_its_languages(id: str) -> None:
    assert id in EXAMPLES, "texts that it must flag and texts that it must leave alone are missing"
    for sort in ("flag", "leave"):
        for language in RULES[id].languages:
            assert EXAMPLES[id].get(sort, {}).get(language), f"no text to {sort} in {language}"


def test_no_example_speaks_of_a_finding_that_does_not_exist() -> None:
    assert set(EXAMPLES) <= set(RULES)
