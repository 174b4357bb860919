"""alerts: opened once, resolved by themselves, and what of them is told by e-mail"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("resolved_at IS NULL")
ALERT_OF_EMAIL = "fk_emails_alert_id"


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=80), server_default=sa.text("''"), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("calm_since", MOMENT, nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["users.id"], name=op.f("fk_alerts_acknowledged_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index("ix_alerts_opened_at", "alerts", ["opened_at"])
    op.create_index(
        "ix_alerts_open",
        "alerts",
        ["type", "about"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "alert_mutes",
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("type", name=op.f("pk_alert_mutes")),
    )
    with op.batch_alter_table("emails") as emails:
        emails.add_column(sa.Column("alert_id", sa.Integer(), nullable=True))
        emails.create_foreign_key(ALERT_OF_EMAIL, "alerts", ["alert_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("emails") as emails:
        emails.drop_constraint(ALERT_OF_EMAIL, type_="foreignkey")
        emails.drop_column("alert_id")
    op.drop_table("alert_mutes")
    op.drop_table("alerts")
