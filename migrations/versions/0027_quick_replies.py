"""texts that users prepare and call by a shortcut"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SHARED = sa.text("user_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "quick_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("shortcut", sa.String(length=30), nullable=False),
        sa.Column("shortcut_folded", sa.String(length=30), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_quick_replies_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_replies")),
    )
    op.create_index(
        "uq_quick_replies_own", "quick_replies", ["user_id", "shortcut_folded"], unique=True
    )
    op.create_index(
        "uq_quick_replies_shared",
        "quick_replies",
        ["shortcut_folded"],
        unique=True,
        sqlite_where=SHARED,
        postgresql_where=SHARED,
    )


def downgrade() -> None:
    op.drop_table("quick_replies")
