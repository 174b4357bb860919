"""all tables"""

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from wa_assistant import models
from wa_assistant.database import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        words_on_postgres()
        vectors_on_postgres()
    else:
        words_on_sqlite()
    # The installation's first start: what was written before it is not looked for.
    now = datetime.now(UTC)
    first = {"began_at": now, "completed_at": now, "covered_until": now}
    op.get_bind().execute(insert(models.Reconciliation), [first])


def downgrade() -> None:
    for name in ("index_vectors", "index_words"):
        op.execute(f"DROP TABLE IF EXISTS {name}")
    Base.metadata.drop_all(op.get_bind())


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
