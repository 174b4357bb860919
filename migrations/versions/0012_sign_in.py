"""sign-in with GitHub; sessions that say where they are and when they were last used

Whoever is of the team already was invited. A session that is open counts as seen now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OF_USERS = (
    ("invited", sa.Boolean(), False, sa.true()),
    ("github_id", sa.BigInteger(), True, None),
    ("picture_url", sa.String(length=500), True, None),
)
OF_SESSIONS = (
    ("agent", sa.String(length=300), False, sa.text("''")),
    ("place", sa.String(length=45), False, sa.text("''")),
    ("last_seen_at", MOMENT, True, None),
)


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        for name, kind, nullable, default in OF_USERS:
            users.add_column(sa.Column(name, kind, nullable=nullable, server_default=default))
    op.create_index("ix_users_github_id", "users", ["github_id"], unique=True)
    with op.batch_alter_table("sessions") as sessions:
        for name, kind, nullable, default in OF_SESSIONS:
            sessions.add_column(sa.Column(name, kind, nullable=nullable, server_default=default))
    op.execute("UPDATE sessions SET last_seen_at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("sessions") as sessions:
        sessions.alter_column("last_seen_at", existing_type=MOMENT, nullable=False)
    _tables()


def _tables() -> None:
    op.create_table(
        "user_pictures",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_pictures_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_pictures")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(length=300), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_whose", "sign_in_attempts", ["whose"])
    op.create_index("ix_sign_in_attempts_at", "sign_in_attempts", ["at"])


def downgrade() -> None:
    op.drop_table("sign_in_attempts")
    op.drop_table("user_pictures")
    with op.batch_alter_table("sessions") as sessions:
        for name, *_ in OF_SESSIONS:
            sessions.drop_column(name)
    op.drop_index("ix_users_github_id", "users")
    with op.batch_alter_table("users") as users:
        for name, *_ in OF_USERS:
            users.drop_column(name)
