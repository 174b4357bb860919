"""What a running product shows and opens, and how its web processes end."""

import re
import subprocess
import sys

import psutil
import pytest
import requests

from tests.support.processes import ROOT

from .product import START_SECONDS, Product, eventually


def test_only_its_port_is_open(running: Product) -> None:
    ours = {process.pid for process in running.processes()}
    listening = [c for c in psutil.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {c.laddr for c in listening if c.pid in ours} == {("127.0.0.1", running.port)}


def test_only_we_may_read_its_files(running: Product) -> None:
    assert not [p for p in running.data_dir.rglob("*") if p.lstat().st_mode & 0o077]


def test_an_open_event_stream_does_not_hold_up_a_stop(running: Product) -> None:
    with requests.Session() as browser:
        sign_in(browser, running)
        stream = browser.get(f"{address(running)}/stream", stream=True, timeout=30)
        lines = stream.iter_lines()
        assert next(lines)
        worker = running.find("gunicorn")[1]
        worker.terminate()
        list(lines)  # ended in order: cut off, as after the graceful time-out, it would raise
        eventually(lambda: not worker.is_running(), START_SECONDS)
    eventually(running.healthy, START_SECONDS)


def test_the_access_of_people_is_not_logged(running: Product) -> None:
    requests.get(f"{address(running)}/sign-in/some-token", timeout=10)
    assert "some-token" not in running.said


@pytest.mark.parametrize("module", ["wsgi", "deploy.ready"])
def test_what_need_not_be_imported_is_not(module: str) -> None:
    heavy = {"wsgi": "openai twilio.rest", "deploy.ready": "flask sqlalchemy"}[module]
    script = f"import sys, {module}; assert not {set(heavy.split())} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def address(product: Product) -> str:
    return f"http://127.0.0.1:{product.port}"


def sign_in(browser: requests.Session, product: Product) -> None:
    product.await_said(r"/sign-in/\S+\n")
    found = re.search(r"http\S+/sign-in/\S+", product.said)
    assert found
    link = found.group()
    page = browser.get(link, timeout=10).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    browser.post(link, data={"csrf_token": token.group(1)}, timeout=10).raise_for_status()
