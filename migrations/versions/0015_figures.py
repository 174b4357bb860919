"""figures are added up from counts; what changes later is marked, and counted anew

What is younger than an hour needs no mark: it is counted only when it is two hours old
(insight/rollup.py). A mark is a row of its own, so that nobody waits for another's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_messages_heard", "messages", ["created_at", "participant_id"], "direction = 'inbound'"),
    ("ix_messages_by_a_person", "messages", ["participant_id", "id"], "author = 'user'"),
    ("ix_messages_failed", "messages", ["created_at"], "status IN ('failed', 'undelivered')"),
    ("ix_participants_new", "participants", ["created_at", "id"], "NOT simulated"),
    ("ix_unanswered_questions_created_at", "unanswered_questions", ["created_at"], None),
    ("ix_stage_visits_begun", "stage_visits", ["begun_at", "participant_id", "version_id"], None),
)
# Of what a message is when it is counted, see insight/conditions.py.
COLUMNS = ("status", "settlement", "error_code", "reason", "handed_over_at")
# A colleague may answer what is older than an hour.
BY_A_PERSON = "{row}.author = 'user'"
OLD = {
    "sqlite": "{row}.created_at < strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 hour')",
    "postgresql": "{row}.created_at < now() - interval '1 hour'",
}
SECONDS = {
    # Without what follows the seconds, which SQLite would round.
    "sqlite": "CAST(strftime('%s', substr({row}.created_at, 1, 19)) AS INTEGER)",
    "postgresql": "floor(extract(epoch FROM {row}.created_at))::bigint",
}
DIFFERS = {"sqlite": "old.{0} IS NOT new.{0}", "postgresql": "old.{0} IS DISTINCT FROM new.{0}"}


def upgrade() -> None:
    for name, table, columns, part in INDEXES:
        where = sa.text(part) if part else None
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    _tables()
    dialect = op.get_bind().dialect.name
    differs = " OR ".join(DIFFERS[dialect].format(name) for name in COLUMNS)
    counted = f"({OLD[dialect]} OR {BY_A_PERSON})"
    _trigger("inserted", "AFTER INSERT", "new", counted.format(row="new"))
    of = ", ".join(COLUMNS)
    is_other = f"{counted.format(row='new')} AND ({differs})"
    _trigger("changed", f"AFTER UPDATE OF {of}", "new", is_other)
    _trigger("deleted", "AFTER DELETE", "old", OLD[dialect].format(row="old"))


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for name in ("inserted", "changed", "deleted"):
        op.execute(f"DROP TRIGGER figures_{name}" + (" ON messages" if on_postgres else ""))
        if on_postgres:
            op.execute(f"DROP FUNCTION figures_{name}")
    for table in ("figure_state", "figure_changes", "figure_counts"):
        op.drop_table(table)
    for name, table, *_ in INDEXES:
        op.drop_index(name, table)


def _tables() -> None:
    op.create_table(
        "figure_counts",
        sa.Column("step", sa.String(length=4), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("step", "at", "name", "part", name=op.f("pk_figure_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_changes")),
    )
    op.create_table(
        "figure_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slots_until", sa.BigInteger(), nullable=False),
        sa.Column("days_until", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_state")),
    )


def _trigger(name: str, event: str, row: str, when: str) -> None:
    dialect = op.get_bind().dialect.name
    values = f"{SECONDS[dialect]}, {{row}}.participant_id, {{row}}.id".format(row=row)
    body = f"INSERT INTO figure_changes (at, participant_id, message_id) VALUES ({values})"
    if dialect == "sqlite":
        op.execute(
            f"CREATE TRIGGER figures_{name} {event} ON messages WHEN {when} BEGIN {body}; END"
        )
        return
    op.execute(
        f"CREATE FUNCTION figures_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER figures_{name} {event} ON messages FOR EACH ROW WHEN ({when}) "
        f"EXECUTE FUNCTION figures_{name}()"
    )
