"""A person takes a conversation over, hands it back, or pauses the assistant in it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from .. import audit, live
from ..accounts import users
from ..accounts.authority import Act
from ..database import db, transaction, utcnow
from ..models import (
    UNTIL_RESUMED,
    Action,
    Attention,
    Author,
    Message,
    Participant,
    Subject,
    User,
)
from . import attention, awaiting_consent, hearing, outbox, silence
from .attached import Attached

PAUSES = {"15": timedelta(minutes=15), "60": timedelta(hours=1), "resumed": None}


class TakenOverByAnotherError(Exception):
    """Somebody else holds the conversation; `holder` is who."""

    def __init__(self, holder: User) -> None:
        super().__init__(holder.label)
        self.holder = holder


class NotAllowedError(Exception):
    """Who acts holds conversations no more."""


class StoppedError(Exception):
    """They want no more messages."""


class BlockedError(Exception):
    """The team has blocked them."""


class KeyUsedError(Exception):
    """The form was sent before, with other words."""


class NothingToQuoteError(Exception):
    """What is replied to is not there, or was never sent."""


def take_over(participant_id: int, actor: User, instead_of: int | None = None) -> None:
    """From now on `actor` answers; what the assistant was about to say is not sent.

    Raises TakenOverByAnotherError where a colleague holds it whom `actor` did not mean to replace:
    `instead_of` is the id of the one who did when `actor` decided. Raises NotAllowedError.
    """
    with transaction():
        participant = _load_for(actor, participant_id)
        check_holder(participant, actor, instead_of)
        if participant.taken_over_by_id != actor.id:
            _take(participant, actor)


def hand_back(participant_id: int, actor: User, instead_of: int | None = None) -> None:
    """The assistant answers again, from the participant's next message on.

    Raises TakenOverByAnotherError where somebody has taken it over whom `actor` did not see.
    """
    with transaction():
        participant = _load(participant_id)
        check_holder(participant, actor, instead_of)
        if participant.taken_over_by_id is None and participant.paused_until is None:
            return
        was = _holder(participant)
        let_go(participant)
        audit.record(actor, Action.HANDED_BACK, Subject.PARTICIPANT, participant_id, before=was)
        live.conversation_changed(participant_id)


def let_go(participant: Participant) -> None:
    """Nobody holds the conversation any more; within the writing unit of who says why."""
    participant.taken_over_by_id = participant.paused_until = None
    participant.asked_for_person_at = None
    participant.handed_back_at = utcnow()
    hearing.catch_up(participant.id)


def pause(participant_id: int, actor: User, length: timedelta | None) -> None:
    """Silence the assistant for `length`, or until it is resumed."""
    with transaction():
        participant = _load(participant_id)
        participant.paused_until = utcnow() + length if length else UNTIL_RESUMED
        cancelled = silence.cancel(Message.participant_id == participant_id)
        if cancelled and participant.taken_over_by_id is None:
            attention.call(participant, Attention.WROTE_DURING_PAUSE)
        how = {"minutes": int(length.total_seconds()) // 60 if length else None}
        audit.record(actor, Action.PAUSED, Subject.PARTICIPANT, participant_id, after=how)
        live.conversation_changed(participant_id)


def write(
    participant_id: int,
    actor: User,
    body: str,
    form_key: str,
    *,
    although_stopped: bool = False,
    files: Sequence[Attached] = (),
    quoted_id: int | None = None,
) -> Message | None:
    """Send `body` with `files` as `actor`, who takes over by writing; None when this form was sent
    before. `quoted_id` is the message it replies to.

    Raises TakenOverByAnotherError while a colleague holds the conversation, KeyUsedError where the
    form was sent before with something else in it, NothingToQuoteError where that message is not
    in this conversation, BlockedError where the team has blocked the participant, and StoppedError
    where they have stopped us: who writes `although_stopped` has been told, and is on record.
    Raises NotAllowedError.
    """
    with transaction():
        participant = _load_for(actor, participant_id)
        same_form = (Message.participant_id == participant_id, Message.form_key == form_key)
        known = db.session.scalar(select(Message).where(*same_form))
        if known is not None:
            if not outbox.is_said_by(known, body, files):
                raise KeyUsedError
            return None
        _check_may_be_written_to(participant, actor, although_stopped=although_stopped)
        if participant.taken_over_by is None:
            _take(participant, actor)
        participant.waiting_since = participant.answered_at = None
        participant.reopen()
        return outbox.put(
            participant,
            body,
            Author.USER,
            user=actor,
            form_key=form_key,
            files=files,
            quoted=_quoted(participant, quoted_id) if quoted_id else None,
        )


def _check_may_be_written_to(
    participant: Participant, actor: User, *, although_stopped: bool
) -> None:
    if participant.taken_over_by and participant.taken_over_by_id != actor.id:
        raise TakenOverByAnotherError(participant.taken_over_by)
    if participant.blocked_at is not None:
        raise BlockedError
    if participant.stopped_at is not None:
        if not although_stopped:
            raise StoppedError
        audit.record(actor, Action.WROTE_ALTHOUGH_STOPPED, Subject.PARTICIPANT, participant.id)


def quotable(participant_id: int, message_id: int) -> Message | None:
    """The message of this conversation that may be replied to: one that WhatsApp has."""
    found = db.session.get(Message, message_id)
    theirs = found is not None and found.participant_id == participant_id
    return found if found is not None and theirs and found.provider_sid else None


def _quoted(participant: Participant, message_id: int) -> Message:
    found = quotable(participant.id, message_id)
    if found is None:
        raise NothingToQuoteError
    return found


def check_holder(participant: Participant, actor: User, seen: int | None) -> None:
    """Raises TakenOverByAnotherError where a colleague holds it who is not the one that was
    `seen`, by id."""
    holder = participant.taken_over_by
    if holder and holder.id not in (actor.id, seen):
        raise TakenOverByAnotherError(holder)


def _take(participant: Participant, actor: User) -> None:
    was = _holder(participant)
    participant.taken_over_by_id, participant.paused_until = actor.id, None
    participant.reopen()
    silence.cancel(Message.participant_id == participant.id)
    awaiting_consent.hand_over(participant)
    audit.record(actor, Action.TOOK_OVER, Subject.PARTICIPANT, participant.id, before=was)
    live.conversation_changed(participant.id)


def _holder(participant: Participant) -> dict[str, str] | None:
    return {"taken_over_by": participant.taken_over_by.email} if participant.taken_over_by else None


def _load_for(actor: User, participant_id: int) -> Participant:
    """Which `actor` may hold."""
    if users.staying(actor.id, Act.HOLD_CONVERSATIONS) is None:
        raise NotAllowedError
    return _load(participant_id)


def _load(participant_id: int) -> Participant:
    return db.session.get_one(Participant, participant_id, with_for_update=True)
