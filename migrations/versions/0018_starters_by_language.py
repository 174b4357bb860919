"""the journeys that come with the product, in each language"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LANGUAGE = (
    "(SELECT language FROM journey_versions WHERE journey_id = journeys.id AND number = 1)"
)


def upgrade() -> None:
    op.execute(
        sa.text(
            f"UPDATE journeys SET starter = starter || ':' || {LANGUAGE} "  # noqa: S608
            "WHERE starter IS NOT NULL"
        )
    )


def downgrade() -> None:
    # There was one of each then: the second language's stays, as one of the team's own.
    op.execute(
        "UPDATE journeys SET starter = NULL WHERE starter LIKE '%\\:en' AND EXISTS ("
        "SELECT 1 FROM journeys AS other "
        "WHERE other.starter = substr(journeys.starter, 1, length(journeys.starter) - 3) || '\\:pt')"
    )
    op.execute(
        "UPDATE journeys SET starter = substr(starter, 1, length(starter) - 3) "
        "WHERE starter IS NOT NULL"
    )
