"""E-mail is handed over to a real mail server, and what it says is understood."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doubles.smtp import SENDER, Smtp
from tests.web.people import nobody_answers
from wa_assistant.clients import smtp

pytestmark = pytest.mark.parametrize("database", ["sqlite"])  # which is not asked

TO = "bia@company.com"


@pytest.fixture
def send(make_app: Callable[..., Flask]) -> Callable[..., None]:
    """`send(url)`: an application that is configured so sends an e-mail."""

    def with_url(url: str, to: str = TO) -> None:
        with make_app(SMTP_URL=url, SMTP_FROM=SENDER).app_context():
            smtp.send(to, "Convite à Bia", "Olá, Bia:\n\nhttps://chat.example.com/sign-in/x\n")

    return with_url


def test_an_e_mail_arrives_as_it_was_written(send):
    with Smtp() as server:
        send(server.url)
    (message,) = server.taken
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, TO, "Convite à Bia")
    assert message.get_content().split() == ["Olá,", "Bia:", "https://chat.example.com/sign-in/x"]
    assert message["Message-ID"].endswith("@company.com>")
    assert message["Auto-Submitted"] == "auto-generated"


def test_whoever_is_known_there_is_let_in_by_name_and_password(send):
    with Smtp(users={"bot": "p@ss word"}) as server:
        address = server.url.removeprefix("smtp://")
        send(f"smtp://bot:p%40ss%20word@{address}")
        assert len(server.taken) == 1
        with pytest.raises(smtp.Unavailable, match="535"):  # it can be mended, and then goes out
            send(f"smtp://bot:wrong@{address}")
    assert len(server.taken) == 1


def test_who_cannot_show_who_they_are_gets_no_password(send):
    with Smtp(encrypted=True, users={"bot": "secret"}) as server:
        url = server.url.replace("smtp://", "smtp://bot:secret@")
        with pytest.raises(smtp.Unavailable, match="CERTIFICATE_VERIFY_FAILED"):
            send(url)
    assert server.taken == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [("451 later", smtp.Unavailable), ("554 never", smtp.Refused)],
)
def test_what_is_refused_for_now_is_told_from_what_is_refused_for_good(send, answer, error):
    with Smtp() as server:
        server.planned.append(answer)
        with pytest.raises(error, match=answer):
            send(server.url)
        server.refused[TO] = answer
        with pytest.raises(error, match=answer):
            send(server.url)
    assert server.taken == []


def test_a_server_that_is_away_or_says_nothing_may_take_it_later(send, monkeypatch):
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.2)
    with nobody_answers() as port, pytest.raises(smtp.Unavailable):
        send(f"smtp://127.0.0.1:{port}")
    with pytest.raises(smtp.Unavailable):
        send(f"smtp://127.0.0.1:{port}")
