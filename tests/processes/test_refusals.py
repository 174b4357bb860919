"""What cannot work is said in one sentence, and nothing is left behind."""

import fcntl
import socket

import pytest

from .conftest import Maker
from .product import START_SECONDS, Product


def refusal(product: Product) -> str:
    product.start()
    assert product.wait(START_SECONDS) == 1
    assert not product.processes()
    assert product.said.count("\n") == 1
    return product.said


def test_a_taken_port_is_said_in_one_sentence(product: Product) -> None:
    with socket.create_server(("127.0.0.1", product.port)):
        assert f"Port {product.port} on 127.0.0.1 is taken" in refusal(product)


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "many"), ("DATABASE_URL", "mysql://x"), ("TWILIO_ACCOUNT_SID", "AC1")],
)
def test_a_malformed_value_is_named(another: Maker, name: str, value: str) -> None:
    assert name in refusal(another(**{name: value}))


def test_a_host_that_is_not_ours_is_named(another: Maker) -> None:
    assert "HOST 192.0.2.1" in refusal(another(HOST="192.0.2.1"))


def test_a_database_that_is_away_is_said(another: Maker) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    product = another(DATABASE_URL=url)
    product.start()
    assert product.wait(START_SECONDS) == 1
    assert product.said.startswith("The database cannot be used: ")
    assert "Traceback" not in product.said


def test_a_data_directory_in_use_is_said(product: Product) -> None:
    (product.data_dir / "run").mkdir(parents=True)
    with (product.data_dir / "run" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert str(product.data_dir) in refusal(product)


def test_a_child_that_cannot_start_stops_the_whole(product: Product) -> None:
    (product.data_dir / "valkey").mkdir(parents=True)
    (product.data_dir / "valkey" / "appendonlydir").write_text("in its way")
    product.start()
    assert product.wait(START_SECONDS) == 1
    assert "valkey cannot start, so everything stops" in product.said
    assert not product.processes()
