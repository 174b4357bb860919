"""A small version of `python -m tests.path.load`, on both databases."""

import pytest

from .load import Load, run
from .whole import whole

SMALL = Load(messages=40, participants=8, repeats=10)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def test_many_at_once_are_each_answered_once_and_in_order(directory, databases, kind):
    url = databases.bare("postgres", directory) if kind == "postgres" else ""
    with whole(directory / kind, url, REPLY_DELAY_SECONDS="1") as stack:
        outcome = run(stack, SMALL)
    assert (outcome.lost, outcome.twice, outcome.out_of_order) == ([], [], [])
    assert outcome.good, outcome.table()
    assert outcome.stored == SMALL.messages
    assert outcome.answers >= SMALL.participants
