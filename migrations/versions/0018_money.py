"""tokens written to a model's cache, who has read a warning, and how far the database has come

What is written to a cache may cost more than what is read. Whoever has read that a cap is near is
not told again, whichever browser they sit at. A database that was restored is known by its mark.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SHARE = ("kind", "day", "journey_version_id", "stage")
# What each call adds as it stands, once it is over.
COUNTS = "{row}.outcome <> 'under way'"
BEFORE = {
    "number": "1",
    "unknown": "CASE WHEN {row}.cost IS NULL AND {row}.reserved > 0 THEN 1 ELSE 0 END",
    "spent": "coalesce({row}.cost, {row}.reserved)",
    "input_tokens": "coalesce({row}.input_tokens, 0)",
    "cached_tokens": "coalesce({row}.cached_tokens, 0)",
    "output_tokens": "coalesce({row}.output_tokens, 0)",
}
NOW = {**BEFORE, "written_tokens": "coalesce({row}.written_tokens, 0)"}


def upgrade() -> None:
    op.add_column("ai_calls", sa.Column("written_tokens", sa.Integer(), nullable=True))
    op.add_column(
        "daily_costs",
        sa.Column("written_tokens", sa.BigInteger(), server_default="0", nullable=False),
    )
    _count(NOW)
    theirs = sa.text("scope = 'participant' AND period = 'day'")
    op.create_index(
        "ix_spending_their_day",
        "spending",
        ["starts_on"],
        sqlite_where=theirs,
        postgresql_where=theirs,
    )
    restored = sa.text("kind = 'restored'")
    op.create_index(
        "ix_ai_calls_restored",
        "ai_calls",
        ["day"],
        sqlite_where=restored,
        postgresql_where=restored,
    )
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dismissals_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_dismissals_user_id")),
    )

    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )


def downgrade() -> None:
    op.drop_table("marks")
    op.drop_table("dismissals")
    op.drop_index("ix_ai_calls_restored", "ai_calls")
    op.drop_index("ix_spending_their_day", "spending")
    _count(BEFORE)
    op.drop_column("daily_costs", "written_tokens")
    op.drop_column("ai_calls", "written_tokens")


def _count(what: dict[str, str]) -> None:
    """The trigger of 0010 anew, which adds these to the call's kind, day and stage."""
    counts = {name: f"{_of(words, 'new')} - {_of(words, 'old')}" for name, words in what.items()}
    added = ", ".join(f"{name} = daily_costs.{name} + excluded.{name}" for name in counts)
    body = (
        f"INSERT INTO daily_costs ({', '.join((*SHARE, *counts))}) "
        "SELECT new.kind, new.day, coalesce(new.journey_version_id, 0), coalesce(new.stage, ''), "
        f"{', '.join(counts.values())} WHERE true "
        f"ON CONFLICT ({', '.join(SHARE)}) DO UPDATE SET {added}"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER spending_share")
        op.execute(
            "CREATE TRIGGER spending_share AFTER UPDATE OF outcome, cost, reserved ON ai_calls "
            f"WHEN new.day IS NOT NULL BEGIN {body}; END"
        )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION spending_share() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body}; RETURN NULL; END $$"
        )


def _of(words: str, row: str) -> str:
    return f"(CASE WHEN {COUNTS} THEN {words} ELSE 0 END)".format(row=row)
