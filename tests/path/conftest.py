import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .whole import Whole, whole


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="module")
def product(directory: Path) -> Iterator[Whole]:
    with whole(directory / "data") as found:
        yield found
