"""What a message costs as far as it has come: Twilio's fee, and WhatsApp's price for what goes out.

From the moment it is handed over a message counts as delivered, until it is known to have failed:
what may have been sent may have to be paid for. Nothing is read here, and nothing written but to
the row at hand: triggers count it (models/daily_cost.py, models/spending.py). Pretended
participants cost nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import phonenumbers
from sqlalchemy import ScalarSelect, func, select

from ..models import Category, DailyCost, Direction, Fee, Message, Participant, PriceKind, Status
from ..models.message import FAILURES, UNKNOWN
from ..models.participant import number_in
from . import prices
from .lines import What

# Of these nothing has gone out yet, or ever will.
NOT_SENT = (Status.WAITING, Status.PARKED, Status.CANCELLED)
NOWHERE = ("ZZ", "001")  # as the library says an unknown country, and the world


def came_in(message: Message, participant: Participant) -> None:
    """It has come in, on the day it was written."""
    _place(message, participant)
    message.cost = 0
    if not participant.simulated:
        message.day = prices.day_of(message.created_at)
        _put(message, prices.fee(Fee.INBOUND, message.day), _dearest_fee)


def put(message: Message, participant: Participant, category: Category) -> None:
    """It is in the outbox, and costs nothing so far."""
    _place(message, participant)
    message.category, message.cost = category, 0


def handed_over(message: Message, participant: Participant, sent: int) -> None:
    """It goes out. `sent`: the service messages of its month so far, of which WhatsApp charges
    none until they are as many as are free."""
    if participant.simulated:
        return
    message.day = message.day or prices.today()
    is_service = message.category == Category.SERVICE
    is_free = is_service and sent < free_service_messages(message.day)
    _put_sent(message, participant, Status.SENT, is_free=is_free)


def failed(message: Message) -> None:
    """It has failed, for now or for good. What Twilio did not take costs nothing; of what may have
    arrived after all, nothing changes."""
    if message.day is None or message.reason in UNKNOWN:
        return
    if message.provider_sid is None:
        untaken(message)
    else:
        message.cost = of_failure(message.day, Status(message.status), message.failed_cost)


def untaken(message: Message) -> None:
    """The provider has surely not taken it."""
    if message.day is not None:
        message.cost, message.reserved = message.failed_cost, 0


def goes_again(message: Message) -> None:
    """After it has failed: what that cost stays."""
    if message.day is not None:
        message.failed_cost = message.cost or 0


def arrived_after_all(message: Message, participant: Participant) -> None:
    """It had failed, as it seemed. Whether it was one of the free ones is not known any more."""
    if message.day is not None:
        _put_sent(message, participant, Status.DELIVERED)


def of_failure(day: date | None, status: Status, before: int) -> int | None:
    """Of one that had been taken, with what sendings `before` took; None where its day was before
    days were kept, or it is pretended."""
    if day is None or status not in FAILURES:
        return None
    fee = price_of(Category.SERVICE, None, Direction.OUTBOUND, status, day)
    return before + (fee or 0)


def free_service_messages(on: date) -> int:
    """How many service messages of a month and number WhatsApp does not charge."""
    return prices.number(What(PriceKind.ALLOWANCE, Category.SERVICE), on) or 0


def service_messages_so_far() -> ScalarSelect[Any]:
    """How many service messages the team's month has, as a column of another statement: that
    handing over takes none more."""
    today = prices.today()
    months = DailyCost.day.between(today.replace(day=1), today)
    counted = select(func.coalesce(func.sum(DailyCost.number), 0))
    return counted.where(DailyCost.kind == Category.SERVICE, months).scalar_subquery()


def price_of(
    category: Category,
    country: str | None,
    direction: str,
    status: str,
    on: date,
    *,
    is_free: bool = False,
) -> int | None:
    """Micro-dollars for a message as far as it has come: Twilio's fee and WhatsApp's price.

    Of what came in, Twilio's alone. What failed costs its fee for that, what was not delivered
    nothing of WhatsApp's, and what is on its way counts as delivered. `country` is that of the
    participant. What Twilio refused to take has cost nothing, and is not asked for here. `is_free`:
    it is one of those that WhatsApp does not charge.
    """
    if direction == Direction.INBOUND:
        return prices.fee(Fee.INBOUND, on)
    if status in NOT_SENT:
        return 0
    if status == Status.FAILED:
        return prices.fee(Fee.FAILED, on)
    is_free = is_free or status == Status.UNDELIVERED
    whatsapp = 0 if is_free else _delivered(category, country, on)
    twilio = prices.fee(Fee.OUTBOUND, on)
    return None if twilio is None or whatsapp is None else twilio + whatsapp


def dearest_of(category: Category, on: date) -> int:
    """The dearest known of one that went out: Twilio's fee, and WhatsApp's wherever it went."""
    return prices.dearest(PriceKind.FEE, on) + prices.dearest(PriceKind.MESSAGE, on, category)


def country_of(address: str) -> str | None:
    """Whose rate WhatsApp charges for, in two letters: "BR" for "whatsapp:+5511..." or
    "whatsapp:BR.123...".

    By the calling code where the number itself is of no country, as new ones are at first. None for
    a user name, and for a number of no country.
    """
    number = number_in(address)
    if number is None:
        return _named(address)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    by_code = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    country = phonenumbers.region_code_for_number(parsed) or by_code
    return None if country in NOWHERE else country


def _delivered(category: Category, country: str | None, on: date) -> int | None:
    for where in (country, None):
        found = prices.number(What(PriceKind.MESSAGE, category, where), on)
        if found is not None:
            return found
    return None


def _named(address: str) -> str | None:
    """WhatsApp's own name of who has no number begins with their country."""
    country, point, _ = address.rpartition(":")[2].partition(".")
    return country if point and country in phonenumbers.SUPPORTED_REGIONS else None


def _place(message: Message, participant: Participant) -> None:
    message.journey_version_id, message.stage = participant.journey_version_id, participant.stage


def _put_sent(
    message: Message, participant: Participant, status: Status, *, is_free: bool = False
) -> None:
    day, category = message.day or prices.today(), Category(message.category or Category.SERVICE)
    country = country_of(participant.address)
    price = price_of(category, country, Direction.OUTBOUND, status, day, is_free=is_free)
    _put(message, price, lambda day: dearest_of(category, day))


def _put(message: Message, price: int | None, dearest: Callable[[date], int]) -> None:
    before = message.failed_cost or 0  # None of a new row
    if price is None:
        message.cost, message.reserved = None, before + dearest(message.day or prices.today())
    else:
        message.cost, message.reserved = before + price, 0


def _dearest_fee(day: date) -> int:
    return max(prices.fee(name, day) or 0 for name in Fee)
