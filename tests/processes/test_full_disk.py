"""The disk fills up, with the data on it and what the product says: it goes on, without a hand."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from redis.exceptions import RedisError

from tests.path.whole import Whole, whole
from tests.support.disk import Disk, small_disk

from .product import START_SECONDS, STOP_SECONDS, eventually

ANA, BIA = "whatsapp:+5511940000001", "whatsapp:+5511940000002"
REFUSED = 30
HEALTH = ("/health", "/health/ready")


@pytest.fixture
def filled() -> Iterator[tuple[Whole, Disk, requests.Session]]:
    """A product that has answered somebody, on a disk that then was filled, and its owner."""
    with small_disk(48) as disk, whole(disk.path / "data") as stack:
        owner = stack.signed_in()
        stack.write(ANA, "Oi")
        stack.await_answer(ANA)
        stack.await_quiet(1)
        disk.fill()
        with suppress(RedisError):
            stack.redis.set("much", bytes(100_000))  # what it keeps goes to the same disk
        eventually(lambda: not stack.product.healthy(), START_SECONDS)
        yield stack, disk, owner


def lives(stack: Whole) -> set[int]:
    return {each.pid for each in stack.product.processes() if each.status() != "zombie"}


def code(stack: Whole, path: str) -> int:
    try:
        return requests.get(stack.url + path, timeout=20).status_code
    except requests.ConnectionError:
        return 0


def await_codes(stack: Whole, status: int) -> None:
    # Each web process tries the disk for itself, every two seconds.
    eventually(lambda: {code(stack, each) for each in HEALTH} == {status}, START_SECONDS)


def assert_well_again(stack: Whole, disk: Disk, answers: int) -> None:
    disk.make_room()
    await_codes(stack, 200)
    stack.write(ANA, "E agora?")
    stack.await_answer(ANA, answers)


def test_it_refuses_while_the_disk_is_full_and_is_well_once_there_is_room(filled):
    stack, disk, owner = filled
    before = lives(stack)
    for _ in range(REFUSED):  # each of which is told, on the same disk
        assert stack.twilio.send(stack.url, BIA, "Olá").status_code == 503
    await_codes(stack, 503)
    page = owner.get(stack.url, timeout=20).text
    assert "There is no room on the disk." in page
    assert "Nobody is being answered." in page
    assert lives(stack) == before
    assert_well_again(stack, disk, 2)
    assert lives(stack) == before
    assert stack.product.stop() < STOP_SECONDS


@pytest.mark.long
def test_it_can_be_stopped_and_started_on_a_full_disk(filled):
    stack, disk, _ = filled
    stack.product.stop()
    stack.product.log = Path(f"{disk.path}.log")  # the first has its words where none fit
    try:
        stack.product.start()
        await_codes(stack, 503)
        assert_well_again(stack, disk, 2)
    finally:
        stack.product.log.unlink()
