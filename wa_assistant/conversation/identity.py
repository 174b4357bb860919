"""Who writes: one person is one participant, whatever their provider calls them today."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from ..database import db, insert_once, one_at_a_time
from ..models import Attention, FormerAddress, Message, Participant, Status
from ..models.participant import match_key, number_in
from . import attention

# What is on its way is asked for at the address it was sent to.
ON_THE_WAY = (Status.CLAIMED, Status.UNCERTAIN)
LONGEST_NAMED = 240  # characters of an address that is made of a BSUID
MOST_OTHERS = 5


class Sender(NamedTuple):
    """What the provider says of who writes: "whatsapp:+5511..." or a user name, and their BSUID."""

    address: str
    external_user_id: str | None


def find_or_make(sender: Sender, *, simulated: bool, at: datetime) -> Participant:
    """The participant who is `sender`, locked; what is new about them since is written down.

    They are known by their address, else by their BSUID, else by their number however it is
    written. Where two rows fit, the first of these counts and neither row is changed into the
    other: which of them to keep is for people to say, who are called.

    A number under which another BSUID is known is somebody else's by now: they are a participant of
    their own, who inherits nothing.
    """
    former = None
    participant = None if _is_passed_on(sender) else _by_address(sender)
    if participant is None:
        one_at_a_time("newcomers")  # of two first messages under two addresses
        former = _by_address(sender) if _is_passed_on(sender) else None
        if former and former.last_inbound_at and at < former.last_inbound_at:
            return _by_other_means(sender, simulated) or former  # found late: it changes nothing
        if former:
            _leave_address(former)
        participant = (
            _by_address(sender)
            or _by_other_means(sender, simulated)
            or _by_former_address(sender, simulated)
        )
    if participant is None:
        participant = _make(sender, simulated, at)
    _take_over(participant, sender, at)
    if former:
        attention.call(participant, Attention.NUMBER_PASSED_ON)
    return participant


def is_same(address: str, other: str) -> bool:
    """Whether both address one telephone, however its number is written."""
    key = match_key(number_in(address))
    return address == other or (key is not None and key == match_key(number_in(other)))


def as_kept(address: str) -> str:
    """An address as it leads on to who stays of two who were merged: however its number is
    written."""
    key = match_key(number_in(address))
    return f"{address.partition(':')[0]}:{key}" if key else address


def _is_passed_on(sender: Sender) -> bool:
    """Whether the address is known, as another person's."""
    if not sender.external_user_id:
        return False
    known = select(Participant.external_user_id).where(Participant.address == sender.address)
    return db.session.scalar(known) not in (None, sender.external_user_id)


def _leave_address(former: Participant) -> None:
    """Who had it before is reached by their BSUID alone from now on, if at all."""
    channel = former.address.partition(":")[0]
    address = f"{channel}:{former.external_user_id}"[:LONGEST_NAMED]
    taken = db.session.scalar(select(Participant.id).where(Participant.address == address))
    former.address, former.phone = f"{address}#{former.id}" if taken else address, None
    db.session.flush()


def _by_address(sender: Sender) -> Participant | None:
    return _found(Participant.address == sender.address)


def _by_other_means(sender: Sender, simulated: bool) -> Participant | None:
    """By the BSUID, then by the number; who is pretended is never somebody real."""
    named = sender.external_user_id
    same_channel = Participant.simulated == simulated
    known = _found(Participant.external_user_id == named, same_channel) if named else None
    key = match_key(number_in(sender.address))
    if known or not key:
        return known
    same_number = (Participant.match_key == key, same_channel)
    if not named:
        return _found(*same_number)
    # A number that has lain idle is given to somebody else: another BSUID is another person.
    not_another = or_(Participant.external_user_id.is_(None), Participant.external_user_id == named)
    return _found(*same_number, not_another)


def _by_former_address(sender: Sender, simulated: bool) -> Participant | None:
    """By what somebody was called with whom they were merged; as whom they are found by both from
    now on. Another BSUID under such a number is another person, who leads nowhere."""
    names = {as_kept(sender.address), sender.external_user_id} - {None}
    found = db.session.scalars(select(FormerAddress).where(FormerAddress.address.in_(names))).all()
    if not found:
        return None
    same = Participant.id == found[0].participant_id, Participant.simulated == simulated
    participant = _found(*same)
    named, known = sender.external_user_id, participant and participant.external_user_id
    is_known = any(each.address == named for each in found)
    if participant is None or (named and known and named != known and not is_known):
        return None
    for name in {as_kept(participant.address), known} - {None, named}:
        led = {"participant_id": participant.id, "former_id": found[0].former_id}
        insert_once(FormerAddress, address=name, **led)
    return participant


def _found(*conditions: ColumnElement[bool]) -> Participant | None:
    """Of several, who was active last.

    Locked by the id: whoever waited for a row that no longer fits would hold it all the same, and
    wait for the newcomers' turn with it.
    """
    found = db.session.scalar(
        select(Participant.id)
        .where(*conditions)
        .order_by(Participant.last_activity_at.desc(), Participant.id.desc())
        .limit(1)
    )
    if found is None:
        return None
    return db.session.get(Participant, found, with_for_update=True, populate_existing=True)


def _make(sender: Sender, simulated: bool, at: datetime) -> Participant:
    phone = number_in(sender.address)
    insert_once(
        Participant,
        address=sender.address,
        phone=phone,
        match_key=match_key(phone),
        simulated=simulated,
        last_activity_at=at,
    )
    made = select(Participant).where(Participant.address == sender.address).with_for_update()
    return db.session.scalars(made).one()


def _take_over(participant: Participant, sender: Sender, at: datetime) -> None:
    """The latest address is what we answer to; an older message, found late, tells nothing new."""
    if participant.last_inbound_at and at < participant.last_inbound_at:
        return
    named, known = sender.external_user_id, participant.external_user_id
    participant.external_user_id = named or known
    if named and named != known and others(participant):
        attention.call(participant, Attention.TWO_ROWS)
    if participant.address == sender.address or _is_awaited(participant):
        return
    participant.address = sender.address
    participant.phone = number_in(sender.address) or participant.phone


def others(participant: Participant) -> Sequence[Participant]:
    """The other rows that are the same person, by their BSUID."""
    if not participant.external_user_id:
        return ()
    same = (
        Participant.external_user_id == participant.external_user_id,
        Participant.simulated == participant.simulated,
        Participant.id != participant.id,
    )
    return db.session.scalars(select(Participant).where(*same).limit(MOST_OTHERS)).all()


def _is_awaited(participant: Participant) -> bool:
    """Whether a message to the old address is under way; the next one they write will do."""
    on_the_way = (Message.participant_id == participant.id, Message.status.in_(ON_THE_WAY))
    return db.session.scalar(select(Message.id).where(*on_the_way).limit(1)) is not None
