"""What the team sees of who has stopped, whose window is closed, and who is in the list twice."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, participant, write
from tests.journey.under_way import moved
from tests.support.browser import findings, photograph
from wa_assistant.conversation import outbox, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import starters
from wa_assistant.models import Author, Journey, Message, Participant, Role, Status, User

from .pages import of_many_looks, squeezed

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]

STOPS, CLOSED, TWICE = (f"whatsapp:+55119{number}" for number in (1, 2, 3))


@pytest.fixture
def people(context: None) -> None:
    starters.install()
    write(STOPS, "Oi", ProfileName="Rafael Nogueira")
    write(CLOSED, "Oi", ProfileName="Camila Duarte")
    write(TWICE, "Oi", ProfileName="João Pedro", WaId=None)
    write("whatsapp:BR.77", "Oi", ProfileName="João P.", WaId=None, ExternalUserId="BR.77")
    write(TWICE, "Sou eu", ProfileName="João Pedro", ExternalUserId="BR.77")
    write(STOPS, "SAIR", ProfileName="Rafael Nogueira")
    moved(participant(CLOSED).id, last_inbound_at=utcnow() - timedelta(hours=30))
    with transaction():
        camila = db.session.get_one(Participant, participant(CLOSED).id)
        outbox.put(camila, "A sua aula mudou.", Author.USER).status = Status.PARKED


@pytest.mark.usefixtures("people")
@of_many_looks
def test_it_is_told_where_one_acts_on_it(visit, look):
    size, theme, language = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=language)
    with transaction():
        user = db.session.query(User).filter_by(email=BIA).one()
        db.session.expunge(user)
    takeover.take_over(participant(STOPS).id, user)
    end = f"{size['width']}-{theme}-{language}"
    for name, address in {"stopped": STOPS, "closed": CLOSED, "twice": TWICE}.items():
        page = bia.open(f"/conversations/{participant(address).id}")
        photograph(page, f"{name}-{end}")
        assert findings(page) == [], name
        assert squeezed(page) == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
    page = bia.open("/conversations?show=parked")
    photograph(page, f"parked-{end}")
    assert squeezed(page) == []
    page = bia.open(f"/journeys/{_support_desk()}")
    photograph(page, f"journey-parked-{end}")
    assert findings(page) == []


@pytest.mark.usefixtures("people")
def test_who_has_stopped_is_written_to_after_a_tick_only(visit):
    page = visit(BIA, Role.EDITOR).open(f"/conversations/{participant(STOPS).id}")
    page.get_by_label("Message to").fill("Obrigada, Rafael.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_label("Message to")).to_have_value("Obrigada, Rafael.")
    page.get_by_label("Write to them all the same").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message").last).to_contain_text("Obrigada, Rafael.")
    assert participant(STOPS).stopped_at
    assert [each.body for each in _from_bia()] == ["Obrigada, Rafael."]


def _from_bia() -> list[Message]:
    with transaction():
        return list(db.session.query(Message).filter(Message.form_key.is_not(None)))


def _support_desk() -> int:
    with transaction():
        return int(db.session.query(Journey).filter_by(starter="support-desk:pt").one().id)
