"""what was said is found by its words; whether keys act is a preference

The index is kept in step a while later (conversation/full_text/): a message costs nothing for it on
its way. What is gone leaves the index at once. A row that is worded anew, as a voice message is
when it has been written down, leaves a mark.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# Of each source its index, its table, and the column whose words are searched.
INDEXES = {
    "message": ("index_said", "messages", "body"),
    "note": ("index_notes", "notes", "body"),
}
CHANGED = "INSERT INTO search_changes (source, row_id) VALUES ('{source}', {row})"
TRANSCRIPTS = {
    "search_heard": ("AFTER UPDATE OF transcript", "{new} {differs} old.transcript"),
    "search_brought": ("AFTER INSERT", "{new} IS NOT NULL"),
}


def upgrade() -> None:
    op.create_table(
        "search_states",
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("done_until", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("to_purge", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_search_states")),
    )
    op.create_table(
        "search_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_changes")),
    )
    op.add_column(
        "users", sa.Column("keys", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for source, (index, table, column) in INDEXES.items():
        _index(index, table, on_postgres)
        mark = CHANGED.format(source=source, row="{row}.id")
        differs = f"new.{column} {'IS DISTINCT FROM' if on_postgres else 'IS NOT'} old.{column}"
        _trigger(f"{index}_change", f"AFTER UPDATE OF {column}", table, differs, mark, "new")
        if not on_postgres:  # there the index refers to the row, and nothing is left of it
            take = f"DELETE FROM {index} WHERE rowid = old.id"
            gone = f"{take}; {mark.format(row='old')}"
            _trigger(f"{index}_gone", "AFTER DELETE", table, "true", gone, "old")
    for name, (event, when) in TRANSCRIPTS.items():
        differs = "IS DISTINCT FROM" if on_postgres else "IS NOT"
        condition = when.format(new="new.transcript", differs=differs)
        mark = CHANGED.format(source="message", row="{row}.message_id")
        _trigger(name, event, "media", condition, mark, "new")


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for name in TRANSCRIPTS:
        _drop(name, "media", on_postgres)
    for index, table, _ in INDEXES.values():
        _drop(f"{index}_change", table, on_postgres)
        if not on_postgres:
            _drop(f"{index}_gone", table, on_postgres)
        op.execute(f"DROP TABLE {index}")
    op.drop_column("users", "keys")
    op.drop_table("search_changes")
    op.drop_table("search_states")


def _index(index: str, table: str, on_postgres: bool) -> None:
    if not on_postgres:
        # The words themselves are kept with it: by them a row is taken out again.
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5(stems, detail=none, columnsize=0, "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '~'\")"
        )
        return
    op.execute(
        f"CREATE TABLE {index} (id integer PRIMARY KEY REFERENCES {table} ON DELETE CASCADE, "
        "stems tsvector NOT NULL)"
    )
    # What is not sorted in yet would be read from end to end by each search.
    op.execute(f"CREATE INDEX ix_{index} ON {index} USING gin (stems) WITH (fastupdate = off)")


def _trigger(name: str, event: str, table: str, when: str, body: str, row: str) -> None:
    body = body.format(row=row)
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"CREATE TRIGGER {name} {event} ON {table} WHEN {when} BEGIN {body}; END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} {event} ON {table} FOR EACH ROW WHEN ({when}) "
        f"EXECUTE FUNCTION {name}()"
    )


def _drop(name: str, table: str, on_postgres: bool) -> None:
    op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgres else ""))
    if on_postgres:
        op.execute(f"DROP FUNCTION {name}")
