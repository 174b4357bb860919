"""takeover attention unread"""

import sqlalchemy as sa
from alembic import op

from wa_assistant import database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("form_key", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_messages_form_key"), ["form_key"])
        batch_op.create_foreign_key(batch_op.f("fk_messages_user_id"), "users", ["user_id"], ["id"])

    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assigned_to_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("paused_until", database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("unread", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(
            batch_op.f("ix_participants_assigned_to_id"), ["assigned_to_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participants_held_by_id"), ["held_by_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_participants_held_by_id"), "users", ["held_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_participants_assigned_to_id"), "users", ["assigned_to_id"], ["id"]
        )

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("theme", sa.String(length=10), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_column("theme")
        batch_op.drop_column("language")

    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_participants_assigned_to_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_participants_held_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_participants_held_by_id"))
        batch_op.drop_index(batch_op.f("ix_participants_assigned_to_id"))
        batch_op.drop_column("unread")
        batch_op.drop_column("paused_until")
        batch_op.drop_column("held_by_id")
        batch_op.drop_column("assigned_to_id")

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_messages_user_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_messages_form_key"), type_="unique")
        batch_op.drop_column("form_key")
        batch_op.drop_column("user_id")
