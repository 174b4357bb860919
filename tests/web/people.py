"""Browsers without a window: they sign in as people do, and send the forms that pages hold."""

import contextvars
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from redis.exceptions import RedisError
from werkzeug.test import TestResponse

from tests.doubles.twilio import Twilio
from tests.support.work import forget_what_was_read
from wa_assistant.accounts import sign_in
from wa_assistant.intake import webhook_log
from wa_assistant.models import Role
from wa_assistant.work.queue import INTAKE, queue

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def link(app: Flask, email: str, role: Role) -> str:
    """The path of a new one-time link."""

    def make() -> str:
        with app.app_context():
            return sign_in.make_link(email, role)

    return urlsplit(contextvars.Context().run(make)).path


def signed_in(app: Flask, email: str, role: Role) -> FlaskClient:
    client = app.test_client()
    path = link(app, email, role)
    response = submit(client, path, path)
    assert response.status_code == 303, response.text
    return client


def submit(client: FlaskClient, page: str, action: str, **fields: Any) -> TestResponse:
    """Load `page` and send its form to `action`."""
    return client.post(action, data={**fields, "csrf_token": csrf_token(client.get(page))})


def csrf_token(response: TestResponse) -> str:
    found = TOKEN.search(response.text)
    assert found, f"The page holds no form: {response.status}\n{response.text}"
    return found[1]


@contextmanager
def nobody_answers() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def comes_in(twilio: Twilio, client: FlaskClient, *given: Any, **fields: Any) -> TestResponse:
    """A participant writes to Twilio, and the engine hears of it at once."""
    response: TestResponse = twilio.send(client, *given, **fields)
    understand(client)
    return response


def is_reported(twilio: Twilio, client: FlaskClient, *given: Any, **fields: Any) -> TestResponse:
    """Twilio tells how far a message has come, and the engine hears of it at once."""
    response: TestResponse = twilio.receipt(client, *given, **fields)
    understand(client)
    return response


def understand(client: FlaskClient) -> None:
    def hear() -> None:
        with client.application.app_context():
            webhook_log.understand()
            with suppress(RedisError):
                queue(INTAKE).empty()

    contextvars.Context().run(hear)
    forget_what_was_read()
