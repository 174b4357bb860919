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
