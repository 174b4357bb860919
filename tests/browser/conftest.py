"""The day at the company, two of its team before their browsers, and the product as a whole."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import BIA, CAIO
from tests.path.whole import Whole, whole
from tests.support import company
from wa_assistant.models import Role


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser sees little of which database there is: on Postgres it takes its time."""
    here = Path(__file__).parent
    for item in items:
        values = getattr(item, "callspec", None)
        if here in item.path.parents and values and values.params.get("database") == "postgres":
            item.add_marker(pytest.mark.long)


@pytest.fixture
def ids(context: None) -> dict[str, int]:
    return company.open_for_business()


@pytest.fixture
def bia(visit, ids):
    return visit(BIA, Role.EDITOR)


@pytest.fixture
def caio(visit, ids):
    return visit(CAIO, Role.OWNER)


@pytest.fixture(scope="module")
def stack() -> Iterator[Whole]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    with whole(directory / "data", REPLY_DELAY_SECONDS="0") as found:
        yield found
    shutil.rmtree(directory)
