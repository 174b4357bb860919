"""Where a participant is in their journey, and how they come through it.

Code alone moves them on: from one stage to the next when all that is required has been said, or
when the next one's time has come. Times are the participant's own.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .. import live, settings
from ..database import db, transaction, utcnow
from ..messaging import outbox, silence
from ..models import Answer, Author, JourneyVersion, Participant, StageVisit
from . import definition
from .definition import After, Stage

# The hour of the event's day from which stages after it count: nobody is written to at midnight.
COUNTS_FROM = time(10)


@dataclass(frozen=True)
class Place:
    """A participant in a version: its stages, and the index of theirs.

    `index` None: between two stages or past the last one, where the support behaviour answers.
    `begun`: the journey has begun; if not, `index` is the first stage's and it will.
    """

    version: JourneyVersion
    stages: list[Stage]
    index: int | None
    begun: bool

    @property
    def stage(self) -> Stage | None:
        return None if self.index is None else self.stages[self.index]


def place(session: Session, participant: Participant) -> Place | None:
    """Where they are; None for somebody without a journey."""
    if participant.journey_version_id is None:
        return None
    version = session.get_one(JourneyVersion, participant.journey_version_id)
    stages = definition.read(version.stages)
    keys = [stage.key for stage in stages]
    begun = participant.stage is not None or _last_visit(session, participant) is not None
    if not begun:
        return Place(version, stages, 0, begun)
    # A draft that is being tried may lose the stage somebody is in.
    index = keys.index(participant.stage) if participant.stage in keys else None
    return Place(version, stages, index, begun)


def begin_first(session: Session, participant: Participant) -> None:
    """Their journey begins, with the first stage's own words."""
    here = place(session, participant)
    if here and not here.begun:
        _begin(session, participant, here, 0)


def advance(session: Session, participant: Participant, *, seems_complete: bool) -> None:
    """Complete the stage they are in, if all that it requires is there, and go on.

    The last stage of a journey that asks for nothing goes on for good.
    """
    here = place(session, participant)
    if here is None or here.stage is None or not here.begun:
        return
    stage, is_last = here.stage, here.index == len(here.stages) - 1
    known = known_answers(session, participant.id, stage.key)
    endless = is_last and not stage.answers
    if not seems_complete or endless or not stage.required <= known:
        return
    visit = _last_visit(session, participant)
    if visit is not None:
        visit.completed_at = participant.now()
    participant.stage = None
    measure(session, participant)
    _schedule(session, participant, here, here.stages.index(stage) + 1, at_once=True)
    live.changed("conversations", live.thread(participant.id))


def begin_due(participant_id: int) -> None:
    """Begin the stage whose time has come, unless the assistant may say nothing to them."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id, with_for_update=True)
        at = participant.next_stage_at
        if at is None or at > participant.now() or participant.is_silenced(utcnow()):
            return
        here = place(session, participant)
        keys = [stage.key for stage in here.stages] if here else []
        if here is None or participant.next_stage not in keys:
            participant.next_stage = participant.next_stage_at = None
            return
        _begin(session, participant, here, keys.index(participant.next_stage))


def due(limit: int) -> list[int]:
    """Ids of participants whose next stage is to begin, for the sweeper."""
    now = utcnow()
    ahead = Participant.simulated & (Participant.clock_ahead > 0)
    waiting = select(Participant).where(
        Participant.next_stage_at.is_not(None),
        or_(Participant.next_stage_at <= now, ahead),
        Participant.held_by_id.is_(None),
        func.coalesce(Participant.paused_until, now) <= now,
        Participant.stopped_at.is_(None),
    )
    found = db.session.scalars(waiting.order_by(Participant.next_stage_at).limit(limit)).all()
    return [each.id for each in found if each.next_stage_at and each.next_stage_at <= each.now()]


def known_answers(session: Session, participant_id: int, stage: str) -> set[str]:
    """The names of what they have said in answer to that stage."""
    return set(
        session.scalars(
            select(Answer.name)
            .where(Answer.participant_id == participant_id, Answer.stage == stage)
            .distinct()
        )
    )


def measure(session: Session, participant: Participant) -> None:
    """Their progress in percent: required answers of the journey, or stages passed."""
    here = place(session, participant)
    if here is None:
        return
    wanted = {(stage.key, name) for stage in here.stages for name in stage.required}
    if wanted:
        said = select(Answer.stage, Answer.name).where(Answer.participant_id == participant.id)
        have = {(stage, name) for stage, name in session.execute(said)} & wanted
        participant.progress = 100 * len(have) // len(wanted)
    else:
        passed = select(func.count(StageVisit.stage.distinct())).where(
            StageVisit.participant_id == participant.id,
            StageVisit.version_id == here.version.id,
            StageVisit.completed_at.is_not(None),
        )
        participant.progress = 100 * (session.scalar(passed) or 0) // len(here.stages)


def _begin(session: Session, participant: Participant, here: Place, index: int) -> None:
    stage = here.stages[index]
    session.add(
        StageVisit(
            participant_id=participant.id,
            version_id=here.version.id,
            stage=stage.key,
            begun_at=participant.now(),
        )
    )
    session.flush()
    participant.stage = stage.key
    participant.next_stage = participant.next_stage_at = None
    silence.overtake(session, participant.id)
    if stage.opening:
        outbox.put(session, participant, stage.opening, Author.SYSTEM, opens=stage.key)
    measure(session, participant)
    # One that comes at a date comes then, whether or not all has been said before.
    _schedule(session, participant, here, index + 1, at_once=False)
    live.changed("conversations", live.thread(participant.id))


def _schedule(
    session: Session, participant: Participant, here: Place, index: int, *, at_once: bool
) -> None:
    """The stage at `index` begins at its time; also now, if that is past and `at_once`."""
    participant.next_stage = participant.next_stage_at = None
    if index >= len(here.stages):
        return
    stage = here.stages[index]
    at = _time_of(session, participant, here, stage)
    if at_once and at is not None and at <= participant.now():
        _begin(session, participant, here, index)
    elif at is not None and at > participant.now():
        participant.next_stage, participant.next_stage_at = stage.key, at


def _time_of(
    session: Session, participant: Participant, here: Place, stage: Stage
) -> datetime | None:
    """When the stage is to begin; None while that is not known."""
    begins = stage.begins
    if begins.after == After.PREVIOUS:
        return participant.now() if participant.stage is None else None
    if begins.after == After.EVENT:
        date = here.version.event_date
        if date is None:
            return None
        return datetime.combine(date, COUNTS_FROM, _zone()) + begins.delay
    completed = session.scalar(
        select(func.max(StageVisit.completed_at)).where(
            StageVisit.participant_id == participant.id, StageVisit.stage == begins.stage
        )
    )
    return completed and completed + begins.delay


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.current().time_zone)


def _last_visit(session: Session, participant: Participant) -> StageVisit | None:
    return session.scalar(
        select(StageVisit)
        .where(
            StageVisit.participant_id == participant.id,
            StageVisit.version_id == participant.journey_version_id,
        )
        .order_by(StageVisit.id.desc())
        .limit(1)
    )
