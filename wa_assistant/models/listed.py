"""The lists that participants stand in, each with an index of its own that holds just these."""

from sqlalchemy import Index, text

UNREAD = "unread > 0"
SIMULATED = "simulated"
REAL = "NOT simulated"
OPEN = "status = 'open' AND NOT simulated"
DONE = "status = 'done' AND NOT simulated"
SNOOZED = "status = 'snoozed'"
WAITING = "waiting_since IS NOT NULL"
ANSWERED = "answered_at IS NOT NULL AND status = 'open'"
# The same for queries: said in these very words, SQLite sees that the index holds all they want.
IS_UNREAD = text(f"participants.{UNREAD}")
IS_SIMULATED = text(f"participants.{SIMULATED}")
IS_REAL = text("NOT participants.simulated")
IS_OPEN = text("participants.status = 'open' AND NOT participants.simulated")
IS_DONE = text("participants.status = 'done' AND NOT participants.simulated")
IS_SNOOZED = text(f"participants.{SNOOZED}")
IS_WAITING = text(f"participants.{WAITING}")
IS_ANSWERED = text("participants.answered_at IS NOT NULL AND participants.status = 'open'")


def of_some(name: str, where: str, *columns: str) -> Index:
    """An index that holds but those participants of whom `where` is so."""
    part = text(where)
    return Index(f"ix_participants_{name}", *columns, sqlite_where=part, postgresql_where=part)


# What the list of participants is filtered by: the columns of an index in its order.
FILTERED = (
    "simulated",
    "status",
    "language",
    "consent",
    "marketing_consent",
    "last_inbound_at",
    "assigned_to_id",
    "journey_version_id",
    "stage",
    "next_stage",
    "created_at",
)
