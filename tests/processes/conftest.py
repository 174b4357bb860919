import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .product import Product

Maker = Callable[..., Product]


@contextmanager
def fresh_directory() -> Iterator[Path]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    yield directory / "data"
    shutil.rmtree(directory)


@pytest.fixture
def product() -> Iterator[Product]:
    """One that is not started yet."""
    with fresh_directory() as directory:
        product = Product(directory)
        yield product
        product.kill_what_is_left()


@pytest.fixture
def another(product: Product) -> Iterator[Maker]:
    """Makes one beside the first, with the names of the environment it is given."""
    made: list[Product] = []

    def make(**environment: str) -> Product:
        directory = product.data_dir.with_name(f"data{len(made) + 1}")
        made.append(Product(directory, **environment))
        return made[-1]

    yield make
    for each in made:
        each.kill_what_is_left()


@pytest.fixture(scope="module")
def running() -> Iterator[Product]:
    """One that runs, shared by a file's tests, each of which leaves it well."""
    with fresh_directory() as directory:
        product = Product(directory)
        product.start()
        product.await_ready()
        yield product
        product.stop()
