"""The tables, the same on SQLite and PostgreSQL. A change here needs a migration; a test compares the two."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, Table

from assistant.posts import METRICS
from assistant.storage.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
Id = String(80)
Text = Words()


def _brand(*, key: bool = False) -> Column[str]:
    return Column("brand_id", Id, ForeignKey("brands.id"), primary_key=key, nullable=False)


brands = Table(
    "brands",
    metadata,
    Column("id", Id, primary_key=True),
    Column("slug", Id, nullable=False, unique=True),
    Column("archived", Boolean, nullable=False),
    Column("banned_before", Instant),  # posts older than this are banned, those imported later too
    Column("created_at", Instant, nullable=False),
)
kit_versions = Table(
    "kit_versions",
    metadata,
    _brand(key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kit", JSON, nullable=False),
    Column("hash", String(64), nullable=False),  # of the content
    Column("version", Text, nullable=False),  # Kit.version: the hash of the files it was read from
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
)
posts = Table(
    "posts",
    metadata,
    _brand(key=True),
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("published_at", Instant),
    Column("url", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("banned", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("imported_at", Instant, nullable=False),
)
figures = Table(
    "figures",
    metadata,
    Column("brand_id", Id, primary_key=True),
    Column("post_id", Text, primary_key=True),
    *(Column(name, BigInteger) for name in METRICS),
    Column("source", Text, nullable=False),
    Column("imported_at", Instant, nullable=False),
    ForeignKeyConstraint(["brand_id", "post_id"], ["posts.brand_id", "posts.id"], ondelete="CASCADE"),
)
comments = Table(
    "comments",
    metadata,
    _brand(key=True),
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Instant),
    Column("post", Text, nullable=False),
    Column("post_url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("imported_at", Instant, nullable=False),
)
briefs = Table(
    "briefs",
    metadata,
    Column("id", Id, primary_key=True),
    _brand(),
    Column("brief", JSON, nullable=False),  # what a person has typed so far: may be unfinished or invalid
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Index(None, "brand_id", "updated_at"),
)
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    _brand(),
    Column("brief_id", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("variant", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("held", Boolean, nullable=False),
    Index(None, "brand_id", "state", "updated_at"),
    Index(None, "brand_id", "network", "created_at"),
    Index(None, "brief_id"),
)
draft_versions = Table(
    "draft_versions",
    metadata,
    Column("draft_id", Id, ForeignKey("drafts.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("draft", JSON, nullable=False),
)
decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("draft_id", Id, ForeignKey("drafts.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings", JSON, nullable=False),
)
exports = Table(
    "exports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("items", JSON, nullable=False),  # [{id, version, seal}]: what left, exactly
)
people = Table("people", metadata, Column("name", Text, primary_key=True), Column("at", Instant, nullable=False))
silences = Table(
    "silences",
    metadata,
    _brand(key=True),
    Column("finding", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),  # canonical JSON as text: the hash is over these very characters
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "subject"),
)
notes = Table(
    "settings_kept",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)
model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("brand_id", Id, ForeignKey("brands.id")),  # null: asked for no brand, to try the connection
    Column("at", Instant, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("cached", BigInteger, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("cost", BigInteger),  # billionths of `currency`, so that sums are exact; null: no price was configured
    Column("currency", Text, nullable=False),
    Index(None, "brand_id", "at"),
    Index(None, "at"),
)
