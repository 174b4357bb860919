"""numbers as they are compared, and BSUIDs that are looked for"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 1000
NUMBER = re.compile(r"[a-z]+:(\+[1-9]\d{6,14})")
# As the code compared at this revision.
BRAZIL_WITHOUT_NINE = re.compile(r"\+55([1-9]{2})([6-9]\d{7})")


def upgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("match_key", sa.String(length=32), nullable=True))
        batch_op.create_index(op.f("ix_participants_match_key"), ["match_key"])
        batch_op.create_index(op.f("ix_participants_external_user_id"), ["external_user_id"])
    fill()


def fill() -> None:
    """Two rows of one person get the same key; which of them to keep is for people to say."""
    names = ("id", "address", "phone", "match_key")
    participants = sa.table("participants", *[sa.column(name) for name in names])
    change = (
        participants.update()
        .where(participants.c.id == sa.bindparam("of"))
        .values(match_key=sa.bindparam("to"))
    )
    connection, last = op.get_bind(), 0
    while rows := connection.execute(
        sa.select(participants.c.id, participants.c.address, participants.c.phone)
        .where(participants.c.id > last)
        .order_by(participants.c.id)
        .limit(BATCH)
    ).all():
        keys = [{"of": row.id, "to": key(row.phone or number(row.address))} for row in rows]
        connection.execute(change, keys)
        last = rows[-1].id


def number(address: str) -> str | None:
    found = NUMBER.fullmatch(address)
    return found and found[1]


def key(phone: str | None) -> str | None:
    old = BRAZIL_WITHOUT_NINE.fullmatch(phone or "")
    return f"+55{old[1]}9{old[2]}" if old else phone


def downgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_participants_external_user_id"))
        batch_op.drop_index(op.f("ix_participants_match_key"))
        batch_op.drop_column("match_key")
