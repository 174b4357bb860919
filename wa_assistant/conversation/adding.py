"""Adds somebody to the participants by hand, who has not written yet. It gives no consent."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from .. import audit, live
from ..database import db, one_at_a_time, transaction
from ..models import Action, FormerAddress, Participant, Subject, User
from ..models.characters import seen_in_a_line
from ..models.participant import match_key
from ..settings.problem import Problem
from . import phone

NAME_CHARACTERS = 200
NO_NUMBER = _l(
    "This is no telephone number: write it with its area code, or with + and its country."
)
TOO_LONG = _l("At most %(num)d characters.", num=NAME_CHARACTERS)


class IsThereError(Exception):
    """Somebody has that number already: `participant`."""

    def __init__(self, participant: Participant) -> None:
        super().__init__(participant.id)
        self.participant = participant


def add(actor: User, number: str, name: str) -> Participant:
    """The new participant, whom the team calls `name`. Raises Problem, and IsThereError where
    somebody has that number, however it is written."""
    called = seen_in_a_line(name)
    if len(called) > NAME_CHARACTERS:
        raise Problem({"name": TOO_LONG})
    with transaction():
        one_at_a_time("newcomers")  # as who writes first: see identity.py
        made = make(number)
        made.known_as = called
        db.session.add(made)
        db.session.flush()
        audit.record(actor, Action.ADDED, Subject.PARTICIPANT, made.id)
        live.changed("conversations")
        return made


def make(number: str) -> Participant:
    """A participant of that number, not added yet. Raises as `add` does."""
    dialled = phone.typed(number)
    if dialled is None:
        raise Problem({"number": NO_NUMBER})
    if known := find(dialled):
        raise IsThereError(known)
    return Participant(address=f"whatsapp:{dialled}", phone=dialled)


def find(dialled: str) -> Participant | None:
    """Who has the E.164 number `dialled`, or had it before they were merged; nobody pretended."""
    address = f"whatsapp:{dialled}"
    former = select(FormerAddress.participant_id).where(FormerAddress.address == address)
    theirs = or_(
        Participant.match_key == match_key(dialled),
        Participant.address == address,
        Participant.id.in_(former),
    )
    newest = Participant.last_activity_at.desc()
    return db.session.scalars(
        select(Participant).where(theirs, ~Participant.simulated).order_by(newest).limit(1)
    ).first()
