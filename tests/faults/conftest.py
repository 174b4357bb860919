import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.path.whole import Whole, whole


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="module")
def shared(directory: Path) -> Iterator[Whole]:
    with whole(directory / "data") as found:
        yield found


@pytest.fixture
def stack(shared: Whole) -> Whole:
    """One product serves a file's tests; each has participants of its own."""
    shared.openai.reset()
    shared.twilio.receipts.reset()
    return shared
