import pytest

import config
from wa_assistant.clients import prices
from wa_assistant.clients.openai import Usage


@pytest.mark.parametrize(
    ("tokens", "micro_dollars"),
    [
        ((1_000_000, 0, 0), 100_000),
        ((1_000_000, 1_000_000, 0), 10_000),
        ((0, 0, 1_000_000), 500_000),
        ((1_000, 600, 200), 40 + 6 + 100),
        ((1, 0, 0), 1),  # a tenth, rounded up
        ((0, 0, 0), 0),
    ],
)
def test_a_call_costs_what_the_table_says(tokens, micro_dollars):
    assert Usage(*tokens).cost("gpt-6-luna") == micro_dollars


def test_what_an_unknown_model_costs_is_unknown():
    assert Usage(1000, 0, 1000).cost("llama-4-of-our-own") is None


def test_the_table_is_dated_and_knows_the_default_model():
    assert len(prices.AS_OF) == len("2026-09")
    assert config.load({}, dotenv=None).OPENAI_MODEL in prices.PRICES
