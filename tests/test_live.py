"""Open dashboards hear what changed, whatever becomes of Redis."""

import queue
import time
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from wa_assistant import live
from wa_assistant.database import transaction
from wa_assistant.live import Hub, bells

from .support.eventually import eventually

pytestmark = pytest.mark.usefixtures("context")

Stream = Any


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(live, "RECONNECT_SECONDS", 0.05)


@pytest.fixture
def hub(app):
    made = Hub(app.extensions["bells"], limit=24)
    yield made
    made.close()


def opened(hub: Hub) -> Stream:
    """A stream whose hub is listening."""
    stream = hub.subscribe()
    assert stream is not None
    eventually(partial(has_begun, hub), message="The hub does not listen.")
    while not stream.empty():
        stream.get_nowait()
    return stream


def has_begun(hub: Hub) -> bool:
    """Redis knows that it listens a moment before the hub does."""
    return app_listens(hub) and hub._complete_since < float("inf")


def app_listens(hub: Hub) -> bool:
    return bool(hub._redis.pubsub_numsub(live.CHANNEL)[0][1])


def heard(stream: Stream, count: int = 1) -> list[str | None]:
    """The next names; whoever begins to listen says "all", at a moment of its own."""
    names: list[str | None] = []
    while len(names) < count:
        name = stream.get(timeout=5)
        if name != live.EVERYTHING:
            names.append(name)
    return names


def test_a_new_stream_is_told_to_fetch_everything(hub):
    stream = hub.subscribe()
    assert stream.get(timeout=5) == "all"


def test_every_stream_hears_what_changed(hub):
    first = opened(hub)
    streams = [first, *[opened(hub) for _ in range(23)]]
    live.changed("conversations", "thread-17")
    for stream in streams:
        assert heard(stream, 2) == ["conversations", "thread-17"]


def test_a_conversation_is_told_of_by_its_list_its_thread_and_what_else_shows_it(hub):
    stream = opened(hub)
    live.conversation_changed(17)
    live.conversation_changed(17, 18, also=("journeys",))
    assert heard(stream, 2) == ["conversations", "thread-17"]
    assert heard(stream, 4) == ["journeys", "conversations", "thread-17", "thread-18"]


@pytest.fixture
def clock(monkeypatch):
    """The time as the hub has it, to be moved on."""
    now = [1_000_000.0]
    monkeypatch.setattr("wa_assistant.live.time.time", lambda: now[0])
    return now


def test_a_stream_begins_with_what_changed_since_its_page_was_asked_for(hub, clock):
    opened(hub)
    clock[0] += 60
    hub._tell(["long-ago"])
    clock[0] += 60
    asked = clock[0]
    hub._tell(["thread-17", "conversations"])
    hub._tell(["thread-17"])
    stream = hub.subscribe(asked)
    assert heard(stream, 2) == ["thread-17", "conversations"]
    assert stream.empty()


def test_clocks_may_differ_a_little(hub, clock):
    opened(hub)
    clock[0] += 60
    hub._tell(["thread-17"])
    assert hub.missed(clock[0] + live.MARGIN_SECONDS / 2) == ["thread-17"]
    assert hub.missed(clock[0] + 2 * live.MARGIN_SECONDS) == []


def test_where_it_is_not_known_what_changed_everything_is_fetched(hub, clock):
    asked = clock[0]
    assert hub.missed(asked) == ["all"], "nobody listens yet"
    opened(hub)
    assert hub.missed(asked) == ["all"], "it may have been before that"
    clock[0] += 60
    assert hub.missed(clock[0]) == []
    for number in range(live.KEPT_NAMES + 1):
        clock[0] += 1
        hub._tell([f"thread-{number % 7}"])
    assert hub.missed(asked + 60) == ["all"], "it is forgotten"
    assert len(hub.missed(asked + 120)) == 7
    hub._tell([f"thread-{number}" for number in range(live.STREAM_BACKLOG + 1)])
    assert hub.missed(clock[0]) == ["all"], "it is more than all"


def test_while_redis_was_away_anything_may_have_changed(hub, valkey):
    opened(hub)
    valkey.stop()
    eventually(lambda: hub.missed(time.time() + 5) == ["all"])
    valkey.start()
    eventually(lambda: hub.missed(time.time() + 5) == [])


