"""Takes back what a line of a file changed in a participant who stays, in the writing unit under
way: each change by itself, where all is still as it made it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from ...database import db, utcnow
from ...models import (
    Consent,
    ConsentEvent,
    ConsentSource,
    FieldValue,
    Participant,
    ParticipantTag,
    Purpose,
)
from ...privacy import consent
from .compare import FIELD, LANGUAGE, NAME, TAGS, Change, stands
from .present import Present

UNDONE = "Importação desfeita · Import undone"


def take_back(user_id: int, changes: list[Change], now: Present) -> bool:
    """False where something stays, since it has been changed."""
    back = [_taken(user_id, each, now) for each in changes if _took_effect(each)]
    return all(back)


def _took_effect(change: Change) -> bool:
    return bool(change.get("done") or change.get("given"))


def _taken(user_id: int, change: Change, now: Present) -> bool:
    participant = now.participant
    match change["what"]:
        case what if what == NAME and participant.known_as == change["after"]:
            participant.known_as = change["before"]
        case what if what == LANGUAGE and participant.language == change["after"]:
            participant.language = change["before"] or None
        case what if what == TAGS:
            _untag(participant.id, change["given"])
        case what if what == FIELD and now.values.get(change["id"]) == change["after"]:
            _empty(participant.id, change)
        case "consent":
            return _unsay(user_id, change, participant)
        case _:
            return False
    return True


def _untag(participant_id: int, tag_ids: list[int]) -> None:
    theirs = ParticipantTag.participant_id == participant_id
    db.session.execute(delete(ParticipantTag).where(theirs, ParticipantTag.tag_id.in_(tag_ids)))


def _empty(participant_id: int, change: Change) -> None:
    key = {"participant_id": participant_id, "field_id": change["id"]}
    if change["before"]:
        db.session.merge(FieldValue(**key, value=change["before"]))
    elif row := db.session.get(FieldValue, key):
        db.session.delete(row)


def _unsay(user_id: int, change: Change, participant: Participant) -> bool:
    """Who took all back by it has all again, as far as they have said nothing of it since."""
    purpose, after = Purpose(change["purpose"]), Consent(change["after"])
    if not _unsaid(user_id, participant, purpose, after, change["before"], change["source"]):
        return False
    if purpose == Purpose.MARKETING:
        return True
    stopped = datetime.fromisoformat(change["stopped_at"]) if change["stopped_at"] else None
    if after == Consent.GIVEN:
        participant.stopped_at = participant.stopped_at or stopped
        return True
    participant.stopped_at = stopped
    marketing = change["marketing"]
    return marketing == after or _unsaid(
        user_id, participant, Purpose.MARKETING, after, marketing, change["source"]
    )


def _unsaid(
    user_id: int,
    participant: Participant,
    purpose: Purpose,
    after: Consent,
    before: str | None,
    source: str,
) -> bool:
    """Of a consent nothing is removed: that it was taken back stands behind it."""
    theirs = (ConsentEvent.participant_id == participant.id, ConsentEvent.purpose == purpose)
    query = select(ConsentEvent).where(*theirs).order_by(ConsentEvent.id.desc()).limit(1)
    latest = db.session.scalar(query)
    if latest is None or (latest.source, latest.proof) != (ConsentSource.IMPORT, source):
        return False
    if stands(participant, purpose) != after:
        return False
    how: dict[str, Any] = {"source": ConsentSource.IMPORT, "proof": UNDONE, "user_id": user_id}
    kind = Consent.WITHDRAWN if after == Consent.GIVEN else Consent(before or Consent.RETURNED)
    consent.keep(participant, purpose, kind, counts=False, given_at=utcnow(), **how)
    if purpose == Purpose.MARKETING:
        participant.marketing_consent = before
    else:
        participant.consent = before
    return True
