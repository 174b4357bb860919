from typing import Any

import pytest

from tests.cast import BIA

from .people import user
from .placed import HELLO, MORE
from .under_way import journey


@pytest.fixture
def bia(context: None) -> Any:
    return user(BIA)


@pytest.fixture
def desk(context: None) -> int:
    """What newcomers enter."""
    return journey()


@pytest.fixture
def event(desk: int) -> int:
    """A second journey, which nobody enters by themselves."""
    return journey([HELLO, MORE], starter=None)
