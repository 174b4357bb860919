"""Two machines on one Postgres and one Redis, and two engines on one machine: some of each die.

Each machine is a product with a DATA_DIR of its own; they share no file, and both have a schedule.
Twilio's webhooks come to both in turn, as behind a balancer.
"""

import threading
from collections.abc import Callable, Iterator
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


def one_that_asks(stack: Whole, *engines: psutil.Process) -> psutil.Process:
    """One of them, once the model keeps it waiting: one may have taken all that there is."""
    return eventually(lambda: [each for each in engines if stack.is_asking(each)], 60)[0]


@contextmanager
def suspended(*engines: psutil.Process) -> Iterator[Callable[[], None]]:
    """They stand still until what this gives is called, and at the latest until the end."""

    def resume() -> None:
        for each in engines:
            each.resume()

    for each in engines:
        each.suspend()
    try:
        yield resume
    finally:
        resume()


@pytest.mark.parametrize("database", ["postgres"])
def test_an_engine_and_a_web_of_two_machines_may_die(machines):
    stack, other = machines
    urls = stack.url, f"http://127.0.0.1:{other.port}"
    with writing(stack, 40, *urls) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        ours, others = stack.engines(), other.find("jobs.worker")
        assert (len(ours), len(others)) == (1, 1)
        engine = one_that_asks(stack, *ours, *others)
        machine = other if engine in ours else stack.product
        kill(engine, *machine.find("gunicorn"))


@pytest.mark.long
@pytest.mark.parametrize("database", ["postgres"])
def test_a_machine_that_dies_whole_is_made_good_by_the_other(machines):
    stack, other = machines
    urls = stack.url, f"http://127.0.0.1:{other.port}"
    with suspended(*stack.engines()) as resume, writing(stack, 40, *urls) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        one_that_asks(stack, *other.find("jobs.worker"))
        resume()
        kill(*other.processes())


def test_one_of_two_engines_of_a_machine_may_die(directory):
    with whole(directory / "both", ENGINES="2") as stack, writing(stack, 40) as post:
        eventually(lambda: len(post.accepted) >= 12, 60)
        stack.openai.hold()
        engines = stack.engines()
        assert len(engines) == 2
        kill(one_that_asks(stack, *engines))
