"""What is dear is worked out once for all who ask, with Redis and without."""

import socket
import threading
from datetime import timedelta

import pytest

from tests.cast import at_once
from wa_assistant.database import utcnow
from wa_assistant.insight import cached as cache
from wa_assistant.insight.cached import cached
from wa_assistant.live import bells

pytestmark = pytest.mark.usefixtures("context")


class Work:
    """Counts how often it is done; `opened` lets it go on."""

    def __init__(self) -> None:
        self.times = 0
        self.begun, self.opened = threading.Event(), threading.Event()
        self.opened.set()

    def __call__(self, as_of):
        self.times += 1
        self.begun.set()
        assert self.opened.wait(10)
        return {"times": self.times}


@pytest.fixture
def work():
    return Work()


def other_process(app):
    """What this one keeps itself is nothing to the other."""
    app.extensions.pop(cache.EXTENSION, None)


def test_it_is_kept_for_all_processes_as_long_as_it_lasts(app, work, monkeypatch):
    first = cached("answer", 60, work)
    assert cached("answer", 60, work) == first
    other_process(app)
    assert cached("answer", 60, work) == first
    assert work.times == 1
    now = utcnow() + timedelta(seconds=61)
    monkeypatch.setattr(cache, "utcnow", lambda: now)
    later = cached("answer", 60, work)
    assert (later.value, work.times) == ({"times": 2}, 2)
    assert later.as_of == now


@pytest.mark.parametrize("redis", ["there", "away"])
def test_all_who_ask_at_once_wait_for_one(app, work, valkey, redis):
    if redis == "away":
        valkey.stop()
    work.opened.clear()
    with at_once(app, 6) as start:
        asked = [start(cached, "answer", 60, work) for _ in range(6)]
        assert work.begun.wait(10)
        work.opened.set()
    assert {each.result().value["times"] for each in asked} == {1}
    assert work.times == 1


def test_another_process_waits_for_who_is_at_it(app, work):
    work.opened.clear()
    with at_once(app, 2) as start:
        one = start(cached, "answer", 60, work)
        assert work.begun.wait(10)
        other_process(app)
        other = start(cached, "answer", 60, work)
        work.opened.set()
    assert one.result().value == other.result().value == {"times": 1}


def test_who_looks_as_another_process_ends_works_nothing_out_again(app, work):
    with at_once(app, 2) as start:
        for number in range(100):
            work.begun.clear()
            work.opened.clear()
            one = start(cached, f"answer {number}", 60, work)
            assert work.begun.wait(10)
            other_process(app)
            work.opened.set()
            other = start(cached, f"answer {number}", 60, work)
            assert one.result() == other.result()
    assert work.times == 100


def test_a_redis_that_hangs_is_waited_for_once(app, work, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setitem(app.config, "REDIS_URL", f"redis://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setitem(app.extensions, "bells", app.extensions["bells"])
        bells.init_app(app)
        assert cached("answer", 60, work) == cached("answer", 60, work)
        silent.setblocking(False)
        assert work.times == 1
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_what_fails_is_worked_out_by_the_next(work):
    with pytest.raises(ZeroDivisionError):
        cached("answer", 60, lambda _: 1 / 0)
    assert cached("answer", 60, work).value == {"times": 1}


def test_a_process_keeps_so_many_itself(app, work):
    for number in range(cache.MOST_KEPT + 10):
        cached(f"answer {number}", 60, work)
    shelf = app.extensions[cache.EXTENSION]
    assert len(shelf._kept) == len(shelf._turns) == cache.MOST_KEPT
