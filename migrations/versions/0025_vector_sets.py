"""words: vector sets (were spaces), and thresholds (were floors)"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SPACE = {"table": "vector_spaces", "column": "space_id"}
VECTOR_SET = {"table": "vector_sets", "column": "vector_set_id"}
THRESHOLDS = {
    "similarity": "similarity_threshold",
    "coverage": "coverage_threshold",
}


def upgrade() -> None:
    rename_sets(SPACE, VECTOR_SET)
    rename_thresholds(THRESHOLDS)


def downgrade() -> None:
    rename_thresholds({new: old for old, new in THRESHOLDS.items()})
    rename_sets(VECTOR_SET, SPACE)


def rename_sets(old: dict[str, str], new: dict[str, str]) -> None:
    # Not in a batch, which on SQLite would drop a table that others refer to.
    op.drop_index(f"uq_{old['table']}_serving", table_name=old["table"])
    op.drop_index(f"ix_vectors_{old['column']}", table_name="vectors")
    op.execute(f"ALTER TABLE {old['table']} RENAME TO {new['table']}")
    op.execute(f"ALTER TABLE vectors RENAME COLUMN {old['column']} TO {new['column']}")
    serving = sa.text("serving")
    op.create_index(
        f"uq_{new['table']}_serving",
        new["table"],
        ["serving"],
        unique=True,
        sqlite_where=serving,
        postgresql_where=serving,
    )
    op.create_index(f"ix_vectors_{new['column']}", "vectors", [new["column"]])
    if op.get_bind().dialect.name == "postgresql":
        rename_on_postgres(old, new)


def rename_on_postgres(old: dict[str, str], new: dict[str, str]) -> None:
    """Names that SQLite does not know by themselves; and the mirror, where there is pgvector."""
    sets, vectors = new["table"], "ALTER TABLE vectors RENAME CONSTRAINT"
    op.execute(f"ALTER TABLE {sets} RENAME CONSTRAINT pk_{old['table']} TO pk_{sets}")
    op.execute(f"ALTER SEQUENCE {old['table']}_id_seq RENAME TO {sets}_id_seq")
    op.execute(f"{vectors} fk_vectors_{old['column']} TO fk_vectors_{new['column']}")
    if op.get_bind().scalar(sa.text("SELECT to_regclass('index_vectors')")) is not None:
        op.execute(f"ALTER TABLE index_vectors RENAME COLUMN {old['column']} TO {new['column']}")


def rename_thresholds(names: dict[str, str]) -> None:
    for old, new in names.items():
        op.execute(f"ALTER TABLE trials RENAME COLUMN {old} TO {new}")
        rename = sa.text("UPDATE settings SET name = :new WHERE name = :old")
        op.execute(rename.bindparams(old=old, new=new))
