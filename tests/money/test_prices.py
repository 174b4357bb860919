"""What a unit costs on a day: by our list, by what an owner said, and where nothing is known."""

from datetime import date, timedelta

import pytest

import config
from tests.cast import CAIO
from wa_assistant.clients.openai import Usage
from wa_assistant.database import db, transaction
from wa_assistant.models import Category, Direction, Fee, Price, PriceKind, Role, Status, User
from wa_assistant.money import list_prices, message_costs, prices
from wa_assistant.money.lines import TokenPrice

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2026, 11, 30)
LUNA = "gpt-6-luna"
OURS = "llama-4-of-our-own"


@pytest.fixture
def say(context):
    """An owner says a price; this process sees it at once."""
    with transaction():
        caio = User(email=CAIO, role=Role.OWNER)
        db.session.add(caio)
        db.session.flush()
        id_ = caio.id

    def said(kind, name, since, amount, **more):
        with transaction():
            since = date.fromisoformat(since)
            more = {"kind": kind, "name": name, "valid_from": since, "amount": amount, **more}
            db.session.add(Price(user_id=id_, **more))
        prices.forget()

    return said


def of_tokens(model: str, on: date = TODAY) -> TokenPrice:
    price = prices.tokens(model, on)
    assert price is not None
    return price


@pytest.mark.parametrize(
    ("usage", "micro_dollars"),
    [
        ((100_000, 0, 0), 10_000),
        ((100_000, 100_000, 0), 1_000),
        ((0, 0, 1_000_000), 500_000),
        ((1_000, 600, 200), 40 + 6 + 100),
        ((1, 0, 0), 1),  # a tenth, rounded up
        ((0, 0, 0), 0),
    ],
)
def test_a_call_costs_what_the_list_says(usage, micro_dollars):
    assert prices.cost_of_tokens(of_tokens(LUNA), Usage(*usage)) == micro_dollars


def test_what_an_unknown_model_costs_is_unknown():
    assert prices.tokens(OURS, TODAY) is None
    assert prices.per_minute(OURS, TODAY) is None
    assert prices.embedding(OURS, TODAY) is None


def test_what_is_written_to_the_cache_costs_more():
    price = of_tokens(LUNA)
    usage = Usage(input=200_000, cached=50_000, output=0, written=100_000)
    assert prices.cost_of_tokens(price, usage) == 5_000 + 500 + 12_500
    assert prices.worst_of_tokens(LUNA, read=200_000, written=0).reserved == 25_000


