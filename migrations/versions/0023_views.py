"""views of the list of participants, and what was merged is found by what it was called"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


# With all that the list of participants is filtered by.
FILTERED = [
    "simulated",
    "status",
    "language",
    "consent",
    "marketing_consent",
    "last_inbound_at",
    "assigned_to_id",
    "journey_version_id",
    "stage",
    "next_stage",
    "created_at",
]


def upgrade() -> None:
    real = sa.text("NOT simulated")
    op.create_index(
        "ix_participants_listed",
        "participants",
        ["last_activity_at", "id", *FILTERED],
        sqlite_where=real,
        postgresql_where=real,
    )
    op.add_column(
        "field_values",
        sa.Column("compared", sa.String(length=100), server_default=sa.text("''"), nullable=False),
    )
    op.add_column("field_values", sa.Column("number", sa.Double(), nullable=True))
    for name in ("compared", "number"):
        columns = ["field_id", name, "participant_id"]
        op.create_index(f"ix_field_values_{name}", "field_values", columns)
    op.create_table(
        "views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
    )
    op.create_index("ix_views_user_id", "views", ["user_id", "position"])
    to = op.f("fk_former_addresses_participant_id")
    op.create_table(
        "former_addresses",
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=to),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_former_addresses")),
    )
    for name in ("participant_id", "former_id"):
        op.create_index(op.f(f"ix_former_addresses_{name}"), "former_addresses", [name])


def downgrade() -> None:
    op.drop_index("ix_participants_listed", table_name="participants")
    op.drop_table("former_addresses")
    op.drop_table("views")
    for name in ("compared", "number"):
        op.drop_index(f"ix_field_values_{name}", "field_values")
        op.drop_column("field_values", name)
