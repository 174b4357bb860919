"""The named cast: Ana writes on WhatsApp; Bia, an editor, Caio, an owner, and Davi, a viewer."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wa_assistant.models import Role

from . import people


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str, Role], FlaskClient]:
    """`sign_in("eva@example.com", Role.VIEWER)`: a browser of hers, signed in by a link."""
    return lambda email, role: people.signed_in(app, email, role)


@pytest.fixture
def bia(app: Flask) -> FlaskClient:
    return people.signed_in(app, "bia@example.com", Role.EDITOR)


@pytest.fixture
def caio(app: Flask) -> FlaskClient:
    return people.signed_in(app, "caio@example.com", Role.OWNER)


@pytest.fixture
def davi(app: Flask) -> FlaskClient:
    return people.signed_in(app, "davi@example.com", Role.VIEWER)
