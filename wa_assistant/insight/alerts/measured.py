"""The rules about what is measured over an hour: looked at every five minutes.

Each needs a least number of cases: of three messages one that fails says nothing. Who is simulated
counts nowhere.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from ... import settings
from ...conversation import hours, unsettled
from ...database import db, utcnow
from ...models import AlertType, ConversationStatus, Message, Participant, Settlement, Severity
from .. import conditions
from ..times import Between
from .found import Found, Rule

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
WEEKS = 4  # that the usual number is taken from
LEAST_MESSAGES = 20
LEAST_ANSWERS = 20
USUALLY = 20  # participants in that hour, from which on fewer say something
MOST_ANSWERS = 2_000
MOST_COUNTED = 1_000
PERCENT = 100
CALM = timedelta(minutes=15)


def errors() -> Iterator[Found]:
    """In percent of what was to be sent or answered within the last hour."""
    lost = func.coalesce(Message.settlement, "") == Settlement.DEAD_LETTER
    failed = or_(conditions.FAILED, and_(conditions.CAME_IN, lost))
    counted = or_(conditions.WENT_OUT, failed)
    numbers: Any = select(func.count(), func.count().filter(failed)).select_from(Message)
    query = conditions.of_real(numbers, _last_hour())
    number, wrong = db.session.execute(query.where(counted)).one()
    percent = PERCENT * wrong / number if number >= LEAST_MESSAGES else 0
    if percent > settings.current().alert_errors_percent:
        yield Found(round(percent, 1), more={"failed": wrong, "of": number})


def slow() -> Iterator[Found]:
    """Seconds from what they wrote to the first answer, without those that we wait on purpose: on
    the average of the last hour."""
    query = select(Message.created_at, conditions.ASKED_AT).select_from(Message)
    query = conditions.of_real(query, _last_hour()).where(conditions.ASKED_AT.is_not(None))
    rows = db.session.execute(query.order_by(Message.id.desc()).limit(MOST_ANSWERS)).all()
    if len(rows) < LEAST_ANSWERS:
        return
    seconds = sum((answered - asked).total_seconds() for answered, asked in rows) / len(rows)
    seconds -= unsettled.reply_delay()
    if seconds > settings.current().alert_slow_seconds:
        yield Found(round(seconds, 1), more={"of": len(rows)})


def few() -> Iterator[Found]:
    """Participants who wrote within the last hour, where they are less than half of the usual."""
    hour = _last_hour()
    before = [_wrote(hour.since - WEEK * n, hour.until - WEEK * n) for n in range(1, WEEKS + 1)]
    usual = sum(before) / WEEKS
    if usual < USUALLY:
        return
    now = _wrote(hour.since, hour.until)
    if now < usual / 2:
        yield Found(now, more={"usual": round(usual)})


def people_waiting() -> Iterator[Found]:
    """How many have wanted a person for longer than the setting, while the team is there."""
    now, longest = utcnow(), settings.current().alert_waiting_minutes
    if not hours.is_open(now):
        return
    waits = (
        select(Participant.id)
        .where(
            Participant.attention_at < now - timedelta(minutes=longest),
            Participant.status == ConversationStatus.OPEN,
            Participant.simulated.is_(False),
        )
        .limit(MOST_COUNTED)
    )
    number = db.session.scalar(select(func.count()).select_from(waits.subquery())) or 0
    if number:
        yield Found(number, more={"minutes": longest})


def _wrote(since: datetime, until: datetime) -> int:
    query = select(func.count(Message.participant_id.distinct())).where(conditions.CAME_IN)
    return db.session.scalar(conditions.of_real(query, Between(since, until))) or 0


def _last_hour() -> Between:
    now = utcnow()
    return Between(now - HOUR, now)


RULES = (
    Rule(AlertType.ERRORS, Severity.HIGH, errors, CALM),
    Rule(AlertType.PEOPLE_WAITING, Severity.HIGH, people_waiting, CALM),
    Rule(AlertType.SLOW, Severity.MEDIUM, slow, CALM),
    Rule(AlertType.FEW, Severity.MEDIUM, few, CALM),
)