@pytest.mark.parametrize(
    ("read", "micro_dollars"), [(272_000, 27_200 + 500), (272_001, 54_400 + 1 + 750)]
)
def test_a_call_with_a_long_prompt_costs_more_as_a_whole(read, micro_dollars):
    """Doubled is what is read, with what of it was cached or written to the cache."""
    assert prices.cost_of_tokens(of_tokens(LUNA), Usage(read, 0, 1_000)) == micro_dollars
    cached, to_cache = Usage(read, read, 0), Usage(read, 0, 0, read)
    twice = 1 if read <= 272_000 else 2
    assert prices.cost_of_tokens(of_tokens(LUNA), cached) == -(-read * twice // 100)
    assert prices.cost_of_tokens(of_tokens(LUNA), to_cache) == -(-read * twice * 125 // 1000)


def test_and_is_reserved_for_as_such():
    assert prices.worst_of_tokens(LUNA, read=400_000, written=1_000).reserved == 100_000 + 750


def test_the_list_knows_the_default_models():
    names = config.load({}, dotenv=None)
    assert prices.tokens(names.OPENAI_MODEL, TODAY)
    assert prices.per_minute(names.OPENAI_TRANSCRIPTION_MODEL, TODAY) == 4_500
    assert prices.embedding(names.OPENAI_EMBEDDING_MODEL, TODAY) == 20_000


def test_a_model_with_a_date_in_its_name_costs_what_the_one_without_costs():
    assert prices.tokens("gpt-5-mini-2025-08-07", TODAY) == prices.tokens("gpt-5-mini", TODAY)
    assert prices.tokens("gpt-5-mini-high", TODAY) is None


def test_our_list_changes_on_a_day_and_its_earliest_line_counts_before_it():
    terra = "gpt-5.6-terra"
    assert of_tokens(terra, date(2026, 7, 30)).input == 2_000_000
    assert of_tokens(terra, date(2026, 7, 29)).input == 2_500_000
    assert of_tokens(terra, date(2020, 1, 1)).input == 2_500_000


def test_every_line_of_our_list_has_a_day_and_says_how_sure_it_is():
    assert all(line.sureness and line.since.year >= 2023 for line in list_prices.LIST)
    named = [(line.what, line.since) for line in list_prices.LIST]
    assert len(set(named)) == len(named)


def test_an_owners_price_counts_from_its_day_on_in_the_middle_of_a_month(say):
    say(PriceKind.TOKENS, LUNA, "2026-11-15", 200_000, cached=20_000, output=1_000_000)
    assert of_tokens(LUNA, date(2026, 11, 14)).input == 100_000
    assert of_tokens(LUNA, date(2026, 11, 15)).input == 200_000
    say(PriceKind.TOKENS, LUNA, "2026-11-20", 300_000, cached=30_000, output=1_500_000)
    assert [of_tokens(LUNA, date(2026, 11, day)).output for day in (10, 15, 19, 20, 30)] == [
        500_000,
        1_000_000,
        1_000_000,
        1_500_000,
        1_500_000,
    ]


def test_of_two_prices_of_one_day_the_one_said_last_counts(say):
    say(PriceKind.EMBEDDING, OURS, "2026-11-01", 5)
    say(PriceKind.EMBEDDING, OURS, "2026-11-01", 7)
    say(PriceKind.EMBEDDING, OURS, "2026-10-01", 9)  # said later, of an earlier day
    assert prices.embedding(OURS, TODAY) == 7
    assert prices.embedding(OURS, date(2026, 10, 31)) == 9
    assert prices.embedding(OURS, date(2026, 9, 30)) is None


def test_a_price_that_was_taken_back_leaves_our_list(say):
    say(PriceKind.TRANSCRIPTION, "whisper-1", "2026-11-01", 0)
    say(PriceKind.TRANSCRIPTION, "whisper-1", "2026-11-20", None)
    assert prices.per_minute("whisper-1", date(2026, 11, 19)) == 0  # which an owner may say
    assert prices.per_minute("whisper-1", date(2026, 11, 20)) == 6_000


def test_what_an_owner_leaves_out_of_a_models_price_costs_as_what_is_read(say):
    say(PriceKind.TOKENS, OURS, "2026-11-01", 4, output=9)
    assert prices.tokens(OURS, TODAY) == TokenPrice(input=4, cached=4, output=9, written=4)


@pytest.mark.environment(OPENAI_BASE_URL="https://models.example.com/v1")
def test_a_price_for_a_server_counts_there_and_goes_before_one_for_all(say):
    say(PriceKind.EMBEDDING, OURS, "2026-01-01", 1, server="https://models.example.com/v1")
    say(PriceKind.EMBEDDING, OURS, "2026-06-01", 2)
    say(PriceKind.EMBEDDING, OURS, "2026-07-01", 3, server="https://other.example.com/v1")
    assert prices.embedding(OURS, TODAY) == 1


@pytest.mark.environment(OPENAI_BASE_URL=None)
def test_openais_own_server_has_a_name_too(say):
    say(PriceKind.EMBEDDING, OURS, "2026-01-01", 1, server="https://models.example.com/v1")
    assert prices.embedding(OURS, TODAY) is None
    say(PriceKind.EMBEDDING, OURS, "2026-01-01", 2, server=prices.OPENAI)
    assert prices.embedding(OURS, TODAY) == 2


def test_for_what_is_unknown_stands_the_dearest_known(say):
    before = prices.dearest_tokens(TODAY)
    assert before.output == max(
        line.price.output for line in list_prices.LIST if isinstance(line.price, TokenPrice)
    )
    say(PriceKind.TOKENS, OURS, "2026-11-30", 99_000_000, cached=1, output=2)
    dearest = prices.dearest_tokens(TODAY)
    assert (dearest.input, dearest.output) == (99_000_000, before.output)
    assert prices.dearest_tokens(TODAY - timedelta(days=1)) == before
    assert prices.dearest_per_minute(TODAY) == 6_000
    assert prices.dearest_embedding(TODAY) == 130_000
    assert message_costs.dearest_of(Category.MARKETING, TODAY) == 5_000 + 88_900


@pytest.mark.parametrize(
    ("seconds", "micro_dollars"), [(60, 4_500), (90, 6_750), (1, 75), (0.01, 1), (0, 0)]
)
def test_minutes_are_counted_by_the_second_and_rounded_up(seconds, micro_dollars):
    assert prices.cost_of_minutes(4_500, seconds) == micro_dollars


@pytest.mark.parametrize(
    ("category", "country", "status", "micro_dollars"),
    [
        (Category.SERVICE, "BR", Status.DELIVERED, 11_800),
        (Category.UTILITY, "BR", Status.READ, 11_800),
        (Category.MARKETING, "BR", Status.ACCEPTED, 67_500),  # on its way
        (Category.MARKETING, "BR", Status.UNCERTAIN, 67_500),
        (Category.MARKETING, "BR", Status.FAILED, 1_000),
        (Category.MARKETING, "BR", Status.UNDELIVERED, 5_000),
        (Category.MARKETING, "BR", Status.CANCELLED, 0),
        (Category.MARKETING, "BR", Status.PARKED, 0),
        (Category.SERVICE, "CO", Status.SENT, 5_800),
        (Category.SERVICE, "PT", Status.DELIVERED, None),
        (Category.SERVICE, None, Status.DELIVERED, None),
        (Category.SERVICE, None, Status.FAILED, 1_000),
    ],
)
def test_a_message_costs_what_has_become_of_it(category, country, status, micro_dollars):
    cost = message_costs.price_of(category, country, Direction.OUTBOUND, status, TODAY)
    assert cost == micro_dollars


def test_what_comes_in_costs_twilios_fee_wherever_it_is_from():
    for country in ("BR", "PT", None):
        cost = message_costs.price_of(
            Category.SERVICE, country, Direction.INBOUND, Status.RECEIVED, TODAY
        )
        assert cost == 5_000


def test_an_owners_price_for_a_country_goes_before_one_for_all(say):
    say(PriceKind.MESSAGE, Category.SERVICE, "2026-11-01", 50_000)
    arguments = Category.SERVICE, Direction.OUTBOUND, Status.SENT
    told = {
        country: message_costs.price_of(arguments[0], country, *arguments[1:], TODAY)
        for country in ("BR", "PT", None)
    }
    assert told == {"BR": 11_800, "PT": 55_000, None: 55_000}
    say(PriceKind.MESSAGE, Category.SERVICE, "2026-11-02", 60_000, country="PT")
    assert message_costs.price_of(arguments[0], "PT", *arguments[1:], TODAY) == 65_000
    say(PriceKind.FEE, Fee.OUTBOUND, "2026-11-02", 0)
    assert message_costs.price_of(arguments[0], "PT", *arguments[1:], TODAY) == 60_000


def test_so_many_service_messages_are_free_as_whatsapp_or_an_owner_says(say):
    assert message_costs.free_service_messages(TODAY) == 1_000
    say(PriceKind.ALLOWANCE, Category.SERVICE, "2026-11-01", 0)
    assert message_costs.free_service_messages(TODAY) == 0


def test_to_ask_costs_no_statement_but_once_in_some_seconds(statements):
    prices.tokens(LUNA, TODAY)
    statements.clear()
    for day in range(1, 31):
        prices.tokens(LUNA, date(2026, 11, day))
        message_costs.price_of(Category.SERVICE, "BR", Direction.OUTBOUND, Status.SENT, TODAY)
    prices.today()
    assert statements == []


def test_a_process_sees_what_another_has_saved_when_the_seconds_are_over(say, app):
    assert prices.embedding(OURS, TODAY) is None
    kept = app.extensions[prices.KEPT]
    say(PriceKind.EMBEDDING, OURS, "2026-11-01", 5)
    app.extensions[prices.KEPT] = kept  # of another process, which nobody tells
    assert prices.embedding(OURS, TODAY) is None
    kept.until -= prices.KEPT_SECONDS + 1
    assert prices.embedding(OURS, TODAY) == 5