def test_a_stream_without_news_says_at_once_that_it_is_there(hub):
    assert next(hub.events(queue.Queue())) == ": still here\n\n"


def test_what_changed_is_told_after_the_commit_only(hub):
    stream = opened(hub)
    with transaction():
        live.changed("thread-1")
        live.changed("thread-2")
        bells.redis.publish(live.CHANNEL, "meanwhile")
    assert heard(stream, 3) == ["meanwhile", "thread-1", "thread-2"]
    with suppress(LookupError), transaction():
        live.changed("thread-3")
        raise LookupError
    live.changed("thread-4")
    assert heard(stream) == ["thread-4"]


def test_another_process_is_heard_too(hub, make_app):
    stream = opened(hub)
    with make_app().app_context():
        live.changed("thread-9")
    assert heard(stream) == ["thread-9"]


def test_streams_are_capped_and_a_place_that_is_left_is_free(app):
    hub = Hub(app.extensions["bells"], limit=2)
    first, _ = hub.subscribe(), hub.subscribe()
    assert first is not None
    assert hub.subscribe() is None
    hub.unsubscribe(first)
    assert hub.subscribe() is not None
    hub.close()


@pytest.mark.environment(WEB_THREADS=12)
def test_pages_always_have_threads_left():
    assert live.hub()._limit == 4


def test_after_redis_restarts_everything_is_fetched_and_changes_are_heard_again(hub, valkey):
    stream = opened(hub)
    valkey.stop()
    live.changed("thread-1")  # nobody hears it, and nothing fails
    valkey.start()
    assert stream.get(timeout=5) == "all"
    eventually(lambda: app_listens(hub))
    live.changed("thread-2")
    assert heard(stream) == ["thread-2"]


def test_a_stream_opened_while_redis_is_away_begins_all_the_same(hub, valkey):
    valkey.stop()
    stream = hub.subscribe()
    assert stream.get(timeout=5) == "all"
    valkey.start()
    assert stream.get(timeout=5) == "all"
    eventually(lambda: app_listens(hub))
    live.changed("thread-2")
    assert heard(stream) == ["thread-2"]


def test_a_reader_that_falls_behind_fetches_everything(hub):
    stream = hub.subscribe()
    for number in range(live.STREAM_BACKLOG + 50):
        hub._tell([f"thread-{number}"])
    names = [stream.get_nowait() for _ in range(stream.qsize())]
    assert len(names) <= live.STREAM_BACKLOG
    assert names[0] == "all"
    assert names[-1] == f"thread-{live.STREAM_BACKLOG + 49}"


def test_events_are_names_and_nothing_else(hub):
    stream = hub.subscribe()
    assert next(hub.events(stream)) == "data: all\n\n"


def test_a_quiet_stream_says_that_it_is_there(hub, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)
    stream: queue.Queue[str | None] = queue.Queue()
    assert next(hub.events(stream)) == ": still here\n\n"


def test_a_stream_ends_in_time_and_leaves_its_place(hub, monkeypatch):
    monkeypatch.setattr(live, "STREAM_SECONDS", 0)
    stream = hub.subscribe()
    assert list(hub.events(stream)) == []
    assert stream not in hub._streams


def test_a_reader_who_goes_away_leaves_the_place(hub):
    stream = hub.subscribe()
    events = hub.events(stream)
    next(events)
    events.close()
    assert stream not in hub._streams


def test_closing_ends_every_stream_and_opens_no_other(hub):
    streams = [hub.subscribe() for _ in range(3)]
    hub.close()
    for stream in streams:
        assert {event.split()[1] for event in hub.events(stream)} <= {"all"}
    assert hub.subscribe() is None
    assert hub._streams == set()


def test_a_stream_that_fell_behind_ends_on_closing_too(hub):
    stream = hub.subscribe()
    for number in range(live.STREAM_BACKLOG):
        hub._tell([f"thread-{number}"])
    hub.close()
    hub._tell(["thread-last"])
    events = list(hub.events(stream))
    assert len(events) <= live.STREAM_BACKLOG + 2
