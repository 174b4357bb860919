"""Work of each kind, and what becomes of it in a worker's hands."""

from typing import Any

import pytest

from tests.cast import only
from wa_assistant.operations.kinds import KINDS
from wa_assistant.work import claims
from wa_assistant.work.claims import Claim

from .left_to_do import SECRET, make, taken


@pytest.fixture(params=KINDS, ids=lambda kind: kind.policy.name)
def kind(request):
    return request.param


@pytest.fixture
def row_id(kind) -> int:
    return make(kind)


@pytest.fixture
def row(kind, row_id):
    """The row, as it is now."""
    return lambda: only(kind.table, kind.table.id == row_id)


@pytest.fixture
def take(kind, row_id):
    return lambda: claims.take(kind, row_id)


@pytest.fixture
def die(kind, row_id, work):
    """A worker takes it and is killed; its claim runs out."""

    def killed() -> Claim[Any]:
        claim = taken(kind, row_id)
        work.pass_time(kind.policy.lease + 1)
        return claim

    return killed


@pytest.fixture
def fail(kind, row_id):
    """A worker takes it and fails by a fault of our own."""

    def failed() -> None:
        claim = taken(kind, row_id)
        with pytest.raises(LookupError), claims.working(claim):
            raise LookupError(SECRET)

    return failed
