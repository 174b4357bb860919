"""Bells ring after the commit, carry ids only, and may be lost."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.cast import ANA, known, rows, write
from wa_assistant import live
from wa_assistant.database import transaction
from wa_assistant.live import bells
from wa_assistant.models import Message
from wa_assistant.work import queue

pytestmark = pytest.mark.usefixtures("context")


def test_a_bell_rings_once_the_writing_unit_has_committed(work):
    with transaction():
        queue.later("jobs.reply.answer", 1)
        assert work.waiting() == []
    assert work.waiting() == ["jobs.reply.answer"]


def test_what_is_rolled_back_rings_nothing(work):
    with suppress(LookupError), transaction():
        queue.later("jobs.reply.answer", 1)
        raise LookupError
    with transaction():
        pass
    assert work.waiting() == []


def test_outside_of_a_writing_unit_it_rings_at_once(work):
    queue.later("jobs.delivery.deliver", 1)
    assert work.waiting() == ["jobs.delivery.deliver"]


def test_a_delay_of_seconds_is_the_queues_to_wait_and_less_is_the_jobs_own():
    queue.later("jobs.reply.answer", 1, delay=2)
    assert queue.backlog(queue.BELLS) == 0
    queue.later("jobs.reply.answer", 1, delay=0.9)
    assert queue.backlog(queue.BELLS) == 1


def test_who_does_its_work_after_the_block_spares_a_bell(work):
    with queue.spared("jobs.delivery.deliver", 1), transaction():
        queue.later("jobs.delivery.deliver", 1)
        queue.later("jobs.delivery.deliver", 2)
    assert [job.args for job in queue.queue().jobs] == [[2]]
    queue.later("jobs.delivery.deliver", 1)
    assert [job.args for job in queue.queue().jobs] == [[2], [1]]


def test_what_is_rung_for_a_later_moment_is_not_spared(work):
    with queue.spared("jobs.delivery.deliver", 1):
        queue.later("jobs.delivery.deliver", 1, delay=2)
    assert work.waiting() == ["jobs.delivery.deliver"]


def test_a_bell_that_was_spared_rings_where_its_work_is_not_done(work):
    def fail() -> None:
        with transaction():
            queue.later("jobs.delivery.deliver", 1)
        raise LookupError

    with pytest.raises(LookupError), queue.spared("jobs.delivery.deliver", 1):
        fail()
    assert work.waiting() == ["jobs.delivery.deliver"]


def test_a_job_of_no_known_module_is_our_mistake():
    with pytest.raises(LookupError, match="no job"):
        queue.later("jobs.nowhere.go", 1)


def test_a_bell_is_ids_in_json_and_keeps_no_result(valkey):
    queue.later("jobs.reply.answer", 7)
    (job,) = queue.queue().jobs
    assert (job.func_name, job.args, job.kwargs) == ("jobs.reply.answer", [7], {})
    assert job.result_ttl == 0
    assert job.failure_ttl == 24 * 3600
    assert job.get_ttl() is None


def test_nothing_a_person_wrote_is_in_redis(valkey):
    write(ANA, "um segredo")
    kept = b"".join(valkey.redis.dump(key) or b"" for key in valkey.redis.keys("*"))
    assert kept
    assert b"segredo" not in kept
    assert b"987654321" not in kept


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}"


def test_without_redis_nothing_fails(valkey):
    known(ANA)
    valkey.stop()
    queue.later("jobs.reply.answer", 1)
    live.changed("conversations")


def test_a_redis_that_hangs_does_not_hang_a_message(make_app, silent_redis):
    with make_app(REDIS_URL=silent_redis).app_context():
        retry = bells.redis.get_retry()
        assert retry
        assert retry.get_retries() == 0
        write(ANA, "Oi")
    assert len(rows(Message)) == 1
