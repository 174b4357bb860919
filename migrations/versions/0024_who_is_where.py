"""who stands in which stage of a journey is counted by an index"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_participants_journey", "participants", ["journey_version_id", "stage", "next_stage"])


def downgrade() -> None:
    op.drop_index("ix_participants_journey", table_name="participants")
