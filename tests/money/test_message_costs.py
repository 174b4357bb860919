"""What messages cost: Twilio's fee each way, WhatsApp's price, and the fee of what failed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import ANA, inbound, only, outbound, participant, report, rows, say, set_back, write
from wa_assistant.database import db, transaction
from wa_assistant.delivery.send import deliver
from wa_assistant.journey import starters
from wa_assistant.models import (
    Category,
    DailyCost,
    Message,
    Participant,
    Price,
    PriceKind,
    Role,
    Scope,
    Status,
    User,
)
from wa_assistant.money import message_costs, prices

from .counts import money

pytestmark = pytest.mark.usefixtures("in_step")

IN, OUT, FAILED = 5_000, 5_000, 1_000
BRAZIL = 6_800
NOWHERE = "whatsapp:someone-without-a-number"


def owner_says(kind: PriceKind, name: str, amount: int, country: str | None = None) -> None:
    """From long ago on, so that it holds whatever day it is."""
    with transaction():
        caio = User(email="caio@example.com", role=Role.OWNER)
        db.session.add(caio)
        db.session.flush()
        since = date(2020, 1, 1)
        told = {"name": name, "amount": amount, "country": country, "valid_from": since}
        db.session.add(Price(user_id=caio.id, kind=kind, **told))
    prices.forget()


@pytest.fixture
def charged(context):
    """No service message is free."""
    owner_says(PriceKind.ALLOWANCE, "service", 0)


def sent(address: str = ANA, body: str = "Olá!") -> Any:
    say(address, body)
    deliver(participant(address).id)
    return outbound()[-1]


def service_messages() -> int:
    return sum(each.number for each in rows(DailyCost, DailyCost.kind == "service"))


def test_what_comes_in_costs_twilio_s_fee_on_the_day_it_was_written():
    write(ANA)
    message = only(Message)
    assert (message.cost, message.day) == (IN, prices.today())
    assert money(Scope.ALL) == (IN, 0)


def test_what_goes_out_costs_both_fees_from_the_moment_it_is_handed_over(charged, twilio):
    write(ANA)
    say(ANA, "Olá!")
    assert outbound()[-1].cost == 0
    deliver(participant(ANA).id)
    assert (outbound()[-1].cost, outbound()[-1].category) == (OUT + BRAZIL, "service")
    assert money(Scope.ALL) == (IN + OUT + BRAZIL, 0)


@pytest.mark.parametrize(
    ("status", "cost"),
    [
        ("sent", OUT + BRAZIL),
        ("delivered", OUT + BRAZIL),
        ("read", OUT + BRAZIL),
        ("undelivered", OUT),
        ("failed", FAILED),
    ],
)
def test_a_receipt_says_what_it_turned_out_to_cost(charged, twilio, status, cost):
    write(ANA)
    message = sent()
    report(message.provider_sid, status, 63005 if status in ("undelivered", "failed") else None)
    assert outbound()[-1].cost == cost
    assert money(Scope.ALL) == (IN + cost, 0)


def test_what_had_failed_and_was_delivered_after_all_costs_its_price(charged, twilio):
    write(ANA)
    message = sent()
    for status in ("undelivered", "delivered", "read"):
        report(message.provider_sid, status)
    assert outbound()[-1].cost == OUT + BRAZIL


def test_a_sending_that_failed_is_paid_beside_the_one_that_succeeds(charged, twilio):
    write(ANA)
    message = sent()
    report(message.provider_sid, "failed", 63018)
    assert (outbound()[-1].status, outbound()[-1].cost) == (Status.WAITING, FAILED)
    set_back(Message.due_at, 4000)
    deliver(participant(ANA).id)
    assert outbound()[-1].cost == FAILED + OUT + BRAZIL


def test_what_twilio_does_not_take_costs_nothing(charged, twilio):
    write(ANA)
    twilio.fail_next(code=21211, status=400)
    message = sent()
    assert (message.status, message.cost) == (Status.FAILED, 0)
    assert money(Scope.ALL) == (IN, 0)


def test_of_service_messages_a_month_has_free_ones_of_which_twilio_s_fee_is_paid(context, twilio):
    owner_says(PriceKind.ALLOWANCE, "service", 2)
    write(ANA)
    assert [sent(body=str(number)).cost for number in range(4)] == [
        *(OUT, OUT),
        *(OUT + BRAZIL, OUT + BRAZIL),
    ]
    assert service_messages() == 4


def test_those_of_last_month_use_up_nothing_of_this_month_s(context, twilio, monkeypatch):
    owner_says(PriceKind.ALLOWANCE, "service", 1)
    write(ANA)
    midnight = datetime(2026, 12, 1, 3, tzinfo=UTC)  # in Brazil
    with monkeypatch.context() as clock:
        clock.setattr(prices, "utcnow", lambda: midnight - timedelta(seconds=1))
        assert [sent(body=body).cost for body in ("um", "dois")] == [OUT, OUT + BRAZIL]
        clock.setattr(prices, "utcnow", lambda: midnight)
        assert [sent(body=body).cost for body in ("três", "quatro")] == [OUT, OUT + BRAZIL]
    days = {each.day for each in outbound()}
    assert days == {date(2026, 11, 30), date(2026, 12, 1)}


def test_a_country_without_a_price_is_unknown_and_counts_as_the_dearest(charged, twilio):
    write(NOWHERE)
    message = sent(NOWHERE)
    assert message.cost is None
    dearest = message_costs.dearest_of(Category.SERVICE, prices.today())
    assert message.reserved == dearest >= OUT + BRAZIL
    assert money(Scope.ALL) == (IN + dearest, 0)
    (share,) = rows(DailyCost, DailyCost.kind == "service")
    assert (share.number, share.unknown, share.spent) == (1, 1, dearest)


def test_another_country_has_another_price(charged, twilio):
    colombia = "whatsapp:+573001234567"
    write(colombia)
    assert sent(colombia).cost == OUT + 800


def test_pretended_participants_cost_nothing(charged):
    write(ANA)
    with transaction():
        db.session.query(Message).update({"cost": 0})
        db.session.query(Participant).update({"simulated": True})
    write(ANA)
    sent()
    assert {each.cost for each in rows(Message)} == {0}
    assert money(Scope.ALL) == (0, 0)


def test_a_message_knows_where_they_were(charged, openai, twilio, work):
    starters.install()
    write(ANA)
    work()
    write(ANA, "Quanto custa?")
    ana = participant(ANA)
    assert (inbound()[-1].stage, inbound()[-1].journey_version_id) == (
        *(ana.stage, ana.journey_version_id),
    )
    assert ana.stage in {each.stage for each in rows(DailyCost, DailyCost.kind == "inbound")}
