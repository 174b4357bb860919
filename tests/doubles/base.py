"""A provider's API as a real HTTP server on the loopback: it records, and can be told to fail.

A double is used inside a test's process or started on its own; then what it saw is read at
GET /double, and POST /double {"call": "fail_next", "with": {"n": 3}} tells it what to do.
"""

import signal
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Self

from .server import Request, Response, Server, answer_json


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    `response` None closes the connection without an answer; `accept` does the work all the
    same, so that only the answer is lost; `seconds` of silence come first. One that `passes`
    goes well after all: the next one planned is for a later call.
    """

    on: str = "POST"
    response: Response | None = None
    accept: bool = False
    seconds: float = 0
    passes: bool = False


Choice = Callable[[Request], Fault | None]


class Double:
    """The server and its plan of faults; a provider adds `answer`."""

    controls: ClassVar[set[str]] = {"hang", "drop_connection", "hold", "release", "reset", "slow"}

    def __init__(self, port: int = 0) -> None:
        self.requests: list[Request] = []
        self.delay = 0.0
        self.waiting = 0
        # The calls being answered, by the port they came from: it tells whose they are.
        self.in_flight: dict[int, Request] = {}
        self._faults: deque[Fault] = deque()
        self._choose: Choice | None = None
        self._resets = 0
        self._lock = threading.Lock()
        self._open = threading.Event()
        self._stopped = threading.Event()
        self._open.set()
        self._server = Server(port, self._serve)

    @property
    def url(self) -> str:
        return self._server.url

    def start(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._stopped.set()
        self._open.set()
        self._server.shutdown()
        self._server.server_close()

    __enter__ = start

    def __exit__(self, *_: object) -> None:
        self.stop()

    def reset(self) -> None:
        """Forget what was seen and planned, and let go of the calls that are held, in vain."""
        with self._lock:
            self._resets += 1
            self._faults.clear()
            self._choose = None
            self.requests.clear()
            self.delay = 0.0
        self.release()

    def slow(self, seconds: float) -> None:
        """Every answer takes this long from now on."""
        self.delay = seconds

    def hang(self, seconds: float, n: int = 1, *, accept: bool = False, on: str = "POST") -> None:
        """The next `n` calls hear nothing for so long, and then the connection closes."""
        self.plan(n, Fault(on=on, accept=accept, seconds=seconds))

    def drop_connection(self, n: int = 1, *, accept: bool = False, on: str = "POST") -> None:
        """The next `n` connections close without an answer, before or after the work."""
        self.plan(n, Fault(on=on, accept=accept))

    def let_pass(self, n: int = 1, *, on: str = "POST") -> None:
        """The next `n` calls go well; what is planned after this is for those that follow."""
        self.plan(n, Fault(on=on, passes=True))

    def misbehave(self, choose: Choice) -> None:
        """From now on `choose` says what goes wrong with each call that no fault is planned for."""
        self._choose = choose

    def hold(self) -> None:
        """Keep the calls to come waiting until `release`; `waiting` counts them."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    def plan(self, n: int, fault: Fault) -> None:
        with self._lock:
            self._faults.extend([fault] * n)

    def respond(self, request: Request) -> Response | None:
        with self._lock:
            self.requests.append(request)
            self.in_flight[request.port] = request
            resets, fault = self._resets, self._fault(request)
        try:
            if request.method != "GET":
                self._wait()
            # Whoever made a call before a reset has long given up on it.
            return self._act(request, fault) if resets == self._resets else None
        finally:
            self.in_flight.pop(request.port, None)

    def _fault(self, request: Request) -> Fault | None:
        planned = next((each for each in self._faults if each.on == request.method), None)
        if planned:
            self._faults.remove(planned)
            return planned
        return self._choose(request) if self._choose else None

    def _act(self, request: Request, fault: Fault | None) -> Response | None:
        if fault is None or fault.passes:
            return self.answer(request)
        if fault.accept:
            self.answer(request)
        self._stopped.wait(fault.seconds)
        return fault.response

    def answer(self, request: Request) -> Response:
        raise NotImplementedError

    def state(self) -> object:
        """What a load run in another process asks to see."""
        raise NotImplementedError

    def _serve(self, request: Request) -> Response | None:
        return self._control(request) if request.path == "/double" else self.respond(request)

    def _control(self, request: Request) -> Response:
        if request.method == "POST" and (name := request.json["call"]) in self.controls:
            getattr(self, name)(**request.json.get("with", {}))
        return answer_json(self.state())

    def _wait(self) -> None:
        with self._lock:
            self.waiting += 1
        try:
            self._open.wait()
            self._stopped.wait(self.delay)
        finally:
            with self._lock:
                self.waiting -= 1


def serve(double: Double) -> None:
    """Run a double on its own until it is told to stop."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with double, suppress(KeyboardInterrupt):
        print(double.url, flush=True)
        signal.pause()
