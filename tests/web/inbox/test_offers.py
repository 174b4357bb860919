"""At a message that was not said: send again, or use as a draft, by plain forms and links."""

import html
import json
import re

import pytest

from tests.cast import ANA, only, outbound, participant, rows, say, write
from tests.web.people import csrf_token, submit
from wa_assistant.assistant import reply
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import Author, Message, Participant, Reason, Status, User

pytestmark = pytest.mark.usefixtures("context")

AREA = re.compile(r"<textarea[^>]*>\n?(.*?)</textarea>", re.S)


@pytest.fixture
def path() -> str:
    write(ANA, "Oi")
    return f"/conversations/{participant(ANA).id}"


@pytest.fixture
def failed(path) -> int:
    return fail(say(ANA, "Olá, Ana!"), 63012)


def fail(message_id: int, code: int) -> int:
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.status, message.error_code = Status.UNDELIVERED, code
    return message_id


def interrupted(email: str = "bia@example.com") -> int:
    """The assistant has answered, and somebody took over before it was sent; the answer's id."""
    reply.answer(participant(ANA).id)
    takeover.take_over(participant(ANA).id, only(User, User.email == email))
    (message,) = outbound()
    assert message.status == Status.CANCELLED
    return int(message.id)


def composed(client, path: str) -> str:
    found = AREA.search(client.get(path).text)
    assert found
    return html.unescape(found[1])


def in_htmx(client, path: str, action: str) -> dict[str, str]:
    form = {"csrf_token": csrf_token(client.get(path))}
    response = client.post(f"{path}/{action}", data=form, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'id="name"' in response.text  # the head as it is now
    return dict(json.loads(response.headers.get("HX-Trigger", "{}")))


def test_send_again_stands_at_what_failed_and_goes_out_as_the_person(bia, path, failed, work):
    again = f"{path}/messages/{failed}/again"
    assert f'formaction="{again}"' in bia.get(path).text
    response = submit(bia, path, again)
    assert (response.status_code, response.location) == (303, path)
    page = bia.get(path).text
    assert f'formaction="{again}"' not in page
    assert "You sent it again." in page
    assert "The assistant answers." in page  # nobody has taken over
    assert [each.body for each in rows(Message, Message.author == Author.USER)] == ["Olá, Ana!"]


def test_a_colleague_is_told_who_has_sent_it_again(bia, caio, path, failed):
    action = f"messages/{failed}/again"
    assert in_htmx(bia, path, action) == {}
    assert in_htmx(bia, path, action) == {}  # a double click needs no words
    assert in_htmx(caio, path, action) == {"toast": "bia has sent it again already."}
    assert "bia sent it again." in caio.get(path).text
    assert len(rows(Message, Message.author == Author.USER)) == 1


@pytest.mark.parametrize("code", [63016, 63014])
def test_it_is_not_offered_where_it_would_fail_again(bia, path, failed, code):
    fail(failed, code)
    assert "Send again" not in bia.get(path).text
    assert in_htmx(bia, path, f"messages/{failed}/again") == {
        "toast": "This message cannot be sent again."
    }


@pytest.mark.parametrize("reason", [Reason.LIST_UNREADABLE, Reason.AMBIGUOUS, Reason.FAULT])
def test_before_what_may_have_arrived_is_sent_again_the_page_asks(bia, path, failed, reason):
    give_up(failed, reason)
    page = bia.get(path, headers={"Accept-Language": "pt-BR"}).text
    assert "não se sabe se foi enviada" in page
    assert "não enviada" not in page
    assert "read timed out" not in page
    page = bia.get(path).text
    asks = re.search(rf'<details class="offer-asks" id="ask-{failed}">.*?</details>', page, re.S)
    assert asks
    assert "they might read it twice" in asks[0]
    assert f'formaction="{path}/messages/{failed}/again"' in asks[0]
    assert page.count(f"/messages/{failed}/again") == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NOT_TAKEN, "Twilio did not take it, however often it was tried"),
        (Reason.NOT_REACHED, "Twilio could not be reached"),
    ],
)
def test_what_was_certainly_not_sent_is_sent_again_at_once(bia, path, failed, reason, words):
    give_up(failed, reason)
    page = bia.get(path).text
    assert ">not sent<" in page
    assert words in page
    assert "read timed out" not in page
    assert "offer-asks" not in page


def test_to_who_has_stopped_nothing_is_offered(bia, path, failed):
    write(ANA, "SAIR")
    assert "Send again" not in bia.get(path).text


def give_up(message_id: int, reason: Reason) -> None:
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.status, message.error_code = Status.FAILED, None
        message.reason, message.error = reason, "HTTPSConnectionPool: read timed out"


def test_a_viewer_is_offered_nothing(davi, bia, path, failed):
    assert "Send again" not in davi.get(path).text
    assert "Send again" in bia.get(path).text
    fail(failed, 63016)
    interrupted_path = davi.get(path).text
    assert "data-draft" not in interrupted_path


def test_beside_the_phone_it_leads_back_there(bia):
    phone = submit(bia, "/simulator", "/simulator", name="Ivo", body="Olá").location
    person = only(Participant)
    failed = fail(say(person.address, "Oi!"), 63012)
    conversation = phone.replace("simulator", "conversations")
    action = f"{conversation}/messages/{failed}/again"
    assert action in bia.get(phone).text
    response = submit(bia, phone, action, place="simulator")
    assert response.location == f"{phone}?side=team"


def test_who_took_over_finds_the_answer_in_the_composer(bia, caio, path):
    said = interrupted()
    words = only(Message, Message.id == said).body
    assert composed(bia, path) == words
    assert "data-suggested" in bia.get(path).text
    assert composed(caio, path) == ""


def test_what_they_typed_themselves_is_worth_more(bia, path):
    interrupted()
    submit(bia, path, f"{path}/messages", body="My own", form_key="short")
    assert composed(bia, path) == "My own"


def test_it_is_a_draft_no_more_once_they_have_said_something(bia, path):
    interrupted()
    submit(bia, path, f"{path}/messages", body="My own", form_key="a-key-of-a-form")
    assert composed(bia, path) == ""
    assert "Use as draft" not in bia.get(path).text


def test_without_a_script_a_link_puts_it_into_the_composer_after_what_was_typed(bia, path):
    said = interrupted()
    takeover.hand_back(participant(ANA).id, only(User))
    words = only(Message, Message.id == said).body
    assert composed(bia, path) == ""
    assert f'href="{path}?draft={said}#body"' in bia.get(path).text
    assert composed(bia, f"{path}?draft={said}") == words
    submit(bia, path, f"{path}/messages", body="My own", form_key="short")
    assert composed(bia, f"{path}?draft={said}") == f"My own\n\n{words}"


@pytest.mark.parametrize("draft", ["0", "x", "4711", ""])
def test_a_draft_that_is_none_is_no_draft(bia, path, draft):
    interrupted()
    takeover.hand_back(participant(ANA).id, only(User))
    assert composed(bia, f"{path}?draft={draft}") == ""


def test_where_a_colleague_holds_the_conversation_no_draft_is_offered(bia, caio, path):
    interrupted()
    assert "Use as draft" in bia.get(path).text
    assert "Use as draft" not in caio.get(path).text
