"""what fields hold is looked for"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "field_values",
        sa.Column("compared", sa.String(length=100), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("field_values", sa.Column("number", sa.Double(), nullable=True))
    for name in ("compared", "number"):
        columns = ["field_id", name, "participant_id"]
        op.create_index(f"ix_field_values_{name}", "field_values", columns)


def downgrade() -> None:
    for name in ("compared", "number"):
        op.drop_index(f"ix_field_values_{name}", "field_values")
        op.drop_column("field_values", name)
