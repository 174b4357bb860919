"""why the model did not answer a message"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("model_failure", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("messages", "model_failure")
