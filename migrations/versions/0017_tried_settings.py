"""a trial holds the settings it was asked with and nobody saved, and the stage

Whoever asked before asked with the settings of that moment, outside of any stage.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trials", sa.Column("settings", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("trials", sa.Column("stage", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("trials", "stage")
    op.drop_column("trials", "settings")
