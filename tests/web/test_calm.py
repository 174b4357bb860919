"""What strangers do is told once a minute, with how often it was."""

import logging

import pytest

from tests.doubles.webhooks import INBOUND, STATUS
from wa_assistant.web import calm
from wa_assistant.web.calm import Calm


class Watch:
    """`time.monotonic` as a test wants it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch) -> Watch:
    found = Watch()
    monkeypatch.setattr(calm, "time", found)
    return found


@pytest.fixture
def logger(caplog) -> logging.Logger:
    found = logging.getLogger(f"{__name__}.strangers")
    found.filters = [Calm()]
    caplog.set_level(logging.INFO, found.name)
    return found


def test_the_first_is_told_at_once_and_the_rest_counted(logger, watch, caplog):
    def refuse(times: int) -> None:
        for number in range(times):
            logger.warning("refused: number=%s", number)

    refuse(1000)
    watch.now += calm.MINUTE - 1
    refuse(1)
    watch.now += 1
    refuse(5)
    watch.now += calm.MINUTE
    refuse(1)
    assert caplog.messages == [
        "refused: number=0",
        "refused: number=0 (and 1000 more since this was said last)",
        "refused: number=0 (and 4 more since this was said last)",
    ]


def test_each_kind_is_told_for_itself(logger, watch, caplog):
    for _ in range(3):
        logger.warning("refused: %s", "this")
        logger.warning("refused: %s", "that")
        for words in ("Invalid request from ip=127.0.0.1: x", "Worker was sent SIGKILL"):
            logger.warning(words)
    assert len(caplog.messages) == 4


def test_nobody_makes_a_line_long_or_begins_another_kind_by_what_it_quotes(logger, watch, caplog):
    for number in range(100):
        logger.warning(f"Invalid request from ip=10.0.0.{number}: {'x' * 4000}")
    (told,) = caplog.messages
    assert len(told) <= calm.LONGEST + 1


def test_unsigned_posts_write_a_line_a_kind(client, caplog, monkeypatch):
    for name in calm.STRANGERS:
        monkeypatch.setattr(logging.getLogger(name), "filters", [Calm()])
    with caplog.at_level(logging.INFO):
        for number in range(40):
            for path in (INBOUND, STATUS):
                assert client.post(path, data={"From": f"x{number}"}).status_code == 403
                assert client.post(path, data=b"\xff" * (number + 1)).status_code in (400, 403)
            assert client.post("/sign-in/none").status_code >= 400
            assert client.get(f"/nothing/{number}").status_code == 404
    assert len(caplog.messages) <= 4
    assert sum(map(len, caplog.messages)) < 1000


def test_every_application_has_them_once(make_app):
    make_app()
    make_app()
    for name in calm.STRANGERS:
        filters = logging.getLogger(name).filters
        assert sum(isinstance(each, Calm) for each in filters) == 1
