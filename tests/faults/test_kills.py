"""The engine is killed with SIGKILL at the four worst moments, each caught by freezing its process.

The doubles hold a call until it is frozen: what then happens at the provider, it never learns of.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Select, select

from tests.path.whole import Whole, whole
from tests.processes.product import kill
from tests.support.eventually import eventually
from wa_assistant.models import AiCall, Outcome, Participant

from .justice import assert_settled_once_and_in_order, bodies

BEFORE, DURING, BETWEEN, AFTER = (f"whatsapp:+551190000000{n}" for n in range(1, 5))
PROMISED = timedelta(seconds=20)


def freeze(stack: Whole) -> None:
    for engine in stack.engines():
        engine.suspend()


def after_acceptance(stack: Whole) -> None:
    """Twilio has taken the message, and our commit is yet to come."""
    stack.twilio.hold()
    stack.write(AFTER, "after")
    eventually(lambda: stack.twilio.waiting == 1, 60)
    freeze(stack)
    stack.twilio.release()
    eventually(lambda: stack.to(AFTER))
    stack.write(AFTER, "and then")


def between_model_and_outbox(stack: Whole) -> None:
    stack.openai.hold()
    stack.write(BETWEEN, "between")
    eventually(lambda: stack.openai.waiting == 1, 60)
    assert is_claimed(stack, BETWEEN)
    freeze(stack)
    stack.openai.release()
    eventually(lambda: not stack.openai.in_flight)


def before_the_call(stack: Whole) -> None:
    """Between two claims: it waits for the end of a burst that went on, and nobody has it."""
    stack.openai.hold()
    stack.write(BEFORE, "before")
    eventually(lambda: stack.openai.waiting == 1, 60)
    stack.write(BEFORE, "and one more")
    stack.await_stored("and one more")
    stack.openai.release()
    obsolete = select(AiCall.id).where(AiCall.outcome == Outcome.OBSOLETE)
    eventually(lambda: is_any(stack, obsolete))
    freeze(stack)


def during_the_call(stack: Whole) -> None:
    stack.openai.hold()
    stack.write(DURING, "during")
    eventually(lambda: stack.openai.waiting == 1, 60)
    assert is_claimed(stack, DURING)


MOMENTS: dict[Callable[[Whole], None], tuple[str, list[str]]] = {
    after_acceptance: (AFTER, ["You wrote: after", "You wrote: and then"]),
    between_model_and_outbox: (BETWEEN, ["You wrote: between"]),
    before_the_call: (BEFORE, ["You wrote: before / and one more"]),
    during_the_call: (DURING, ["You wrote: during"]),
}


def is_claimed(stack: Whole, address: str) -> bool:
    claimed = Participant.claim_token.is_not(None), Participant.address == address
    return is_any(stack, select(Participant.id).where(*claimed))


def is_any(stack: Whole, query: Select[int]) -> bool:
    with stack.database.connect() as connection:
        return connection.scalar(query.limit(1)) is not None


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def test_an_engine_killed_at_the_worst_moments_loses_and_doubles_nothing(
    directory, databases, kind
):
    url = databases.bare("postgres", directory) if kind == "postgres" else ""
    with whole(directory / kind, url, REPLY_DELAY_SECONDS="2") as stack:
        for reach, (address, answers) in MOMENTS.items():
            reach(stack)
            killed_at = datetime.now(UTC)
            kill(*stack.engines())
            stack.openai.release()
            stack.await_answer(address, len(answers))
            assert max(sent.at for sent in stack.to(address)) - killed_at < PROMISED
            assert bodies(stack, address) == answers
        assert_settled_once_and_in_order(stack)
