"""What stands beside a conversation: who the participant is, their journey and their answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ... import live
from ...accounts.authority import Act
from ...conversation import fields, hours, tags
from ...database import utcnow
from ...journey import answers, definition, versions
from ...media import latest
from ...models import AidKind, JourneyVersion, Participant
from ...money import costs, prices
from ...privacy import consent
from .. import access
from . import aids


@dataclass(frozen=True)
class Typed:
    """What was typed into a form of the card and could not be kept.

    `place` is the form ("name", "tag", "field-3"), `problems` what is wrong by the name of an
    input. `now`: what somebody else has put there meanwhile; None where nobody has.
    """

    place: str
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Any] = field(default_factory=dict)
    now: str | None = None


def context(
    participant: Participant, wrong: dict[str, Any] | None = None, typed: Typed | None = None
) -> dict[str, Any]:
    """What the card shows, for its page and for its live update."""
    known = [participant.id]
    return {
        "participant": participant,
        "fragment": live.thread(participant.id),
        "window_left": participant.window_left(),
        "now": utcnow(),
        "tags": tags.of(known)[participant.id],
        "fields": fields.all_fields(),
        "values": fields.of(known)[participant.id],
        "consents": consent.history(participant.id),
        "latest_files": latest.of(participant.id),
        "typed": typed or Typed(""),
        "cost": costs.of_participant(participant.id, prices.today().replace(day=1)),
        "summary": _summary(participant),
        **_journey(participant),
        "wrong": wrong or {},
    }


def _summary(participant: Participant) -> dict[str, Any] | None:
    """None for who may not have one written."""
    if not access.allows(Act.ASK_ASSISTANT):
        return None
    return aids.context(participant, AidKind.SUMMARY)


def _journey(participant: Participant) -> dict[str, Any]:
    """Where they are, what they answered, and where else they may be put."""
    version = versions.load(participant.journey_version_id)
    stages = definition.read(version.stages) if version else []
    current = answers.current(participant.id)
    return {
        "version": version,
        "stages": stages,
        "titles": {stage.key: stage.name for stage in stages},
        "begins_at": _begins_at(participant),
        "place": next((n for n, s in enumerate(stages, 1) if s.key == participant.stage), None),
        "stage_count": len(stages),
        "current": current,
        "required": sum(1 for each in current if each.question and each.question.required),
        "into": _into(version) if access.allows(Act.PLACE_PARTICIPANTS) else (),
    }


def _into(version: JourneyVersion | None) -> list[tuple[str, str]]:
    """The journeys they may be put into, but for the version they are in."""
    found = versions.entered()
    return [(str(each.id), each.journey.name) for each in found if not version or each != version]


def _begins_at(participant: Participant) -> datetime | None:
    """When the next stage begins: where it falls due in quiet hours, when they end."""
    due = participant.next_stage_at
    return due and (hours.quiet_until(max(due, participant.now())) or due)
