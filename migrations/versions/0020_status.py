"""the lists that a conversation's status makes have indexes; when the assistant answered is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# An index of those participants alone of whom the condition is so.
INDEXES = {
    "open": (["last_activity_at", "id"], "status = 'open' AND NOT simulated"),
    "done": (["last_activity_at", "id"], "status = 'done' AND NOT simulated"),
    "snoozed": (["snoozed_until"], "status = 'snoozed'"),
    "waiting": (["waiting_since", "id"], "waiting_since IS NOT NULL"),
    "answered": (["answered_at"], "answered_at IS NOT NULL AND status = 'open'"),
}
LAST_SAID = (
    "(SELECT max(said.id) FROM messages AS said WHERE said.participant_id = participants.id "
    "AND said.author IN ('assistant', 'user') "
    "AND said.status NOT IN ('failed', 'undelivered', 'cancelled', 'parked'))"
)
# What is known of who has written already: since when they wait, where a person may be wanted; what
# the assistant answered is read by nobody any more.
KNOWN = (
    "UPDATE participants SET waiting_since = (SELECT min(heard.created_at) FROM messages AS heard "
    "WHERE heard.participant_id = participants.id AND heard.direction = 'inbound' "
    "AND (heard.settlement IS NULL OR heard.settlement = 'with a person') "
    f"AND heard.id > coalesce({LAST_SAID}, 0)) "
    "WHERE unread > 0 OR attention_at IS NOT NULL OR taken_over_by_id IS NOT NULL",
    "UPDATE participants SET unread = 0 WHERE unread > 0 AND attention_at IS NULL "
    "AND taken_over_by_id IS NULL AND waiting_since IS NULL",
    "UPDATE participants SET answered_at = last_activity_at WHERE attention_at IS NULL "
    "AND waiting_since IS NULL AND (SELECT said.author FROM messages AS said "
    "WHERE said.participant_id = participants.id ORDER BY said.id DESC LIMIT 1) = 'assistant'",
)


def upgrade() -> None:
    column = sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("participants", column)
    for statement in KNOWN:
        op.execute(statement)
    for name, (columns, where) in INDEXES.items():
        op.create_index(
            f"ix_participants_{name}",
            "participants",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    for name in reversed(INDEXES):
        op.drop_index(f"ix_participants_{name}", table_name="participants")
    op.drop_column("participants", "answered_at")
