import os
import signal
import sqlite3
import time

import pytest
from rq.job import Job

from deploy.start import has_race

from .conftest import Maker
from .product import GUARDED, MAKE, START_SECONDS, STOP_SECONDS, Product, eventually


def test_make_run_says_where_it_is_lets_a_first_owner_in_and_stops_whole(product: Product) -> None:
    product.start(MAKE)
    product.await_said(f"Ready: http://127.0.0.1:{product.port}\n")
    product.await_said(rf"http://127.0.0.1:{product.port}/sign-in/\S+\n")
    product.await_said("Ctrl-C stops everything.\n")
    lines = 5 + has_race(sqlite3.sqlite_version_info)
    assert len(product.said.splitlines()) == lines, product.said
    assert product.healthy()
    product.stop()


def test_ctrl_c_stops_it_whole_while_the_engine_works(product: Product) -> None:
    product.start(MAKE)
    product.await_ready()
    job = product.queue.enqueue("time.sleep", 600)
    eventually(lambda: not Job.exists(job.id, job.connection), START_SECONDS)
    began = time.monotonic()
    os.killpg(product.process.pid, signal.SIGINT)
    product.wait()
    product.await_gone(began + STOP_SECONDS - time.monotonic())
    assert "Traceback" not in product.said


@pytest.mark.parametrize(
    "moment", ["deploy.start", "deploy.supervise", "valkey-server", "gunicorn", "jobs.worker"]
)
def test_a_stop_in_the_middle_of_the_start_leaves_nothing(product: Product, moment: str) -> None:
    product.start(GUARDED)
    product.await_process(moment)
    product.stop()


@pytest.mark.parametrize(
    "victim",
    [
        "make run",
        pytest.param("deploy/guard.py", marks=pytest.mark.long),
        pytest.param("deploy.supervise", marks=pytest.mark.long),
    ],
)
def test_a_killed_parent_takes_all_along(product: Product, victim: str) -> None:
    product.start(MAKE)
    product.await_ready()
    product.find(*victim.split())[0].kill()
    product.await_gone()
    assert product.wait() != 0


@pytest.mark.long
def test_two_live_side_by_side(product: Product, another: Maker) -> None:
    other = another()
    product.start()
    other.start()
    product.await_ready()
    other.await_ready()
    product.stop()
    assert other.healthy()
    other.stop()
