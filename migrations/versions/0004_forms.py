"""a form's key is one participant's"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    change_to(["participant_id", "form_key"])


def downgrade() -> None:
    # Of a key that two participants' forms have had, the newer message forgets it.
    op.execute(
        "UPDATE messages SET form_key = NULL WHERE form_key IS NOT NULL AND EXISTS (SELECT 1"
        " FROM messages older WHERE older.form_key = messages.form_key AND older.id < messages.id)"
    )
    change_to(["form_key"])


def change_to(columns: list[str]) -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_messages_form_key"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_messages_form_key"), columns)
