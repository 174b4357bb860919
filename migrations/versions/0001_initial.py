"""all tables"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)  # in UTC


def upgrade() -> None:
    for make in TABLES:
        make()
    if op.get_bind().dialect.name == "postgresql":
        words_on_postgres()
        vectors_on_postgres()
    else:
        words_on_sqlite()
    # The installation's first start: what was written before it is not looked for.
    now = datetime.now(UTC)
    columns = [sa.column(name, MOMENT) for name in ("began_at", "completed_at", "covered_until")]
    first = dict.fromkeys((each.name for each in columns), now)
    op.bulk_insert(sa.table("reconciliations", *columns), [first])


def downgrade() -> None:
    for name in ("index_vectors", "index_words"):
        op.execute(f"DROP TABLE IF EXISTS {name}")
    for make in reversed(TABLES):
        op.drop_table(make.__name__)


def audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=255), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index(
        op.f("ix_audit_entries_created_at"), "audit_entries", ["created_at"], unique=False
    )
    op.create_index(
        "ix_audit_entries_subject", "audit_entries", ["subject", "subject_id", "id"], unique=False
    )


def circuits() -> None:
    op.create_table(
        "circuits",
        sa.Column("provider", sa.String(length=10), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("retry_at", MOMENT, nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("by_receipt", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_circuits")),
    )


def documents() -> None:
    op.create_table(
        "documents",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("error", sa.String(length=30), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("indexed_at", MOMENT, nullable=True),
        sa.Column("uploaded_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("file", name=op.f("uq_documents_file")),
        sa.UniqueConstraint("name", name=op.f("uq_documents_name")),
    )
    op.create_index(
        "ix_documents_dead",
        "documents",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_documents_left_to_do",
        "documents",
        ["uploaded_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def golden_questions() -> None:
    op.create_table(
        "golden_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("added_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_questions")),
    )


def journeys() -> None:
    op.create_table(
        "journeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starter", sa.String(length=40), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journeys")),
        sa.UniqueConstraint("starter", name=op.f("uq_journeys_starter")),
    )


def measurements() -> None:
    op.create_table(
        "measurements",
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("recall_1", sa.Double(), nullable=True),
        sa.Column("recall_5", sa.Double(), nullable=True),
        sa.Column("mrr", sa.Double(), nullable=True),
        sa.Column("milliseconds", sa.Double(), nullable=True),
        sa.Column("ranks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("found_by", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
    )
    op.create_index(
        "ix_measurements_dead",
        "measurements",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_measurements_left_to_do",
        "measurements",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL AND dead_at IS NULL"),
    )


def reconciliations() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.Column("covered_until", MOMENT, nullable=True),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
    )


def sign_in_links() -> None:
    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_links_token_hash")),
    )


def terms() -> None:
    op.create_table(
        "terms",
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_terms")),
    )


def trials() -> None:
    op.create_table(
        "trials",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("similarity_threshold", sa.Double(), nullable=False),
        sa.Column("coverage_threshold", sa.Double(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("used", sa.JSON(), nullable=False),
        sa.Column("unanswered", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("model", sa.String(length=300), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("latency", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trials")),
    )
    op.create_index(
        "ix_trials_dead",
        "trials",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_trials_left_to_do",
        "trials",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL AND dead_at IS NULL"),
    )


def users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("theme", sa.String(length=10), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_sign_in_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )


def vector_sets() -> None:
    op.create_table(
        "vector_sets",
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=True),
        sa.Column("serving", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("generation", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("filling", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("error", sa.String(length=30), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector_sets")),
    )
    op.create_index(
        "ix_vector_sets_dead",
        "vector_sets",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "uq_vector_sets_serving",
        "vector_sets",
        ["serving"],
        unique=True,
        sqlite_where=sa.text("serving"),
        postgresql_where=sa.text("serving"),
    )


def webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=210), nullable=False),
        sa.Column("provider_sid", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=255), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("processed_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("key", name=op.f("uq_webhooks_key")),
    )
    op.create_index(
        "ix_webhooks_dead",
        "webhooks",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_webhooks_provider_sid"), "webhooks", ["provider_sid"], unique=False)
    op.create_index(
        "ix_webhooks_unprocessed",
        "webhooks",
        ["state", "received_at"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('processed', 'dismissed')"),
        postgresql_where=sa.text("state NOT IN ('processed', 'dismissed')"),
    )


def journey_versions() -> None:
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
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
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
    op.create_index(
        op.f("ix_journey_versions_journey_id"), "journey_versions", ["journey_id"], unique=False
    )
    op.create_index(
        "uq_journey_versions_draft",
        "journey_versions",
        ["journey_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )


def passages() -> None:
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("layout", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_passages_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_index("ix_passages_document", "passages", ["document_id", "position"], unique=False)
    op.create_index("ix_passages_layout", "passages", ["layout"], unique=False)


def settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["users.id"], name=op.f("fk_settings_updated_by_id")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )


def participants() -> None:
    op.create_table(
        "participants",
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("match_key", sa.String(length=32), nullable=True),
        sa.Column("external_user_id", sa.String(length=255), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_activity_at", MOMENT, nullable=False),
        sa.Column("last_inbound_at", MOMENT, nullable=True),
        sa.Column("attention_at", MOMENT, nullable=True),
        sa.Column("attention", sa.String(length=40), nullable=True),
        sa.Column("called_at", MOMENT, nullable=True),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("taken_over_by_id", sa.Integer(), nullable=True),
        sa.Column("paused_until", MOMENT, nullable=True),
        sa.Column("handed_back_at", MOMENT, nullable=True),
        sa.Column("unread", sa.Integer(), server_default="0", nullable=False),
        sa.Column("journey_version_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=60), nullable=True),
        sa.Column("next_stage", sa.String(length=60), nullable=True),
        sa.Column("next_stage_at", MOMENT, nullable=True),
        sa.Column("progress", sa.Integer(), server_default="0", nullable=False),
        sa.Column("consent", sa.String(length=10), nullable=True),
        sa.Column("consent_asked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("asked_for_person_at", MOMENT, nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("refused_code", sa.Integer(), nullable=True),
        sa.Column("clock_ahead", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paced_until", MOMENT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_to_id"], ["users.id"], name=op.f("fk_participants_assigned_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["journey_version_id"],
            ["journey_versions.id"],
            name=op.f("fk_participants_journey_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_over_by_id"], ["users.id"], name=op.f("fk_participants_taken_over_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("address", name=op.f("uq_participants_address")),
    )
    op.create_index(
        "ix_participants_activity", "participants", ["last_activity_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_participants_assigned_to_id"), "participants", ["assigned_to_id"], unique=False
    )
    op.create_index(
        "ix_participants_attention",
        "participants",
        ["attention_at"],
        unique=False,
        sqlite_where=sa.text("attention_at IS NOT NULL"),
        postgresql_where=sa.text("attention_at IS NOT NULL"),
    )
    op.create_index(
        "ix_participants_dead",
        "participants",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_participants_external_user_id"), "participants", ["external_user_id"], unique=False
    )
    op.create_index(
        "ix_participants_journey",
        "participants",
        ["journey_version_id", "stage", "next_stage"],
        unique=False,
    )
    op.create_index(
        op.f("ix_participants_journey_version_id"),
        "participants",
        ["journey_version_id"],
        unique=False,
    )
    op.create_index(op.f("ix_participants_match_key"), "participants", ["match_key"], unique=False)
    op.create_index(
        "ix_participants_next_stage",
        "participants",
        ["next_stage_at"],
        unique=False,
        sqlite_where=sa.text("next_stage_at IS NOT NULL"),
        postgresql_where=sa.text("next_stage_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_participants_phone"), "participants", ["phone"], unique=False)
    op.create_index(op.f("ix_participants_stage"), "participants", ["stage"], unique=False)
    op.create_index(
        op.f("ix_participants_taken_over_by_id"), "participants", ["taken_over_by_id"], unique=False
    )


def vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("vector_set_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_vectors_passage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vector_set_id"],
            ["vector_sets.id"],
            name=op.f("fk_vectors_vector_set_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", "vector_set_id", name=op.f("pk_vectors")),
    )
    op.create_index(op.f("ix_vectors_vector_set_id"), "vectors", ["vector_set_id"], unique=False)


def ai_calls() -> None:
    op.create_table(
        "ai_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("prompt_version", sa.String(length=20), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=True),
        sa.Column("cached_tokens", sa.Integer(), nullable=True),
        sa.Column("output_tokens", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("latency", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_ai_calls_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_calls")),
    )
    op.create_index(op.f("ix_ai_calls_created_at"), "ai_calls", ["created_at"], unique=False)
    op.create_index(
        op.f("ix_ai_calls_participant_id"), "ai_calls", ["participant_id"], unique=False
    )


def consent_events() -> None:
    op.create_table(
        "consent_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("notice_version", sa.String(length=16), nullable=True),
        sa.Column("message_sid", sa.String(length=64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_consent_events_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_events")),
    )
    op.create_index(
        op.f("ix_consent_events_participant_id"), "consent_events", ["participant_id"], unique=False
    )


def stage_visits() -> None:
    op.create_table(
        "stage_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_stage_visits_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["journey_versions.id"], name=op.f("fk_stage_visits_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_visits")),
    )
    op.create_index(
        "ix_stage_visits_participant", "stage_visits", ["participant_id", "id"], unique=False
    )


def messages() -> None:
    op.create_table(
        "messages",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("provider_sid", sa.String(length=64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("clock_ahead", sa.Integer(), server_default="0", nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("opens", sa.String(length=60), nullable=True),
        sa.Column("prompt", sa.String(length=20), nullable=True),
        sa.Column("cancelled_for", sa.String(length=12), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("handed_over_at", MOMENT, nullable=True),
        sa.Column("absences", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unreadable_since", MOMENT, nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("settlement", sa.String(length=20), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("ai_call_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["ai_call_id"], ["ai_calls.id"], name=op.f("fk_messages_ai_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["messages.id"], name=op.f("fk_messages_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["messages.id"], name=op.f("fk_messages_part_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_messages_participant_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_messages_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("participant_id", "form_key", name="uq_messages_form_key"),
        sa.UniqueConstraint("provider_sid", name=op.f("uq_messages_provider_sid")),
    )
    op.create_index(
        op.f("ix_messages_answered_by_id"), "messages", ["answered_by_id"], unique=False
    )
    op.create_index("ix_messages_conversation", "messages", ["participant_id", "id"], unique=False)
    op.create_index(op.f("ix_messages_created_at"), "messages", ["created_at"], unique=False)
    op.create_index(
        "ix_messages_dead",
        "messages",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_messages_dead_letters",
        "messages",
        ["participant_id"],
        unique=False,
        sqlite_where=sa.text("settlement = 'dead letter'"),
        postgresql_where=sa.text("settlement = 'dead letter'"),
    )
    op.create_index(
        "ix_messages_parked",
        "messages",
        ["participant_id"],
        unique=False,
        sqlite_where=sa.text("status = 'parked'"),
        postgresql_where=sa.text("status = 'parked'"),
    )
    op.create_index(op.f("ix_messages_part_of_id"), "messages", ["part_of_id"], unique=False)
    op.create_index(
        "ix_messages_unsent",
        "messages",
        ["participant_id", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('waiting', 'claimed', 'uncertain')"),
        postgresql_where=sa.text("status IN ('waiting', 'claimed', 'uncertain')"),
    )
    op.create_index(
        "ix_messages_unsettled",
        "messages",
        ["participant_id"],
        unique=False,
        sqlite_where=sa.text("direction = 'inbound' AND settled_at IS NULL"),
        postgresql_where=sa.text("direction = 'inbound' AND settled_at IS NULL"),
    )


def answers() -> None:
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
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
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
    op.create_index(
        "ix_answers_participant", "answers", ["participant_id", "stage", "name", "id"], unique=False
    )


def citations() -> None:
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=True),
        sa.Column("coverage", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_citations_document_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_citations_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_document_id"), "citations", ["document_id"], unique=False)
    op.create_index(op.f("ix_citations_message_id"), "citations", ["message_id"], unique=False)


def media() -> None:
    op.create_table(
        "media",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("awaited_until", MOMENT, nullable=True),
        sa.Column("error", sa.String(length=20), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_media_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("file", name=op.f("uq_media_file")),
        sa.UniqueConstraint("message_id", "position", name=op.f("uq_media_message_id")),
    )
    op.create_index(
        "ix_media_dead",
        "media",
        ["dead_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_media_left_to_do",
        "media",
        ["message_id"],
        unique=False,
        sqlite_where=sa.text("step IS NOT NULL"),
        postgresql_where=sa.text("step IS NOT NULL"),
    )


def refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("provider_sid", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_refusals_message_id")
        ),
        sa.PrimaryKeyConstraint("provider_sid", name=op.f("pk_refusals")),
    )
    op.create_index(op.f("ix_refusals_message_id"), "refusals", ["message_id"], unique=False)


def unanswered_questions() -> None:
    op.create_table(
        "unanswered_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_unanswered_questions_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_unanswered_questions_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["users.id"], name=op.f("fk_unanswered_questions_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
    )
    op.create_index(
        "ix_unanswered_questions_open",
        "unanswered_questions",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        op.f("ix_unanswered_questions_participant_id"),
        "unanswered_questions",
        ["participant_id"],
        unique=False,
    )


def words_on_sqlite() -> None:
    # Only which passages hold a stem is asked of it: neither where, nor how often.
    op.execute(
        "CREATE VIRTUAL TABLE index_words USING fts5(stems, content='passages', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0)"
    )


def words_on_postgres() -> None:
    op.execute(
        "CREATE TABLE index_words (passage_id integer PRIMARY KEY "
        "REFERENCES passages ON DELETE CASCADE, stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_index_words_stems ON index_words USING gin (stems)")


def vectors_on_postgres() -> None:
    """Where pgvector can be had; elsewhere the file under DATA_DIR is searched, as on SQLite."""
    try:
        with op.get_bind().begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except DBAPIError:
        return
    # Half precision keeps a vector of 512 inside its row, which is what makes a scan fast.
    op.execute(
        "CREATE TABLE index_vectors (passage_id integer REFERENCES passages ON DELETE CASCADE, "
        "vector_set_id integer REFERENCES vector_sets ON DELETE CASCADE, data halfvec NOT NULL, "
        "PRIMARY KEY (vector_set_id, passage_id))"
    )


# The tables, each after those that it refers to.
TABLES = (
    audit_entries,
    circuits,
    documents,
    golden_questions,
    journeys,
    measurements,
    reconciliations,
    sign_in_links,
    terms,
    trials,
    users,
    vector_sets,
    webhooks,
    journey_versions,
    passages,
    settings,
    participants,
    vectors,
    ai_calls,
    consent_events,
    stage_visits,
    messages,
    answers,
    citations,
    media,
    refusals,
    unanswered_questions,
)
