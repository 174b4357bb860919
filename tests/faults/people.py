"""Many people write; Twilio brings what they write, again and again until it is taken."""

import itertools
import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.path.whole import Whole
from wa_assistant.models import Message
from wa_assistant.models.message import IS_UNSETTLED

UNSETTLED = select(func.count(Message.id)).where(IS_UNSETTLED)
MARK = re.compile(r"<(\d+)\.(\d+)>")
WORDS = ("bom dia", "quanto custa", "a aula", "de quinta", "tem vaga", "à noite", "obrigada")
RETRY = timedelta(seconds=0.5)
AT_ONCE = 24
# So many may be without an answer at a time: it is faults that are to be met here, and not how
# much more than it can do a busy machine can be asked for.
MOST_UNSETTLED = 60


@dataclass(frozen=True)
class Written:
    """A message of somebody's; `mark` stands in its text, so that its answer can be told."""

    person: int
    number: int
    body: str
    sid: str
    at: float  # seconds after the beginning
    twice: bool

    @property
    def address(self) -> str:
        return address(self.person)

    @property
    def mark(self) -> str:
        return f"<{self.person}.{self.number}>"


def address(person: int) -> str:
    return f"whatsapp:+55119{person:08}"


def write(seed: int, messages: int, persons: int, per_second: float) -> list[Written]:
    """What `persons` write in all, in time; some of it is brought twice."""
    chance = random.Random(f"{seed} people")
    counted: Counter[int] = Counter()
    written = []
    for at in sorted(chance.uniform(0, messages / per_second) for _ in range(messages)):
        person = chance.randint(1, persons)
        counted[person] += 1
        number = counted[person]
        said = " ".join(chance.choices(WORDS, k=chance.randint(1, 12)))
        sid = f"SM{seed & 0xFFFFFFFF:08x}{person:012x}{number:012x}"
        body = f"<{person}.{number}> {said}"
        written.append(Written(person, number, body, sid, at, chance.random() < 0.05))
    return written


class Post:
    """Brings the messages in time; `accepted` says when each was first sent.

    `unreached` counts those that met nobody and were brought again, `refused` the answers other
    than 200: Twilio does not come again after one of those, so there may be none. Where there are
    several `urls`, each message goes to the next of them, and so does what met nobody.
    """

    def __init__(self, stack: Whole, written: list[Written], *urls: str) -> None:
        self._stack = stack
        self._written = written
        self._urls = urls or (stack.url,)
        self._done = threading.Event()
        self.accepted: dict[str, datetime] = {}
        self.unreached = 0
        self.refused: list[str] = []

    @property
    def written(self) -> int:
        return len(self._written)

    def bring(self, seconds: float) -> None:
        """Until all are taken, or so many seconds have passed."""
        alarm = threading.Timer(seconds, self.stop)
        alarm.start()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for future in list(self._submit(threads)):
                future.result()
        alarm.cancel()

    def stop(self) -> None:
        self._done.set()

    def _submit(self, threads: ThreadPoolExecutor) -> Iterator["Future[None]"]:
        began = datetime.now(UTC)
        for each in self._written:
            self._done.wait(each.at - (datetime.now(UTC) - began).total_seconds())
            while self._unsettled() > MOST_UNSETTLED and not self._done.is_set():
                began += RETRY
                self._done.wait(RETRY.total_seconds())
            for _ in range(1 + each.twice):
                yield threads.submit(self._deliver, each)

    def _unsettled(self) -> int:
        try:
            with self._stack.database.connect() as connection:
                return int(connection.scalar(UNSETTLED) or 0)
        except OperationalError:  # stopped at the moment, which keeps nobody from writing
            return 0

    def _deliver(self, each: Written) -> None:
        first = datetime.now(UTC)
        for tries in itertools.count():
            if self._done.is_set():
                return
            if self._taken(each, self._urls[(each.number + tries) % len(self._urls)]):
                self.accepted[each.sid] = min(first, self.accepted.get(each.sid, first))
                return
            self.unreached += 1
            self._done.wait(RETRY.total_seconds())

    def _taken(self, each: Written, url: str) -> bool:
        try:
            answer = self._stack.twilio.send(url, each.address, each.body, each.sid)
        except requests.RequestException:
            return False
        if answer.status_code != 200:
            self.refused.append(f"message {each.mark} was refused with {answer.status_code}")
        return bool(answer.status_code == 200)
