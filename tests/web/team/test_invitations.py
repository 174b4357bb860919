"""Ways in that owners make for colleagues, and that colleagues ask for."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.cast import BIA, CAIO, only, rows
from tests.doubles.github import verified
from tests.web.people import submit
from tests.web.team.visits import comes
from wa_assistant.accounts import sign_in as links
from wa_assistant.models import Email, Role, SignInLink, User

DORA = "dora@elsewhere.example"
SHOWN = re.compile(r"<code>(\S+/sign-in/\S+)</code>")
ASKED = "is on its way to it"

pytestmark = pytest.mark.usefixtures("context")


def of(email: str) -> Any:
    return only(User, User.email == email)


def page(email: str) -> str:
    return f"/team/{of(email).id}"


def invite(caio: Any, **fields: str) -> Any:
    given = {"email": DORA, "role": "editor", **fields}
    return submit(caio, "/team/invitation", "/team/invitation", **given)


def shown(response: Any) -> str:
    (url,) = SHOWN.findall(response.text)
    return str(urlsplit(url).path)


def test_without_a_mail_server_the_link_is_shown_once_with_who_made_it(app, caio):
    made = invite(caio, name="Dora")
    assert made.headers["Cache-Control"] == "no-store"
    assert "Made by caio." in made.text
    path = shown(made)
    client = app.test_client()
    assert [client.get(path).status_code for _ in range(3)] == [200] * 3, "a preview spends nothing"
    assert path.rpartition("/")[2] not in caio.get(page(DORA)).text
    assert f"A link by {CAIO} still works" in caio.get(page(DORA)).text
    assert submit(client, path, path).status_code == 303
    assert (of(DORA).role, of(DORA).name) == ("editor", "Dora")
    assert client.get(path).status_code == 410


def test_who_is_invited_comes_in_with_github_whatever_their_domain(client, caio, github):
    github.person.emails = [verified(DORA)]
    assert comes(client).status_code == 403
    invite(caio)
    assert comes(client).location == "/"
    assert of(DORA).github_id == github.person.id


def test_what_was_typed_stays_where_an_invitation_is_refused(caio):
    refused = invite(caio, email=CAIO, name="Caio P.")
    assert refused.status_code == 422
    assert "They are of the team already." in refused.text
    assert 'value="Caio P."' in refused.text


def test_an_owner_makes_a_link_for_somebody_and_for_themselves(app, caio, bia):
    for email, role in ((BIA, "editor"), (CAIO, "owner")):
        path = shown(submit(caio, page(email), f"{page(email)}/link"))
        assert submit(app.test_client(), path, path).status_code == 303
        assert of(email).role == role
    made = rows(SignInLink, SignInLink.role.is_(None))
    assert {each.made_by for each in made} == {CAIO}


def test_of_links_for_one_person_there_are_ten_in_ten_minutes(caio, bia):
    for _ in range(10):
        shown(submit(caio, page(BIA), f"{page(BIA)}/link"))
    submit(caio, page(BIA), f"{page(BIA)}/link")
    assert "Too many links were made for them." in caio.get(page(BIA)).text


def test_nobody_who_was_put_out_gets_a_way_in(caio, bia, mail):
    of_bia = page(BIA)
    submit(caio, of_bia, f"{of_bia}/deactivation")
    assert submit(caio, "/team", f"{of_bia}/link").status_code in (400, 404)
    assert submit(caio, of_bia, f"{of_bia}/link").status_code == 404
    assert submit(caio, of_bia, f"{of_bia}/email").status_code == 404


def test_with_a_mail_server_the_invitation_is_sent_and_its_fate_is_told(app, caio, mail, work):
    mail.refused[DORA] = "550 no such mailbox"
    sent = invite(caio)
    assert sent.location == page(DORA)
    assert SHOWN.findall(caio.get(page(DORA)).text) == []
    assert "An e-mail is on its way." in caio.get(page(DORA)).text
    work()
    assert "could not be sent: <q>550 no such mailbox</q>" in " ".join(
        caio.get(page(DORA)).text.split()
    )
    mail.refused.clear()
    submit(caio, page(DORA), f"{page(DORA)}/email")
    work()
    path = urlsplit(re.findall(r"http\S+/sign-in/\S+", mail.taken[0].get_content())[0]).path
    assert submit(app.test_client(), path, path).status_code == 303
    assert "The last e-mail was sent: Today" in caio.get(page(DORA)).text


def test_somebody_of_the_team_asks_for_a_link_and_a_stranger_hears_the_same(
    app, bia, mail, work, statements
):
    def ask(email: str) -> tuple[str, list[str]]:
        client = app.test_client()
        client.get("/sign-in")
        statements.clear()
        response = submit(client, "/sign-in", "/sign-in/link", email=email)
        said = [re.sub(r"[^ ]+@[^ ]+", "...", each) for each in statements]
        return response.text.replace(email, "..."), said

    known, stranger = ask(BIA), ask("eva@example.com")
    assert ASKED in known[0]
    assert known == stranger, "in words, and in what is done"
    work()
    (message,) = mail.taken
    assert message["To"] == BIA
    assert rows(Email, Email.address == "eva@example.com") == []


def test_asking_is_limited_by_address_and_by_person(app, client, bia, mail):
    for number in range(10):
        place = {"REMOTE_ADDR": f"10.0.0.{number}"}
        assert ask_from(client, place).status_code == 200
    assert ask_from(client, {"REMOTE_ADDR": "10.0.0.99"}).status_code == 429
    for number in range(10):
        assert (
            ask_from(client, {"REMOTE_ADDR": "10.1.1.1"}, f"x{number}@a.example").status_code == 200
        )
    assert ask_from(client, {"REMOTE_ADDR": "10.1.1.1"}, "y@a.example").status_code == 429
    assert links.make_link(BIA, None, of(BIA)), "nobody at the door hinders an owner"


def ask_from(client: Any, place: dict[str, str], email: str = BIA) -> Any:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[0]
    given = {"email": email, "csrf_token": token}
    return client.post("/sign-in/link", data=given, environ_overrides=place)


def test_without_a_mail_server_nobody_asks_for_one(client):
    assert "/sign-in/link" not in client.get("/sign-in").text
    assert client.post("/sign-in/link", data={"email": BIA}).status_code in (400, 404)


@pytest.mark.parametrize(
    "typed", ["", "bia", "a b@c", "bia@example.com\r\nBcc: x@y", "b\0@c.d", "b@c,d"]
)
def test_what_is_no_address_is_told_where_it_was_typed(client, mail, typed):
    refused = submit(client, "/sign-in", "/sign-in/link", email=typed)
    assert refused.status_code == 422
    assert "Write an e-mail address" in refused.text
    assert rows(Email) == []


def test_the_shell_makes_a_link_that_changes_no_role(app, caio):
    run = app.test_cli_runner().invoke
    told = run(args=["users", "sign-in-link", CAIO])
    assert links.redeem(told.output.strip().rpartition("/")[2])
    assert of(CAIO).role == Role.OWNER
    assert "give a --role" in run(args=["users", "sign-in-link", DORA]).output
