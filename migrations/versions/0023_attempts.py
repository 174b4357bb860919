"""documents: deaths and failures are counted apart, and the time is the upload's"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("deaths", "aways"):
        column = sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
        op.add_column("documents", column)
    # Not in a batch, which on SQLite would drop a table that others refer to.
    op.execute("ALTER TABLE documents RENAME COLUMN updated_at TO uploaded_at")


def downgrade() -> None:
    op.execute("ALTER TABLE documents RENAME COLUMN uploaded_at TO updated_at")
    for name in ("aways", "deaths"):
        op.execute(f"ALTER TABLE documents DROP COLUMN {name}")
