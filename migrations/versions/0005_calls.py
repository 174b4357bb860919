"""when a person was last called"""

import sqlalchemy as sa
from alembic import op

from wa_assistant import database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("called_at", database.UtcDateTime(timezone=True), nullable=True)
        )
    op.execute("UPDATE participants SET called_at = attention_at WHERE attention_at IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_column("called_at")
