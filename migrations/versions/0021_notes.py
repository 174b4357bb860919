"""users write notes to each other in a conversation, and mention each other"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REACTION = sa.text("kind = 'reaction'")
UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_ahead", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        _to("notes", "participant"),
        _to("notes", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("participant_id", "form_key", name="uq_notes_form_key"),
    )
    op.create_index("ix_notes_conversation", "notes", ["participant_id", "created_at"])
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        _to("mentions", "note"),
        _to("mentions", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("note_id", "user_id", name="uq_mentions_note"),
    )
    op.create_index("ix_mentions_user", "mentions", ["user_id", "note_id"])
    op.create_index(
        "ix_mentions_unseen",
        "mentions",
        ["user_id", "note_id"],
        sqlite_where=UNSEEN,
        postgresql_where=UNSEEN,
    )
    op.create_index(
        "ix_messages_reactions",
        "messages",
        ["participant_id", "id"],
        sqlite_where=REACTION,
        postgresql_where=REACTION,
    )
    with op.batch_alter_table("emails") as emails:
        emails.add_column(sa.Column("participant_id", sa.Integer(), nullable=True))
        name = op.f("fk_emails_participant_id")
        emails.create_foreign_key(name, "participants", ["participant_id"], ["id"])
        emails.create_index("ix_emails_participant_id", ["participant_id"])


def downgrade() -> None:
    with op.batch_alter_table("emails") as emails:
        emails.drop_index("ix_emails_participant_id")
        emails.drop_constraint(op.f("fk_emails_participant_id"), type_="foreignkey")
        emails.drop_column("participant_id")
    op.drop_index("ix_messages_reactions", "messages")
    op.drop_table("mentions")
    op.drop_table("notes")


def _to(table: str, noun: str) -> sa.ForeignKeyConstraint:
    """From `table` to the rows of `noun`."""
    name = op.f(f"fk_{table}_{noun}_id")
    return sa.ForeignKeyConstraint([f"{noun}_id"], [f"{noun}s.id"], name=name)
