"""A small version of `python -m tests.faults.spending`, on both databases."""

import pytest

from tests.path.whole import whole

from .spending import Rush, run

SMALL = Rush(people=24, waves=1, kills=1, cap=6_000)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def test_with_kills_no_cap_is_passed_and_what_is_settled_was_billed(directory, databases, kind):
    url = databases.bare("postgres", directory) if kind == "postgres" else ""
    with whole(directory / kind, url, ENGINES="2", **SMALL.environment) as stack:
        verdict = run(stack, SMALL)
    print(verdict.table())
    assert not verdict.findings, verdict.table()
