"""What stands beside a conversation: the participant's journey and answers."""

from datetime import datetime
from typing import Any

from ... import live
from ...conversation import hours
from ...journey import answers, definition, versions
from ...models import Participant
from ...money import costs, prices


def context(participant: Participant, wrong: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the panel shows, for its page and for its live update."""
    version = versions.load(participant.journey_version_id)
    stages = definition.read(version.stages) if version else []
    current = answers.current(participant.id)
    return {
        "participant": participant,
        "fragment": live.thread(participant.id),
        "version": version,
        "titles": {stage.key: stage.name for stage in stages},
        "begins_at": _begins_at(participant),
        "place": next((n for n, s in enumerate(stages, 1) if s.key == participant.stage), None),
        "stage_count": len(stages),
        "current": current,
        "required": sum(1 for each in current if each.question and each.question.required),
        "wrong": wrong or {},
        "cost": costs.of_participant(participant.id, prices.today().replace(day=1)),
    }


def _begins_at(participant: Participant) -> datetime | None:
    """When the next stage begins: where it falls due in quiet hours, when they end."""
    due = participant.next_stage_at
    return due and (hours.quiet_until(max(due, participant.now())) or due)
