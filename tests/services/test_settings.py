"""Settings: what is not set, what a key may come from, and what is wrong said in words with the variable's name."""

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.messages import render
from assistant.settings import read_settings
from assistant.usage import Price, Usage


def test_nothing_of_a_model_is_set_by_itself() -> None:
    found = read_settings()
    assert (found.model, found.base_url, found.openai_api_key, found.timeout_s, found.max_parallel, found.price) == (None,) * 6


def test_a_key_comes_from_a_file_of_the_secrets_folder_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "openai_api_key").write_text("sk-from-a-file\n", "utf8")
    monkeypatch.setenv("PLUME_SECRETS_DIR", str(tmp_path))
    key = read_settings().openai_api_key
    assert key is not None
    assert key.get_secret_value() == "sk-from-a-file"
    assert "sk-from-a-file" not in repr(read_settings())
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    key = read_settings().openai_api_key
    assert key is not None
    assert key.get_secret_value() == "sk-from-the-environment"


def test_the_secrets_folder_may_be_named_in_the_env_file(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "openai_api_key").write_text("sk-x", "utf8")
    Path(".env").write_text(f"PLUME_SECRETS_DIR={secrets}\n", "utf8")
    assert read_settings().openai_api_key is not None


def test_an_empty_key_is_no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "openai_api_key").write_text(" \n", "utf8")
    monkeypatch.setenv("PLUME_SECRETS_DIR", str(tmp_path))
    assert read_settings().openai_api_key is None


def test_a_price_needs_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_PRICE_SENT", "0.25")
    assert read_settings().price is None
    monkeypatch.setenv("PLUME_PRICE_RECEIVED", "2")
    assert read_settings().price == Price(Decimal("0.25"), Decimal(2))
    assert Price(Decimal("0.25"), Decimal(2)).of(Usage(1_000_000, 500_000, cached=400_000)) == Decimal("1.25")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PLUME_PRICE_SENT", "cheap", "il faut un nombre"),
        ("PLUME_PRICE_SENT", "nan", "il faut un nombre"),
        ("PLUME_PRICE_CACHED", "-1", "d’au moins 0"),
        ("PLUME_BUDGET_STOP", "5", "PLUME_TOKENS_STOP"),
        ("PLUME_BUDGET_WARN", "5", "PLUME_TOKENS_WARN"),
        ("PLUME_TOKENS_STOP", "0", "d’au moins 1"),
        ("PLUME_CURRENCY", "mon argent", "comme EUR"),
        ("PLUME_SECRETS_DIR", "/nowhere/at/all", "un dossier qui existe"),
        ("PLUME_STRUCTURED_OUTPUT", "xml", "json_schema"),
        ("PLUME_MAX_PARALLEL", "65", "d’au plus 64"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        read_settings()
    said = render(caught.value.message, "fr")
    assert name in said
    assert says in said


def test_a_secret_that_is_no_text_is_told_without_showing_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "openai_api_key").write_bytes(b"\xff\xfesk-canary")
    monkeypatch.setenv("PLUME_SECRETS_DIR", str(tmp_path))
    with pytest.raises(InputError) as caught:
        read_settings()
    said = render(caught.value.message, "en")
    assert "PLUME_SECRETS_DIR" in said
    assert "canary" not in said
