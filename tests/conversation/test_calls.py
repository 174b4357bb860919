"""However many need a person, none drops off the list."""

import pytest
from sqlalchemy import select, update

from tests.cast import CAIO
from wa_assistant.conversation import reading
from wa_assistant.database import db, insert_once, transaction, utcnow
from wa_assistant.models import Attention, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")

MANY = reading.MOST_ATTENTION + reading.PAGE + 20


@pytest.mark.parametrize("show", ["open", "attention"])
def test_who_needs_a_person_is_on_some_page_once(show):
    with transaction():
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
        for number in range(MANY):
            insert_once(Participant, address=f"whatsapp:+55119{number:08}")
        called = {"attention": Attention.NO_MODEL, "attention_at": utcnow()}
        db.session.execute(update(Participant).values(**called))
    caio = db.session.scalars(select(User)).one()
    found, before = [], None
    for _ in range(MANY):
        page = reading.listing(caio, show=show, before=before)
        found += [participant.id for participant in page.participants]
        before = page.older
        if before is None:
            break
    assert len(found) == len(set(found)) == MANY
