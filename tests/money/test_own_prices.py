"""What owners say is read strictly, kept for ever, and written down with who said it."""

from datetime import date, timedelta

import pytest

from tests.cast import CAIO, only, rows
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, Category, Fee, Price, PriceKind, Role, User
from wa_assistant.money import catalogue, message_costs, own_prices, prices
from wa_assistant.money.lines import TokenPrice, What
from wa_assistant.settings.problem import Problem

pytestmark = pytest.mark.usefixtures("context")

OURS = "llama-4-of-our-own"
TOKENS = {"kind": PriceKind.TOKENS, "name": OURS, "amount": "0,15", "output": "0.60"}
FEE = {"kind": PriceKind.FEE, "name": Fee.OUTBOUND, "amount": "0.004"}
MESSAGE = {"kind": PriceKind.MESSAGE, "name": Category.SERVICE, "amount": "0,0093"}


@pytest.fixture(autouse=True)
def owner(context):
    with transaction():
        db.session.add(User(email=CAIO, role=Role.OWNER))


@pytest.fixture
def today():
    return prices.today()


def say(given, since="2024-11-01", **more):
    return own_prices.say({**given, "valid_from": since, **more}, only(User))


def refused(given, **more):
    with pytest.raises(Problem) as caught:
        say(given, **more)
    assert rows(Price) == []
    return caught.value.places


def test_what_is_said_counts_at_once_in_this_process(today):
    assert prices.tokens(OURS, today) is None
    say(TOKENS)
    assert prices.tokens(OURS, today) == TokenPrice(150_000, 150_000, 600_000, 150_000)
    say(TOKENS, cached="0.015", written="0,2", since="2024-11-02")
    assert prices.tokens(OURS, today) == TokenPrice(150_000, 15_000, 600_000, 200_000)


def test_one_may_say_a_price_of_a_day_to_come(today):
    tomorrow = today + timedelta(days=1)
    say(FEE, since=tomorrow.isoformat())
    assert prices.fee(Fee.OUTBOUND, today) == 5_000
    assert prices.fee(Fee.OUTBOUND, tomorrow) == 4_000


def test_a_price_is_written_down_with_who_said_it_and_what_it_was_before():
    row = say(FEE)
    entry = only(AuditEntry)
    assert (entry.actor, entry.action, entry.subject) == (CAIO, "added", "price")
    assert entry.subject_id == str(row.id)
    assert entry.before == {"price": 5_000}
    assert entry.after == {
        "kind": "fee",
        "name": "outbound",
        "amount": 4_000,
        "valid_from": "2024-11-01",
    }


