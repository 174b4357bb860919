"""Where somebody of the demo stands in the interview, and what they have answered."""

from collections.abc import Sequence

from ...database import db
from ...journey.starters.event_interview import PORTUGUESE
from ...models import Answer, Direction, Message, Participant, Source, StageVisit
from .interview import questions


def put(
    participant: Participant,
    version_id: int,
    stage: int,
    values: Sequence[str],
    messages: Sequence[Message],
) -> None:
    """In the stage number `stage`, with `values` for the first of its questions, each of which
    their last words say."""
    asked = questions()
    participant.journey_version_id = version_id
    participant.stage = PORTUGUESE[stage].key
    participant.progress = 100 * len(values) // len(asked)
    said = [each for each in messages if each.direction == Direction.INBOUND]
    for place, each in enumerate(PORTUGUESE[: stage + 1]):
        visit = StageVisit(participant_id=participant.id, version_id=version_id, stage=each.key)
        visit.begun_at = messages[0].created_at
        visit.completed_at = messages[-1].created_at if place < stage else None
        db.session.add(visit)
    for one, value in zip(asked, values, strict=False):
        heard = next((each for each in said if value in each.body), said[-1])
        answer = Answer(participant_id=participant.id, version_id=version_id, stage=one.stage)
        answer.name, answer.kind, answer.value = one.question.name, one.question.kind, value
        answer.quote, answer.message_id, answer.confidence = heard.body, heard.id, 0.9
        answer.source, answer.created_at = Source.MODEL, heard.created_at
        db.session.add(answer)
