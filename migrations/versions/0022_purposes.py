"""an event of consent says what it is to, by what it is known, and since when"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

USER = "fk_consent_events_user_id"
WORDS = {"purpose": (10, "service"), "source": (10, "chat"), "proof": (500, "")}


def upgrade() -> None:
    with op.batch_alter_table("consent_events") as events:
        for name, (length, default) in WORDS.items():
            kind = sa.String(length=length)
            default = sa.text(f"'{default}'")
            events.add_column(sa.Column(name, kind, server_default=default, nullable=False))
        events.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        events.add_column(sa.Column("given_at", sa.DateTime(timezone=True), nullable=True))
        events.create_foreign_key(op.f(USER), "users", ["user_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("consent_events") as events:
        events.drop_constraint(op.f(USER), type_="foreignkey")
        for name in (*WORDS, "user_id", "given_at"):
            events.drop_column(name)
