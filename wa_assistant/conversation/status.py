"""Done, snoozed, open again: whether a conversation has something left to do for the team.

Each act writes one entry of the audit, with all that it changed as it was and as it is, and by that
is taken back: exactly, or not at all where it has changed since.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from .. import audit, live
from ..accounts import users
from ..accounts.authority import Act
from ..audit import Actor
from ..database import db, transaction, utcnow
from ..models import Action, Direction, Message, Participant, Subject, User
from ..models.participant import ConversationStatus
from . import takeover

OPEN, SNOOZED, DONE = ConversationStatus.OPEN, ConversationStatus.SNOOZED, ConversationStatus.DONE
ACTIONS = (Action.MARKED_DONE, Action.SNOOZED, Action.OPENED_AGAIN)
MOMENTS = (
    "snoozed_until",
    "waiting_since",
    "attention_at",
    "called_at",
    "paused_until",
    "asked_for_person_at",
)
# And what whoever it is needs to be allowed.
PEOPLE = {"assigned_to_id": Act.SEE_TO_ATTENTION, "taken_over_by_id": Act.HOLD_CONVERSATIONS}
CHANGED = ("status", "attention", *MOMENTS, *PEOPLE)  # by an act, at most


class Seen(NamedTuple):
    """What somebody who acts had before them: the status, who held it, and the newest message of
    the participant's (None: whatever it was)."""

    status: str
    holder_id: int | None = None
    heard: int | None = None


class WroteMeanwhileError(Exception):
    """The participant has written something that who acts had not before them."""


class ChangedMeanwhileError(Exception):
    """Somebody was there before: `status` is what it is now, and `who` did it, where one knows."""

    def __init__(self, status: str, who: User | None) -> None:
        super().__init__(status)
        self.status, self.who = status, who


def done(participant_id: int, actor: User, seen: Seen | None = None) -> None:
    """Nothing is left to do: nobody is called any more, nobody holds it or looks after it, and the
    assistant answers again what they may write.

    `seen` is what `actor` had before them. Raises ChangedMeanwhileError, WroteMeanwhileError, and
    TakenOverByAnotherError where a colleague has taken it over meanwhile.
    """
    with transaction():
        finish(_as_seen(participant_id, actor, seen), actor)


def snooze(
    participant_id: int, actor: User, until: datetime | None, seen: Seen | None = None
) -> None:
    """Out of sight until that moment, or else until they write; raises as `done` does."""
    with transaction():
        put_off(_as_seen(participant_id, actor, seen), actor, until)


def open_again(participant_id: int, actor: User) -> None:
    """Among the open ones, whatever it was."""
    with transaction():
        reopen(_load(participant_id), actor)


def take_back(participant_id: int, actor: User) -> bool:
    """Undo the last act; False where something has changed since."""
    with transaction():
        if (entry := _last(participant_id)) is None:
            return False
        users.share(User.id.in_(people_before(entry)))
        participant, last = _load(participant_id), _last(participant_id)
        is_last = last is not None and last.id == entry.id
        return is_last and restore(participant, entry, actor)


def finish(participant: Participant, actor: Actor, **told: str) -> bool:
    """The same as `done` in the writing unit under way; False where it was done already. The audit
    is `told` this besides."""
    if participant.status == DONE:
        return False
    before = _held(participant)
    if participant.taken_over_by_id is not None or participant.paused_until is not None:
        takeover.let_go(participant)
    participant.attention = participant.attention_at = participant.called_at = None
    participant.asked_for_person_at = participant.assigned_to_id = None
    participant.waiting_since = participant.snoozed_until = None
    participant.status = DONE
    _record(participant, actor, Action.MARKED_DONE, before, told)
    return True


def put_off(participant: Participant, actor: Actor, until: datetime | None, **told: str) -> bool:
    """The same as `snooze`; False where it is snoozed until then already."""
    if (participant.status, participant.snoozed_until) == (SNOOZED, until):
        return False
    before = _held(participant)
    participant.status, participant.snoozed_until = SNOOZED, until
    _record(participant, actor, Action.SNOOZED, before, told)
    return True


