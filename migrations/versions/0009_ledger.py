"""every call is in the ledger before it is made, and counts keep in step with it

Triggers count what each call adds to its day and month: when it begins, as reserved, and at once,
so that who reserves sees the sum with all others' in it; when its outcome is known, as spent. On
Postgres the latter happens as the transaction ends, so that one that does more holds up nobody; and
the former after its own triggers for foreign keys, by the alphabet: who reserves has locked the
participant before the counts, as all who do both.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BRAZIL = timedelta(hours=-3)  # where days were counted before anybody counted
COUNTED = ("spent", "reserved", "answers", "tokens", "voice_seconds", "pictures")
KEY = ("participant_id", "starts_on", "period", "scope")
# What a call counts as it stands.
CALL = {
    "spent": "CASE WHEN {row}.outcome = 'under way' THEN 0 "
    "ELSE coalesce({row}.cost, {row}.reserved) END",
    "reserved": "CASE WHEN {row}.outcome = 'under way' THEN {row}.reserved ELSE 0 END",
    "answers": "CASE WHEN {row}.kind = 'answer' AND {row}.tokens > 0 THEN 1 ELSE 0 END",
    "tokens": "{row}.tokens",
    "voice_seconds": "{row}.voice_seconds",
    "pictures": "{row}.pictures",
}
MONTH = {
    "sqlite": "date({row}.day, 'start of month')",
    "postgresql": "date_trunc('month', {row}.day)::date",
}
IS_TRIAL = "{row}.kind IN ('trial', 'evaluation')"
IS_THEIRS = "{row}.participant_id IS NOT NULL AND NOT (" + IS_TRIAL + ")"
# Where it counts; the month comes first, and who has locked it has the turn.
PLACES = (
    "SELECT 0 AS participant_id, {month} AS starts_on, 'month' AS period, 'all' AS scope",
    "SELECT 0, {row}.day, 'day', 'all'",
    "SELECT 0, {month}, 'month', 'model'",
    "SELECT 0, {row}.day, 'day', 'model'",
    "SELECT 0, {row}.day, 'day', 'trials' WHERE {is_trial}",
    "SELECT {row}.participant_id, {month}, 'month', 'participant' WHERE {is_theirs}",
    "SELECT {row}.participant_id, {row}.day, 'day', 'participant' WHERE {is_theirs}",
)
COLUMNS = ("outcome", "cost", "reserved", "tokens", "voice_seconds", "pictures")


def upgrade() -> None:
    _spending()
    _ledger()
    dialect = op.get_bind().dialect.name
    _count_what_was_before(dialect)
    for statement in _triggers(dialect):
        op.execute(statement)


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for name in ("spending_reserve", "spending_settle"):
        op.execute(f"DROP TRIGGER {name}" + (" ON ai_calls" if on_postgres else ""))
        if on_postgres:
            op.execute(f"DROP FUNCTION {name}")
    op.drop_table("spending")
    op.execute(
        "UPDATE messages SET ai_call_id = NULL WHERE ai_call_id IN "
        "(SELECT id FROM ai_calls WHERE participant_id IS NULL)"
    )
    op.execute("DELETE FROM ai_calls WHERE participant_id IS NULL")
    op.drop_index("ix_ai_calls_under_way", "ai_calls")
    with op.batch_alter_table("ai_calls") as table:
        for name in NEW:
            table.drop_column(name)
        table.alter_column("participant_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("latency", existing_type=sa.Integer(), server_default=None)


NEW = (
    *("kind", "journey_version_id", "stage", "day"),
    *("tokens", "voice_seconds", "pictures", "reserved"),
)


def _spending() -> None:
    numbers = (sa.Column(n, sa.BigInteger(), server_default="0", nullable=False) for n in COUNTED)
    op.create_table(
        "spending",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        *numbers,
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_spending")),
    )


def _ledger() -> None:
    numbers = ("tokens", "voice_seconds", "pictures", "reserved")
    with op.batch_alter_table("ai_calls") as table:
        table.alter_column("participant_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("latency", existing_type=sa.Integer(), server_default="0")
        kind = sa.Column("kind", sa.String(length=16), server_default="answer", nullable=False)
        table.add_column(kind)
        table.add_column(sa.Column("journey_version_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("stage", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("day", sa.Date(), nullable=True))
        for name in numbers:
            table.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        table.create_foreign_key(
            op.f("fk_ai_calls_journey_version_id"),
            "journey_versions",
            ["journey_version_id"],
            ["id"],
        )
    under_way = sa.text("outcome = 'under way'")
    op.create_index(
        "ix_ai_calls_under_way",
        "ai_calls",
        ["created_at"],
        sqlite_where=under_way,
        postgresql_where=under_way,
    )


def _count_what_was_before(dialect: str) -> None:
    """By Brazil's day; what had no price then is left out."""
    hours = int(BRAZIL.total_seconds() // 3600)
    local = {
        "sqlite": f"date(created_at, '{hours} hours')",
        "postgresql": f"((created_at AT TIME ZONE 'UTC') + interval '{hours} hours')::date",
    }
    op.execute(
        f"UPDATE ai_calls SET day = {local[dialect]}, "
        "tokens = coalesce(input_tokens, 0) + coalesce(output_tokens, 0), "
        "kind = CASE WHEN prompt_version = '' THEN 'transcription' ELSE 'answer' END"
    )
    for place in PLACES:
        where = place.format(
            row="call",
            month=MONTH[dialect].format(row="call"),
            is_trial=IS_TRIAL.format(row="call"),
            is_theirs=IS_THEIRS.format(row="call"),
        )
        head, _, condition = where.partition(" WHERE ")
        sums = ", ".join(f"sum({CALL[name].format(row='call')})" for name in COUNTED)
        op.execute(
            f"INSERT INTO spending ({', '.join((*KEY, *COUNTED))}) {head}, {sums} "
            f"FROM ai_calls AS call {'WHERE ' + condition if condition else ''} GROUP BY 1, 2"
        )


def _triggers(dialect: str) -> tuple[str, ...]:
    begun = _adds(dialect, {name: CALL[name].format(row="new") for name in COUNTED})
    known = _adds(
        dialect,
        {n: f"({CALL[n].format(row='new')}) - ({CALL[n].format(row='old')})" for n in COUNTED},
    )
    of = ", ".join(COLUMNS)
    is_new = "WHEN (new.outcome = 'under way')"
    if dialect == "sqlite":
        return (
            f"CREATE TRIGGER spending_reserve AFTER INSERT ON ai_calls {is_new} BEGIN {begun}; END",
            f"CREATE TRIGGER spending_settle AFTER UPDATE OF {of} ON ai_calls "
            f"WHEN new.day IS NOT NULL BEGIN {known}; END",
        )
    return (
        _function("spending_reserve", begun),
        _function("spending_settle", known),
        f"CREATE TRIGGER spending_reserve AFTER INSERT ON ai_calls FOR EACH ROW {is_new} "
        "EXECUTE FUNCTION spending_reserve()",
        f"CREATE CONSTRAINT TRIGGER spending_settle AFTER UPDATE OF {of} ON ai_calls "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.day IS NOT NULL) "
        "EXECUTE FUNCTION spending_settle()",
    )


def _function(name: str, statement: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {statement}; RETURN NULL; END $$"
    )


def _adds(dialect: str, counts: dict[str, str]) -> str:
    """The statement by which a call, new.*, adds these to its places."""
    of = {"month": MONTH[dialect], "is_trial": IS_TRIAL, "is_theirs": IS_THEIRS}
    of = {name: words.format(row="new") for name, words in of.items()}
    places = " UNION ALL ".join(PLACES).format(row="new", **of)
    added = ", ".join(f"{name} = spending.{name} + excluded.{name}" for name in COUNTED)
    return (
        f"INSERT INTO spending ({', '.join((*KEY, *COUNTED))}) "
        f"SELECT {', '.join(f'place.{name}' for name in KEY)}, {', '.join(counts.values())} "
        f"FROM ({places}) AS place WHERE true "
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {added}"
    )
