"""knowledge: documents, passages, their index of words and their vectors"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

from wa_assistant.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    documents()
    passages()
    vectors()
    golden_questions()
    if op.get_bind().dialect.name == "sqlite":
        words_on_sqlite()
    else:
        words_on_postgres()
        vectors_on_postgres()


def downgrade() -> None:
    # What is named index_ is made of the tables and unknown to the models.
    for name in ("index_vectors", "index_words"):
        op.execute(f"DROP TABLE IF EXISTS {name}")
    for name in ("vectors", "vector_spaces", "terms", "passages", "documents", "golden_questions"):
        op.drop_table(name)


def documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("error", sa.String(length=30), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("indexed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("uploaded_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("name", name=op.f("uq_documents_name")),
        sa.UniqueConstraint("file", name=op.f("uq_documents_file")),
    )
    left_to_do = sa.text("next_attempt_at IS NOT NULL")
    op.create_index(
        "ix_documents_left_to_do",
        "documents",
        ["next_attempt_at"],
        sqlite_where=left_to_do,
        postgresql_where=left_to_do,
    )


def passages() -> None:
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
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
    op.create_index("ix_passages_document", "passages", ["document_id", "position"])
    op.create_table(
        "terms",
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_terms")),
    )


def vectors() -> None:
    op.create_table(
        "vector_spaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=True),
        sa.Column("serving", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("generation", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.String(length=30), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector_spaces")),
    )
    serving = sa.text("serving")
    op.create_index(
        "uq_vector_spaces_serving",
        "vector_spaces",
        ["serving"],
        unique=True,
        sqlite_where=serving,
        postgresql_where=serving,
    )
    op.create_table(
        "vectors",
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
            name=op.f("fk_vectors_passage_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["vector_spaces.id"],
            name=op.f("fk_vectors_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", "space_id", name=op.f("pk_vectors")),
    )
    op.create_index("ix_vectors_space_id", "vectors", ["space_id"])


def golden_questions() -> None:
    op.create_table(
        "golden_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("rank_before", sa.Integer(), nullable=True),
        sa.Column("measured_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("added_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_golden_questions")),
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
        "space_id integer REFERENCES vector_spaces ON DELETE CASCADE, data halfvec NOT NULL, "
        "PRIMARY KEY (space_id, passage_id))"
    )
