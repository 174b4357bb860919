"""What attacks cost, by the double's own bill: docs/money.md has the table."""

import re

import pytest

from tests.cast import ANA, inbound, participant, rows
from tests.money.attacks import ATTACKS, Stage
from tests.money.counts import money
from tests.support.processes import ROOT
from wa_assistant.models import Attention, Participant

pytestmark = [
    pytest.mark.usefixtures("in_step"),
    pytest.mark.environment(
        OPENAI_TOKENS_PER_MINUTE=1_000_000_000, OPENAI_REQUESTS_PER_MINUTE=1_000_000
    ),
]
PAGE = ROOT / "docs" / "money.md"
VOICE, CHARACTERS, NEWCOMERS = ATTACKS


@pytest.fixture
def stage(app, openai, twilio, work):
    return Stage(app, openai, twilio, work)


def told(attack: str) -> tuple[float, float]:
    """Dollars without limits and with them, as the page tells."""
    row = re.search(
        rf"\| {re.escape(attack)} \| US\$ ([\d.]+) \| US\$ ([\d.]+) \|", PAGE.read_text()
    )
    assert row, attack
    return float(row[1]), float(row[2])


def dollars(openai) -> float:
    return float(openai.bill.total / 1_000_000)


@pytest.mark.parametrize("attack", ATTACKS)
def test_with_limits_it_costs_what_the_page_tells(stage, openai, attack):
    ATTACKS[attack](stage)
    print(f"| {attack} | with limits | US$ {dollars(openai):.4f} |")
    assert dollars(openai) == pytest.approx(told(attack)[1], rel=0.15)
    assert money() == (openai.bill.total, 0)
    if attack == NEWCOMERS:
        held_back = rows(Participant, Participant.attention == Attention.NEWCOMERS)
        assert (len(openai.calls), len(held_back)) == (60, 140)
        assert [each.settled_at for each in inbound()].count(None) == 140
    else:
        assert len(openai.calls) < 60
    if attack == VOICE:
        assert participant(ANA).attention is not None


@pytest.mark.long
@pytest.mark.parametrize("attack", ATTACKS)
def test_and_without_them_it_would_cost_more(stage, openai, attack, monkeypatch):
    stage.without_limits(monkeypatch)
    ATTACKS[attack](stage)
    print(f"| {attack} | without limits | US$ {dollars(openai):.4f} |")
    assert dollars(openai) == pytest.approx(told(attack)[0], rel=0.15)
    assert told(attack)[0] > 2 * told(attack)[1]
