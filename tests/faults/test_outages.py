"""The whole product restarted under load, and Postgres stopped and started."""

import threading

import pytest

from tests.path.whole import whole
from tests.support.eventually import eventually
from tests.support.postgres import postgres

from .justice import assert_settled_once_and_in_order
from .people import Post, write

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def await_accepted(post: Post, count: int) -> None:
    eventually(lambda: len(post.accepted) >= count, 60)


def test_a_restart_under_load_loses_and_doubles_nothing(directory):
    with whole(directory / "data") as stack:
        stack.openai.slow(0.5)
        post = Post(stack, write(7, messages=80, persons=16, per_second=4))
        bringing = threading.Thread(target=post.bring, args=(200,))
        bringing.start()
        for accepted in (20, 50):
            await_accepted(post, accepted)
            stack.product.stop()
            stack.product.start()
            stack.product.await_ready()
        bringing.join()
        stack.await_quiet(80)
        assert_settled_once_and_in_order(stack)
        assert (len(post.accepted), post.refused) == (80, [])


def test_postgres_stopped_and_started_loses_and_doubles_nothing(directory):
    with (
        postgres(directory / "pg") as server,
        whole(directory / "on-postgres", server.get_uri()) as stack,
    ):
        stack.openai.slow(0.5)
        post = Post(stack, write(8, messages=80, persons=16, per_second=4))
        bringing = threading.Thread(target=post.bring, args=(200,))
        bringing.start()
        for accepted in (20, 50):
            await_accepted(post, accepted)
            server.stop()
            before = len(post.accepted)
            await_accepted(post, before + 5)
            server.start()
        bringing.join()
        stack.await_quiet(80)
        assert_settled_once_and_in_order(stack)
        assert (len(post.accepted), post.refused) == (80, [])
