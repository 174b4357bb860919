"""The disk fills up, with the data on it and what the product says: it goes on, without a hand."""

from collections.abc import Iterator

import pytest
import requests

from tests.path.whole import Whole, whole
from tests.support.disk import Disk, small_disk

from .product import START_SECONDS, eventually

ANA, BIA = "whatsapp:+5511940000001", "whatsapp:+5511940000002"
LINES = 50  # that say of what is refused, on a disk that takes none of them


@pytest.fixture
def filled() -> Iterator[tuple[Whole, Disk]]:
    """A product that has answered somebody, on a disk that then was filled."""
    with small_disk(48) as disk, whole(disk.path / "data") as stack:
        stack.write(ANA, "Oi")
        stack.await_answer(ANA)
        stack.await_quiet(1)
        disk.fill()
        yield stack, disk


def lives(stack: Whole) -> set[int]:
    return {each.pid for each in stack.product.processes() if each.status() != "zombie"}


def code(stack: Whole, path: str) -> int:
    return requests.get(stack.url + path, timeout=20).status_code


def noise(stack: Whole) -> None:
    """What is said goes to the same disk."""
    for _ in range(LINES):
        stack.twilio.send(stack.url, BIA, "Olá")


def test_it_refuses_while_the_disk_is_full_and_is_well_once_there_is_room(filled):
    stack, disk = filled
    before = lives(stack)
    eventually(lambda: code(stack, "/health") == 503, START_SECONDS)
    assert stack.twilio.send(stack.url, BIA, "Olá").status_code == 503
    noise(stack)
    assert code(stack, "/health/ready") == 503
    assert lives(stack) == before
    disk.make_room()
    eventually(lambda: code(stack, "/health") == 200, START_SECONDS)
    eventually(lambda: code(stack, "/health/ready") == 200, START_SECONDS)
    eventually(lambda: stack.twilio.send(stack.url, BIA, "Bom dia").status_code == 200, 30)
    stack.await_answer(BIA)
    stack.write(ANA, "E agora?")
    stack.await_answer(ANA, 2)
    assert lives(stack) == before
    assert stack.product.stop() < 10
