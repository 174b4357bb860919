"""what a message of ours asks, why it was not sent, and what waits until they write again"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PARKED = sa.text("status = 'parked'")


def upgrade() -> None:
    op.add_column("messages", sa.Column("asks", sa.String(length=20), nullable=True))
    op.add_column("messages", sa.Column("cancelled_for", sa.String(length=12), nullable=True))
    op.create_index(
        "ix_messages_parked",
        "messages",
        ["participant_id"],
        sqlite_where=PARKED,
        postgresql_where=PARKED,
    )


def downgrade() -> None:
    op.drop_index("ix_messages_parked", table_name="messages")
    op.drop_column("messages", "cancelled_for")
    op.drop_column("messages", "asks")
