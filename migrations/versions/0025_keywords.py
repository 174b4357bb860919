"""a keyword leads into a journey, which may be begun anew, and be left for good"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ADDED = (
    ("participants", "left_journeys_at"),
    ("answers", "superseded_at"),
    ("stage_visits", "superseded_at"),
)


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "keywords",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("word_folded", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["journeys.id"], name=op.f("fk_keywords_journey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keywords")),
        sa.UniqueConstraint("word_folded", name=op.f("uq_keywords_word_folded")),
    )
    op.create_index("ix_keywords_journey_id", "keywords", ["journey_id"])


def downgrade() -> None:
    op.drop_table("keywords")
    for table, column in ADDED:
        op.drop_column(table, column)
