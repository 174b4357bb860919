"""Threads that do what bells name."""

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from flask import current_app
from sqlalchemy.exc import OperationalError

from jobs.lanes import Bell, Lane
from tests.support.eventually import eventually
from tests.support.logged import data_of, lines

gate = threading.Event()
calls: list[int | str] = []


def wait(number: int = 0) -> None:
    calls.append(number)
    gate.wait(30)


def fail() -> None:
    raise LookupError("what somebody wrote")


def miss() -> None:
    raise OperationalError("SELECT", {}, Exception("away"))


def look() -> None:
    calls.append(current_app.name)


def bell(job: object, *ids: int) -> Bell:
    return Bell(f"{__name__}.{job.__name__}", ids)  # type: ignore[attr-defined]


@pytest.fixture
def lane(app) -> Iterator[Lane]:
    gate.clear()
    calls.clear()
    made = Lane(app, "lane", 2, limit=0.05)
    yield made
    gate.set()
    made.close()
    made.pool.shutdown()


def test_so_many_run_at_once_and_the_next_when_one_is_done(lane):
    for number in range(3):
        lane.put(bell(wait, number))
    eventually(lambda: len(calls) == 2)
    assert lane.is_running(bell(wait, 0))
    assert not lane.is_running(bell(wait, 2))
    gate.set()
    eventually(lambda: sorted(map(str, calls)) == ["0", "1", "2"])


def test_each_has_an_application_context(lane, app):
    lane.put(bell(look))
    eventually(lambda: calls == [app.name])


def test_one_that_waits_does_not_wait_twice_and_one_that_runs_is_done_again(lane):
    done: list[str] = []
    for _ in range(2):
        lane.put(bell(wait, 1), done=lambda: done.append("ran"))
        eventually(lambda: lane.is_running(bell(wait, 1)))
    eventually(lambda: len(calls) == 2)
    lane.put(bell(wait, 2))
    lane.put(bell(wait, 2), done=lambda: done.append("waits already"))
    assert done == ["waits already"]
    gate.set()
    eventually(lambda: sorted(map(str, calls)) == ["1", "1", "2"])
    eventually(lambda: sorted(done) == ["ran", "ran", "waits already"])


def test_what_fails_is_told_without_its_words_and_frees_its_thread(lane, caplog):
    done = threading.Event()
    with caplog.at_level(logging.WARNING, "jobs.lanes"):
        lane.put(bell(fail), done=done.set)
        assert done.wait(10)
    (told,) = lines(caplog)
    assert (told["message"], told["data"]["job"]) == ("failed", f"{__name__}.fail")
    assert told["stack"].startswith("LookupError\n")
    assert "test_lanes.py" in told["stack"]
    assert "somebody wrote" not in str(told)
    assert not lane.is_running(bell(fail))


def test_a_database_that_is_away_is_a_line_and_no_fault(lane, caplog):
    done = threading.Event()
    with caplog.at_level(logging.WARNING, "jobs.lanes"):
        lane.put(bell(miss), done=done.set)
        assert done.wait(10)
    assert data_of(caplog, "put off") == [{"job": f"{__name__}.miss", "error": "OperationalError"}]


def test_what_hangs_is_named_with_its_stack(lane):
    assert lane.hanging() == []
    lane.put(bell(wait))
    (told,) = eventually(lane.hanging)
    assert told.startswith(f"{__name__}.wait\n")
    assert "gate.wait(30)" in told


def test_a_closed_lane_begins_nothing_more(lane):
    for number in range(3):
        lane.put(bell(wait, number))
    eventually(lambda: len(calls) == 2)
    lane.close()
    gate.set()
    lane.await_rest(time.monotonic() + 10)
    assert sorted(map(str, calls)) == ["0", "1"]


def test_rest_is_awaited_only_so_long(lane):
    lane.put(bell(wait))
    eventually(lambda: calls)
    lane.await_rest(time.monotonic() + 0.01)
    assert lane.is_running(bell(wait))
