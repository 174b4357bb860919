"""What an answer costs the database: who adds a statement moves a number here, with a reason."""

import pytest

from tests.cast import ANA, outbound, participant, write
from wa_assistant.assistant import reply
from wa_assistant.journey import starters
from wa_assistant.models import Status

pytestmark = pytest.mark.usefixtures("context")

# The wait (before, and once more after it). The claim: looked for, and taken. What was said, who
# they are with all that lately came of it, and what they repeat. The call to the model in the
# ledger, under the claim, and the counts with the caps. Then the claim again, whether they wrote
# on, the reply, what it changes about them, what it answers, and what the call took.
ANSWERED = 15
# Whose turn it is: the participant, their next message, and whether Twilio refuses everything; the
# claim, and the pace. Then the participant, the claim and the receipts that came first, the SID,
# and what stands behind it.
DELIVERED = 10


@pytest.fixture
def known(openai, work):
    """Ana has been answered before, and so her journey has begun."""
    starters.install()
    write(ANA, "Oi, tudo bem?")
    work()
    write(ANA, "Queria saber quanto custa o curso.")
    return participant(ANA).id


def test_a_plain_message_is_answered_in_few_statements(known, twilio, statements):
    reply.answer_and_deliver(known)
    assert len(twilio.messages) == 2
    assert len(statements) <= ANSWERED + DELIVERED, statements
    assert statements.commits == 5, "claimed, reserved, answered, claimed, delivered"


def test_most_of_that_is_the_answer(known, statements):
    reply.answer(known)
    assert len(statements) <= ANSWERED, statements
    assert outbound()[-1].status == Status.WAITING


def test_a_bell_that_rings_in_vain_is_a_look(known, statements):
    reply.answer_and_deliver(known)
    statements.clear()
    reply.answer(known)
    assert len(statements) == 1, statements
    assert statements.commits == 0
