"""journeys, stages, answers, consent, the window"""

import sqlalchemy as sa
from alembic import op

from wa_assistant import database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starter", sa.String(length=40), nullable=True),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journeys")),
        sa.UniqueConstraint("starter", name=op.f("uq_journeys_starter")),
    )
    op.create_table(
        "journey_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("consent", sa.String(length=10), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["journeys.id"], name=op.f("fk_journey_versions_journey_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_journey_versions_published_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["users.id"], name=op.f("fk_journey_versions_updated_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_versions")),
        sa.UniqueConstraint("journey_id", "number", name=op.f("uq_journey_versions_journey_id")),
    )
    with op.batch_alter_table("journey_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journey_versions_journey_id"), ["journey_id"], unique=False
        )
        batch_op.create_index(
            "uq_journey_versions_draft",
            ["journey_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    op.create_table(
        "consent_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("notice_version", sa.String(length=16), nullable=True),
        sa.Column("message_sid", sa.String(length=64), nullable=True),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_consent_events_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_events")),
    )
    with op.batch_alter_table("consent_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_events_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "stage_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("begun_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("completed_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_stage_visits_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["journey_versions.id"], name=op.f("fk_stage_visits_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_visits")),
    )
    with op.batch_alter_table("stage_visits", schema=None) as batch_op:
        batch_op.create_index("ix_stage_visits_participant", ["participant_id", "id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("created_at", database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_answers_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_answers_participant_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_answers_user_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["journey_versions.id"], name=op.f("fk_answers_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_answers_participant", ["participant_id", "stage", "name", "id"], unique=False
        )

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opens", sa.String(length=60), nullable=True))

    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("journey_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("stage", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("next_stage", sa.String(length=60), nullable=True))
        batch_op.add_column(
            sa.Column("next_stage_at", database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("progress", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("consent", sa.String(length=10), nullable=True))
        batch_op.add_column(
            sa.Column("consent_asked", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("stopped_at", database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("asked_for_person_at", database.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("clock_ahead", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.create_index(
            batch_op.f("ix_participants_journey_version_id"), ["journey_version_id"], unique=False
        )
        batch_op.create_index(
            "ix_participants_next_stage",
            ["next_stage_at"],
            unique=False,
            sqlite_where=sa.text("next_stage_at IS NOT NULL"),
            postgresql_where=sa.text("next_stage_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_participants_stage"), ["stage"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_participants_journey_version_id"),
            "journey_versions",
            ["journey_version_id"],
            ["id"],
        )


def downgrade() -> None:
    op.execute("UPDATE messages SET status = 'waiting' WHERE status = 'parked'")
    op.execute("UPDATE messages SET settlement = NULL, settled_at = NULL WHERE settlement = 'held'")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_participants_journey_version_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_participants_stage"))
        batch_op.drop_index(
            "ix_participants_next_stage",
            sqlite_where=sa.text("next_stage_at IS NOT NULL"),
            postgresql_where=sa.text("next_stage_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_participants_journey_version_id"))
        batch_op.drop_column("clock_ahead")
        batch_op.drop_column("asked_for_person_at")
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("consent_asked")
        batch_op.drop_column("consent")
        batch_op.drop_column("progress")
        batch_op.drop_column("next_stage_at")
        batch_op.drop_column("next_stage")
        batch_op.drop_column("stage")
        batch_op.drop_column("journey_version_id")

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("opens")

    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_participant")

    op.drop_table("answers")
    with op.batch_alter_table("stage_visits", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_visits_participant")

    op.drop_table("stage_visits")
    with op.batch_alter_table("consent_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_events_participant_id"))

    op.drop_table("consent_events")
    with op.batch_alter_table("journey_versions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_journey_versions_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_journey_versions_journey_id"))

    op.drop_table("journey_versions")
    op.drop_table("journeys")
