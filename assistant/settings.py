"""Settings: from the environment and `.env`, prefix `PLUME_`. An empty variable counts as unset; keys are never shown."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict, SettingsError

from assistant.errors import InputError
from assistant.messages import Language, Message
from assistant.usage import Price

PROJECT = Path(__file__).resolve().parent.parent
"""Where the sample kits and the prompts lie when Plume is started from elsewhere."""


class Settings(BaseSettings):
    """Where things are, and what Plume may reach."""

    model_config = SettingsConfigDict(
        env_prefix="PLUME_", env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True, frozen=True
    )

    data_dir: Path = Path("data")
    """The database, the index and exports."""
    kits_dir: Path | None = None
    """The brand kits; `./brand_kits`, else the ones beside the program."""
    database_url: str | None = None
    """PostgreSQL instead of the SQLite file in the data folder."""
    chroma_url: str | None = None
    """A Chroma server on a private network instead of the embedded index."""
    language: Language = "fr"
    """Language of the screens and of the command line until a person chooses another."""
    timezone: str = "Europe/Paris"
    """For what belongs to no brand; a kit has its own."""
    model: str | None = None
    """Name of a model; without one the built-in writer does the work."""
    base_url: Annotated[str | None, Field(validation_alias=AliasChoices("PLUME_BASE_URL", "OPENAI_BASE_URL"))] = None
    """Where an OpenAI-compatible server answers; else `OPENAI_BASE_URL`."""
    openai_api_key: Annotated[SecretStr | None, Field(validation_alias="OPENAI_API_KEY")] = None
    """The key of that server; never stored, logged or shown."""
    embedding_model: str | None = None
    """An embedding model of that server for the index; without one the built-in embedder is used."""
    structured_output: Literal["auto", "json_schema", "function_calling", "json_mode", "text"] = "auto"
    """How the model is asked for structured answers."""
    timeout_s: Annotated[float | None, Field(gt=0, le=600)] = None
    """Seconds to wait for a model's answer, retries included; else 60, and 300 for a server on this machine."""
    max_parallel: Annotated[int | None, Field(ge=1, le=64)] = None
    """Model calls side by side; else 8, and 1 for a server on this machine."""
    price_sent: Annotated[Decimal | None, Field(ge=0)] = None
    """Price of a million tokens sent to the model, for the costs shown; without one only tokens are counted."""
    price_received: Annotated[Decimal | None, Field(ge=0)] = None
    """Price of a million tokens that the model wrote."""
    price_cached: Annotated[Decimal | None, Field(ge=0)] = None
    """Price of a million tokens sent that the server had kept from an earlier call; else as those sent."""
    currency: Annotated[str, Field(pattern=r"^\S{1,8}$")] = "EUR"
    """Currency of the prices and budgets."""
    budget_warn: Annotated[Decimal | None, Field(gt=0)] = None
    """Money per brand and calendar month from which Plume warns; needs both prices."""
    budget_stop: Annotated[Decimal | None, Field(gt=0)] = None
    """Money per brand and calendar month from which no model is asked any more; needs both prices."""
    tokens_warn: Annotated[int | None, Field(ge=1)] = None
    """Tokens, sent and received, per brand and calendar month from which Plume warns."""
    tokens_stop: Annotated[int | None, Field(ge=1)] = None
    """Tokens, sent and received, per brand and calendar month from which no model is asked any more."""
    secrets_dir: Path | None = None
    """A folder with a file `openai_api_key`, as containers mount secrets; a key in the environment comes first."""

    @field_validator("openai_api_key", mode="after")
    @classmethod
    def _no_empty_key(cls, key: SecretStr | None) -> SecretStr | None:
        """A key without a visible character is none: the file of a secret that was never filled, say."""
        bare = key.get_secret_value().strip() if key else ""
        return SecretStr(bare) if bare else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, the environment, `.env`, and last the files of the secrets' folder, where one is named."""
        sources = (init_settings, env_settings, dotenv_settings)
        named = next((folder for source in sources if (folder := source().get("secrets_dir"))), None)
        if named is None or not Path(str(named)).is_dir():
            return sources
        return (*sources, SecretsSettingsSource(settings_cls, secrets_dir=Path(str(named))))

    @property
    def price(self) -> Price | None:
        """What tokens cost; None unless both prices are set."""
        if self.price_sent is None or self.price_received is None:
            return None
        return Price(self.price_sent, self.price_received, self.price_cached)

    @property
    def kits_folder(self) -> Path:
        """The folder of brand kits in use."""
        if self.kits_dir is not None:
            return self.kits_dir
        here = Path("brand_kits")
        return here if here.is_dir() else PROJECT / "brand_kits"

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir.resolve() / 'plume.sqlite3'), safe='/:')}"

    @property
    def index_folder(self) -> Path:
        """The folder of the vector index, which can be deleted and rebuilt."""
        return self.data_dir / "index"


def read_settings() -> Settings:
    """The settings of this process. Raises InputError naming the first one that makes no sense."""
    try:
        found = Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        place = str(wrong["loc"][0]) if wrong["loc"] else "?"
        name = place if place.isupper() else f"PLUME_{place.upper()}"
        raise InputError("settings.invalid", name=name, reason=_expected(wrong)) from error
    except (SettingsError, OSError, UnicodeDecodeError) as error:  # a file of the secrets' folder that is no short text or not for us
        raise InputError("settings.invalid", name="PLUME_SECRETS_DIR", reason=Message("settings.expected.secrets")) from error
    try:
        ZoneInfo(found.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError("settings.invalid", name="PLUME_TIMEZONE", reason=Message("settings.expected.time_zone")) from error
    if found.secrets_dir is not None and not found.secrets_dir.is_dir():
        raise InputError("settings.invalid", name="PLUME_SECRETS_DIR", reason=Message("settings.expected.folder"))
    for name, budget in (("PLUME_BUDGET_WARN", found.budget_warn), ("PLUME_BUDGET_STOP", found.budget_stop)):
        if budget is not None and found.price is None:
            raise InputError("settings.invalid", name=name, reason=Message("settings.expected.prices"))
    return found


def _expected(wrong: Any) -> Message:
    context = wrong.get("ctx", {})
    if wrong["type"] == "literal_error":
        return Message("settings.expected.choice", {"choices": str(context["expected"]).replace(" or ", ", ").replace("'", "")})
    bound = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), None)
    if bound is not None:
        side = "least" if wrong["type"].startswith("greater") else "most"
        return Message(f"settings.expected.{side}", {"bound": bound})
    if wrong["type"] == "string_pattern_mismatch":
        return Message("settings.expected.currency")
    if wrong["type"].startswith(("int", "float", "decimal", "finite")):
        return Message("settings.expected.number")
    return Message("settings.expected.other", {"reason": wrong["msg"]})
