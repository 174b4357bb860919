import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .product import Product

Maker = Callable[..., Product]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    yield directory / "data"
    shutil.rmtree(directory)


@pytest.fixture
def product(data_dir: Path) -> Iterator[Product]:
    product = Product(data_dir)
    yield product
    product.kill_what_is_left()


@pytest.fixture
def another(data_dir: Path) -> Iterator[Maker]:
    """Makes a product beside the first; a DATA_DIR of its own unless one is given."""
    made: list[Product] = []

    def make(**environment: str) -> Product:
        made.append(Product(data_dir.with_name(f"data{len(made) + 1}"), **environment))
        return made[-1]

    yield make
    for product in made:
        product.kill_what_is_left()
