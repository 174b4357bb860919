"""reconciliations"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from wa_assistant import database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "reconciliations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("completed_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("covered_until", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
    )
    # The installation's first start: what was written before it is not looked for.
    now = datetime.now(UTC)
    op.bulk_insert(table, [{"began_at": now, "completed_at": now, "covered_until": now}])


def downgrade() -> None:
    op.drop_table("reconciliations")
