"""Each time-out is a name of the environment, and is kept to."""

import threading

import pytest

from tests.doubles.base import Fault
from tests.doubles.server import Response
from wa_assistant.assistant.schema import SCHEMA
from wa_assistant.clients import openai as client
from wa_assistant.clients.failures import Failure

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def complete(words: str = "Oi") -> client.Completion:
    messages = [{"role": "user", "content": words}]
    return client.complete(messages, SCHEMA, max_tokens=700, temperature=0.7)


@pytest.mark.environment(
    OPENAI_CONNECT_TIMEOUT_SECONDS="0.5",
    OPENAI_FIRST_BYTE_TIMEOUT_SECONDS="9",
    OPENAI_TIMEOUT_SECONDS="600",
)
def test_each_time_out_is_one_of_the_environment():
    assert client.timeout(600).as_dict() == {"connect": 0.5, "read": 9, "write": 600, "pool": 600}
    assert client.timeout(2).as_dict() == {"connect": 0.5, "read": 2, "write": 2, "pool": 2}
    assert client.connect().timeout == client.timeout(600)


def test_a_server_that_does_not_begin_in_time_is_too_slow(app, openai):
    app.config["OPENAI_FIRST_BYTE_TIMEOUT_SECONDS"] = 0.3
    openai.slow(2)
    with pytest.raises(client.Unavailable) as caught:
        complete()
    assert caught.value.failure == Failure.TOO_SLOW
    assert caught.value.latency < 1_900


def later(moment: threading.Event):
    """An answer that begins at once and goes on after a pause."""
    yield b'{"choices": [{"finish_reason": "stop", "message":'
    moment.wait(0.8)
    yield b' {"content": "Oi"}}]}'


def test_what_has_begun_has_the_rest_of_the_whole(app, openai):
    app.config["OPENAI_FIRST_BYTE_TIMEOUT_SECONDS"] = 0.4
    told = {"Content-Type": "application/json"}
    slow = Response(headers=told, pieces=lambda: later(threading.Event()))
    openai.plan(1, Fault(response=slow))
    assert complete().text == "Oi"


def test_nobody_there_is_told_from_a_time_out(make_app):
    app = make_app(OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    with app.app_context(), pytest.raises(client.Unavailable) as caught:
        complete()
    assert caught.value.failure == Failure.UNREACHABLE
