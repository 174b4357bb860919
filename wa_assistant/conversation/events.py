"""What happened in a conversation besides its words: who took it over, what was consented to, which
stage began.

Nothing of it is written down for a thread's sake: it is read from the audit, from the consents and
from the visits, and only for as long as a page of messages lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from ..audit import reading
from ..database import db
from ..models import (
    Action,
    Consent,
    ConsentEvent,
    Participant,
    StageVisit,
    Subject,
    User,
)

MOST_OF_A_KIND = 100  # in a page, the newest
STAGE_BEGUN, STAGE_COMPLETED = "stage begun", "stage completed"
CONSENT = "consent "  # before a Consent
# Of the audit's, those that change how a conversation goes on, or who sees to it. What was opened,
# exported, corrected or noted changes neither, or stands in the thread itself.
ACTIONS = (
    Action.ASSIGNED,
    Action.BLOCKED,
    Action.CALLED_FOR_ATTENTION,
    Action.CHANGED_TAGS,
    Action.HANDED_BACK,
    Action.MARKED_DONE,
    Action.MERGED,
    Action.NAMED,
    Action.OPENED_AGAIN,
    Action.PASSED_ON,
    Action.PAUSED,
    Action.PUT_INTO_JOURNEY,
    Action.PUT_INTO_STAGE,
    Action.RECORDED_CONSENT,
    Action.REOPENED,
    Action.RESOLVED,
    Action.RESTARTED_JOURNEY,
    Action.SNOOZED,
    Action.TOOK_OVER,
    Action.UNBLOCKED,
    Action.WROTE_ALTHOUGH_STOPPED,
)


@dataclass(frozen=True)
class Event:
    """`key` is one of its kind and lasts; `what` is an Action, CONSENT with a Consent, or a STAGE_.

    `at` is when it really was; of what a journey did it is the participant's own time, which in the
    simulator is ahead (`is_theirs`). `actor` is as the audit has it, "" where nobody acted. `sid`
    is of the message of theirs that it follows, where one is known.
    """

    key: str
    what: str
    at: datetime
    actor: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    version_id: int | None = None
    stage: str = ""
    is_theirs: bool = False
    sid: str | None = None


@dataclass(frozen=True)
class Span:
    """How long a page of messages lasts, in real time and in the participant's own: from `since` on
    and before `until`. None: without an end on that side."""

    since: datetime | None = None
    until: datetime | None = None
    their_since: datetime | None = None
    their_until: datetime | None = None


def between(participant: Participant, span: Span) -> list[Event]:
    """What happened in that time, in no order; three statements."""
    return [
        *_of_audit(participant, span),
        *_of_consent(participant, span),
        *_of_visits(participant, span),
    ]


def people(events: Sequence[Event]) -> dict[str, User]:
    """Who acted in them or is named by them, by address: one statement, and none for nobody."""
    named = {each.actor for each in events} | {each.after.get("to") or "" for each in events}
    addresses = [each for each in named if "@" in each]
    if not addresses:
        return {}
    found = db.session.scalars(select(User).where(User.email.in_(addresses)))
    return {each.email: each for each in found}


def _of_audit(participant: Participant, span: Span) -> list[Event]:
    # SQLite gives the id of whoever was deleted last to the next who comes.
    since = max(span.since or participant.created_at, participant.created_at)
    rows = reading.done_to(
        Subject.PARTICIPANT, participant.id, ACTIONS, since, span.until, MOST_OF_A_KIND
    )
    return [
        Event(
            f"a{row.id}", row.action, row.created_at, row.actor, row.before or {}, row.after or {}
        )
        for row in rows
    ]


def _of_consent(participant: Participant, span: Span) -> list[Event]:
    rows = db.session.scalars(
        select(ConsentEvent)
        .where(
            ConsentEvent.participant_id == participant.id,
            ConsentEvent.kind != Consent.NOTIFIED,  # the answer that told them says so itself
            *_within(ConsentEvent.created_at, span.since, span.until),
        )
        .order_by(ConsentEvent.id.desc())
        .limit(MOST_OF_A_KIND)
    )
    return [
        Event(f"c{row.id}", f"{CONSENT}{row.kind}", row.created_at, sid=row.message_sid)
        for row in rows
    ]


def _of_visits(participant: Participant, span: Span) -> list[Event]:
    """What a journey did: a visit is one event as it begins, and another as it is completed."""
    query = select(StageVisit).where(StageVisit.participant_id == participant.id)
    rows = db.session.scalars(query.order_by(StageVisit.id.desc()).limit(MOST_OF_A_KIND))
    found = []
    for row in rows:
        steps = ((STAGE_BEGUN, row.begun_at), (STAGE_COMPLETED, row.completed_at))
        for what, at in steps:
            if at is not None and _is_within(at, span):
                found.append(_step(row, what, at))
    return found


def _step(row: StageVisit, what: str, at: datetime) -> Event:
    key = f"v{row.id}-{what.rpartition(' ')[2]}"
    return Event(key, what, at, version_id=row.version_id, stage=row.stage, is_theirs=True)


def _within(
    column: Any, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    bounds = [column >= since if since else None, column < until if until else None]
    return [each for each in bounds if each is not None]


def _is_within(at: datetime, span: Span) -> bool:
    after = span.their_since is None or at >= span.their_since
    return after and (span.their_until is None or at < span.their_until)
