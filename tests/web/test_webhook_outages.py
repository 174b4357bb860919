"""Twilio is answered whatever else is away, and in time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, select, text
from werkzeug.test import TestResponse

from tests.cast import ANA
from tests.doubles.webhooks import INBOUND, STATUS
from tests.support.eventually import eventually
from wa_assistant.extensions import db
from wa_assistant.intake import spool, webhook_log
from wa_assistant.models import Message, State, Webhook

from .people import nobody_answers

SID = "SM" + "b" * 32
# Twilio waits 15 seconds; a client without time-outs would wait for a silent Redis for ever.
IN_TIME_SECONDS = 5.0
BEFORE_TWILIO_GIVES_UP = 14.0


def took(call: Callable[[], TestResponse]) -> float:
    """The seconds `call` takes to be answered 200."""
    began = time.monotonic()
    assert call().status_code == 200
    return time.monotonic() - began


@contextmanager
def frozen(postgres) -> Iterator[None]:
    """It runs and does nothing: no connection breaks, and none is answered."""
    server = psutil.Process(int((Path(postgres.pgdata) / "postmaster.pid").read_text().split()[0]))
    processes = [server, *server.children(recursive=True)]
    for each in processes:
        each.suspend()
    try:
        yield
    finally:
        for each in processes:
            each.resume()


def stored(app) -> list[str]:
    with app.app_context():
        webhook_log.understand()
        return list(db.session.scalars(select(Message.body).order_by(Message.id)))


def test_with_redis_away_a_message_is_kept_and_answered_in_time(app, client, twilio, valkey):
    valkey.stop()
    assert took(lambda: twilio.send(client, ANA, "Oi")) < IN_TIME_SECONDS
    assert stored(app) == ["Oi"]


def test_with_a_redis_that_hangs_too(make_app, twilio):
    with nobody_answers() as port:
        app = make_app(REDIS_URL=f"redis://127.0.0.1:{port}/0")
        client = app.test_client()
        assert took(lambda: twilio.send(client, ANA, "Oi")) < IN_TIME_SECONDS
        assert stored(app) == ["Oi"]


def test_a_receipt_needs_no_redis_either(app, client, twilio, work, valkey):
    twilio.send(client, ANA, "Oi")
    work()
    valkey.stop()
    sent = twilio.messages[0].sid
    assert took(lambda: twilio.receipt(client, sent, "delivered")) < IN_TIME_SECONDS
    with app.app_context():
        webhook_log.understand()
        found = db.session.scalars(select(Message).where(Message.provider_sid == sent)).one()
        assert found.status == "delivered"


def test_what_was_taken_without_redis_is_answered_when_it_is_back(client, twilio, valkey, work):
    valkey.stop()
    twilio.send(client, ANA, "Oi", sid=SID)
    valkey.start()
    assert work.waiting() == []
    assert twilio.send(client, ANA, "Tudo bem?").status_code == 200
    work()
    assert len(twilio.messages) == 1
    assert "Oi / Tudo bem?" in twilio.messages[0].body


@pytest.mark.parametrize("path", [INBOUND, STATUS])
def test_with_a_database_nobody_finds_it_is_kept_on_the_disk(away, twilio, path):
    client = away.test_client()
    form = twilio.inbound(ANA, "Oi") if path == INBOUND else twilio.status_form(SID, "sent")
    response = twilio.post(client, path, form)
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    assert client.post(path, data=form).status_code == 403
    with away.app_context():
        assert spool.waiting() == 1


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_database_that_dropped_its_connections_is_asked_again(app, client, twilio):
    twilio.send(client, ANA, "Um")
    engine = create_engine(app.config["DATABASE_URL"])
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'wa_assistant'"
            )
        )
    engine.dispose()
    assert twilio.send(client, ANA, "Dois").status_code == 200
    assert stored(app) == ["Um", "Dois"]


def test_what_our_own_code_fails_to_process_is_kept_and_answered_200(app, client, twilio, context):
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE messages RENAME COLUMN media TO elsewhere"))
    try:
        assert twilio.send(client, ANA, "Oi", sid=SID).status_code == 200
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE messages RENAME COLUMN elsewhere TO media"))
    kept = db.session.scalars(select(Webhook)).one()
    assert (kept.provider_sid, kept.state) == (SID, State.RECEIVED)
    webhook_log.process(kept.id)
    assert stored(app) == ["Oi"]


@pytest.mark.parametrize("database", ["postgres"])
def test_with_a_postgres_that_hangs_a_webhook_is_spooled_in_time(
    outage, own_postgres, make_app, twilio
):
    app = make_app(DATABASE_URL=outage.url)
    client = app.test_client()
    assert twilio.send(client, ANA, "1").status_code == 200  # now there is a connection to hang
    with frozen(own_postgres):
        assert took(lambda: twilio.send(client, ANA, "2")) < BEFORE_TWILIO_GIVES_UP
        assert took(lambda: twilio.send(client, ANA, "3")) < BEFORE_TWILIO_GIVES_UP
        with app.app_context():
            assert spool.waiting() == 2
    assert twilio.send(client, ANA, "4").status_code == 200
    with app.app_context():
        eventually(lambda: webhook_log.drain(5) or spool.is_empty(), 30)
    assert stored(app) == ["1", "2", "3", "4"]
