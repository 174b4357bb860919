"""the audit tells kind and id of its subject, what was changed from what, and where from"""

import sqlalchemy as sa
from alembic import op

revision = "0025_audit"
down_revision = "0024"
branch_labels = None
depends_on = None

KINDS = ("document", "journey", "message", "participant", "webhook")
WORDS = {
    "changed the draft": "changed a draft",
    "discarded": "discarded a draft",
    "document deleted": "deleted",
    "document replaced": "replaced",
    "document retried": "retried",
    "document uploaded": "uploaded",
    "golden question added": "added",
    "golden question removed": "removed",
    "published": "published a draft",
    "questions answered": "answered questions",
    "questions dismissed": "dismissed questions",
    "reindexing begun": "began reindexing",
    "setting changed": "changed",
    "sign-in link made": "made a sign-in link",
    "signed in by link": "signed in",
    "wrote although they had stopped us": "wrote although stopped",
}


def upgrade() -> None:
    with op.batch_alter_table("audit_entries") as batch:
        batch.add_column(sa.Column("subject_id", sa.String(255), nullable=False, server_default=""))
        batch.add_column(sa.Column("before", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("after", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("origin", sa.String(20), nullable=False, server_default="dashboard"))
    _tell_kind_and_id()
    entries = sa.table("audit_entries", sa.column("action"), sa.column("actor"), sa.column("origin"))
    for old, new in WORDS.items():
        op.execute(entries.update().where(entries.c.action == old).values(action=new))
    shell = "command line"
    op.execute(entries.update().where(entries.c.actor == shell).values(origin=shell))
    some = "CAST(details AS TEXT) <> '{}'"
    op.execute(f"UPDATE audit_entries SET before = details WHERE {some} AND action = 'resolved'")
    op.execute(f"UPDATE audit_entries SET after = details WHERE {some} AND action <> 'resolved'")
    with op.batch_alter_table("audit_entries") as batch:
        batch.drop_column("details")
        batch.alter_column("subject", type_=sa.String(20), existing_type=sa.String(300))
        batch.alter_column("subject_id", server_default=None, existing_type=sa.String(255))
        batch.alter_column("origin", server_default=None, existing_type=sa.String(20))
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "subject_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_entries_subject", table_name="audit_entries")
    with op.batch_alter_table("audit_entries") as batch:
        batch.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))
        batch.alter_column("subject", type_=sa.String(300), existing_type=sa.String(20))
    op.execute("UPDATE audit_entries SET details = coalesce(after, before, details)")
    op.execute("UPDATE audit_entries SET subject = trim(subject || ' ' || subject_id)")
    with op.batch_alter_table("audit_entries") as batch:
        batch.alter_column("details", server_default=None, existing_type=sa.JSON())
        for name in ("subject_id", "before", "after", "origin"):
            batch.drop_column(name)


def _tell_kind_and_id() -> None:
    named = {"setting changed": "setting", "sign-in link made": "user", "signed in by link": "user"}
    for action, kind in named.items():
        values = f"subject = '{kind}', subject_id = substr(subject, 1, 255)"
        op.execute(f"UPDATE audit_entries SET {values} WHERE action = '{action}'")
    golden = "WHERE action LIKE 'golden question %'"
    op.execute(f"UPDATE audit_entries SET subject = 'golden question' {golden}")
    for kind in KINDS:
        values = f"subject = '{kind}', subject_id = substr(subject, {len(kind) + 2})"
        op.execute(f"UPDATE audit_entries SET {values} WHERE subject LIKE '{kind} %'")
