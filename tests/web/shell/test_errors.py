"""What goes wrong is said in a sentence, on a page that leads back."""

import pytest
from sqlalchemy import insert

from tests.cast import ANA
from tests.web.people import csrf_token, signed_in
from wa_assistant.accounts.authority import Act
from wa_assistant.database import db
from wa_assistant.models import Role, User
from wa_assistant.web import access


def test_a_form_without_its_token_is_told_what_to_do(bia):
    response = bia.post("/simulator", data={"name": "Ivo", "body": "Oi"})
    assert response.status_code == 400
    assert "This form is out of date. Load the page again" in response.text
    assert 'href="/"' in response.text


def test_a_token_of_another_session_is_no_good(bia, caio):
    stolen = csrf_token(caio.get("/"))
    form = {"name": "Ivo", "body": "Oi", "csrf_token": stolen}
    assert bia.post("/simulator", data=form).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "code", "sentence"),
    [
        ("get", "/nothing", 404, "There is nothing here (any more)."),
        ("get", "/conversations/7", 404, "There is nothing here (any more)."),
        ("delete", "/", 405, "This address is not meant to be called that way."),
    ],
)
def test_each_refusal_is_a_sentence_on_a_page(bia, method, path, code, sentence):
    response = getattr(bia, method)(path)
    assert response.status_code == code
    assert f"<h1>{sentence}</h1>" in response.text


def test_a_form_that_is_too_large_is_told_so(bia):
    form = {"name": "Ivo", "body": "a" * 2_000_000, "csrf_token": csrf_token(bia.get("/"))}
    response = bia.post("/simulator", data=form)
    assert response.status_code == 413
    assert "This is too large." in response.text


def test_a_webhook_gets_a_word_and_no_page(client):
    response = client.post("/whatsapp/webhook", data={"Body": "Oi"})
    assert response.mimetype == "text/plain"
    assert response.text.startswith("Not signed for this address with our token")


def test_with_the_database_away_the_signed_in_get_a_sentence(app, away):
    cookie = signed_in(app, "bia@example.com", Role.EDITOR).get_cookie("wa_assistant_8000")
    client = away.test_client()
    assert cookie
    client.set_cookie("wa_assistant_8000", cookie.value)
    response = client.get("/")
    assert response.status_code == 503
    assert "The database cannot be reached at the moment." in response.text


def test_with_the_database_away_a_link_gets_a_sentence(away):
    response = away.test_client().get("/sign-in/x")
    assert response.status_code == 503
    assert "The database cannot be reached at the moment." in response.text


def test_our_own_fault_is_a_page_without_its_details(make_app, caplog):
    app = make_app()
    app.testing = False
    app.add_url_rule("/broken", "broken", access.may(Act.SEE_DASHBOARD)(lambda: 1 / 0))
    response = signed_in(app, "davi@example.com", Role.VIEWER).get("/broken")
    assert response.status_code == 500
    assert "Something went wrong on our side." in response.text
    assert "ZeroDivision" not in response.text
    assert "ZeroDivision" in caplog.text


def test_with_its_transaction_broken_the_page_asks_the_database_nothing(make_app):
    """Postgres refuses every question until a broken transaction is taken back."""
    app = make_app()
    app.testing = False

    def stumble() -> None:
        db.session.execute(insert(User).values(email="bia@example.com", role=Role.VIEWER))

    app.add_url_rule("/broken", "broken", access.public(stumble))
    response = signed_in(app, "bia@example.com", Role.EDITOR).get("/broken")
    assert response.status_code == 500
    assert "<h1>Something went wrong on our side." in response.text
    assert "bia@example.com" not in response.text
    assert 'class="rail"' not in response.text, "that is for who is known to be signed in"


def test_a_webhook_whose_keeping_fails_is_a_500_that_says_no_more(app, client, twilio, monkeypatch):
    app.testing = False
    monkeypatch.setattr("wa_assistant.intake.webhook_log.receive", lambda *_: 1 / 0)
    response = twilio.send(client, ANA, "Oi")
    assert (response.status_code, response.mimetype) == (500, "text/plain")
