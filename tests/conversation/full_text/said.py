"""What the tests of the search say and look for."""

from typing import Any

from tests.cast import known, rows
from wa_assistant.conversation.full_text import finding, query
from wa_assistant.conversation.full_text.sources import MESSAGES, NOTES
from wa_assistant.database import db, transaction
from wa_assistant.models import Author, Direction, Media, Message, Participant, Status


def said(*bodies: str, simulated: bool = False) -> list[int]:
    """Messages of somebody with these words, oldest first; their ids."""
    participant_id = known(f"whatsapp:+55119{len(rows(Participant)):08}")
    with transaction():
        db.session.get_one(Participant, participant_id).simulated = simulated
        made = [
            Message(
                participant_id=participant_id,
                direction=Direction.INBOUND,
                author=Author.PARTICIPANT,
                status=Status.RECEIVED,
                body=body,
            )
            for body in bodies
        ]
        db.session.add_all(made)
        db.session.flush()
        return [each.id for each in made]


def spoken(message_id: int, transcript: str | None) -> None:
    with transaction():
        given = {"message_id": message_id, "position": 0, "file": f"voice-{message_id}"}
        db.session.add(Media(**given, url="", content_type="audio/ogg", transcript=transcript))


def found(words: str, **how: Any) -> list[int]:
    asked = query.read(words)
    db.session.rollback()
    return [each.id for each in finding.find(MESSAGES, asked, **how).hits] if asked else []


def noted(words: str) -> list[int]:
    asked = query.read(words)
    assert asked
    db.session.rollback()
    return [each.id for each in finding.find(NOTES, asked).hits]
