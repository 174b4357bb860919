"""Puts a participant into a journey, into a stage of it, or out of every journey.

What the former one had due or not yet said is dropped. Nobody is written to who may not be: where
the assistant is silenced, consent is missing or the participant never heard what becomes of their
data, the stage begins once they have written and are answered. Outside the window its opening words
are parked by the outbox, and in quiet hours it begins when they end.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from .. import audit, live
from ..audit import Actor
from ..conversation import attention, awaiting_consent, hours, outbox
from ..database import db, transaction, utcnow
from ..models import (
    Action,
    Answer,
    Attention,
    JourneyVersion,
    Participant,
    StageVisit,
    Subject,
    VersionState,
)
from ..privacy import consent
from ..work.queue import later
from . import progress
from .definition import read
from .progress import Place


class Begins(StrEnum):
    """When the stage begins that somebody was put into, or why it has to wait."""

    NOW = "now"
    WINDOW_CLOSED = "window closed"  # it has begun; its words go out once they write
    QUIET = "quiet hours"  # when they end
    WRITING = "writing"  # they write at this moment: with the answer
    # Once they have written, and are answered:
    NOT_TOLD = "not told"  # they never heard from us what becomes of their data
    CONSENT = "consent"  # and said yes
    SILENCED = "silenced"  # and the assistant may speak again
    STOPPED = "stopped"  # and come back
    BLOCKED = "blocked"  # and are not blocked any more
    NEVER = "never"  # they are in no journey


class NotPublished(Exception):
    """What is not published is for pretended participants alone."""


def put_into(
    actor: Actor, participant_id: int, version_id: int, stage: str | None = None
) -> Begins:
    """They are in this version from now on, at its first stage or the one of that key.

    What they answered in this journey before counts, and is not asked again; where they have been,
    they go through once more. Raises NotPublished, and LookupError for a stage it does not have.
    """
    with transaction():
        participant = _load(participant_id)
        version = db.session.get_one(JourneyVersion, version_id)
        before = standing(participant)
        begins = place(participant, version, stage)
        note(actor, Action.PUT_INTO_JOURNEY, participant, before, begins)
    return begins


def into_stage(actor: Actor, participant_id: int, stage: str) -> Begins:
    """They are in this stage of their version. Raises LookupError where there is none such."""
    with transaction():
        participant = _load(participant_id)
        here, before = progress.place(participant), standing(participant)
        if here is None:
            raise LookupError("They are in no journey.")
        index = _index(here, stage)
        _supersede_from(participant, here, index)
        begins = _begin_at(participant, here, index)
        note(actor, Action.PUT_INTO_STAGE, participant, before, begins)
    return begins


def restart(actor: Actor, participant_id: int) -> Begins:
    """They begin their journey anew, as it is published now, and are asked all of it again: what
    they answered stays as earlier answers. Raises LookupError where they are in none."""
    with transaction():
        participant = _load(participant_id)
        before, version = standing(participant), _current(participant)
        if version is None:
            raise LookupError("They are in no journey.")
        _supersede(Answer, participant, version.journey_id)
        begins = place(participant, version)
        note(actor, Action.RESTARTED_JOURNEY, participant, before, begins)
    return begins


def take_out(actor: Actor, participant_id: int) -> None:
    """They are in no journey, and enter none by themselves but by a keyword."""
    with transaction():
        participant = _load(participant_id)
        before = standing(participant)
        participant.left_journeys_at = participant.left_journeys_at or utcnow()
        _leave(participant)
        participant.journey_version_id, participant.progress = None, 0
        _go_on_without_consent(participant)
        note(actor, Action.PUT_INTO_JOURNEY, participant, before, Begins.NEVER)


def place(
    participant: Participant,
    version: JourneyVersion,
    stage: str | None = None,
    *,
    writes: bool = False,
) -> Begins:
    """The same within a writing unit under way, whose caller says who did it and why.

    `writes`: they have written this moment, and the stage begins with the answer to that.
    """
    if version.state != VersionState.PUBLISHED and not participant.simulated:
        raise NotPublished
    here = Place(version, read(version.stages), None, False)
    index = 0 if stage is None else _index(here, stage)
    _supersede(StageVisit, participant, version.journey_id)
    participant.journey_version_id, participant.left_journeys_at = version.id, None
    return _begin_at(participant, here, index, writes=writes)


def standing(participant: Participant) -> dict[str, Any]:
    """Where they are, as the audit tells it."""
    found = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    if found is None:
        return {"journey": None}
    return {
        "journey": found.journey_id,
        "version": found.number,
        "stage": participant.stage or participant.next_stage,
    }


def note(
    actor: Actor,
    action: Action,
    participant: Participant,
    before: dict[str, Any],
    begins: Begins | None = None,
    **told: Any,
) -> None:
    """Write down that they were put somewhere, in the writing unit under way; and that it `begins`
    then, and what is `told` besides."""
    after = standing(participant) | told
    if begins:
        after["begins"] = str(begins)
    audit.record(actor, action, Subject.PARTICIPANT, participant.id, before=before, after=after)
    live.conversation_changed(participant.id, also=("journeys",))


def _begin_at(participant: Participant, here: Place, index: int, *, writes: bool = False) -> Begins:
    _leave(participant)
    begins = Begins.WRITING if writes else _when(participant, here.version)
    if begins in (Begins.NOW, Begins.WINDOW_CLOSED):
        progress.begin(participant, here, index)
    else:
        participant.next_stage = here.stages[index].key
        participant.next_stage_at = participant.now() if begins == Begins.QUIET else None
        progress.measure(participant)
    if not consent.is_missing(participant, here.version):
        _go_on_without_consent(participant)
    return begins


def _when(participant: Participant, version: JourneyVersion) -> Begins:
    told = participant.consent is not None
    reasons = {
        Begins.BLOCKED: participant.blocked_at is not None,
        Begins.STOPPED: participant.stopped_at is not None,
        Begins.SILENCED: not participant.assistant_may_speak(utcnow()),
        Begins.CONSENT: consent.is_missing(participant, version),
        Begins.NOT_TOLD: not told and not participant.window_left(),
        Begins.QUIET: hours.quiet_until(participant.now()) is not None,
        Begins.WINDOW_CLOSED: not participant.window_left(),
    }
    return next((begins for begins, holds in reasons.items() if holds), Begins.NOW)


def _leave(participant: Participant) -> None:
    """Where they were: what was due or had yet to be said of it."""
    outbox.call_back_openings(participant.id)
    participant.stage = participant.next_stage = participant.next_stage_at = None


def _go_on_without_consent(participant: Participant) -> None:
    """Where nothing asks for it any more, what waited for a yes is answered."""
    attention.call_off(participant, Attention.CONSENT_UNCLEAR)
    if awaiting_consent.release(participant):
        later("jobs.reply.answer", participant.id)


def _supersede(
    table: type[Answer] | type[StageVisit], participant: Participant, journey_id: int
) -> None:
    """What they said in the journey, or where they have been in it, counts no more."""
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id == journey_id)
    db.session.execute(
        update(table)
        .where(
            table.participant_id == participant.id,
            table.version_id.in_(versions),
            table.superseded_at.is_(None),
        )
        .values(superseded_at=utcnow())
    )


def _supersede_from(participant: Participant, here: Place, index: int) -> None:
    """They go through the stage at `index`, and all that follow, as if for the first time."""
    keys = [stage.key for stage in here.stages[index:]]
    db.session.execute(
        update(StageVisit)
        .where(
            StageVisit.participant_id == participant.id,
            StageVisit.version_id == here.version.id,
            StageVisit.stage.in_(keys),
            StageVisit.superseded_at.is_(None),
        )
        .values(superseded_at=utcnow())
    )


def _index(here: Place, stage: str) -> int:
    keys = [each.key for each in here.stages]
    if stage not in keys:
        raise LookupError(stage)
    return keys.index(stage)


def _current(participant: Participant) -> JourneyVersion | None:
    """What is published of their journey now; the draft that somebody pretended tries."""
    own = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    if own is None or own.state != VersionState.PUBLISHED:
        return own
    return published(own.journey_id)


def published(journey_id: int) -> JourneyVersion | None:
    """The newest that is published of the journey; None while nothing is."""
    return db.session.scalar(
        select(JourneyVersion)
        .where(
            JourneyVersion.journey_id == journey_id,
            JourneyVersion.state == VersionState.PUBLISHED,
        )
        .order_by(JourneyVersion.number.desc())
        .limit(1)
    )


def _load(participant_id: int) -> Participant:
    return db.session.get_one(Participant, participant_id, with_for_update=True)
