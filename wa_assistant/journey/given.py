"""The answers that count for a participant: those given in the journey they are in.

They carry from one of its versions to the next, for a stage's key means the same in each. What
was answered in another journey stays with that one, and what was answered before they began this
one anew is superseded.
"""

from typing import Any

from sqlalchemy import Select, select

from ..database import db
from ..models import Answer, JourneyVersion, Participant


def theirs(participant_id: int) -> Select[Any]:
    """Their answers in any version of their journey, but for what is superseded."""
    return ever(participant_id).where(Answer.superseded_at.is_(None))


def ever(participant_id: int) -> Select[Any]:
    """All that they have answered in any version of their journey, however often they began it."""
    journey = (
        select(JourneyVersion.journey_id)
        .join(Participant, Participant.journey_version_id == JourneyVersion.id)
        .where(Participant.id == participant_id)
        .scalar_subquery()
    )
    return (
        select(Answer)
        .join(JourneyVersion, JourneyVersion.id == Answer.version_id)
        .where(Answer.participant_id == participant_id, JourneyVersion.journey_id == journey)
    )


def latest(participant_id: int, stage: str, name: str) -> Answer | None:
    """The newest answer, be it superseded; None where there never was one."""
    answer: Answer | None = db.session.scalar(
        ever(participant_id)
        .where(Answer.stage == stage, Answer.name == name)
        .order_by(Answer.id.desc())
        .limit(1)
    )
    return answer


def newest(participant_id: int, stage: str, name: str) -> Answer | None:
    """The answer that counts; None while there is none."""
    answer = latest(participant_id, stage, name)
    return answer if answer and answer.superseded_at is None else None


def answered(participant_id: int) -> set[tuple[str, str]]:
    """The stage and the name of all that they have answered."""
    places = theirs(participant_id).with_only_columns(Answer.stage, Answer.name).distinct()
    return {(stage, name) for stage, name in db.session.execute(places)}
