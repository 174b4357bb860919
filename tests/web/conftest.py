"""The named cast: Ana writes on WhatsApp; Bia, an editor, Caio, an owner, and Davi, a viewer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rq import SimpleWorker

from tests.cast import BIA, CAIO, DAVI
from wa_assistant.models import Role

from . import people


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page shows little of which database there is: on Postgres `make test-pages` asks for it.

    What Twilio brings is asked for on both each time.
    """
    here = Path(__file__).parent
    for item in items:
        values = getattr(item, "callspec", None)
        is_page = here in item.path.parents and not item.path.name.startswith("test_webhook")
        if is_page and values and values.params.get("database") == "postgres":
            item.add_marker(pytest.mark.page)
            item.add_marker(pytest.mark.long)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str, Role], FlaskClient]:
    """`sign_in("eva@example.com", Role.VIEWER)`: a browser of hers, signed in by a link."""
    return lambda email, role: people.signed_in(app, email, role)


@pytest.fixture
def bia(app: Flask) -> FlaskClient:
    return people.signed_in(app, BIA, Role.EDITOR)


@pytest.fixture
def caio(app: Flask) -> FlaskClient:
    return people.signed_in(app, CAIO, Role.OWNER)


@pytest.fixture
def davi(app: Flask) -> FlaskClient:
    return people.signed_in(app, DAVI, Role.VIEWER)


@pytest.fixture(autouse=True)
def _an_engine(engine: SimpleWorker) -> None:
    """Without one each page says that nobody is answered."""


@pytest.fixture
def away(make_app, database, tmp_path):
    """The application with a database that cannot be reached."""
    with people.nobody_answers() as port:
        free = port
    urls = {
        "sqlite": f"sqlite:///{tmp_path}/no-such-directory/wa_assistant.sqlite3",
        "postgres": f"postgresql://nobody@127.0.0.1:{free}/nothing",
    }
    return make_app(DATABASE_URL=urls[database])
