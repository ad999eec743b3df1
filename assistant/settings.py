"""Settings: from the environment and `.env`, prefix `PLUME_`. An empty variable counts as unset; keys are never shown."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import InputError
from assistant.messages import Language, Message

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
    timeout_s: Annotated[float, Field(gt=0, le=600)] = 60
    """Seconds to wait for a model's answer."""
    max_parallel: Annotated[int, Field(ge=1, le=64)] = 8
    """Model calls side by side; 1 suits a server on this machine."""

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
        wrong = error.errors()[0]
        place = str(wrong["loc"][0]) if wrong["loc"] else "?"
        name = place if place.isupper() else f"PLUME_{place.upper()}"
        raise InputError("settings.invalid", name=name, reason=_expected(wrong)) from error
    try:
        ZoneInfo(found.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError("settings.invalid", name="PLUME_TIMEZONE", reason=Message("settings.expected.time_zone")) from error
    return found


def _expected(wrong: Any) -> Message:
    context = wrong.get("ctx", {})
    if wrong["type"] == "literal_error":
        return Message("settings.expected.choice", {"choices": str(context["expected"]).replace(" or ", ", ").replace("'", "")})
    bound = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), None)
    if bound is not None:
        side = "least" if wrong["type"].startswith("greater") else "most"
        return Message(f"settings.expected.{side}", {"bound": bound})
    if wrong["type"].startswith(("int", "float")):
        return Message("settings.expected.number")
    return Message("settings.expected.other", {"reason": wrong["msg"]})