def reopen(participant: Participant, actor: Actor, **told: str) -> bool:
    """The same as `open_again`; False where it is open."""
    if participant.status == OPEN:
        return False
    before = _held(participant)
    participant.reopen()
    _record(participant, actor, Action.OPENED_AGAIN, before, told)
    return True


def come_back(participant: Participant, actor: Actor) -> None:
    """The time has come until which it was snoozed: it stands on top, and says so."""
    before = _held(participant)
    participant.status, participant.last_activity_at = OPEN, utcnow()
    _record(participant, actor, Action.OPENED_AGAIN, before, {})


def restore(participant: Participant, entry: audit.Entry, actor: Actor, **told: str) -> bool:
    """Make it as it was before `entry`; False where it is no longer as that left it.

    Who has left the team since neither holds it nor looks after it: `people_before` are shared by
    now.
    """
    before, after = entry.before or {}, entry.after or {}
    now = _held(participant)
    if any(now[name] != after.get(name) for name in CHANGED if name in before):
        return False
    for name in CHANGED:
        if name in before:
            setattr(participant, name, _value(name, before[name]))
    _record(participant, actor, Action.OPENED_AGAIN, now, told | {"undone": entry.id})
    return True


def people_before(entry: audit.Entry) -> list[int]:
    """The ids of those who held it and looked after it before `entry`."""
    return [each for name in PEOPLE if (each := (entry.before or {}).get(name))]


def heard(participant_id: int) -> int:
    """The id of the newest message of theirs; 0 for none. A reaction says nothing."""
    said = select(Message.id).where(
        Message.participant_id == participant_id,
        Message.direction == Direction.INBOUND,
        Message.kind != "reaction",
    )
    return db.session.scalar(said.order_by(Message.id.desc()).limit(1)) or 0


def newest() -> int:
    """The id of the newest message of all; 0 for none."""
    return db.session.scalar(select(func.max(Message.id))) or 0


def wrote_since(participant_ids: Collection[int], message_id: int) -> Collection[int]:
    """Those of them who have written something after that message. A reaction says nothing."""
    said = select(Message.participant_id).where(
        Message.id > message_id,
        Message.participant_id.in_(participant_ids),
        Message.direction == Direction.INBOUND,
        Message.kind != "reaction",
    )
    return set(db.session.scalars(said))


def _load(participant_id: int) -> Participant:
    return db.session.get_one(Participant, participant_id, with_for_update=True)


def _as_seen(participant_id: int, actor: User, seen: Seen | None) -> Participant:
    participant = _load(participant_id)
    if seen is None:
        return participant
    if participant.status not in (seen.status, OPEN):
        entry = _last(participant_id)
        who = users.of_email(entry.actor) if entry else None
        raise ChangedMeanwhileError(participant.status, who)
    takeover.check_holder(participant, actor, seen.holder_id)
    if seen.heard is not None and heard(participant_id) > seen.heard:
        raise WroteMeanwhileError
    return participant


def _last(participant_id: int) -> audit.Entry | None:
    return audit.latest_of(ACTIONS, Subject.PARTICIPANT, participant_id)


def _held(participant: Participant) -> dict[str, Any]:
    """What an act may change, as JSON holds it."""
    found = {name: getattr(participant, name) for name in CHANGED}
    return found | {name: found[name] and found[name].isoformat() for name in MOMENTS}


def _value(name: str, held: Any) -> Any:
    if name in MOMENTS:
        return held and datetime.fromisoformat(held)
    if name in PEOPLE:
        user = users.staying(held, PEOPLE[name]) if held else None
        return user and user.id
    return held


def _record(
    participant: Participant,
    actor: Actor,
    action: Action,
    before: Mapping[str, Any],
    told: Mapping[str, Any],
) -> None:
    now = _held(participant)
    changed = [name for name in CHANGED if now[name] != before[name]]
    audit.record(
        actor,
        action,
        Subject.PARTICIPANT,
        participant.id,
        before={name: before[name] for name in changed},
        after={name: now[name] for name in changed} | dict(told),
    )
    live.conversation_changed(participant.id, also=("attention",))
