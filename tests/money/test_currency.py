"""Amounts are read at a glance, however small, in each language and currency."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from wa_assistant.money import currency
from wa_assistant.settings import decimals, exchange
from wa_assistant.settings.exchange import Exchange
from wa_assistant.settings.problem import Problem

REAIS = Exchange("BRL", Decimal("5.4321"), date(2026, 11, 30))


def written(micro_dollars, into=REAIS, language="pt_BR"):
    return currency.written(micro_dollars, into, Locale.parse(language)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("micro_dollars", "in_portuguese", "in_english"),
    [
        (12_300, "US$ 0,0123 · R$ 0,07", "US$ 0.0123 · R$ 0.07"),
        (0, "US$ 0,00 · R$ 0,00", "US$ 0.00 · R$ 0.00"),
        (1, "US$ 0,000001 · R$ 0,000005", "US$ 0.000001 · R$ 0.000005"),
        (450, "US$ 0,00045 · R$ 0,002", "US$ 0.00045 · R$ 0.002"),
        (70_000, "US$ 0,07 · R$ 0,38", "US$ 0.07 · R$ 0.38"),
        (999_999, "US$ 1,00 · R$ 5,43", "US$ 1.00 · R$ 5.43"),
        (1_234_567_890, "US$ 1.234,57 · R$ 6.706,30", "US$ 1,234.57 · R$ 6,706.30"),
    ],
)
def test_dollars_stand_beside_the_own_currency(micro_dollars, in_portuguese, in_english):
    assert written(micro_dollars) == in_portuguese
    assert written(micro_dollars, language="en") == in_english


def test_dollars_stand_alone_without_a_rate_or_where_nothing_else_is_wanted():
    assert written(12_300, Exchange()) == "US$ 0,0123"
    assert written(12_300, Exchange("USD", Decimal(1), date(2026, 11, 30))) == "US$ 0,0123"


def test_a_currency_without_cents_has_none():
    pesos = Exchange("CLP", Decimal(950), date(2026, 11, 30))
    assert written(1_234_500, pesos).endswith("· CLP 1.173")
    assert written(123, pesos).endswith("· CLP 0,1")


def test_a_price_is_told_to_its_last_place():
    exact = [currency.exactly(micro, Locale("en")) for micro in (3_125_000, 100_000, 4_500, 1)]
    assert [text.replace("\xa0", " ") for text in exact] == [
        "US$ 3.125",
        "US$ 0.10",
        "US$ 0.0045",
        "US$ 0.000001",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,25", "0.25"),
        ("0.25", "0.25"),
        (" 12 ", "12"),
        ("1.250", "1.250"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("-3", "-3"),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number):
    assert decimals.read(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2.3", "1.23.4", ",5", "5,", "1e5", "NaN", "R$ 5", "9" * 31, "١٢"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Problem):
        decimals.read(text)


def test_the_rate_and_its_day_are_read_and_stored_alike():
    given = {"currency": "BRL", "rate": "5,43", "day": "30/11/2026"}
    found = exchange.read(given)
    assert found == Exchange("BRL", Decimal("5.43"), date(2026, 11, 30))
    assert exchange.read(found.stored()) == found
    assert exchange.read({"currency": "EUR", "rate": "", "day": "2026-11-30"}) == Exchange("EUR")


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"currency": "XXX"}, {"currency"}),
        ({"currency": "BRL", "rate": "0", "day": "2026-11-30"}, {"rate"}),
        ({"currency": "BRL", "rate": "-5", "day": "2026-11-30"}, {"rate"}),
        ({"currency": "BRL", "rate": "9999999", "day": "2026-11-30"}, {"rate"}),
        ({"currency": "BRL", "rate": "5.43", "day": ""}, {"day"}),
        ({"currency": "BRL", "rate": "five", "day": "2026-02-30"}, {"rate", "day"}),
        ({"currency": "BRL", "rate": "5.43", "day": "1/1/2026, 2/1/2026"}, {"day"}),
        ("BRL", {"currency"}),
    ],
)
def test_what_is_wrong_with_a_rate_is_said_at_its_field(given, places):
    with pytest.raises(Problem) as caught:
        exchange.read(given)
    assert set(caught.value.places) == places


def test_reais_are_offered_first_and_no_currency_of_the_past():
    offered = exchange.offered()
    assert offered[0] == "BRL"
    assert {"USD", "EUR", "ARS"} <= set(offered)
    assert not {"DEM", "XXX"} & set(offered)
