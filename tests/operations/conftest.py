"""Who acts in the tests of operations."""

from typing import Any

import pytest

from tests.cast import BIA, only
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User


@pytest.fixture
def bia(context: None) -> Any:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
    return only(User)
