"""each published version of the privacy notice is kept, and an event of consent names it"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NOTICE = "fk_consent_events_notice_id"


def upgrade() -> None:
    op.create_table(
        "notice_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_notice_versions_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_versions_number")),
    )
    with op.batch_alter_table("consent_events") as events:
        events.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        events.create_foreign_key(op.f(NOTICE), "notice_versions", ["notice_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("consent_events") as events:
        events.drop_constraint(op.f(NOTICE), type_="foreignkey")
        events.drop_column("notice_id")
    op.drop_table("notice_versions")
