"""Tells open dashboards what changed: the names of fragments, which then fetch themselves.

One Redis subscription a process feeds all its event streams. The number of streams is capped,
so that pages always find a thread; who gets none polls. That Redis stands here for all who ring.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from flask import Flask, current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from . import logs
from .database import after_commit

log = logs.get(__name__)

BELL_TIMEOUT_SECONDS = 0.3
MOST_CONNECTIONS = 1024  # more than there are threads
CHANNEL = "wa_assistant:live"
EVERYTHING = "all"
SESSIONS = "sessions"  # whose stream it is may have changed; told to no page
HEARTBEAT_SECONDS = 5.0  # and so long keeps a page that was left its thread
STREAM_SECONDS = 600  # then the browser connects again, and is asked again who it is
LOOK_SECONDS = 30  # after which a stream asks whose it is also where nobody told it to
STREAM_BACKLOG = 200  # names a slow reader may fall behind before it is told to fetch everything
STILL_HERE = ": still here\n\n"
RECONNECT_SECONDS = 1.0
KEPT_NAMES = 1000  # told lately: a page is made a moment before its stream is opened
MARGIN_SECONDS = 1.0  # by which the clocks of machines may differ


class Bells:
    """The Redis that rings bells; the truth is in the database.

    A dead Redis may cost a request a fraction of a second, never more: no retries, short
    time-outs. Whoever rings is prepared to find nobody home.
    """

    def init_app(self, app: Flask) -> None:
        app.extensions["bells"] = Redis.from_url(
            app.config["REDIS_URL"],
            socket_timeout=BELL_TIMEOUT_SECONDS,
            socket_connect_timeout=BELL_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
            max_connections=MOST_CONNECTIONS,
        )

    @property
    def redis(self) -> Redis:
        client: Redis = current_app.extensions["bells"]
        return client


bells = Bells()


def changed(*fragments: str) -> None:
    """Ring every open dashboard for `fragments` ("conversations", "thread-17") after the commit."""
    after_commit(lambda: _publish(fragments))


def conversation_changed(*participant_ids: int, also: tuple[str, ...] = ()) -> None:
    """Ring for all that shows these participants' conversations, and for the fragments `also`."""
    changed(*also, "conversations", *map(thread, participant_ids))


def thread(participant_id: int) -> str:
    """The name of a conversation's thread: its fragment, its route's end and its DOM id."""
    return f"thread-{participant_id}"


def _publish(fragments: tuple[str, ...]) -> None:
    try:
        bells.redis.publish(CHANNEL, "\n".join(fragments))
    except RedisError as error:
        log.warning("dashboards not rung, they poll", error=type(error).__name__)


class Hub:
    """The event streams of this process and the one subscription that feeds them."""

    def __init__(self, redis: Redis, limit: int) -> None:
        self._redis = redis
        self._limit = limit
        self._streams: set[queue.Queue[str | None]] = set()
        self._lock = threading.Lock()
        self._listener: threading.Thread | None = None
        self._closed = False
        self._told: deque[tuple[float, str]] = deque()  # when, and the name
        self._complete_since = float("inf")  # they are all that was told since then

    def subscribe(self, since: float | None = None) -> "queue.Queue[str | None] | None":
        """A new stream's queue, or None when there are as many as the process can carry.

        It begins with what changed since the moment `since`, at which its page was asked for; where
        that is not known, with everything.
        """
        with self._lock:
            if self._closed or len(self._streams) >= self._limit:
                return None
            stream: queue.Queue[str | None] = queue.Queue()
            for name in self.missed(since):
                stream.put(name)
            self._streams.add(stream)
        self.listen()
        return stream

    def listen(self) -> None:
        """Hear what changes from now on, whether or not there is a stream yet."""
        with self._lock:
            if self._closed or self._listener is not None:
                return
            self._listener = threading.Thread(target=self._listen, daemon=True, name="live")
            self._listener.start()

    def missed(self, moment: float | None) -> list[str]:
        """What a page that was asked for then, a time in seconds, has to fetch again."""
        if moment is None or moment - MARGIN_SECONDS < self._complete_since:
            return [EVERYTHING]
        told = dict.fromkeys(name for at, name in self._told if at >= moment - MARGIN_SECONDS)
        return [EVERYTHING] if len(told) > STREAM_BACKLOG else list(told)

    def unsubscribe(self, stream: "queue.Queue[str | None]") -> None:
        with self._lock:
            self._streams.discard(stream)

    def close(self) -> None:
        """End every stream, so that a stopping server need not wait for them."""
        with self._lock:
            self._closed = True
            for stream in self._streams:
                stream.put(None)

    def events(
        self, stream: "queue.Queue[str | None]", lasts: Callable[[], bool] = lambda: True
    ) -> Iterator[str]:
        """The stream as server-sent events, ended after STREAM_SECONDS, or when it `lasts` no
        longer for whom it was opened: what they have open then asks for everything once more, and
        is told who may have it."""
        now = time.monotonic()
        ends, look_at = now + STREAM_SECONDS, now + LOOK_SECONDS
        try:
            if stream.empty():
                yield STILL_HERE  # until something comes, a browser does not know it is connected
            while (left := ends - time.monotonic()) > 0:
                name = _next(stream, min(left, HEARTBEAT_SECONDS))
                if name is None:
                    return
                if name == SESSIONS or time.monotonic() > look_at:
                    look_at = time.monotonic() + LOOK_SECONDS
                    if not lasts():
                        yield f"data: {EVERYTHING}\n\n"
                        return
                if name != SESSIONS:
                    yield f"data: {name}\n\n" if name else STILL_HERE
        finally:
            self.unsubscribe(stream)

    def _listen(self) -> None:
        while not self._closed:
            # redis-py raises the last two where a connection is closed under its hands.
            with (
                suppress(RedisError, ValueError, AttributeError),
                self._redis.pubsub() as pubsub,
            ):
                pubsub.subscribe(CHANNEL)
                while not self._closed:
                    message = pubsub.get_message(timeout=HEARTBEAT_SECONDS)
                    if message and message["type"] == "subscribe":
                        self._begin()
                    elif message:
                        self._tell(message["data"].decode().split("\n"))
            self._complete_since = float("inf")
            time.sleep(RECONNECT_SECONDS)

    def _begin(self) -> None:
        """Redis tells from now on, for the first time or anew."""
        self._tell((EVERYTHING,))
        with self._lock:
            self._told.clear()
            self._complete_since = time.time()

    def _keep(self, names: Sequence[str]) -> None:
        now = time.time()
        self._told.extend((now, name) for name in names)
        while len(self._told) > KEPT_NAMES:
            self._complete_since, _ = self._told.popleft()

    def _tell(self, names: Sequence[str]) -> None:
        with self._lock:
            if self._closed:
                return  # the word that ends each stream stays its last
            self._keep(names)
            for stream in self._streams:
                if stream.qsize() > STREAM_BACKLOG:
                    with suppress(queue.Empty):
                        while True:
                            stream.get_nowait()
                    stream.put(EVERYTHING)
                for name in names:
                    stream.put(name)


def _next(stream: "queue.Queue[str | None]", seconds: float) -> str | None:
    """The next name; "" if there is none for so long."""
    try:
        return stream.get(timeout=seconds)
    except queue.Empty:
        return ""


def init_app(app: Flask) -> None:
    app.extensions["live"] = Hub(app.extensions["bells"], max(1, app.config["WEB_THREADS"] - 8))


def hub() -> Hub:
    found: Hub = current_app.extensions["live"]
    return found
