from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from .counts import differences


@pytest.fixture
def in_step(context: None) -> Iterator[None]:
    """In the end the counts are the sums of the calls."""
    yield
    assert differences() == {}


@pytest.fixture
def capped(app: Flask) -> Callable[..., None]:
    """`capped(CAP_DAY=100)`: so many micro-dollars, as if the environment said so."""

    def cap(**most: Any) -> None:
        app.config.update({f"{name}_USD": value for name, value in most.items()})

    return cap
