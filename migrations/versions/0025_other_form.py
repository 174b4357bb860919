"""where a participant is reached whose own address WhatsApp did not know"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("reached_at", sa.String(255)))


def downgrade() -> None:
    op.drop_column("participants", "reached_at")
