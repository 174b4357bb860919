"""Who is merged by whom, for the tests of it."""

from typing import Any

from tests.cast import only, participant
from wa_assistant.database import db, transaction
from wa_assistant.models import Participant
from wa_assistant.operations import merge


def merged(actor: Any, stays: str, goes: str, **theirs: bool) -> Any:
    merge.merge(actor, participant(stays).id, participant(goes).id, theirs)
    return only(Participant)


def change(address: str, **columns: Any) -> int:
    with transaction():
        found = db.session.query(Participant).where(Participant.address == address).one()
        for name, value in columns.items():
            setattr(found, name, value)
        return found.id
