"""That somebody has opened a conversation, once an hour each: reading leaves a trace, too.

What it costs is one statement, which reads, and once an hour a commit. Where that cannot be written
down, as on a full disk, the conversation is shown all the same: the team has to see what goes on.
The log then says which reading is missing.
"""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.exc import OperationalError

from .. import logs
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, AuditEntry, Participant, Subject, User
from ..models.audit import IS_OPENING
from . import record

EVERY = timedelta(hours=1)

log = logs.get(__name__)


def opened(actor: User, participant_id: int) -> None:
    """Write down that `actor` reads this conversation, unless that was done within the hour."""
    email = actor.email
    if _is_known(email, participant_id):
        return
    try:
        with transaction():
            one_at_a_time(f"opened {email} {participant_id}")
            there = db.session.get(Participant, participant_id) is not None
            if there and not _is_known(email, participant_id):
                record(actor, Action.OPENED, Subject.PARTICIPANT, participant_id)
    except OperationalError:
        log.warning(
            "not written down who opened a conversation", email=email, participant=participant_id
        )


def _is_known(email: str, participant_id: int) -> bool:
    opening = exists().where(
        IS_OPENING,
        AuditEntry.subject_id == str(participant_id),
        AuditEntry.actor == email,
        AuditEntry.created_at > utcnow() - EVERY,
    )
    return bool(db.session.scalar(select(opening)))
