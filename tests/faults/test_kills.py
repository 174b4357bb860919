"""Workers are killed with SIGKILL at the four worst moments, each caught by freezing its process.

The doubles hold a call until its process is frozen: what then happens at the provider, the
process never learns of.
"""

import fcntl
from datetime import UTC, datetime, timedelta

import psutil
import pytest
from sqlalchemy import Select, select

from tests.path.whole import Whole, whole
from tests.processes.product import kill
from tests.support.eventually import eventually
from wa_assistant.models import AiCall, Outcome, Participant

from .justice import assert_settled_once_and_in_order, bodies
from .killer import is_horse

BEFORE, DURING, BETWEEN, AFTER = (f"whatsapp:+551190000000{n}" for n in range(1, 5))
PROMISED = timedelta(seconds=30)


def freeze(stack: Whole) -> list[psutil.Process]:
    """Whoever is at work stops in the middle of it; they and their workers.

    Nobody in the middle of writing: all others would wait, and never come where they are killed.
    """
    found = stack.workers()
    horses = [each for each in found if is_horse(each)]
    for horse in horses:
        horse.suspend()
    if is_being_written(stack):
        for horse in horses:
            horse.resume()
        eventually(lambda: not is_being_written(stack))
        return freeze(stack)
    return horses + [each for each in found if each.pid in {horse.ppid() for horse in horses}]


def is_being_written(stack: Whole) -> bool:
    path = stack.product.data_dir / "wa_assistant.sqlite3.lock"
    if not path.exists():  # on Postgres a writer holds up nobody but its own participant
        return False
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def after_acceptance(stack: Whole) -> None:
    """Twilio has taken the message, and our commit is yet to come."""
    stack.twilio.hold()
    stack.write(AFTER, "first")
    eventually(lambda: stack.twilio.waiting == 1, 60)
    freeze(stack)
    stack.twilio.release()
    eventually(lambda: stack.to(AFTER))


def between_model_and_outbox(stack: Whole) -> None:
    stack.openai.hold()
    stack.write(BETWEEN, "between")
    eventually(lambda: is_asked(stack, "between"), 60)
    freeze(stack)
    assert is_claimed(stack, BETWEEN)
    stack.openai.release()
    eventually(lambda: not stack.openai.in_flight)


def before_the_call(stack: Whole) -> None:
    """Between two claims: it waits for the end of a burst that went on, and nobody has it."""
    stack.openai.hold()
    stack.write(BEFORE, "before")
    eventually(lambda: is_asked(stack, "before"), 60)
    stack.write(BEFORE, "and one more")
    stack.openai.release()
    obsolete = select(AiCall.id).where(AiCall.outcome == Outcome.OBSOLETE)
    eventually(lambda: is_any(stack, obsolete))
    freeze(stack)


def during_the_call(stack: Whole) -> None:
    stack.openai.hold()
    stack.write(DURING, "during")
    eventually(lambda: is_asked(stack, "during"), 60)
    assert is_claimed(stack, DURING)


def is_asked(stack: Whole, words: str) -> bool:
    """Whether a call about these words waits at the model, whoever else's waits there too."""
    return any(words in str(request.json) for request in list(stack.openai.in_flight.values()))


def is_claimed(stack: Whole, address: str) -> bool:
    claimed = Participant.claim_token.is_not(None), Participant.address == address
    return is_any(stack, select(Participant.id).where(*claimed))


def is_any(stack: Whole, query: Select[int]) -> bool:
    with stack.database.connect() as connection:
        return connection.scalar(query.limit(1)) is not None


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def test_workers_killed_at_the_worst_moments_lose_and_double_nothing(directory, databases, kind):
    url = databases.bare("postgres", directory) if kind == "postgres" else ""
    # Three are frozen, and what those had may come to three others before the last one is caught.
    with whole(directory / kind, url, WORKERS="7", REPLY_DELAY_SECONDS="2") as stack:
        for reach in (after_acceptance, between_model_and_outbox, before_the_call, during_the_call):
            reach(stack)
        stack.write(AFTER, "second")
        killed_at = datetime.now(UTC)
        kill(*freeze(stack))
        stack.openai.release()
        for address in (BEFORE, DURING, BETWEEN):
            stack.await_answer(address)
        stack.await_answer(AFTER, 2)
        assert_settled_once_and_in_order(stack)
        assert max(sent.at for sent in stack.twilio.messages) - killed_at < PROMISED
        assert bodies(stack, BEFORE) == ["You wrote: before / and one more"]
        assert bodies(stack, DURING) == ["You wrote: during"]
        assert bodies(stack, BETWEEN) == ["You wrote: between"]
        assert bodies(stack, AFTER) == ["You wrote: first", "You wrote: second"]
