"""until when an answer waits for a file"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.database import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("awaited_until", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("media", "awaited_until")
