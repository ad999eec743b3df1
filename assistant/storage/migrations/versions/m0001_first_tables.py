"""The first tables: brands, kits, posts, comments, briefs, drafts with their texts and decisions, exports, people, the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(80)
HASH = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
METRICS = ("likes", "comments", "shares", "saves", "clicks", "views", "impressions", "reach", "followers")

REFUSAL = "the audit is append-only"


def upgrade() -> None:
    _brands()
    _imports()
    _briefs()
    _drafts()
    _records()
    _audit()
    _protect_audit()


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=key, nullable=False)


def _brand(table: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column("brand_id", ID, sa.ForeignKey("brands.id", name=f"fk_{table}_brand_id"), primary_key=key, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _brands() -> None:
    op.create_table(
        "brands",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", ID, nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("banned_before", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        _key("brands", "id"),
        sa.UniqueConstraint("slug", name="uq_brands_slug"),
    )
    op.create_table(
        "kit_versions",
        _brand("kit_versions"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kit", sa.JSON(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        _text("version"),
        sa.Column("at", MOMENT, nullable=False),
        _text("actor"),
        _key("kit_versions", "brand_id", "number"),
    )


def _imports() -> None:
    op.create_table(
        "posts",
        _brand("posts"),
        *(_text(name) for name in ("id", "text", "network", "account")),
        sa.Column("published_at", MOMENT),
        *(_text(name) for name in ("url", "format", "kind")),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("banned", sa.Boolean(), nullable=False),
        _text("source"),
        sa.Column("imported_at", MOMENT, nullable=False),
        _key("posts", "brand_id", "id"),
    )
    op.create_table(
        "figures",
        sa.Column("brand_id", ID, nullable=False),
        _text("post_id"),
        *(sa.Column(name, sa.BigInteger()) for name in METRICS),
        _text("source"),
        sa.Column("imported_at", MOMENT, nullable=False),
        _key("figures", "brand_id", "post_id"),
        sa.ForeignKeyConstraint(["brand_id", "post_id"], ["posts.brand_id", "posts.id"], name="fk_figures_brand_id", ondelete="CASCADE"),
    )
    op.create_table(
        "comments",
        _brand("comments"),
        *(_text(name) for name in ("id", "text", "network", "author")),
        sa.Column("created_at", MOMENT),
        *(_text(name) for name in ("post", "post_url", "source")),
        sa.Column("imported_at", MOMENT, nullable=False),
        _key("comments", "brand_id", "id"),
    )


def _briefs() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", ID, nullable=False),
        _brand("briefs"),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        _text("actor"),
        _key("briefs", "id"),
    )
    op.create_index("ix_briefs_brand_id_updated_at", "briefs", ["brand_id", "updated_at"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        _brand("drafts"),
        *(_text(name) for name in ("brief_id", "network", "account")),
        sa.Column("variant", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        _text("author"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        _text("sealed"),
        sa.Column("held", sa.Boolean(), nullable=False),
        _key("drafts", "id"),
    )
    op.create_index("ix_drafts_brand_id_state_updated_at", "drafts", ["brand_id", "state", "updated_at"])
    op.create_index("ix_drafts_brand_id_network_created_at", "drafts", ["brand_id", "network", "created_at"])
    op.create_index("ix_drafts_brief_id", "drafts", ["brief_id"])
    op.create_table(
        "draft_versions",
        sa.Column("draft_id", ID, sa.ForeignKey("drafts.id", name="fk_draft_versions_draft_id"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _text("actor"),
        sa.Column("seal", HASH, nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        _key("draft_versions", "draft_id", "version"),
    )
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("draft_id", ID, sa.ForeignKey("drafts.id", name="fk_decisions_draft_id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(_text(name) for name in ("actor", "action", "before", "after")),
        sa.Column("seal", HASH, nullable=False),
        _text("reason"),
        sa.Column("findings", sa.JSON(), nullable=False),
        _key("decisions", "seq"),
    )
    op.create_index("ix_decisions_draft_id", "decisions", ["draft_id"])


def _records() -> None:
    op.create_table(
        "exports",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _text("actor"),
        _text("kind"),
        sa.Column("items", sa.JSON(), nullable=False),
        _key("exports", "id"),
    )
    op.create_table("people", _text("name"), sa.Column("at", MOMENT, nullable=False), _key("people", "name"))
    op.create_table(
        "silences",
        _brand("silences"),
        *(_text(name) for name in ("finding", "reason", "actor")),
        sa.Column("at", MOMENT, nullable=False),
        _key("silences", "brand_id", "finding"),
    )
    op.create_table(
        "settings_kept",
        _text("key"),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _key("settings_kept", "key"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(_text(name) for name in ("actor", "action", "subject", "payload")),
        sa.Column("previous", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        _key("audit", "seq"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _protect_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        return
    op.execute(f"CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$")
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
