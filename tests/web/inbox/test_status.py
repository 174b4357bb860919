"""Done, snoozed and open again, as plain forms and in place; and what the lists show of it."""

import json
import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from tests.cast import ANA, BIA, CAIO, only, participant, write
from tests.web.people import csrf_token, submit
from wa_assistant.conversation import later_on, status, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Attention, Participant, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def path(context) -> str:
    write(ANA, "Oi", ProfileName="Ana")
    return f"/conversations/{participant(ANA).id}"


def test_it_is_done_and_undone_without_a_script(bia, path):
    response = submit(bia, path, f"{path}/status/done")
    assert response.location == path
    page = bia.get(path).text
    assert participant(ANA).status == "done"
    assert "Marked as done." in page
    assert f'action="{path}/status/undo"' in page
    submit(bia, path, f"{path}/status/undo")
    assert participant(ANA).status == "open"


def test_in_place_the_head_says_so_and_the_way_back_passes_by(bia, path):
    form, headers = {"csrf_token": csrf_token(bia.get(path))}, {"HX-Request": "true"}
    response = bia.post(f"{path}/status/done", data=form, headers=headers)
    assert 'id="open-again"' in response.text
    toast = json.loads(response.headers["HX-Trigger"])["toast"]
    assert toast["act"]["path"] == f"{path}/status/undo"


@pytest.mark.parametrize("name", [later_on.HOUR, later_on.TOMORROW, later_on.MONDAY])
def test_it_is_snoozed_until_a_moment_that_is_offered(bia, path, name):
    assert f'id="snooze-{name}"' in bia.get(path).text
    submit(bia, path, f"{path}/status/snooze", until=name)
    row = participant(ANA)
    assert row.status == "snoozed"
    assert row.snoozed_until > utcnow()
    assert "Snoozed until" in bia.get(f"{path}/head").text


def test_it_is_snoozed_until_they_write_or_a_moment_of_one_s_own(bia, path):
    submit(bia, path, f"{path}/status/snooze", until="reply")
    assert (participant(ANA).status, participant(ANA).snoozed_until) == ("snoozed", None)
    submit(bia, path, f"{path}/status/open")
    moment = (utcnow() + timedelta(days=2)).replace(microsecond=0)
    submit(bia, path, f"{path}/status/snooze", until="", at=moment.isoformat())
    assert (participant(ANA).status, participant(ANA).snoozed_until) == ("snoozed", moment)
    thread = bia.get(path).text
    assert thread.count("snoozed it until they write") == 1
    assert thread.count("snoozed it until") == 2
    for at in ("", "yesterday", "2020-01-01T00:00", "9999-12-31T23:59"):
        submit(bia, path, f"{path}/status/open")
        page = bia.get(submit(bia, path, f"{path}/status/snooze", until="", at=at).location).text
        assert "Choose a date and a time ahead" in page
        assert participant(ANA).status == "open"


def test_the_second_of_two_is_told_who_did_it(bia, caio, path):
    bia.get(path)
    status.done(participant(ANA).id, only(User, User.email == CAIO))
    response = submit(bia, path, f"{path}/status/snooze?seen=open", until="reply")
    name = only(User, User.email == CAIO).label
    assert f"{name} has marked it as done meanwhile." in bia.get(response.location).text
    assert participant(ANA).status == "done"


def press(client, path: str, button: str, before_one: str, **fields) -> str:
    """What is said to who presses a button of a page that they opened before."""
    (action,) = re.findall(rf'id="{button}".*?formaction="([^"]+)"', before_one, re.DOTALL)[:1]
    response = submit(client, path, unescape(action), **fields)
    return str(client.get(response.location).text)


@pytest.mark.parametrize("button", ["done", "snooze-reply"])
def test_what_they_write_at_that_moment_is_not_put_out_of_sight(bia, path, button):
    page = bia.get(path).text
    write(ANA, "E mais uma coisa")
    fields = {"until": "reply"} if button != "done" else {}
    assert "They have written meanwhile" in press(bia, path, button, page, **fields)
    assert participant(ANA).status == "open"
    press(bia, path, button, bia.get(path).text, **fields)
    assert participant(ANA).status != "open"


def test_what_a_colleague_took_over_at_that_moment_stays_theirs(bia, caio, path):
    page, colleague = bia.get(path).text, only(User, User.email == CAIO)
    takeover.take_over(participant(ANA).id, colleague)
    said = press(bia, path, "done", page)
    assert f"{colleague.label} has taken it over meanwhile." in said
    assert participant(ANA).status == "open"
    assert participant(ANA).taken_over_by_id == colleague.id
    press(bia, path, "done", bia.get(path).text)
    assert participant(ANA).status == "done"


def test_the_table_tells_the_day_until_which_it_is_snoozed(bia, path):
    until = utcnow() + timedelta(days=40)
    status.snooze(participant(ANA).id, only(User, User.email == BIA), until)
    page = bia.get("/participants").text
    assert f"Snoozed until {until.astimezone(ZoneInfo('America/Sao_Paulo')):%-m/%-d/%y}" in page


def test_yesterday_amid_a_sentence_is_no_beginning(bia, path):
    with transaction():
        row = db.session.get_one(Participant, participant(ANA).id)
        row.attention, row.attention_at = Attention.NOT_DELIVERED, utcnow() - timedelta(days=1)
    page = bia.get(path).text
    assert "since yesterday" in page
    assert "since Yesterday" not in page


def test_a_viewer_may_not(davi, bia, path):
    token = csrf_token(davi.get("/preferences"))
    response = davi.post(f"{path}/status/done", data={"csrf_token": token})
    assert response.status_code == 403
    page = davi.get(path).text
    assert "status/done" not in page
    assert 'name="participant"' not in page


def test_each_list_says_how_many_stand_in_it(bia, path):
    page = bia.get("/conversations/filters", headers={"HX-Request": "true"}).text
    counted = dict(re.findall(r'id="list-([\w-]+)".*?class="list-count">(\d+)<', page, re.DOTALL))
    assert (counted["open"], counted["unassigned"], counted["done"]) == ("1", "1", "0")


def test_in_portuguese_a_list_is_of_many_and_a_state_of_one(bia, caio, path):
    status.done(participant(ANA).id, only(User, User.email == CAIO))
    portuguese = {"Accept-Language": "pt-BR"}
    page = bia.get(f"{path}?show=done", headers=portuguese).text
    lists = dict(re.findall(r'id="list-(\w+)".*?class="one-line">([^<]+)<', page, re.DOTALL))
    assert (lists["done"], lists["simulated"]) == ("Concluídas", "Simuladas")
    state = page.partition('id="state"')[2].partition("</p>")[0]
    assert ">Concluída<" in re.sub(r"\s+|</?svg.*?>|<use.*?>", "", state)
    submit(bia, path, f"{path}/status/open")
    assert "<span>Concluir</span>" in bia.get(path, headers=portuguese).text


def test_what_needs_a_person_tells_since_when(bia, path):
    with transaction():
        row = db.session.get_one(Participant, participant(ANA).id)
        row.attention, row.attention_at = Attention.NOT_DELIVERED, utcnow()
    row = participant(ANA)
    page = bia.get("/conversations/list", headers={"HX-Request": "true"}).text
    assert f'datetime="{row.attention_at.isoformat()}"' in page
    assert len(re.findall(r'class="marks"', page)) == 1
