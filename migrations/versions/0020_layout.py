"""knowledge: which version made a passage's words"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "passages", sa.Column("layout", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    # The column stands behind texts of some kilobytes, which none would want to read for it.
    op.create_index("ix_passages_layout", "passages", ["layout"])


def downgrade() -> None:
    op.drop_index("ix_passages_layout", table_name="passages")
    op.drop_column("passages", "layout")
