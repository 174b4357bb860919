"""A message that did not arrive is sent again by a person: as theirs, and once."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import audit, live
from ..clients import errors
from ..conversation import outbox
from ..conversation.attached import Attached
from ..database import db, transaction
from ..media import outgoing
from ..models import Action, Author, Media, Message, Participant, Status, Subject, User
from ..models.message import FAILURES
from ..work.queue import later


class NotAgainError(Exception):
    """It did not fail, or would fail again."""


class SentAgainError(Exception):
    """It was sent again before; `sender` is who did that."""

    def __init__(self, sender: User) -> None:
        super().__init__(sender.label)
        self.sender = sender


def may_be_sent_again(message: Message, participant: Participant) -> bool:
    """Whether it failed for a reason that may be gone, or was parked by the window.

    Never to who has stopped the messages or is blocked; and a dead letter is replayed instead.
    """
    if participant.is_silent or message.dead_at is not None:
        return False
    if message.status == Status.PARKED:
        return message.author == Author.USER and bool(participant.window_left())
    failed = message.status in FAILURES and (bool(message.body) or message.kind != "text")
    return failed and errors.may_work_later(message.error_code)


def send_again(participant_id: int, message_id: int, actor: User) -> Message:
    """The same words once more, in `actor`'s name; who holds the conversation goes on holding it.

    Raises SentAgainError where somebody has done it, and NotAgainError where it makes no sense.
    """
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        failed = db.session.get(Message, message_id)
        if (
            failed is None
            or failed.participant_id != participant_id
            or not may_be_sent_again(failed, participant)
        ):
            raise NotAgainError
        before = sent_again(participant_id, [message_id]).get(message_id)
        if before is not None:
            raise SentAgainError(before)
        which = {"message": message_id}
        audit.record(actor, Action.SENT_AGAIN, Subject.PARTICIPANT, participant_id, after=which)
        if failed.status == Status.PARKED:  # it has never been sent
            failed.status = Status.WAITING
            later("jobs.delivery.deliver", participant_id)
            live.conversation_changed(participant_id)
            return failed
        return outbox.put(
            participant,
            failed.body,
            Author.USER,
            user=actor,
            form_key=_key(message_id),
            files=() if failed.kind == "text" else _files_again(failed),
        )


def _files_again(failed: Message) -> list[Attached]:
    """Its file once more; raises NotAgainError where that is gone."""
    file = db.session.scalar(select(Media).where(Media.message_id == failed.id))
    linked = file and outgoing.again(file, failed.kind)
    if not linked:
        raise NotAgainError
    return [linked]


def sent_again(participant_id: int, message_ids: Iterable[int]) -> dict[int, User]:
    """Who has sent which of these messages again."""
    keys = {_key(each): each for each in message_ids}
    if not keys:
        return {}
    found = db.session.scalars(
        select(Message)
        .where(Message.participant_id == participant_id, Message.form_key.in_(keys))
        .options(joinedload(Message.user))
    )
    return {keys[each.form_key]: each.user for each in found if each.form_key and each.user}


def _key(message_id: int) -> str:
    """A form's key is one participant's and used once: the database itself sends it once."""
    return f"again-{message_id}"
