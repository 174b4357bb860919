"""Before two are made one, a page shows what each has, and what is chosen there counts."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import ANA, BIA, BRUNO, known, only, set_back, write
from tests.web import people
from wa_assistant.database import db, transaction
from wa_assistant.models import Attention, Participant, Role


@pytest.fixture
def bia(app: Flask, context: None) -> FlaskClient:
    """Ana's newer row and an older one, under the same name."""
    write(ANA, "from the new one", ProfileName="Ana Souza")
    write(BRUNO, "from the old one", ProfileName="Ana  SOUZA")
    set_back(Participant.last_activity_at, 60, Participant.address == BRUNO)
    return people.signed_in(app, BIA, Role.EDITOR)


def ids() -> tuple[int, int]:
    found = dict(db.session.query(Participant.address, Participant.id).all())
    return found[ANA], found[BRUNO]


def test_who_may_be_the_same_is_suggested(bia):
    new, old = ids()
    page = bia.get(f"/participants/{new}/merge").text
    assert f'href="/participants/{new}/merge?with={old}"' in page
    assert "Nobody has the same name" not in page


def test_whoever_else_is_looked_for(bia):
    new, _ = ids()
    other = known("whatsapp:+5521987650000")
    page = bia.get(f"/participants/{new}/merge?q=98765-0000").text
    assert f"/participants/{new}/merge?with={other}" in page


def test_the_page_shows_what_each_has_and_who_was_active_last_stays(bia):
    new, old = ids()
    page = bia.get(f"/participants/{old}/merge?with={new}").text
    assert f'action="/participants/{new}/merge"' in page
    assert "This cannot be undone." in page
    checked = re.findall(r'name="of-address"\s+value="(\d+)"\s+checked', page)
    assert checked == [str(new)]
    other = bia.get(f"/participants/{old}/merge?with={new}&stays={old}").text
    assert f'action="/participants/{old}/merge"' in other


def test_what_is_chosen_counts_and_old_addresses_lead_on(bia):
    new, old = ids()
    page, place = f"/participants/{new}/merge?with={old}", f"/participants/{new}/merge"
    response = people.submit(bia, page, place, goes=old, **{"of-address": old, "of-name": new})
    assert response.location == f"/conversations/{new}"
    assert only(Participant).address == BRUNO
    gone = bia.get(f"/conversations/{old}")
    assert (gone.status_code, gone.location) == (303, f"/conversations/{new}")
    again = bia.post(place, data={"goes": old, "csrf_token": token(bia)}, follow_redirects=True)
    assert "Somebody has merged them already" in again.text


def test_what_a_colleague_put_there_meanwhile_is_looked_at_first(bia):
    new, old = ids()
    look, place = f"/participants/{new}/merge?with={old}", f"/participants/{new}/merge"
    page = bia.get(look)
    [seen] = re.findall(r'name="seen" value="(\w+)"', page.text)
    form = {"goes": old, "seen": seen, "csrf_token": people.csrf_token(page)}
    with transaction():
        db.session.get_one(Participant, old).known_as = "Ana, of the fair"
    again = bia.post(place, data=form, follow_redirects=True)
    assert "nothing is merged yet" in again.text
    assert "Ana, of the fair" in again.text
    assert db.session.query(Participant).count() == 2


def token(client: FlaskClient) -> str:
    return people.csrf_token(client.get("/preferences"))


def test_who_is_twice_in_the_list_leads_to_the_page(bia):
    new, old = ids()
    with transaction():
        for each in (new, old):
            row = db.session.get_one(Participant, each)
            row.external_user_id, row.attention = "BR.111111111111", Attention.TWO_ROWS
            row.attention_at = row.called_at = row.created_at
    page = bia.get(f"/conversations/{new}").text
    assert f'href="/participants/{new}/merge?with={old}"' in page


def test_one_begins_to_write_in_the_window_and_is_told_of_templates_outside(bia):
    new, _ = ids()
    assert bia.get(f"/participants/{new}/writing").location == f"/conversations/{new}"
    set_back(Participant.last_inbound_at, 25 * 3600)
    page = bia.get(f"/participants/{new}/writing").text
    assert "There are no templates yet." in page


@pytest.mark.parametrize("name", ["field-x", "field-", f"field-{'9' * 5000}", "nothing"])
def test_what_is_chosen_of_no_field_is_nothing(bia, name):
    new, old = ids()
    page = f"/participants/{new}/merge?with={old}"
    form = {"goes": str(old), f"of-{name}": str(old)}
    assert people.submit(bia, page, f"/participants/{new}/merge", **form).status_code == 303
    assert only(Participant).id == new
