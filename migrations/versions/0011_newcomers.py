"""unknown numbers wait for their turn; a message tells which cap was met when it was said

Whoever has written before is no unknown number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEX = "ix_participants_let_in_at"


def upgrade() -> None:
    op.add_column("participants", sa.Column("let_in_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f(INDEX), "participants", ["let_in_at"])
    op.execute("UPDATE participants SET let_in_at = created_at")
    op.add_column("messages", sa.Column("cap_met", sa.String(length=30), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "cap_met")
    op.drop_index(op.f(INDEX), "participants")
    op.drop_column("participants", "let_in_at")