@pytest.mark.parametrize(
    ("given", "more", "places"),
    [
        (TOKENS, {"name": " "}, {"name"}),
        (TOKENS, {"name": "x" * 301}, {"name"}),
        (TOKENS, {"amount": ""}, {"amount"}),
        (TOKENS, {"output": ""}, {"output"}),
        (TOKENS, {"amount": "-1"}, {"amount"}),
        (TOKENS, {"amount": "-0,01", "cached": "x"}, {"amount", "cached"}),
        (TOKENS, {"amount": "1000.01"}, {"amount"}),
        (TOKENS, {"amount": "0.0000001"}, {"amount"}),
        (TOKENS, {"server": "models.example.com"}, {"server"}),
        (TOKENS, {"since": ""}, {"valid_from"}),
        (TOKENS, {"since": "2026-02-30"}, {"valid_from"}),
        (TOKENS, {"since": "31/12/1999"}, {"valid_from"}),
        (TOKENS, {"since": "2100-01-01"}, {"valid_from"}),
        (MESSAGE, {"name": "newsletter"}, {"name"}),
        (MESSAGE, {"country": "Brazil"}, {"country"}),
        (MESSAGE, {"amount": "62.5"}, {"amount"}),  # cents, most likely
        (FEE, {"name": "monthly"}, {"name"}),
        (FEE, {"amount": "5"}, {"amount"}),
        ({"kind": PriceKind.ALLOWANCE, "name": "service", "amount": "10.5"}, {}, {"amount"}),
        ({"kind": PriceKind.ALLOWANCE, "name": "service", "amount": "-1"}, {}, {"amount"}),
        ({"kind": "rent", "name": "office", "amount": "1"}, {}, {"kind"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(given, more, places):
    assert set(refused(given, **more)) == places
    assert rows(AuditEntry) == []


def test_an_absurd_price_is_refused_with_its_unit(app):
    with app.test_request_context():
        sentence = str(refused(TOKENS, amount="1.500,00")["amount"])
    assert "more than US$ 1000" in sentence
    assert "a million tokens" in sentence


def test_a_server_is_the_same_with_and_without_a_slash_at_its_end():
    assert say(TOKENS, server="https://models.example.com/v1/").server == (
        "https://models.example.com/v1"
    )


def test_a_price_of_a_message_is_of_its_country_and_of_no_server(today):
    row = say(MESSAGE, country="PT", server="https://models.example.com")
    assert own_prices.what_of(row) == What("message", "service", "PT", None)
    assert message_costs.price_of(Category.SERVICE, "PT", "outbound", "sent", today) == 14_300


def test_a_price_that_is_taken_back_counts_until_yesterday(today):
    row = say(FEE)
    own_prices.take_back(row.id, only(User))
    yesterday = today - timedelta(days=1)
    assert prices.fee(Fee.OUTBOUND, yesterday) == 4_000
    assert prices.fee(Fee.OUTBOUND, today) == 5_000
    assert [each.amount for each in rows(Price)] == [4_000, None]
    entry = rows(AuditEntry)[-1]
    assert (entry.action, entry.before) == ("removed", {"price": 4_000})


def test_a_price_to_come_that_is_taken_back_leaves_what_was_said_before(today):
    say(FEE)
    coming = today + timedelta(days=10)
    row = say(FEE, amount="0.009", since=coming.isoformat())
    own_prices.take_back(row.id, only(User))
    for days in (0, 9, 10, 20):
        assert prices.fee(Fee.OUTBOUND, today + timedelta(days=days)) == 4_000
    assert own_prices.take_back(row.id, only(User)) is None
    assert [each.amount for each in rows(Price)] == [4_000]
    entry = rows(AuditEntry)[-1]
    assert (entry.action, entry.before["amount"], entry.after) == ("removed", 9_000, None)


def test_the_history_of_a_price_has_the_last_first():
    for day, amount in (("2024-11-01", "0.1"), ("2024-12-01", "0.3"), ("2024-11-15", "0.2")):
        say(FEE, amount=amount, since=day)
    say(MESSAGE)
    told = own_prices.history(What(PriceKind.FEE, Fee.OUTBOUND))
    assert [row.amount for row in told] == [300_000, 200_000, 100_000]
    assert told[0].valid_from == date(2024, 12, 1)
    assert {row.user.email for row in told} == {CAIO}


def test_what_counts_and_what_will_can_be_taken_back_and_nothing_twice(today):
    what = What(PriceKind.FEE, Fee.OUTBOUND)
    coming = (today + timedelta(days=10)).isoformat()

    def retractable():
        return own_prices.retractable(own_prices.history(what), today)

    say(FEE, amount="0.001")
    now = say(FEE, amount="0.002", since="2024-11-02")
    assert retractable() == {now.id}
    later = say(FEE, amount="0.009", since=coming)
    assert retractable() == {now.id, later.id}
    own_prices.take_back(later.id, only(User))
    assert retractable() == {now.id}
    own_prices.take_back(now.id, only(User))
    assert retractable() == set()


def test_of_what_is_to_come_only_the_last_word_of_a_day_is_told(today):
    coming = today + timedelta(days=10)
    for amount in ("0.009", "0.008"):
        row = say(FEE, amount=amount, since=coming.isoformat())

    def told():
        entry = next(e for e in catalogue.entries() if e.what == own_prices.what_of(row))
        return [(line.since, line.price) for line in entry.coming]

    assert told() == [(coming, 8_000)]
    own_prices.take_back(row.id, only(User))
    assert told() == [(coming, 9_000)]
    say(FEE, amount="0.009", since=today.isoformat())
    assert told() == []  # that changes nothing any more
