"""Twilio and OpenAI do all that they can do wrong, each to somebody else, at the same time."""

import pytest

from tests.doubles import completions, messages
from tests.doubles.base import Fault
from tests.path.whole import whole
from tests.support.eventually import eventually
from wa_assistant.models import Status

from .justice import assert_settled_once_and_in_order, bodies
from .trouble import GARBAGE, NONSENSE

MODEL = {
    "limits the rate": Fault(response=completions.error(429, "rate_limit_exceeded")),
    "errs": Fault(response=completions.error(500, None)),
    "talks garbage": Fault(response=GARBAGE),
    "hangs up": Fault(),
    "says nothing": Fault(seconds=35),
}
TWILIO = {
    "refuses": Fault(response=messages.error(429, 20429)),
    "has failed": Fault(response=messages.error(500, 20500)),
    "fails after": Fault(response=messages.error(503, 20500), accept=True),
    "speaks nonsense": Fault(response=NONSENSE, accept=True),
    "breaks off before": Fault(),
    "breaks off after": Fault(accept=True),
    "is silent": Fault(seconds=12, accept=True),
}


def once(faults: dict[str, Fault]):
    """The first call about each of them goes wrong."""
    left = dict(faults)

    def choose(request) -> Fault | None:
        if request.method != "POST":
            return None
        said = request.form["Body"] if b"Body=" in request.body else request.body.decode()
        return next((left.pop(name) for name in list(left) if name in said), None)

    return choose


def statuses(stack) -> set[str]:
    with stack.database.connect() as connection:
        return set(connection.exec_driver_sql("SELECT status FROM messages").scalars())


@pytest.mark.long
@pytest.mark.timeout(240)
def test_whatever_the_providers_do_each_message_is_answered_once(directory):
    people = {name: f"whatsapp:+55119100000{n:02}" for n, name in enumerate([*MODEL, *TWILIO])}
    with whole(directory / "data") as stack:
        # Before our own call has returned, the last one first, and each twice.
        stack.twilio.send_receipts("read", "delivered", "sent", repeat=2, before_answer=True)
        stack.openai.misbehave(once(MODEL))
        stack.twilio.misbehave(once(TWILIO))
        for name, address in people.items():
            stack.write(address, f"it {name}")
        for address in people.values():
            stack.await_answer(address, timeout=120)
        assert_settled_once_and_in_order(stack)
        for name, address in people.items():
            assert bodies(stack, address) == [f"You wrote: it {name}"]
        eventually(lambda: statuses(stack) == {Status.RECEIVED, Status.READ})
