import pytest
from flask import Flask

from wa_assistant.web import rate_limits

from . import world


@pytest.fixture(autouse=True)
def _nobody_asks_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who walks every address in a minute is no person."""
    for group in rate_limits.A_MINUTE:
        monkeypatch.setitem(rate_limits.A_MINUTE, group, 1_000_000)


@pytest.fixture
def made(app: Flask) -> world.World:
    """Something of everything that an address can name."""
    with app.app_context():
        return world.made()
