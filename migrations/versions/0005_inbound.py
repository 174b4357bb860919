"""what comes in besides words, and one key for all forms of a number

Two participants who turn out to have the same number both stay: which of them to keep is for people
to say, and of the two the one who was active last is meant from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (
    ("messages", "payload", sa.Text()),
    ("messages", "quoted_sid", sa.String(length=64)),
    ("messages", "quoted_sender", sa.String(length=255)),
    ("messages", "referral", sa.JSON(none_as_null=True)),
    ("participants", "parent_external_user_id", sa.String(length=255)),
    ("participants", "referral", sa.JSON(none_as_null=True)),
    ("media", "cards", sa.JSON(none_as_null=True)),
    ("webhooks", "not_ours", sa.String(length=300)),
)
NOT_OURS = sa.text("not_ours IS NOT NULL")
# Ten digits behind what Mexico dials no more, and ten without the 9 of Argentina's mobiles.
KEYS = (
    "UPDATE participants SET match_key = '+52' || substr(match_key, 5) "
    "WHERE match_key LIKE '+521__________' AND match_key NOT LIKE '+5210%' "
    "AND match_key NOT LIKE '+5211%'",
    "UPDATE participants SET match_key = '+549' || substr(match_key, 4) "
    "WHERE match_key LIKE '+54__________' AND match_key NOT LIKE '+549%' "
    "AND match_key NOT LIKE '+540%'",
)
KEYS_OF_OLD = (
    "UPDATE participants SET match_key = phone WHERE phone LIKE '+52%' OR phone LIKE '+54%'"
)


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_webhooks_not_ours",
        "webhooks",
        ["not_ours"],
        sqlite_where=NOT_OURS,
        postgresql_where=NOT_OURS,
    )
    for statement in KEYS:
        op.execute(statement)


def downgrade() -> None:
    op.execute(KEYS_OF_OLD)
    op.drop_index("ix_webhooks_not_ours", "webhooks")
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
