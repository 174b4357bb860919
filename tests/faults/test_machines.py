"""Two machines on one Postgres and one Redis, and two engines on one machine: some of each die.

Each machine is a product with a DATA_DIR of its own; they share no file, and both have a schedule.
Twilio's webhooks come to both in turn, as behind a balancer.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.path.whole import Whole, whole
from tests.processes.product import Product, kill
from tests.support.eventually import eventually

from .judge import answered_twice, never_stored, not_heard
from .justice import assert_settled_once_and_in_order
from .people import Post, write

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def machines(directory, database, databases, valkey) -> Iterator[tuple[Whole, Product]]:
    url = databases.bare(database, directory)
    with whole(directory / "one", url, REDIS_URL=valkey.url) as stack:
        other = stack.beside(directory / "two")
        other.start()
        try:
            other.await_ready()
            yield stack, other
        finally:
            other.kill_what_is_left()


@contextmanager
def writing(stack: Whole, messages: int, *urls: str) -> Iterator[Post]:
    """The block runs while people write; afterwards each of them was answered once, in order."""
    post = Post(stack, write(14, messages, persons=8, per_second=12), *urls)
    bringing = threading.Thread(target=post.bring, args=(90,))
    bringing.start()
    try:
        yield post
    finally:
        stack.openai.release()
        bringing.join()
    stack.await_quiet(messages)
    assert (len(post.accepted), post.refused) == (messages, [])
    assert_settled_once_and_in_order(stack)
    with stack.database.connect() as connection:
        assert never_stored(connection, post) == not_heard(connection) == []
    assert answered_twice(stack.twilio.messages) == []


def await_asking(stack: Whole, *engines: psutil.Process) -> None:
    """Until the model keeps each of them waiting."""
    eventually(lambda: all(stack.is_asking(engine) for engine in engines), 60)


@pytest.mark.parametrize("database", ["postgres"])
def test_an_engine_and_a_web_of_two_machines_may_die(machines):
    stack, other = machines
    urls = stack.url, f"http://127.0.0.1:{other.port}"
    with writing(stack, 40, *urls) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        (engine,) = other.find("jobs.worker")
        await_asking(stack, *stack.engines(), engine)
        kill(engine, *stack.product.find("gunicorn"))


@pytest.mark.long
@pytest.mark.parametrize("database", ["postgres"])
def test_a_machine_that_dies_whole_is_made_good_by_the_other(machines):
    stack, other = machines
    urls = stack.url, f"http://127.0.0.1:{other.port}"
    with writing(stack, 40, *urls) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        await_asking(stack, *stack.engines(), *other.find("jobs.worker"))
        kill(*other.processes())


def test_one_of_two_engines_of_a_machine_may_die(directory):
    with whole(directory / "both", ENGINES="2") as stack, writing(stack, 40) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        engines = stack.engines()
        assert len(engines) == 2
        await_asking(stack, *engines)
        kill(engines[0])
