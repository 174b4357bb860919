"""why a call to a model failed, and how much of a conversation it was not told"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ai_calls", sa.Column("failure", sa.String(length=20), nullable=True))
    op.add_column("ai_calls", sa.Column("left_out", sa.Integer(), nullable=True))
    op.add_column("circuits", sa.Column("failure", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("circuits", "failure")
    op.drop_column("ai_calls", "left_out")
    op.drop_column("ai_calls", "failure")
