"""Whose voice messages are written down, and when: each costs a call to a model."""

from flask import current_app

from .. import audit, live
from ..database import db, transaction, utcnow
from ..models import (
    UNTIL_RESUMED,
    Action,
    Direction,
    Media,
    MediaStep,
    Message,
    Participant,
    Subject,
    User,
)
from ..privacy import consent
from ..work import claims
from ..work.queue import later


def ask_for(participant_id: int, media_id: int, actor: User) -> bool:
    """Have a voice message written down for `actor`, though the assistant is silent; False where
    that may not be, or was done."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        file = db.session.get(Media, media_id, with_for_update=True)
        message = file and db.session.get_one(Message, file.message_id)
        if not file or not message or message.participant_id != participant_id:
            return False
        if message.direction != Direction.INBOUND:  # a colleague's own voice
            return False
        if not may_be_asked_for(file, participant) or claims.is_held(file):
            return False
        file.step, file.due_at = MediaStep.WANTED, None
        which = {"message": message.id}
        audit.record(
            actor, Action.ASKED_FOR_TRANSCRIPT, Subject.PARTICIPANT, participant_id, after=which
        )
        later("jobs.media.fetch", message.id)
        live.conversation_changed(participant_id)
        return True


def may_be_asked_for(file: Media, participant: Participant) -> bool:
    """Whether it is a voice message without its words, which a person may ask for."""
    waits = file.step is None or (file.step == MediaStep.TRANSCRIBE and is_silent(participant))
    wanting = file.is_kept and file.family == "audio" and not (file.transcript or file.error)
    return wanting and waits and may_be_processed(participant)


def unasked(participant: Participant) -> bool:
    """Whether what they speak is written down unasked: a model does it, they have not stopped nor
    are yet to agree, and the assistant may speak, or will when its pause is over."""
    will_speak = participant.taken_over_by_id is None and participant.paused_until != UNTIL_RESUMED
    return will_speak and may_be_processed(participant)


def may_be_processed(participant: Participant) -> bool:
    """Whether there is a model, and it may be given what they say."""
    return current_app.config["OPENAI_CONNECTED"] and consent.may_be_processed(participant)


def is_silent(participant: Participant) -> bool:
    return not participant.assistant_may_speak(utcnow())
