"""which links were taken out of a reply, and how many pages were read from their pictures"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ai_calls", sa.Column("links_taken_out", sa.String(length=2000), nullable=True))
    op.add_column("documents", sa.Column("recognised", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("documents", "recognised")
    op.drop_column("ai_calls", "links_taken_out")
