"""The buttons of a conversation as plain forms: where they lead, and the way back from them."""

import json
import re

import pytest
from sqlalchemy import select

from tests.cast import ANA
from tests.web.people import comes_in, csrf_token, submit
from wa_assistant.database import utcnow
from wa_assistant.extensions import db
from wa_assistant.models import Attention, Participant

pytestmark = pytest.mark.usefixtures("context")

KEY = "a-key-of-a-form"


@pytest.fixture
def path(client, twilio) -> str:
    comes_in(twilio, client, ANA, "Oi", ProfileName="Ana")
    return f"/conversations/{db.session.scalars(select(Participant.id)).one()}"


@pytest.fixture
def phone(bia) -> str:
    return submit(bia, "/simulator", "/simulator", name="Ivo", body="Olá").location


def ana() -> Participant:
    db.session.rollback()
    return db.session.scalars(select(Participant)).one()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("takeover", {}),
        ("pause", {"length": "15"}),
        ("attention", {}),
        ("messages", {"body": "Bom dia", "form_key": KEY}),
        ("messages", {"body": "", "form_key": KEY}),
    ],
)
def test_what_is_done_beside_the_phone_leads_back_to_it(bia, phone, action, fields):
    team = bia.get(phone).text
    assert len(re.findall('name="place" value="simulator"', team)) == 3  # buttons, composer, note
    conversation = phone.replace("simulator", "conversations")
    response = submit(bia, phone, f"{conversation}/{action}", place="simulator", **fields)
    assert response.location == f"{phone}?side=team"
    assert bia.get(response.location).status_code == 200
    response = submit(bia, phone, f"{conversation}/{action}", **fields)
    assert response.location == conversation


def test_what_was_resolved_can_be_reopened_from_the_page_it_leads_to(bia, path):
    submit(bia, path, f"{path}/attention")
    page = bia.get(submit(bia, path, f"{path}/attention/end").location).text
    assert ana().attention is None
    assert "Marked as resolved." in page
    assert f'action="{path}/attention/again"' in page
    submit(bia, path, f"{path}/attention/again")
    assert ana().attention == Attention.ASKED_FOR
    assert "Marked as resolved." not in bia.get(path).text


def test_in_a_page_with_htmx_the_way_back_passes_by_with_the_words(bia, path):
    submit(bia, path, f"{path}/attention")
    form = {"csrf_token": csrf_token(bia.get(path))}
    headers = {"HX-Request": "true"}
    response = bia.post(f"{path}/attention/end", data=form, headers=headers)
    assert json.loads(response.headers["HX-Trigger"])["toast"] == {
        "value": "Marked as resolved.",
        "act": {"label": "Reopen", "path": f"{path}/attention/again", "form": "actions"},
    }


def test_the_way_back_to_the_list_keeps_what_was_searched_for(bia, path):
    for page in (path, f"{path}/head"):
        html = bia.get(page, query_string={"show": "unread", "q": "an a"}).text
        assert re.search(r'id="back" href="/conversations\?show=unread&amp;q=an\+a"', html)


@pytest.mark.parametrize("action", ["takeover", "attention", "status/done", "status/undo"])
def test_what_is_done_leaves_one_in_the_list_one_came_from(bia, path, action):
    page = bia.get(path, query_string={"show": "unread", "sort": "waiting", "q": "an a"}).text
    fields = hidden(page, "actions")
    assert fields.items() >= {"show": "unread", "sort": "waiting", "q": "an a"}.items()
    shown = bia.post(f"{path}/{action}", data=fields, headers={"HX-Request": "true"}).text
    listed = "?show=unread&amp;q=an+a&amp;sort=waiting"
    assert f'id="back" href="/conversations{listed}"' in shown
    response = bia.post(f"{path}/{action}", data=fields)
    assert response.location == f"{path}{listed}".replace("&amp;", "&")


@pytest.mark.parametrize(("form", "action"), [("composer", "messages"), ("note", "notes")])
def test_what_is_written_leaves_one_in_the_list_one_came_from(bia, path, form, action):
    page = bia.get(path, query_string={"show": "mine"}).text
    response = bia.post(f"{path}/{action}", data=hidden(page, form) | {"body": "Bom dia"})
    assert response.location == f"{path}?show=mine"


def test_a_day_and_the_way_back_from_it_stay_in_the_list(bia, path):
    page = bia.get(path, query_string={"show": "mine"}).text
    day = {"day": utcnow().date().isoformat()}
    for asked in (day | hidden(page, "to-day"), hidden(page, "to-day")):
        response = bia.get(f"{path}/day", query_string=asked)
        assert re.match(rf"{path}\?(at=\d+&)?show=mine(#|$)", response.location)
    page = bia.get(path, query_string={"show": "mine", "before": 1}).text
    assert f'hx-get="{path}/thread?before=1&amp;show=mine"' in page


@pytest.mark.parametrize(
    "step", [r"/quick-replies", r"/person", r"/notes/\d+", r"\?quote=\d+"], ids=str
)
def test_no_link_of_a_conversation_forgets_the_list(bia, path, step):
    page = bia.get(path, query_string={"show": "mine"}).text
    bia.post(f"{path}/notes", data=hidden(page, "note") | {"body": "Ligar amanhã"})
    page = bia.get(path, query_string={"show": "mine"}).text
    (address,) = set(re.findall(rf'href="({path}{step}[^"]*)"', page))
    assert "show=mine" in address
    page = bia.get(address.replace("&amp;", "&")).text
    page = page.partition('<section class="pane"')[2] or page  # beside it other lists are offered
    backs = re.findall(rf'href="({path}(?:\?[^"]*)?)"', page)
    assert [each for each in backs if "show=mine" not in each] == []
    assert backs


def test_what_is_changed_on_the_card_s_own_page_keeps_the_list(bia, path):
    page = bia.get(f"{path}/person", query_string={"show": "mine"}).text
    (found,) = re.findall(r'<form[^>]*action="[^"]*/name".*?</form>', page, re.S)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found))
    response = bia.post(f"{path}/name", data=fields | {"name": "Ana Luz"})
    assert response.location == f"{path}/person?show=mine"


def hidden(page: str, form: str) -> dict[str, str]:
    """What a form of the page sends besides what one types."""
    (found,) = re.findall(rf'<form[^>]*id="{form}".*?</form>', page, re.S)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found))


def test_numbers_in_the_simulator_are_written_as_people_read_them(bia, phone):
    for page in ("/simulator", phone):
        assert re.search(r'class="quiet">\+55 11 9\d{4}-\d{4}<', bia.get(page).text)
