"""What a webhook costs the database: who adds a statement moves a number here, with a reason."""

from urllib.parse import urlencode

import pytest

from tests.cast import ANA, TWILIO, inbound, write
from wa_assistant.intake import webhook_log
from wa_assistant.journey import starters
from wa_assistant.models import Kind

pytestmark = pytest.mark.usefixtures("context")

# The row, where its key is new.
KEPT = 1
# Who writes (found, and locked), their message, what changes about them, what was parked for them,
# their journey, and how long the answer waits for more.
UNDERSTOOD = 7
# Those to take, their claims, what they are, that they are done, whether a claim is left, and what
# comes next; and on Postgres that there is only one who does this, three times.
TOGETHER = 9


def keep(count: int) -> None:
    for number in range(count):
        form = TWILIO.inbound(f"{ANA}{number % 3}", f"Quanto custa? {number}")
        webhook_log.keep(Kind.INBOUND, urlencode(form).encode())


def test_a_webhook_is_one_insert_in_one_transaction(statements):
    write(ANA)
    statements.clear()
    keep(1)
    assert (len(statements), statements.commits) == (KEPT, 1), statements


def test_a_message_of_somebody_known_is_understood_in_few_statements(statements):
    starters.install()
    keep(3)
    webhook_log.understand()  # they are known now
    counts = []
    for count in (1, webhook_log.TOGETHER):
        keep(count)
        statements.clear()
        webhook_log.understand()
        counts.append(len(statements))
    one, many = counts
    assert one <= TOGETHER + UNDERSTOOD, statements
    assert many - one <= (webhook_log.TOGETHER - 1) * UNDERSTOOD, statements
    assert len(inbound()) == 3 + 1 + webhook_log.TOGETHER


def test_many_are_understood_in_one_transaction(statements):
    keep(3)
    webhook_log.understand()
    keep(webhook_log.TOGETHER)
    statements.clear()
    webhook_log.understand()
    assert statements.commits <= 4, "they are taken, done, and what comes next is looked for"
