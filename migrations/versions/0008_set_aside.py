"""pauses between attempts at a webhook, and webhooks that were dismissed"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.database import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INDEX = "ix_webhooks_unprocessed"


def upgrade() -> None:
    op.drop_index(INDEX, "webhooks")
    with op.batch_alter_table("webhooks") as batch_op:
        batch_op.add_column(sa.Column("retry_at", UtcDateTime(timezone=True), nullable=True))
    index("state NOT IN ('processed', 'dismissed')")


def downgrade() -> None:
    # Nobody wants anything more of what was dismissed.
    op.execute("UPDATE webhooks SET state = 'processed' WHERE state = 'dismissed'")
    op.drop_index(INDEX, "webhooks")
    with op.batch_alter_table("webhooks") as batch_op:
        batch_op.drop_column("retry_at")
    index("state != 'processed'")


def index(which: str) -> None:
    where = sa.text(which)
    op.create_index(
        INDEX, "webhooks", ["state", "received_at"], sqlite_where=where, postgresql_where=where
    )
