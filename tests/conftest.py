"""What every test can ask for. The fixtures live in tests/support, a subject a file."""

import gc
from collections.abc import Iterator

import pytest
from flask import Flask

from .doubles.github import GitHub
from .doubles.openai import OpenAI
from .doubles.smtp import SENDER, Smtp
from .doubles.twilio import Twilio

pytest_plugins = [
    "tests.support.distribution",
    "tests.support.databases",
    "tests.support.disk",
    "tests.support.statements",
    "tests.support.outages",
    "tests.support.valkey",
    "tests.support.application",
    "tests.support.browser",
    "tests.support.translations",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "environment(NAME=value): changes the environment; None takes a name away"
    )


def pytest_collection_finish() -> None:
    # What is loaded now stays: looking through it for garbage again and again, at the pace meant
    # for small programs, would be a quarter of the whole run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def twilio_server() -> Iterator[Twilio]:
    with Twilio() as double:
        yield double


@pytest.fixture
def twilio(twilio_server: Twilio) -> Twilio:
    twilio_server.reset()
    return twilio_server


@pytest.fixture(scope="session")
def openai_server() -> Iterator[OpenAI]:
    with OpenAI() as double:
        yield double


@pytest.fixture
def openai(openai_server: OpenAI) -> OpenAI:
    openai_server.reset()
    return openai_server


@pytest.fixture(scope="session")
def github_server() -> Iterator[GitHub]:
    with GitHub() as double:
        yield double


@pytest.fixture
def github(github_server: GitHub) -> GitHub:
    github_server.reset()
    return github_server


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[Smtp]:
    with Smtp() as double:
        yield double


@pytest.fixture
def mail(app: Flask, smtp_server: Smtp) -> Smtp:
    """A mail server, which the application is told of."""
    smtp_server.reset()
    app.config.update(SMTP_URL=smtp_server.url, SMTP_FROM=SENDER, SMTP_CONNECTED=True)
    return smtp_server
