"""The first steps, on the overview: who sees what of them, and where each leads."""

import re

import pytest

from tests.cast import CAIO, only
from tests.web.people import signed_in, submit
from wa_assistant import settings
from wa_assistant.database import db, transaction
from wa_assistant.models import Author, Message, Participant, Prompt, Role, User
from wa_assistant.operations import first_day
from wa_assistant.understanding import commands
from wa_assistant.understanding.commands import Command, YesNo
from wa_assistant.web.simulator import suggestions

pytestmark = pytest.mark.usefixtures("context")

HTMX = {"HX-Request": "true"}
PORTUGUESE = {"Accept-Language": "pt-BR"}


def step(page: str, key: str) -> str:
    """A line's markup."""
    (found,) = re.findall(rf'<li\s+id="step-{key}".*?</li>', page, re.S)
    return str(found)


def leads(page: str) -> dict[str, str]:
    """Where each line leads that is a link."""
    keys = [each.key for each in first_day.LINES]
    found = {key: re.search(r'<a href="([^"]+)"', step(page, key)) for key in keys}
    return {key: where[1] for key, where in found.items() if where}


def test_each_line_leads_to_where_it_is_done(caio):
    found = leads(caio.get("/").text)
    assert found.keys() == {each.key for each in first_day.LINES}
    for each in first_day.LINES:
        path, _, part = found[each.key].partition("#")
        page = caio.get(path)
        assert page.status_code == 200
        assert f'id="{part}"' in page.text if each.part else not part


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.EDITOR, {"try": "/simulator", "documents": "/knowledge"}),
        (Role.VIEWER, {}),
    ],
)
def test_whoever_may_not_do_it_sees_it_without_a_link(app, role, found):
    page = signed_in(app, "eva@example.com", role).get("/").text
    assert leads(page) == found
    assert "An owner sees to it." in step(page, "company")
    assert ("Are you open on Saturdays?" in page) == (role == Role.EDITOR)
    assert "Put away" not in page


def test_one_press_asks_and_leads_to_the_phone(bia, work):
    (name,) = re.findall(r'name="name" value="([^"]+)"', bia.get("/").text)
    phone = submit(bia, "/", "/simulator", name=name, body="Are you open on Saturdays?").location
    assert phone == f"/simulator/{only(Participant).id}"
    work()
    assert 'class="said said-outbound"' in bia.get(f"{phone}/thread").text
    assert "step-done" in step(bia.get("/").text, "try")


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_what_is_suggested_means_what_it_says(app, language):
    with app.test_request_context(headers={"Accept-Language": language}):
        *questions, person = suggestions.beginning().questions
        asked = Message(prompt=Prompt.CONSENT)
        heard = [commands.heard(each, to=Prompt.CONSENT) for each in suggestions.to([asked])]
    assert [commands.command(each) for each in questions] == [None, None]
    assert commands.command(person) == Command.PERSON
    assert heard == [YesNo.YES, YesNo.NO]


def test_replies_are_offered_while_one_looks_around_and_to_what_is_asked(bia):
    asked = {"name": "Ivo", "body": "How much does it cost?"}
    phone = submit(bia, "/simulator", "/simulator", **asked).location

    def offered() -> list[str]:
        return re.findall(r'name="body" value="([^"]+)"', bia.get(f"{phone}/replies").text)

    assert offered() == ["Are you open on Saturdays?", "I want to talk to a person."]
    submit(bia, phone, f"{phone}/messages", body=offered()[0])
    submit(bia, phone, f"{phone}/messages", body="Oi")
    assert offered() == []
    with transaction():
        asks = Message(participant_id=only(Participant).id, author=Author.SYSTEM, body="May we?")
        asks.direction, asks.status, asks.prompt = "outbound", "delivered", Prompt.CONSENT
        db.session.add(asks)
    assert offered() == ["Yes", "No"]


def test_an_owner_puts_the_steps_away_for_all_and_fetches_them_again(bia, caio):
    assert submit(caio, "/", "/first-day/dismissal").location == "/"
    assert 'class="first-day"' not in caio.get("/").text
    assert 'id="first-day"' not in bia.get("/").text
    submit(caio, "/", "/first-day/dismissal/end")
    assert 'class="first-day"' in bia.get("/").text


def test_who_sees_the_last_one_done_is_told_and_nobody_is_led_any_more(app, bia, caio, monkeypatch):
    monkeypatch.setattr(first_day, "LINES", first_day.LINES[1:2])  # the company's name alone
    assert "0 of 1" in bia.get("/").text
    owner = only(User, User.email == CAIO)
    settings.change({"company": "Escola"}, settings.marks(settings.current()), owner)
    for _ in range(2):  # of pages that are open
        assert "All that is needed is done." in bia.get("/first-day", headers=HTMX).text
    assert 'id="first-day"' not in caio.get("/").text
    assert settings.current().first_day == settings.FirstDay.DONE
