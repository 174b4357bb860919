import os
import signal

import pytest

from .conftest import Maker
from .product import GUARDED, MAKE, STOP_SECONDS, Product


def test_make_run_says_where_it_is_lets_a_first_owner_in_and_stops_whole(product: Product) -> None:
    product.start(MAKE)
    product.await_said(f"Ready: http://127.0.0.1:{product.port}\n")
    product.await_said(rf"http://127.0.0.1:{product.port}/sign-in/\S+\n")
    assert product.healthy()
    assert product.stop() < STOP_SECONDS


def test_ctrl_c_stops_it_whole(product: Product) -> None:
    product.start(MAKE)
    product.await_ready()
    os.killpg(product.process.pid, signal.SIGINT)
    product.wait()
    product.await_gone()
    assert "Traceback" not in product.said


def test_only_its_port_is_open_and_only_we_may_read_its_files(product: Product) -> None:
    product.start()
    product.await_ready()
    everyone = [c for p in product.processes() for c in p.net_connections(kind="inet")]
    product.stop()
    assert {c.laddr for c in everyone if c.status == "LISTEN"} == {("127.0.0.1", product.port)}
    assert not [p for p in product.data_dir.rglob("*") if p.lstat().st_mode & 0o077]


@pytest.mark.parametrize(
    "moment", ["deploy.start", "deploy.supervise", "valkey-server", "gunicorn", "jobs.schedule"]
)
def test_a_stop_in_the_middle_of_the_start_leaves_nothing(product: Product, moment: str) -> None:
    product.start(GUARDED)
    product.await_process(moment)
    product.stop()


@pytest.mark.parametrize("victim", ["make run", "deploy/guard.py", "deploy.supervise"])
def test_a_killed_parent_takes_all_along(product: Product, victim: str) -> None:
    product.start(MAKE)
    product.await_ready()
    product.find(*victim.split())[0].kill()
    product.await_gone()
    assert product.wait() != 0


def test_a_second_start_is_as_good_as_the_first(product: Product) -> None:
    for _ in range(2):
        product.start()
        product.await_ready()
        product.stop()


def test_two_live_side_by_side(product: Product, another: Maker) -> None:
    other = another()
    product.start()
    other.start()
    product.await_ready()
    other.await_ready()
    product.stop()
    assert other.healthy()
    other.stop()
