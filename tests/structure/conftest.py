import pytest
from flask import Flask

from . import world


@pytest.fixture
def made(app: Flask) -> world.World:
    """Something of everything that an address can name."""
    with app.app_context():
        return world.made()
