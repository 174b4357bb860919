"""sectors, names that are looked for, who made a link, and e-mails to be sent

A link may leave somebody the role that they have.
"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.models.participant import folded

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOTHING = sa.text("''")
LEFT_TO_DO = sa.text("finished_at IS NULL AND dead_at IS NULL")
DEAD = sa.text("dead_at IS NOT NULL")
SECTOR = op.f("fk_users_sector_id")


def upgrade() -> None:
    op.create_table(
        "sectors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sectors")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_sectors_name_folded")),
    )
    folded_name = sa.Column("name_folded", sa.String(200), nullable=False, server_default=NOTHING)
    with op.batch_alter_table("users") as users:
        users.add_column(folded_name)
        users.add_column(sa.Column("sector_id", sa.Integer(), nullable=True))
        users.create_foreign_key(SECTOR, "sectors", ["sector_id"], ["id"])
    _name()
    op.create_index("ix_users_name_folded", "users", ["name_folded", "id"])
    op.create_index("ix_users_sector_id", "users", ["sector_id"])
    made_by = sa.Column("made_by", sa.String(length=255), nullable=False, server_default=NOTHING)
    with op.batch_alter_table("sign_in_links") as links:
        links.add_column(made_by)
        links.alter_column("role", existing_type=sa.String(length=10), nullable=True)
    _emails()


def _name() -> None:
    """Whoever is of the team already is found by their name, or what their address begins with."""
    users = sa.table("users", *map(sa.column, ("id", "name", "email", "name_folded")))
    known = op.get_bind().execute(sa.select(users.c.id, users.c.name, users.c.email)).all()
    for user_id, name, email in known:
        label = folded(name or email.partition("@")[0])[:200]
        op.execute(users.update().where(users.c.id == user_id).values(name_folded=label))


def _emails() -> None:
    op.create_table(
        "emails",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_emails_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emails")),
    )
    op.create_index("ix_emails_address", "emails", ["address", "id"])
    for name, column, where in (
        ("ix_emails_dead", "dead_at", DEAD),
        ("ix_emails_left_to_do", "created_at", LEFT_TO_DO),
    ):
        op.create_index(name, "emails", [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("emails")
    op.execute("UPDATE sign_in_links SET role = 'viewer' WHERE role IS NULL")
    with op.batch_alter_table("sign_in_links") as links:
        links.alter_column("role", existing_type=sa.String(length=10), nullable=False)
        links.drop_column("made_by")
    op.drop_index("ix_users_sector_id", "users")
    op.drop_index("ix_users_name_folded", "users")
    with op.batch_alter_table("users") as users:
        users.drop_constraint(SECTOR, type_="foreignkey")
        users.drop_column("sector_id")
        users.drop_column("name_folded")
    op.drop_table("sectors")
