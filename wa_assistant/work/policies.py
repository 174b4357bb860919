"""How long each kind of work is held, how often it is tried, and after which pauses: a line a kind.

`lease`: seconds after which a claim runs out that nobody renews; its worker does, so that what it
waits for may take longer. `grace`: seconds in which the work's own bell may be heard, before the
sweeper rings again. `pauses`: seconds after the first, the second ... try that came to nothing for
a passing reason (the last one also for all later ones), a little more each time, so that those who
wait do not come back at once. `most_attempts`: such tries in succession after which it is given up;
None: never. `fault_pauses`, `most_faults`: the same for faults of our own and workers that died;
then it is a dead letter.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from .rates import most, scattered

LONGEST_REST = 300.0  # of a provider, or of a participant whom WhatsApp lets us write to slowly


@dataclass(frozen=True)
class Policy:
    """`name` is the kind's own, in logs and on pages; `bell` is the job that does the work. No
    claim and no pause is longer than `longest`: what says so was written by a wrong clock."""

    name: str
    bell: str
    lease: float
    grace: float
    fault_pauses: tuple[float, ...]
    most_faults: int
    pauses: tuple[float, ...] = ()
    most_attempts: int | None = None
    longest: timedelta = field(init=False)

    def __post_init__(self) -> None:
        pauses = (self.lease, LONGEST_REST, *self.fault_pauses, *map(most, self.pauses))
        object.__setattr__(self, "longest", timedelta(seconds=max(pauses)))

    def pause(self, attempts: int) -> float:
        """Seconds after so many tries that came to nothing, in step with nobody else's."""
        return scattered(nth(self.pauses, attempts))

    def spent(self, attempts: int) -> float:
        """Seconds from the first to the last of so many tries that came to nothing, at least."""
        return sum(nth(self.pauses, number) for number in range(1, attempts))

    def fault_pause(self, faults: int) -> float:
        """Seconds after so many faults."""
        return nth(self.fault_pauses, faults)


def nth(pauses: tuple[float, ...], number: int) -> float:
    """The pause with this number, counted from 1: the last one for all later ones."""
    return pauses[min(number, len(pauses)) - 1] if pauses else 0.0


# A fault of our own would be the same in a second, and each call to a model costs. The pauses are
# the model's, and exact: each conversation has a time of its own. How long the model is waited for
# in all, decide.py says.
ANSWER = Policy("answer", "jobs.reply.answer", 15, 3, (60,), 5, (2, 4, 8, 16, 30))
# After five faults it is looked for once more, perhaps it was sent: a sixth says even that fails.
# Who waits for an answer waits no minute for the next try, for ten minutes; in all it is 22.
REFUSED = (4, 8, 16, 30, *(45,) * 12, 120, 300)
MESSAGE = Policy("message", "jobs.delivery.deliver", 15, 3, (10,), 6, REFUSED, most_attempts=20)
# A file may be a little later than its webhook.
MEDIA = Policy("media", "jobs.media.fetch", 60, 10, (60,), 5, (2, 4, 8, 15, 60, 300), 7)
WEBHOOK = Policy("webhook", "jobs.webhooks.process", 15, 10, (10, 40, 160, 640), 5)
# The pauses are the embedding service's, which may be away for long.
DOCUMENT = Policy("document", "jobs.imports.prepare", 30, 10, (60,), 3, (5, 15, 60, 300, 900), 6)
# As long as a slow disk takes for a file; nobody waits but who uploaded it.
IMPORT = Policy("import", "jobs.imports.take_in", 60, 10, (60,), 3)
TRIAL = Policy("trial", "jobs.trial.answer", 90, 10, (10,), 3)
AID = Policy("aid", "jobs.aid.write", 90, 10, (10,), 3)
MEASUREMENT = Policy("measurement", "jobs.imports.measure", 90, 10, (10,), 3)
# As mail servers ask for it: those that greylist take an e-mail with the second or third try.
EMAIL = Policy("email", "jobs.notify.send_email", 60, 10, (60,), 5, (30, 120, 600, 1800, 3600), 8)
VECTOR_SET = Policy("vector set", "jobs.imports.reindex", 60, 10, (60,), 5, (60,))

EVERY = (
    *(ANSWER, MESSAGE, MEDIA, WEBHOOK, DOCUMENT, IMPORT, TRIAL, AID, MEASUREMENT, EMAIL),
    VECTOR_SET,
)
LONGEST_LEASE = timedelta(seconds=max(each.lease for each in EVERY))
