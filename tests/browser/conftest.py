"""The day at the company, and two of its team before their browsers."""

import pytest

from tests.cast import BIA, CAIO
from tests.support import company
from wa_assistant.models import Role


@pytest.fixture
def ids(context: None) -> dict[str, int]:
    return company.open_for_business()


@pytest.fixture
def bia(visit, ids):
    return visit(BIA, Role.EDITOR)


@pytest.fixture
def caio(visit, ids):
    return visit(CAIO, Role.OWNER)
