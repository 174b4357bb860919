"""faults, withdrawn messages, pace, circuits"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.database import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SET_ASIDE = sa.text("settlement = 'set aside'")


def upgrade() -> None:
    op.create_table(
        "circuits",
        sa.Column("provider", sa.String(length=10), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("retry_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_circuits")),
    )
    with op.batch_alter_table("messages") as batch_op:
        batch_op.add_column(sa.Column("faults", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(
            "ix_messages_set_aside",
            ["participant_id"],
            sqlite_where=SET_ASIDE,
            postgresql_where=SET_ASIDE,
        )
    with op.batch_alter_table("participants") as batch_op:
        batch_op.add_column(sa.Column("faults", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("fault", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("paced_until", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("participants") as batch_op:
        batch_op.drop_column("paced_until")
        batch_op.drop_column("fault")
        batch_op.drop_column("faults")
    with op.batch_alter_table("messages") as batch_op:
        batch_op.drop_index("ix_messages_set_aside")
        batch_op.drop_column("withdrawn")
        batch_op.drop_column("faults")
    op.drop_table("circuits")
