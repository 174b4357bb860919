"""The page of costs: what it shows is the sum of the rows, in the team's days and months."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import ANA, BRUNO, participant, rows, say, write
from tests.money.calls import reserve, settle
from tests.money.counts import differences
from wa_assistant import settings
from wa_assistant.clients.openai import Usage
from wa_assistant.database import db, transaction
from wa_assistant.delivery.send import deliver
from wa_assistant.models import AiCall, CallKind, Message, Outcome, Participant, User
from wa_assistant.models.user import Role
from wa_assistant.money import costs, prices
from wa_assistant.money.ledger import Payer

pytestmark = pytest.mark.usefixtures("context")

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
MIDNIGHT = datetime(2026, 12, 1, 3, tzinfo=UTC)  # in Brazil
USAGE = Usage(input=600, cached=400, output=40)


@pytest.fixture
def at(monkeypatch):
    """The clock of the team's days says so."""

    def says(moment: datetime) -> None:
        monkeypatch.setattr(prices, "utcnow", lambda: moment)

    return says


def words(page) -> str:
    """What is read of a page, in single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").split())


def answered(address: str, **told) -> AiCall:
    payer = Payer(CallKind.ANSWER, participant(address).id)
    return settle(reserve(payer), **{"usage": USAGE, **told})


def summed(month: date) -> int:
    """Of the rows themselves."""
    found = [*rows(AiCall, AiCall.outcome != Outcome.UNDER_WAY), *rows(Message)]
    theirs = [each for each in found if each.day and each.day.replace(day=1) == month]
    return sum(each.reserved if each.cost is None else each.cost for each in theirs)


def two_months(at) -> None:
    """Ana in November and, a second later, in December; the team tries something then."""
    write(ANA)
    for moment in (MIDNIGHT - timedelta(seconds=1), MIDNIGHT):
        at(moment)
        answered(ANA)
        say(ANA, f"Olá, às {moment}!")
        deliver(participant(ANA).id)
    settle(reserve(Payer(CallKind.TRIAL)), usage=USAGE)
    settle(reserve(model="llama-of-our-own"), usage=USAGE)


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Pacific/Kiritimati", "America/Adak"])
def test_each_table_adds_up_to_the_rows_wherever_the_team_is(at, twilio, zone):
    owner = User(email="caio@example.com", role=Role.OWNER)
    with transaction():
        db.session.add(owner)
    settings.change({"time_zone": zone}, settings.marks(settings.current()), owner)
    prices.forget()
    two_months(at)
    assert differences() == {}
    for month in {each.day.replace(day=1) for each in (*rows(AiCall), *rows(Message)) if each.day}:
        whole = summed(month)
        assert whole
        assert costs.total(costs.by_kind(month).values()).spent == whole
        assert sum(each.spent for *_, each in costs.by_stage(month)) == whole
        assert sum(each.spent for each in costs.by_day(month, costs.last_day(month))) == whole
        assert {each.starts_on: each.spent for each in costs.months()}[month] == whole


def test_the_second_before_midnight_is_last_month_s(at, twilio):
    two_months(at)
    of = {month: costs.by_kind(month)[CallKind.ANSWER].number for month in (NOVEMBER, DECEMBER)}
    assert of == {NOVEMBER: 1, DECEMBER: 2}


def test_cached_tokens_are_told_as_such_and_those_written_to_the_cache(caio):
    write(ANA)
    answered(ANA)
    page = words(caio.get("/money"))
    assert "Answers 1 600 400 67% 40" in page
    settle(reserve(), usage=Usage(input=600, cached=0, output=40, written=300))
    assert "Answers 2 1,200 400 33% 300 to the cache 80" in words(caio.get("/money"))


def test_what_is_unknown_is_said_so_with_a_way_to_the_prices(caio):
    write(ANA)
    answered(ANA)
    assert "is not known" not in caio.get("/money").text
    settle(reserve(model="llama-of-our-own"), usage=USAGE)
    page = caio.get("/money")
    assert "Of 1 call or message the cost is not known." in page.text
    assert '<a href="/money/prices">See the prices</a>' in page.text


def test_the_dearest_conversations_come_first_and_pretended_ones_never(caio):
    for address, calls in ((ANA, 1), (BRUNO, 3), ("whatsapp:+5511900000000", 5)):
        write(address)
        for _ in range(calls):
            answered(address)
    with transaction():
        pretended = participant("whatsapp:+5511900000000").id
        db.session.get_one(Participant, pretended).simulated = True
    found = [each.address for each, _ in costs.dearest(prices.today().replace(day=1))]
    assert found == [BRUNO, ANA]
    conversations = costs.conversations(prices.today().replace(day=1))
    spent = sum(
        each.cost
        for each in (*rows(AiCall), *rows(Message))
        if each.day and each.participant_id != pretended
    )
    assert (conversations.number, conversations.spent) == (2, spent)
    assert conversations.per_thousand == 500 * spent
    assert "In the simulator" in caio.get("/money").text


def spend(at, day: date, calls: int) -> int:
    at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    return sum(settle(reserve(), usage=USAGE).cost or 0 for _ in range(calls))


def test_the_forecast_goes_on_as_the_last_full_days_did(at):
    today = date(2026, 11, 10)
    each = spend(at, date(2026, 11, 1), 1)
    spend(at, date(2026, 11, 5), 7)
    spend(at, date(2026, 11, 9), 7)
    spend(at, today, 1)
    forecast = costs.forecast(today)
    assert forecast
    assert (forecast.days, forecast.mean) == (7, 2 * each)
    assert forecast.spent == (1 + 14 + 2 + 2 * 20) * each
    spend(at, today, 9)  # more than on a day of the mean
    assert (costs.forecast(today) or forecast).spent == (1 + 14 + 10 + 2 * 20) * each


def test_the_forecast_has_as_many_days_as_there_were(at):
    assert costs.forecast(date(2026, 11, 1)) is None
    each = spend(at, date(2026, 10, 30), 4)
    assert costs.forecast(date(2026, 10, 30)) is None
    forecast = costs.forecast(date(2026, 11, 1))
    assert forecast
    assert (forecast.days, forecast.mean, forecast.spent) == (2, each // 2, each // 2 * 30)


@pytest.mark.parametrize("month", ["2026", "2026-13", "9999-12", "x", "2026-1"])
def test_a_month_that_is_none_or_to_come_is_not_there(caio, month):
    assert caio.get(f"/money?month={month}").status_code == 404


def test_an_empty_month_is_a_page_too(caio):
    page = caio.get("/money?month=2026-01")
    assert page.status_code == 200
    assert "January 2026" in page.text
    assert "Nothing was spent in this month" in page.text
    assert "<svg viewBox" not in page.text


def test_a_month_is_named_as_its_language_does(caio):
    page = caio.get("/money?month=2026-01", headers={"Accept-Language": "pt-BR"})
    assert "Custo de janeiro de 2026" in page.text


def test_money_is_the_owners(bia):
    assert bia.get("/money").status_code == 403
