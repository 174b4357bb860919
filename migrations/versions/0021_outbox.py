"""what the outbox must remember to send nothing twice, and to say why something was not sent"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.database import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = UtcDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("messages") as batch_op:
        batch_op.add_column(sa.Column("absences", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("unreadable_since", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("part_of_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_messages_part_of_id"), "messages", ["part_of_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_messages_part_of_id"), ["part_of_id"])
    with op.batch_alter_table("participants") as batch_op:
        batch_op.add_column(sa.Column("refused_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("refused_code", sa.Integer(), nullable=True))
    with op.batch_alter_table("circuits") as batch_op:
        batch_op.add_column(
            sa.Column("by_receipt", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "refusals",
        sa.Column("provider_sid", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_refusals_message_id")
        ),
        sa.PrimaryKeyConstraint("provider_sid", name=op.f("pk_refusals")),
    )
    op.create_index(op.f("ix_refusals_message_id"), "refusals", ["message_id"])


def downgrade() -> None:
    op.drop_table("refusals")
    with op.batch_alter_table("circuits") as batch_op:
        batch_op.drop_column("by_receipt")
    with op.batch_alter_table("participants") as batch_op:
        batch_op.drop_column("refused_code")
        batch_op.drop_column("refused_at")
    with op.batch_alter_table("messages") as batch_op:
        batch_op.drop_index(op.f("ix_messages_part_of_id"))
        batch_op.drop_constraint(op.f("fk_messages_part_of_id"), type_="foreignkey")
        for name in ("part_of_id", "reason", "unreadable_since", "absences"):
            batch_op.drop_column(name)
