"""results of the golden set that can be compared: by which model, and where each document came"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measurements", sa.Column("ranks", sa.JSON(), nullable=True))
    op.add_column("measurements", sa.Column("found_by", sa.String(length=300), nullable=True))
    for name in ("rank", "rank_before", "measured_at"):
        op.drop_column("golden_questions", name)


def downgrade() -> None:
    moment = UtcDateTime(timezone=True)
    op.add_column("golden_questions", sa.Column("rank", sa.Integer(), nullable=True))
    op.add_column("golden_questions", sa.Column("rank_before", sa.Integer(), nullable=True))
    op.add_column("golden_questions", sa.Column("measured_at", moment, nullable=True))
    op.drop_column("measurements", "found_by")
    op.drop_column("measurements", "ranks")
