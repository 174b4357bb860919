"""suggestions and summaries that the model writes when a user asks"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

LEFT_TO_DO = sa.text("finished_at IS NULL AND dead_at IS NULL")
MOMENT = sa.DateTime(timezone=True)
NOUGHT = sa.text("0")


def upgrade() -> None:
    op.create_table(
        "aids",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("up_to_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ai_call_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=NOUGHT, nullable=False),
        sa.Column("faults", sa.Integer(), server_default=NOUGHT, nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_aids_{column}"))
            for column, other in (
                ("participant_id", "participants.id"),
                ("up_to_id", "messages.id"),
                ("asked_by_id", "users.id"),
                ("ai_call_id", "ai_calls.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aids")),
    )
    op.create_index("ix_aids_conversation", "aids", ["participant_id", "kind", "id"])
    for name, column, where in (
        ("ix_aids_dead", "dead_at", sa.text("dead_at IS NOT NULL")),
        ("ix_aids_left_to_do", "created_at", LEFT_TO_DO),
    ):
        op.create_index(name, "aids", [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("aids")
