"""What every test of this directory ends with."""

from tests.path.whole import Whole
from tests.settlement import lost, out_of_order, twice


def assert_settled_once_and_in_order(stack: Whole) -> None:
    stack.await_quiet(0)
    sent = list(stack.twilio.messages)
    with stack.database.connect() as connection:
        assert lost(connection) == []
        assert twice(connection, sent) == []
        assert out_of_order(connection, sent) == []


def bodies(stack: Whole, address: str) -> list[str]:
    return stack.said(address)
