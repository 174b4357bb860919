"""names as a search compares them"""

import sqlalchemy as sa
from alembic import op

from wa_assistant.models.folding import folded

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("name_folded", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    fill()


def fill() -> None:
    # As today's code folds, for it is what a search is compared with.
    participants = sa.table(
        "participants", sa.column("id"), sa.column("name"), sa.column("name_folded")
    )
    change = (
        participants.update()
        .where(participants.c.id == sa.bindparam("of"))
        .values(name_folded=sa.bindparam("to"))
    )
    connection, last = op.get_bind(), 0
    while rows := connection.execute(
        sa.select(participants.c.id, participants.c.name)
        .where(participants.c.id > last)
        .order_by(participants.c.id)
        .limit(BATCH)
    ).all():
        connection.execute(change, [{"of": id, "to": folded(name)} for id, name in rows])
        last = rows[-1].id


def downgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_column("name_folded")
