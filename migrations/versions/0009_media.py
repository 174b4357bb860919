"""files have rows of their own"""

import secrets

import sqlalchemy as sa
from alembic import op

from wa_assistant import database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LEFT_TO_DO = sa.text("next_attempt_at IS NOT NULL")


def upgrade() -> None:
    media = op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=20), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_media_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("file", name=op.f("uq_media_file")),
        sa.UniqueConstraint("message_id", "position", name=op.f("uq_media_message_id")),
    )
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.create_index(
            "ix_media_left_to_do",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=LEFT_TO_DO,
            postgresql_where=LEFT_TO_DO,
        )
    _move(media)


def _move(media: sa.Table) -> None:
    """What messages name in their lists is fetched now; a place stays where it is."""
    connection = op.get_bind()
    messages = sa.table("messages", sa.column("id"), sa.column("media", sa.JSON))
    held = sa.select(messages).where(sa.cast(messages.c.media, sa.Text) != "[]")
    for message_id, parts in connection.execute(held).all():
        files = [part for part in parts if "url" in part]
        for position, part in enumerate(files):
            row = {
                "message_id": message_id,
                "position": position,
                "url": part["url"],
                "content_type": part.get("content_type", "")[:100],
                "name": "",
                "file": secrets.token_hex(16),
                "status": "waiting",
                "attempts": 0,
                "next_attempt_at": database.utcnow(),
            }
            connection.execute(media.insert().values(row))
        if files:
            kept = [part for part in parts if "url" not in part]
            connection.execute(
                messages.update().where(messages.c.id == message_id).values(media=kept)
            )


def downgrade() -> None:
    op.drop_table("media")
