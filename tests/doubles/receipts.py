"""Twilio's reports on the messages it accepted, sent by themselves and in any order."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from .messages import Sent
    from .twilio import Twilio

USUAL = ("queued", "sent", "delivered", "read")


class Receipts:
    """Off until `begin`; `sent` and `refused` count what the app answered."""

    def __init__(self, twilio: "Twilio") -> None:
        self._twilio = twilio
        self._threads: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        self._threads = None
        self.statuses: tuple[str, ...] = ()
        self.pending = self.sent = self.refused = 0

    def begin(
        self,
        *statuses: str,
        app: Any = None,
        shuffled: bool = False,
        repeat: int = 1,
        before_answer: bool = False,
        code: int | None = None,
        seed: int = 0,
    ) -> None:
        """Report `statuses` of every message from now on to its StatusCallback.

        `app` takes them instead of the callback's own host; `before_answer` reports before our
        call to the API has returned, so that the SID is not known to the app yet; `code` goes
        with failed and undelivered.
        """
        self.reset()
        self.statuses = (statuses or USUAL) * repeat
        self._app, self._shuffled, self._before = app, shuffled, before_answer
        self._code, self._random = code, random.Random(seed)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="receipts")

    def follow(self, sent: "Sent") -> None:
        if self._threads is None or not sent.status_callback:
            return
        statuses = list(self.statuses)
        with self._lock:
            self.pending += 1
            if self._shuffled:
                self._random.shuffle(statuses)
        future = self._threads.submit(self._report, sent, statuses)
        if self._before:
            future.result()

    def _report(self, sent: "Sent", statuses: list[str]) -> None:
        try:
            for status in statuses:
                self._tell(sent, status)
        finally:
            with self._lock:
                self.pending -= 1

    def _tell(self, sent: "Sent", status: str) -> None:
        url = sent.status_callback or ""
        code = self._code if status in ("failed", "undelivered") else None
        sent.status, sent.error_code = status, code
        try:
            answer = self._twilio.receipt(
                self._app or url, sent.sid, status, code, url=url, To=sent.to
            )
        except requests.RequestException:
            answer = None
        with self._lock:
            self.sent += 1
            self.refused += answer is None or answer.status_code != 200
