"""Begins the stages whose time has come. Times are the participant's own."""

from sqlalchemy import or_, select

from ..conversation import hours
from ..database import db, transaction, utcnow
from ..delivery import send
from ..models import Consent, ConsentMode, JourneyVersion, Participant
from ..privacy import consent
from ..work.queue import spared
from . import definition, progress


def begin(participant_id: int) -> None:
    """Begin the stage whose time has come, the latest one where that is so of several; unless the
    assistant may say nothing to them, or waits for their yes. In quiet hours it waits, also while
    they write and are answered."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        if not participant.is_due() or not participant.assistant_may_speak(utcnow()):
            return
        if hours.quiet_until(participant.now()):
            return
        here = progress.place(participant)
        if here and consent.is_missing(participant, here.version):
            return
        keys = [stage.key for stage in here.stages] if here else []
        if here is None or participant.next_stage not in keys:
            participant.next_stage = participant.next_stage_at = None
            return
        index = keys.index(participant.next_stage)
        at = definition.time_of(participant, here.version, here.stages, here.stages[index])
        if at == participant.next_stage_at:  # else a user put them there, and that is what counts
            index = definition.latest_due(participant, here.version, here.stages, index)
        progress.begin(participant, here, index)


def begin_and_deliver(participant_id: int) -> None:
    """What the bell `jobs.journey.begin` runs: the opening words of the stage go out at once."""
    with spared("jobs.delivery.deliver", participant_id):
        begin(participant_id)
    send.deliver(participant_id)


def find(limit: int) -> list[int]:
    """Ids of participants whose next stage is to begin, for the sweeper."""
    now = utcnow()
    ahead = Participant.simulated & (Participant.clock_ahead > 0)
    agreed = or_(JourneyVersion.consent != ConsentMode.ASK, Participant.consent == Consent.GIVEN)
    version = JourneyVersion.id == Participant.journey_version_id
    waiting = (
        select(Participant)
        .join(JourneyVersion, version)
        .where(
            agreed,
            Participant.next_stage_at.is_not(None),
            ahead if hours.quiet_until(now) else or_(Participant.next_stage_at <= now, ahead),
            Participant.assistant_may_speak(now),
        )
    )
    found = db.session.scalars(waiting.order_by(Participant.next_stage_at).limit(limit)).all()
    return [each.id for each in found if each.is_due() and not hours.quiet_until(each.now())]
