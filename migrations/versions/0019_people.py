"""a conversation has a status, and a participant a name, tags and fields that the team gives"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in _added():
        op.add_column("participants", column)
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_folded", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_tags_name_folded")),
    )
    op.create_table(
        "participant_tags",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        _to("participant_tags", "participant"),
        _to("participant_tags", "tag"),
        sa.PrimaryKeyConstraint("participant_id", "tag_id", name=op.f("pk_participant_tags")),
    )
    op.create_index("ix_participant_tags_tag_id", "participant_tags", ["tag_id", "participant_id"])
    op.create_table(
        "fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_fields_name_folded")),
    )
    op.create_table(
        "field_values",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        _to("field_values", "participant"),
        _to("field_values", "field"),
        sa.PrimaryKeyConstraint("participant_id", "field_id", name=op.f("pk_field_values")),
    )
    op.create_index(
        "ix_field_values_value", "field_values", ["field_id", "value", "participant_id"]
    )


def downgrade() -> None:
    for table in ("field_values", "fields", "participant_tags", "tags"):
        op.drop_table(table)
    for column in _added():
        op.drop_column("participants", column.name)


def _added() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("known_as", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("status", sa.String(length=8), server_default=sa.text("'open'"), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marketing_consent", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
    )


def _to(table: str, noun: str) -> sa.ForeignKeyConstraint:
    """From `table` to the rows of `noun`."""
    name = op.f(f"fk_{table}_{noun}_id")
    return sa.ForeignKeyConstraint([f"{noun}_id"], [f"{noun}s.id"], name=name)
