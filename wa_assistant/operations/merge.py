"""Makes one participant of two who are one person. It cannot be undone.

All that is kept of the other becomes theirs, in one writing unit: what each table has of it,
merged_rows.py says, and what becomes of the participants' own columns, merged_columns.py. What the
other was called leads to who stays from then on: see conversation/identity.py.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import audit, live
from ..accounts import users
from ..conversation import fields
from ..conversation.identity import ON_THE_WAY, as_kept
from ..database import db, insert_once, transaction, utcnow
from ..models import Action, FormerAddress, Message, Participant, Subject, User
from ..settings.problem import Words
from . import merged_columns, merged_rows

# Parts that people fill in; the others go on by themselves, and are nobody's words.
CHOSEN = ("known_as", "language", "assigned")
SAME = _l("This is one participant, and not two.")
ANOTHER_SORT = _l("Somebody simulated and somebody real are not one person.")
ANSWERED_NOW = _l("One of them is being answered at this moment. Try again in a minute.")
CHANGED = _l("What one of them has was changed meanwhile. Look again: nothing is merged yet.")
SENT_NOW = _l("A message to one of them is on its way. Try again in a minute.")


class RefusedError(Exception):
    """They are not merged, for now or at all, as `words` say."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words


class MergedAlreadyError(Exception):
    """Somebody was there before: one of them is no more. `stays`: the id of who is there instead,
    None where that is not known."""

    def __init__(self, stays: int | None) -> None:
        super().__init__()
        self.stays = stays


class Pair(NamedTuple):
    stays: Participant
    goes: Participant


def merge(
    actor: User,
    stays_id: int,
    goes_id: int,
    theirs: Mapping[str, bool] | None = None,
    seen: str | None = None,
) -> Participant:
    """Who stays, with all that the other had.

    `theirs`: of which parts what the other has counts: those of merged_columns.PARTS, and
    "field-3" for a field; another name is of nothing. `seen`: what `at_choice` said when that was
    chosen, None where nobody looked. Raises RefusedError and MergedAlreadyError.
    """
    chosen = {name for name, is_theirs in (theirs or {}).items() if is_theirs}
    with transaction():
        people = _people(stays_id, goes_id)
        users.share(User.id.in_(people))
        stays, goes = _locked(stays_id, goes_id)
        _check(stays, goes)
        if not _people(stays_id, goes_id) <= people:
            raise RefusedError(CHANGED)
        if seen is not None and seen != at_choice(Pair(stays, goes)):
            raise RefusedError(CHANGED)
        chosen &= {*merged_columns.PARTS, *map(merged_rows.choice, fields.kept())}
        _lead_on(stays, goes, chosen)
        columns = merged_columns.joined(stays, goes, chosen)
        merged_rows.move(stays, goes, chosen)
        db.session.delete(goes)
        db.session.flush()  # an address is one participant's
        for name, value in columns.items():
            setattr(stays, name, value)
        audit.record(actor, Action.MERGED, Subject.PARTICIPANT, stays_id, after={"merged": goes_id})
        live.conversation_changed(stays_id, goes_id, also=("attention",))
        return stays


def by_default(one: Participant, other: Participant) -> Pair:
    """Who was active last stays."""
    newer = (one.last_activity_at, one.id) >= (other.last_activity_at, other.id)
    return Pair(one, other) if newer else Pair(other, one)


def at_choice(pair: Pair) -> str:
    """All of which one of the two counts, as it is now: what somebody puts there later is lost
    where nobody has seen it, so that it is told apart by this."""
    names = [name for part in CHOSEN for name in merged_columns.PARTS[part]]
    values = fields.of([each.id for each in pair])
    said = [
        [*(getattr(each, name) for name in names), sorted(values[each.id].items())] for each in pair
    ]
    return sha256(repr(said).encode()).hexdigest()


def merged_into(participant_id: int) -> int | None:
    """The id of whom this former participant was made one with; None where that is not known."""
    former = select(FormerAddress.participant_id).where(FormerAddress.former_id == participant_id)
    return db.session.scalar(former.limit(1))


def _people(*participant_ids: int) -> set[int]:
    """The ids of those who hold one of them, or look after one: what they have goes on to who
    stays, so that nobody may put them out meanwhile."""
    held = select(Participant.taken_over_by_id, Participant.assigned_to_id)
    found = db.session.execute(held.where(Participant.id.in_(participant_ids)))
    return {each for row in found for each in row if each}


def _locked(stays_id: int, goes_id: int) -> Pair:
    """In the order of their ids, so that two who merge the same wait for each other."""
    if stays_id == goes_id:
        raise RefusedError(SAME)
    found: dict[int, Participant] = {}
    for each in sorted((stays_id, goes_id)):
        row = db.session.get(
            Participant, each, with_for_update={"of": Participant}, populate_existing=True
        )
        if row is None:
            raise MergedAlreadyError(merged_into(each))
        found[each] = row
    return Pair(found[stays_id], found[goes_id])


def _check(stays: Participant, goes: Participant) -> None:
    if stays.simulated != goes.simulated:
        raise RefusedError(ANOTHER_SORT)
    now = utcnow()
    if any(each.claim_token and each.due_at and each.due_at > now for each in (stays, goes)):
        raise RefusedError(ANSWERED_NOW)
    theirs = Message.participant_id.in_((stays.id, goes.id)), Message.status.in_(ON_THE_WAY)
    if db.session.scalar(select(Message.id).where(*theirs).limit(1)) is not None:
        raise RefusedError(SENT_NOW)


def _lead_on(stays: Participant, goes: Participant, chosen: set[str]) -> None:
    """By whatever else they were called they are found, as who stays."""
    left = stays if "address" in chosen else goes
    kept = goes if left is stays else stays
    names = {as_kept(left.address), left.external_user_id} - {None, kept.external_user_id}
    for name in names:
        insert_once(FormerAddress, address=name, participant_id=stays.id, former_id=goes.id)
