"""messages have a cost, and what is spent is counted by what it went for, and in which stage

Triggers keep the counts in step, as those of 0009 do, and lock what they count in its order: the
month first. What was said before has no cost that is known, and counts nowhere.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW = ("day", "category", "journey_version_id", "stage", "cost", "reserved", "failed_cost")
KEY = ("participant_id", "starts_on", "period", "scope")
PLACES = (
    "SELECT 0 AS participant_id, {month} AS starts_on, 'month' AS period, 'all' AS scope",
    "SELECT 0, new.day, 'day', 'all'",
    "SELECT new.participant_id, {month}, 'month', 'participant'",
    "SELECT new.participant_id, new.day, 'day', 'participant'",
)
MONTH = {
    "sqlite": "date(new.day, 'start of month')",
    "postgresql": "date_trunc('month', new.day)::date",
}
SHARE = ("kind", "day", "journey_version_id", "stage")
COUNTED = ("number", "unknown", "spent", "input_tokens", "cached_tokens", "output_tokens")
# What each adds as it stands, and whether it adds anything.
CALL_COUNTS = "{row}.outcome <> 'under way'"
CALL = {
    "number": "1",
    "unknown": "CASE WHEN {row}.cost IS NULL AND {row}.reserved > 0 THEN 1 ELSE 0 END",
    "spent": "coalesce({row}.cost, {row}.reserved)",
    "input_tokens": "coalesce({row}.input_tokens, 0)",
    "cached_tokens": "coalesce({row}.cached_tokens, 0)",
    "output_tokens": "coalesce({row}.output_tokens, 0)",
}
MESSAGE_COUNTS = "{row}.day IS NOT NULL AND coalesce({row}.cost, 1) > 0"
MESSAGE = {
    "number": "1",
    "unknown": "CASE WHEN {row}.cost IS NULL THEN 1 ELSE 0 END",
    "spent": "coalesce({row}.cost, {row}.reserved)",
}
MESSAGE_KIND = "CASE WHEN new.direction = 'inbound' THEN 'inbound' ELSE new.category END"
# By their names they come after those of 0009: on Postgres that is their order.
OF_CALLS = ("spending_share", "AFTER UPDATE OF outcome, cost, reserved", "ai_calls")
OF_INBOUND = ("spending_inbound", "AFTER INSERT", "messages")
OF_OUTBOUND = ("spending_outbound", "AFTER UPDATE OF cost, reserved, day", "messages")


def upgrade() -> None:
    _messages()
    _daily_costs()
    dearest = sa.text("scope = 'participant' AND period = 'month'")
    op.create_index(
        "ix_spending_dearest",
        "spending",
        ["starts_on", "spent"],
        sqlite_where=dearest,
        postgresql_where=dearest,
    )
    _count_what_was_before()
    _count_from_now_on()


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for name, _, table in (OF_CALLS, OF_INBOUND, OF_OUTBOUND):
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgres else ""))
        if on_postgres:
            op.execute(f"DROP FUNCTION {name}")
    op.drop_index("ix_spending_dearest", "spending")
    op.drop_table("daily_costs")
    with op.batch_alter_table("messages") as table:
        for name in NEW:
            table.drop_column(name)


def _messages() -> None:
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("day", sa.Date(), nullable=True))
        table.add_column(sa.Column("category", sa.String(length=16), nullable=True))
        table.add_column(sa.Column("journey_version_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("stage", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("cost", sa.Integer(), nullable=True))
        for name in ("reserved", "failed_cost"):
            table.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        table.create_foreign_key(
            op.f("fk_messages_journey_version_id"),
            "journey_versions",
            ["journey_version_id"],
            ["id"],
        )


def _daily_costs() -> None:
    op.create_table(
        "daily_costs",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("journey_version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        *(sa.Column(n, sa.BigInteger(), server_default="0", nullable=False) for n in COUNTED),
        sa.PrimaryKeyConstraint(*SHARE, name=op.f("pk_daily_costs")),
    )


def _count_what_was_before() -> None:
    sums = ", ".join(f"sum({CALL[name].format(row='ai_calls')})" for name in COUNTED)
    op.execute(
        f"INSERT INTO daily_costs ({', '.join((*SHARE, *COUNTED))}) "
        f"SELECT kind, day, coalesce(journey_version_id, 0), coalesce(stage, ''), {sums} "
        f"FROM ai_calls WHERE day IS NOT NULL AND {CALL_COUNTS.format(row='ai_calls')} "
        "GROUP BY 1, 2, 3, 4"
    )


def _count_from_now_on() -> None:
    call = _shares("new.kind", _changes(CALL, CALL_COUNTS))
    begun = {name: words.format(row="new") for name, words in MESSAGE.items()}
    changed = _changes(MESSAGE, MESSAGE_COUNTS)
    inbound = (_spends(begun["spent"]), _shares(MESSAGE_KIND, begun))
    outbound = (_spends(changed["spent"]), _shares(MESSAGE_KIND, changed))
    _trigger(OF_CALLS, "new.day IS NOT NULL", call)
    _trigger(OF_INBOUND, MESSAGE_COUNTS.format(row="new"), *inbound)
    _trigger(OF_OUTBOUND, "new.day IS NOT NULL", *outbound)


def _changes(what: dict[str, str], counts: str) -> dict[str, str]:
    """What each column adds now, less what it added before."""

    def now(words: str, row: str) -> str:
        return f"(CASE WHEN {counts} THEN {words} ELSE 0 END)".format(row=row)

    return {name: f"{now(words, 'new')} - {now(words, 'old')}" for name, words in what.items()}


def _spends(spent: str) -> str:
    """The statement by which a message adds so much to its day and month."""
    places = " UNION ALL ".join(PLACES).format(month=MONTH[op.get_bind().dialect.name])
    return (
        f"INSERT INTO spending ({', '.join(KEY)}, spent) "
        f"SELECT {', '.join(f'place.{name}' for name in KEY)}, {spent} FROM ({places}) AS place "
        f"WHERE true ON CONFLICT ({', '.join(KEY)}) "
        "DO UPDATE SET spent = spending.spent + excluded.spent"
    )


def _shares(kind: str, counts: dict[str, str]) -> str:
    """The statement by which a row adds these to its kind, day and stage."""
    added = ", ".join(f"{name} = daily_costs.{name} + excluded.{name}" for name in counts)
    return (
        f"INSERT INTO daily_costs ({', '.join((*SHARE, *counts))}) "
        f"SELECT {kind}, new.day, coalesce(new.journey_version_id, 0), coalesce(new.stage, ''), "
        f"{', '.join(counts.values())} WHERE true "
        f"ON CONFLICT ({', '.join(SHARE)}) DO UPDATE SET {added}"
    )


def _trigger(of: tuple[str, str, str], when: str, *statements: str) -> None:
    name, event, table = of
    body = "; ".join(statements)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} {event} ON {table} WHEN {when} BEGIN {body}; END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {name} {event} ON {table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
    )
