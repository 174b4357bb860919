"""How often one may try to sign in."""

import pytest

from tests.cast import rows
from tests.doubles.github import verified
from tests.support.clock import pass_time
from tests.web.people import csrf_token, link, submit
from tests.web.team.visits import comes, there
from wa_assistant.models import Role, SignInAttempt

COMPANY = pytest.mark.environment(ALLOWED_EMAIL_DOMAINS="company.com, company.com.br")

pytestmark = [COMPANY, pytest.mark.usefixtures("context")]


def test_after_ten_that_failed_from_an_address_one_waits(app, client, github):
    for _ in range(10):
        assert client.get("/sign-in/github/callback?state=x").status_code == 400
    page = client.get("/sign-in/github/callback?state=x")
    assert page.status_code == 429
    assert "too many attempts" in page.text
    assert 0 < int(page.headers["Retry-After"]) <= 600
    elsewhere = app.test_client()
    there_too = elsewhere.get(
        "/sign-in/github/callback", environ_overrides={"REMOTE_ADDR": "10.9.9.9"}
    )
    assert there_too.status_code == 400


def test_a_person_who_is_not_let_in_waits_wherever_they_try(app, github):
    github.person.emails = [verified("caio@elsewhere.example")]
    codes = []
    for number in range(11):
        client = app.test_client()
        place = {"REMOTE_ADDR": f"10.0.0.{number}"}
        codes.append(client.get(there(client), environ_overrides=place).status_code)
    assert codes == [403] * 10 + [429]


def test_who_gets_in_and_what_github_does_wrong_count_towards_nothing(app, github):
    github.person.emails = [verified("caio@company.com")]
    for _ in range(6):
        client = app.test_client()
        back = there(client)
        github.is_away("/user")
        assert client.get(back).status_code == 502
        assert comes(client).location == "/"
    assert not rows(SignInAttempt)


def test_links_nobody_made_are_tried_ten_times_and_no_more(client, app):
    codes = [client.get(f"/sign-in/{number}").status_code for number in range(11)]
    assert codes == [410] * 10 + [429]
    page = client.get("/sign-in/x", headers={"Accept-Language": "pt-BR"})
    assert "Foram tentativas demais de entrar. Tente de novo em 10 minutos." in page.text
    pass_time(app, 601)
    assert client.get("/sign-in/x").status_code == 410


def test_a_good_link_waits_too_and_is_good_afterwards(client, app):
    path = link(app, "eva@example.com", Role.VIEWER)
    for number in range(10):
        client.get(f"/sign-in/{number}")
    assert submit(client, path, path).status_code == 429
    with_another = {"REMOTE_ADDR": "10.9.9.9"}
    token = csrf_token(client.get(path))
    response = client.post(path, data={"csrf_token": token}, environ_overrides=with_another)
    assert response.location == "/"


def test_a_spent_link_counts_for_its_person_wherever_it_is_tried(app):
    path = link(app, "eva@example.com", Role.VIEWER)
    submit(app.test_client(), path, path)
    another = link(app, "davi@example.com", Role.VIEWER)
    codes = []
    for number in range(11):
        client = app.test_client()
        form = {"csrf_token": csrf_token(client.get(another))}
        place = {"REMOTE_ADDR": f"10.0.0.{number}"}
        codes.append(client.post(path, data=form, environ_overrides=place).status_code)
    assert codes == [410] * 10 + [429]
    assert submit(app.test_client(), another, another).location == "/", "who is somebody else"


def test_an_office_behind_one_address_begins_its_day(app):
    for number in range(25):
        path = link(app, f"colleague-{number}@example.com", Role.EDITOR)
        assert submit(app.test_client(), path, path).location == "/"
    assert not rows(SignInAttempt)


@pytest.mark.environment(REDIS_URL="redis://127.0.0.1:1/0")
def test_it_is_counted_while_redis_is_away(client):
    codes = [client.get(f"/sign-in/{number}").status_code for number in range(11)]
    assert codes == [410] * 10 + [429]
