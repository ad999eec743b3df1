"""What was asked of models and what it cost: figures only, never a word of a prompt or of an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(80)


def upgrade() -> None:
    op.create_table(
        "model_calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("brand_id", ID, sa.ForeignKey("brands.id", name="fk_model_calls_brand_id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("purpose", "model", "host")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("sent", "received", "cached")),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_calls"),
    )
    op.create_index("ix_model_calls_brand_id_at", "model_calls", ["brand_id", "at"])
    op.create_index("ix_model_calls_at", "model_calls", ["at"])
