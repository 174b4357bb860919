"""What somebody takes along into another version: where they have been, what they said, what is
due. Nothing is overwritten: what was carried is added under its new key."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select

from ..database import db
from ..models import Answer, JourneyVersion, Participant, StageVisit
from . import definition, progress
from .definition import read
from .values import fitting


def carry(
    participant: Participant, old: JourneyVersion, new: JourneyVersion, ways: Mapping[str, str]
) -> None:
    """From `old` to `new`; `ways` has the new key for each stage that goes on."""
    coming, awaits_words = participant.next_stage, progress.awaits_their_words(participant)
    participant.journey_version_id = new.id
    participant.stage = participant.stage and ways[participant.stage]
    _copy_visits(participant, old, new, ways)
    _copy_answers(participant, old, new, ways)
    db.session.flush()
    if awaits_words:
        participant.next_stage = ways.get(coming or "")
    else:
        _await(participant, None if coming is None else ways.get(coming))
    progress.measure(participant)


def _copy_visits(
    participant: Participant, old: JourneyVersion, new: JourneyVersion, ways: Mapping[str, str]
) -> None:
    """Where they have been, they have been: no stage they passed begins again."""
    visits = db.session.scalars(
        select(StageVisit)
        .where(StageVisit.participant_id == participant.id, StageVisit.version_id == old.id)
        .order_by(StageVisit.id)
    )
    for visit in visits.all():
        if visit.stage in ways:
            db.session.add(_copy(visit, version_id=new.id, stage=ways[visit.stage]))


def _copy_answers(
    participant: Participant, old: JourneyVersion, new: JourneyVersion, ways: Mapping[str, str]
) -> None:
    """Answers count by the key of their stage: those under another key are given the new one,
    where that stage asks the same and has no answer of its own."""
    given = db.session.scalars(
        select(Answer)
        .join(JourneyVersion, JourneyVersion.id == Answer.version_id)
        .where(
            Answer.participant_id == participant.id,
            JourneyVersion.journey_id == new.journey_id,
            Answer.superseded_at.is_(None),
        )
        .order_by(Answer.id)
    )
    newest = {(answer.stage, answer.name): answer for answer in given.all()}
    asked = {(stage.key, each.name): each for stage in read(new.stages) for each in stage.answers}
    stays = {stage.key for stage in read(old.stages) if ways.get(stage.key) == stage.key}
    for (stage, name), answer in newest.items():
        key = ways.get(stage, stage)
        question = asked.get((key, name))
        answered = key == stage or (key in stays and (key, name) in newest)
        if answered or question is None or question.kind != answer.kind:
            continue
        if fitting(question, answer.value) is not None:
            db.session.add(_copy(answer, version_id=new.id, stage=key))


def _await(participant: Participant, coming: str | None) -> None:
    """What is due by the new version. `coming`: the stage they waited for, which its time begins,
    be it past."""
    here = progress.place(participant)
    if here is None:
        return
    keys = [stage.key for stage in here.stages]
    if coming in keys:
        stage = here.stages[keys.index(coming)]
        at = definition.time_of(participant, here.version, here.stages, stage)
        if not stage.begins.is_timed:
            at = participant.now()
        if at is not None:
            participant.next_stage, participant.next_stage_at = coming, at
            return
    progress.await_next(participant, here, _place_after(participant, here))


def _place_after(participant: Participant, here: progress.Place) -> int:
    """The index of what follows the stage they are in, or were in last; past the end for who has
    not begun, or has been nowhere that the new version knows."""
    keys = [stage.key for stage in here.stages]
    been = select(StageVisit.stage).where(
        StageVisit.participant_id == participant.id,
        StageVisit.version_id == here.version.id,
        StageVisit.superseded_at.is_(None),
    )
    last = db.session.scalar(been.order_by(StageVisit.id.desc()).limit(1))
    at = participant.stage or last
    return keys.index(at) + 1 if at in keys else len(keys)


def _copy(row: Any, **changes: Any) -> Any:
    """A new row like `row`, but for its own id and `changes`."""
    names: Sequence[str] = inspect(type(row)).column_attrs.keys()
    return type(row)(**{name: getattr(row, name) for name in names if name != "id"} | changes)
