"""entries of the audit say from which address, are chained, and are never changed or deleted

Triggers refuse every change of an entry but the one that chains it, and every deletion. On SQLite
INSERT OR REPLACE deletes without a trigger of its own: what would replace is refused as it comes.

Whatever has to take personal data out of old entries is to put other triggers in the place of
these, in a migration: docs/decisions/a-chain-over-the-audit.md says how the chain bears that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLE = "audit_entries"
CHAIN = (
    ("position", sa.Integer()),
    ("salt", sa.String(length=32)),
    ("digest", sa.String(length=64)),
    ("hash", sa.String(length=64)),
)
INDEXES = {
    "ix_audit_entries_actor": (["actor", "created_at", "id"], None),
    "ix_audit_entries_action": (["action", "created_at", "id"], None),
    "ix_audit_entries_kind": (["subject", "created_at", "id"], None),
    "ix_audit_entries_unchained": (["id"], "position IS NULL"),
    "ix_audit_entries_opened": (["subject_id", "actor", "created_at"], "action = 'opened'"),
}
CONTENT = (
    *("id", "created_at", "actor", "action", "subject", "subject_id"),
    *("before", "after", "origin", "place"),
)
REFUSED = "an entry of the audit is never changed or deleted"


def upgrade() -> None:
    place = sa.Column("place", sa.String(length=45), server_default=sa.text("''"), nullable=False)
    op.add_column(TABLE, place)
    for name, kind in CHAIN:
        op.add_column(TABLE, sa.Column(name, kind, nullable=True))
    op.create_index("ix_audit_entries_position", TABLE, ["position"], unique=True)
    for name, (columns, condition) in INDEXES.items():
        where = sa.text(condition) if condition else None
        op.create_index(name, TABLE, columns, sqlite_where=where, postgresql_where=where)
    _chain()
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in _on_postgres() if on_postgres else _on_sqlite():
        op.execute(statement)


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for name in ("update", "delete", "insert", *(("truncate",) if on_postgres else ())):
        op.execute(f"DROP TRIGGER audit_{name}" + (f" ON {TABLE}" if on_postgres else ""))
    if on_postgres:
        op.execute("DROP FUNCTION audit_refuse")
    op.drop_table("audit_chain")
    for name in ("ix_audit_entries_position", *INDEXES):
        op.drop_index(name, TABLE)
    with op.batch_alter_table(TABLE) as table:
        for name in ("place", *dict(CHAIN)):
            table.drop_column(name)


def _chain() -> None:
    numbers = ("position", "seen", "verified")
    op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(n, sa.Integer(), server_default="0", nullable=False) for n in numbers),
        sa.Column("hash", sa.String(length=64), server_default=sa.text("''"), nullable=False),
        sa.Column("chained_at", MOMENT, nullable=True),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("fault", sa.String(length=20), nullable=True),
        sa.Column("fault_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )


def _changes(differs: str) -> str:
    """Whether an update does more than to chain what is not chained yet. `differs`: the operator
    that takes an empty value for one that is like any other."""
    changed = (f"CAST(old.{n} AS text) {differs} CAST(new.{n} AS text)" for n in CONTENT)
    quoted = " OR ".join(changed).replace("old.before", 'old."before"')
    quoted = quoted.replace("new.before", 'new."before"')
    return f"old.position IS NOT NULL OR new.position IS NULL OR {quoted}"


def _on_sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    there = f"new.position IS NOT NULL OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = new.id)"
    return [
        f"CREATE TRIGGER audit_update BEFORE UPDATE ON {TABLE} WHEN {_changes('IS NOT')} {refuse}",
        f"CREATE TRIGGER audit_delete BEFORE DELETE ON {TABLE} {refuse}",
        f"CREATE TRIGGER audit_insert BEFORE INSERT ON {TABLE} WHEN {there} {refuse}",
    ]


def _on_postgres() -> list[str]:
    execute = "EXECUTE FUNCTION audit_refuse()"
    return [
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        f"CREATE TRIGGER audit_update BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({_changes('IS DISTINCT FROM')}) {execute}",
        f"CREATE TRIGGER audit_delete BEFORE DELETE ON {TABLE} FOR EACH ROW {execute}",
        f"CREATE TRIGGER audit_insert BEFORE INSERT ON {TABLE} FOR EACH ROW "
        f"WHEN (new.position IS NOT NULL) {execute}",
        f"CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {execute}",
    ]
