"""Calls to a model as the ledger sees them, which nobody makes."""

from typing import Any

from wa_assistant.models import AiCall, CallKind, Outcome
from wa_assistant.money import ledger, prices
from wa_assistant.money.caps import NoRoom
from wa_assistant.money.ledger import Payer, Reservation

LUNA = "gpt-6-luna"
# 1,000 tokens read, each perhaps written to the cache, and 1,000 said.
MOST = 125 + 500
ANSWER = Payer(CallKind.ANSWER)


def reserve(
    payer: Payer = ANSWER, model: str = LUNA, read: int = 1000, written: int = 1000, **more: int
) -> Any:
    most = prices.worst_of_tokens(model, read, written, **more)
    found: Reservation | NoRoom = ledger.reserve(payer, model, most)
    return found


def settle(reservation: Reservation, outcome: Outcome = Outcome.ANSWERED, **told: Any) -> AiCall:
    return ledger.settled(ledger.account(reservation, outcome, **told))
