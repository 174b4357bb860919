"""The application as a test gets it: configured for the doubles, on a database of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

import config as configuration
from config import Config
from tests.doubles.github import CLIENT_ID, CLIENT_SECRET, GitHub
from tests.doubles.openai import API_KEY, OpenAI
from tests.doubles.twilio import Twilio
from tests.doubles.webhooks import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL
from wa_assistant.models import Checked
from wa_assistant.operations import checks
from wa_assistant.work.queue import BELLS

from .applications import Applications, Made
from .valkey import Valkey
from .work import Work


@pytest.fixture
def environ(
    request: pytest.FixtureRequest,
    data_dir: Path,
    database_url: str,
    valkey: Valkey,
    twilio: Twilio,
    openai: OpenAI,
    github: GitHub,
) -> dict[str, str]:
    """The environment the product starts in.

    `@pytest.mark.environment(OPENAI_API_KEY=None, PORT=9000)` changes it, None takes away.
    """
    names: dict[str, Any] = {
        "DATA_DIR": data_dir,
        "DATABASE_URL": database_url,
        "REDIS_URL": valkey.url,
        "PUBLIC_URL": PUBLIC_URL,
        "REPLY_DELAY_SECONDS": 0,
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OUR_NUMBER,
        "TWILIO_API_URL": twilio.url,
        "OPENAI_API_KEY": API_KEY,
        "OPENAI_BASE_URL": openai.base_url,
        "GITHUB_CLIENT_ID": CLIENT_ID,
        "GITHUB_CLIENT_SECRET": CLIENT_SECRET,
        "GITHUB_URL": github.url,
        "GITHUB_API_URL": github.url,
    }
    for marker in reversed(list(request.node.iter_markers("environment"))):
        names.update(marker.kwargs)
    return {name: str(value) for name, value in names.items() if value is not None}


@pytest.fixture
def config(environ: dict[str, str]) -> Config:
    return configuration.load(environ, dotenv=None)


@pytest.fixture(scope="session")
def applications() -> Applications:
    return Applications()


@pytest.fixture
def app(applications: Applications, config: Config) -> Iterator[Flask]:
    """No context is open: requests and jobs open their own, as in production."""
    with applications.lend(config) as app:
        yield app


@pytest.fixture
def make_app(environ: dict[str, str]) -> Iterator[Callable[..., Flask]]:
    """`make_app(WORKERS=2)`: another application on the same database, otherwise configured.

    It is made anew: for who adds routes of their own.
    """
    with ExitStack() as stack:

        def make(**changes: object) -> Flask:
            names = {**environ, **{name: str(value) for name, value in changes.items()}}
            config = configuration.load(names, dotenv=None)
            return stack.enter_context(Made(config).used(config))

        yield make


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """For tests that call the domain themselves, as a job does. Requests do not share it."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The browser of somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def work(app: Flask) -> Work:
    return Work(app)


@pytest.fixture
def engine(app: Flask, valkey: Valkey) -> SimpleWorker:
    """One that lives, and has done a job, as far as the health of the product shows."""
    with app.app_context():
        checks.keep(Checked.ENGINE, {"seconds": 0.1})
    return registered(valkey)


def registered(valkey: Valkey) -> SimpleWorker:
    queue = Queue(BELLS, connection=valkey.redis, serializer=JSONSerializer)
    engine = SimpleWorker([queue], connection=valkey.redis, serializer=JSONSerializer)
    engine.register_birth()
    return engine
