"""Notes as colleagues write, change and delete them, and where they find what names them."""

import re
from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, DAVI, known, only, outbound, participant, rows, write
from tests.chosen import choose
from tests.web import people
from wa_assistant.assistant import reply
from wa_assistant.conversation import mentions, notes, takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import Email, Note, Role, User

pytestmark = pytest.mark.usefixtures("context")

KEY = "a-form-key"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def ana() -> int:
    return known(ANA)


@pytest.fixture
def bia(app):
    return people.signed_in(app, BIA, Role.EDITOR)


@pytest.fixture
def caio(app):
    return people.signed_in(app, CAIO, Role.OWNER)


def user(email: str) -> Any:
    return only(User, User.email == email)


def sent(client, ana: int, path: str = "", script: bool = False, **fields: Any):
    page = f"/conversations/{ana}"
    token = people.csrf_token(client.get(page))
    form = {"form_key": KEY, **fields, "csrf_token": token}
    return client.post(f"{page}/notes{path}", data=form, headers=SCRIPT if script else {})


def test_without_a_script_a_note_leads_back_to_the_conversation(bia, ana):
    response = sent(bia, ana, body="Call on Monday.")
    assert response.location.endswith(f"/conversations/{ana}")
    page = bia.get(response.location).text
    assert "Call on Monday." in page
    assert "The note is kept." in page
    assert outbound() == []


def test_a_script_hears_who_is_told(bia, caio, ana):
    response = sent(bia, ana, script=True, body="@caio call")
    assert response.status_code == 204
    assert "caio is told." in response.headers["HX-Trigger"]


@pytest.mark.parametrize("script", [True, False])
def test_what_was_typed_on_in_a_form_that_was_sent_stays(bia, ana, script):
    sent(bia, ana, script=script, body="Call")
    response = sent(bia, ana, script=script, body="Call on Monday.")
    assert response.status_code == 422
    said = response.headers["HX-Trigger"] if script else response.text
    assert "An earlier version of this was sent already." in said
    assert script or ">\nCall on Monday.</textarea>" in said
    assert only(Note).body == "Call"


@pytest.mark.parametrize("script", [True, False])
def test_a_note_to_who_has_left_is_refused_and_what_was_typed_stays(app, bia, ana, script):
    people.signed_in(app, DAVI, Role.VIEWER)
    with transaction():
        db.session.scalars(db.select(User).where(User.email == DAVI)).one().active = False
    response = sent(bia, ana, script=script, body="Ask @davi about it")
    assert response.status_code == 422
    assert rows(Note) == []
    if script:
        assert "is of the team no more" in response.headers["HX-Trigger"]
    else:
        assert "is of the team no more" in response.text
        assert ">\nAsk @davi about it</textarea>" in response.text


def test_one_s_own_is_changed_and_deleted_and_a_colleague_s_is_not(bia, caio, ana):
    sent(bia, ana, body="First")
    mine = only(Note)
    path = f"/{mine.id}"
    assert bia.get(f"/conversations/{ana}/notes{path}").status_code == 200
    assert caio.get(f"/conversations/{ana}/notes{path}").status_code == 403
    assert sent(caio, ana, path, as_seen=1, body="His").status_code == 403
    assert sent(bia, ana, path, as_seen=1, body="Second").location.endswith(f"#note-{mine.id}")
    assert only(Note).body == "Second"
    sent(bia, ana, f"{path}/deletion")
    assert rows(Note) == []


def test_who_changes_what_was_changed_meanwhile_sees_both(bia, ana):
    sent(bia, ana, body="First")
    mine = only(Note)
    notes.edit(mine.id, user(BIA), "Theirs", 1)
    response = sent(bia, ana, f"/{mine.id}", as_seen=1, body="Ours")
    assert response.status_code == 409
    assert ">\nOurs</textarea>" in response.text
    assert "Theirs</p>" in response.text
    assert sent(bia, ana, f"/{mine.id}", as_seen=2, body="Ours").status_code == 303
    assert only(Note).body == "Ours"


def test_who_is_named_finds_it_until_they_saw_it(bia, caio, ana):
    sent(bia, ana, body="@caio call")
    page = caio.get("/mentions").text
    assert "1 mentions you" in page
    assert f"/conversations/{ana}?note=" in page
    people.submit(caio, "/mentions", "/mentions/seen", note_id=only(Note).id)
    assert "1 mentions you" not in caio.get("/mentions").text
    assert mentions.summary(user(BIA)) == (0, 0)


def test_an_e_mail_tells_it_where_there_is_a_mail_server_and_not_what_it_says(
    mail, work, bia, caio, ana
):
    sent(bia, ana, body="@caio call")
    work()
    (message,) = mail.taken
    words = message.get_content()
    assert (message["To"], message["Subject"]) == (CAIO, "bia mentions you in a note")
    assert f"/conversations/{ana}" in words
    assert "call" not in words
    assert "/sign-in/" not in words


def test_nobody_is_written_to_of_what_they_have_seen(mail, work, bia, caio, ana):
    sent(bia, ana, body="@caio call")
    mentions.saw(user(CAIO))
    work()
    assert mail.taken == []
    assert only(Email).problem == "overtaken"


def test_above_the_composer_stands_who_holds_it_and_a_way_to_take_it(bia, caio, ana):
    takeover.take_over(ana, user(CAIO))
    above = bia.get(f"/conversations/{ana}/writing").text
    assert "caio holds it" in above
    assert "Take over from caio" in above
    response = people.submit(
        bia, f"/conversations/{ana}", f"/conversations/{ana}/takeover", instead_of=user(CAIO).id
    )
    assert response.status_code == 303
    assert "holds it" not in bia.get(f"/conversations/{ana}/writing").text


def system(openai) -> str:
    return str(openai.calls[-1]["messages"][0]["content"])


def test_the_model_is_told_notes_only_where_owners_say_so(openai, bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    notes.write(ana, user(BIA), "Is a friend of the house.", KEY)
    reply.answer(ana)
    assert "friend of the house" not in system(openai)
    choose(notes_told="yes")
    write(ANA, "Quanto custa?")
    reply.answer(ana)
    assert re.search("for itself.*\n- Is a friend of the house.", system(openai), re.DOTALL)
