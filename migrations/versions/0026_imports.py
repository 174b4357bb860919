"""imports of participants from a file, and their lines"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

COUNTS = ("place", "share", "new", "changed", "same", "rejected", "done", "kept")
LEFT_TO_DO = sa.text("state IN ('looking', 'applying', 'undoing', 'forgetting')")
IS_DEAD = sa.text("dead_at IS NOT NULL")


def upgrade() -> None:
    op.create_table("imports", *_import())
    op.create_index(
        "ix_imports_left_to_do",
        "imports",
        ["created_at"],
        sqlite_where=LEFT_TO_DO,
        postgresql_where=LEFT_TO_DO,
    )
    op.create_index(
        "ix_imports_dead", "imports", ["dead_at"], sqlite_where=IS_DEAD, postgresql_where=IS_DEAD
    )
    op.create_table("import_lines", *_line())
    op.create_index("ix_import_lines_outcome", "import_lines", ["import_id", "outcome", "number"])
    op.create_index("ix_import_lines_number", "import_lines", ["import_id", "number"])
    op.create_index(op.f("ix_import_lines_participant_id"), "import_lines", ["participant_id"])


def downgrade() -> None:
    for table in ("import_lines", "imports"):
        op.drop_table(table)


def _import() -> tuple[Any, ...]:
    user = op.f("fk_imports_asked_by_id")
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text(name, length) for name, length in (("name", 200), ("file", 64), ("kind", 4))),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=True),
        sa.Column("delimiter", sa.String(length=1), nullable=True),
        sa.Column("has_headers", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=True),
        _text("state", 10),
        sa.Column("problem", sa.String(length=20), nullable=True),
        *(_count(name) for name in COUNTS),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(_moment(f"{name}_at") for name in ("applied", "undone", "forgotten")),
        # The claim.
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        _moment("due_at"),
        *(_count(name) for name in ("attempts", "faults")),
        sa.Column("fault", sa.Text(), nullable=True),
        _moment("dead_at"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=user),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )


def _line() -> tuple[Any, ...]:
    ours, theirs = op.f("fk_import_lines_import_id"), op.f("fk_import_lines_participant_id")
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("outcome", 8),
        sa.Column("key", sa.String(length=255), nullable=True),
        *(_text(name, length, "") for name, length in (("phone", 32), ("name", 200))),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        _text("told", 200, ""),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("is_done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=ours),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=theirs, ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_lines")),
        sa.UniqueConstraint("import_id", "key", name=op.f("uq_import_lines_import_id")),
    )


def _text(name: str, length: int, default: str | None = None) -> sa.Column[Any]:
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.String(length=length), server_default=given, nullable=False)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)
