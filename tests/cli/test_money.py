"""The table of a month's costs for a shell."""

import pytest

from tests.cast import ANA, write
from tests.money.calls import reserve, settle
from wa_assistant.cli.money import month_
from wa_assistant.clients.openai import Usage

pytestmark = pytest.mark.usefixtures("context")


def table(app, *arguments: str) -> list[list[str]]:
    result = app.test_cli_runner().invoke(month_, arguments)
    assert result.exit_code == 0, result.output
    return [line.split() for line in result.output.splitlines()[1:]]


def test_a_month_is_told_by_kind_the_dearest_first(app):
    write(ANA)
    settle(reserve(), usage=Usage(600, 400, 40, 50))
    settle(reserve(model="llama-of-our-own"), usage=Usage(600, 400, 40))
    assert [line[0] for line in table(app)] == ["inbound", "answer", "together"]
    assert table(app)[1][1:7] == ["2", "1", "1,200", "800", "50", "80"]
    assert table(app)[0] == ["inbound", "1", "0", "0", "0", "0", "0", "0.005000"]


def test_another_month_has_its_own(app):
    write(ANA)
    assert table(app, "2026-01") == [["together", *"000000", "0.000000"]]
