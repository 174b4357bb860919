"""The engine takes bells and hands them to its threads; a stop and a hang end it in order."""

import os
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from redis import Redis
from rq.exceptions import StopRequested
from rq.job import Job

from jobs import ears, worker
from jobs.lanes import Bell
from jobs.worker import Engine
from tests.cast import ANA, participant, write
from tests.support.eventually import eventually
from tests.support.logged import data_of, lines
from wa_assistant.assistant import reply
from wa_assistant.clients import embeddings, twilio, twilio_media
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.delivery import send
from wa_assistant.live import bells
from wa_assistant.media import attachments
from wa_assistant.operations import sweeper
from wa_assistant.work import claims
from wa_assistant.work.kind import OWNER, STOPPING
from wa_assistant.work.queue import queue

pytestmark = pytest.mark.usefixtures("context")

gate = threading.Event()
calls: list[int] = []
ended: list[int] = []


def wait(number: int) -> None:
    calls.append(number)
    gate.wait(30)


def look(number: int) -> None:
    calls.append(number)


def work_on(participant_id: int) -> None:
    claim = claims.take(ANSWERS, participant_id)
    assert claim
    with claims.working(claim):
        wait(participant_id)
        ended.append(participant_id)


@pytest.fixture
def engine(app, valkey) -> Iterator[Engine]:
    """One with two threads, whose main thread is the test's."""
    gate.clear()
    calls.clear()
    ended.clear()
    app.config["WORKERS"] = 2
    made = Engine(app, Redis.from_url(valkey.url))
    made.ear, _ = made.ears()
    made.ear.register_birth()
    yield made
    STOPPING.clear()
    gate.set()
    for lane in made.lanes:
        lane.close()
        lane.pool.shutdown()


def take(engine: Engine) -> None:
    assert engine.ear
    engine.ear.execute_job(*engine.ear.dequeue_job_and_maintain_ttl(1))


def ring(job: object, *ids: int) -> Job:
    return queue().enqueue(f"{__name__}.{job.__name__}", *ids)  # type: ignore[attr-defined]


def answering(engine: Engine) -> int:
    """The id of a participant whose claim a thread of the engine has just taken."""
    write(ANA, "Oi")
    queue().empty()
    known: int = participant(ANA).id
    ring(work_on, known)
    take(engine)
    eventually(lambda: calls == [known])
    return known


def test_a_bell_is_taken_down_and_what_it_names_is_done(engine):
    job = ring(wait, 7)
    take(engine)
    eventually(lambda: calls == [7])
    assert not Job.exists(job.id, job.connection)
    assert queue().intermediate_queue.get_job_ids() == []


def test_no_bell_is_taken_while_no_thread_is_free(engine):
    for number in range(3):
        ring(wait, number)
    take(engine)
    take(engine)
    eventually(lambda: len(calls) == 2)
    third = threading.Thread(target=take, args=(engine,))
    third.start()
    third.join(0.2)
    assert third.is_alive()
    assert [job.args for job in queue().jobs] == [[2]]
    gate.set()
    third.join(10)
    eventually(lambda: len(calls) == 3)


def test_what_came_in_is_understood_before_more_is_begun(engine, monkeypatch):
    monkeypatch.setattr(worker, "INTAKE_FIRST_SECONDS", 30)
    engine.intake.put(Bell(f"{__name__}.wait", (1,)))
    eventually(lambda: calls == [1])
    ring(look, 9)
    taking = threading.Thread(target=take, args=(engine,))
    taking.start()
    taking.join(0.2)
    assert (taking.is_alive(), calls) == (True, [1])
    gate.set()
    taking.join(10)
    eventually(lambda: calls == [1, 9])


def test_but_for_so_long_only(engine, monkeypatch):
    monkeypatch.setattr(worker, "INTAKE_FIRST_SECONDS", 0.01)
    monkeypatch.setattr(worker, "BELL_SECONDS", 0.01)
    engine.intake.put(Bell(f"{__name__}.wait", (1,)))
    eventually(lambda: calls == [1])
    ring(look, 9)
    take(engine)
    eventually(lambda: calls == [1, 9])


@pytest.mark.parametrize(
    ("now", "deadlines"), [((50, 50.95, 53), (51, 51.05, 53.1)), ((50, 50.2, 50.4), (51, 51, 51))]
)
def test_a_bell_is_let_through_now_and_then(engine, monkeypatch, now, deadlines):
    waited: list[float] = []
    monkeypatch.setattr(engine.intake, "await_rest", waited.append)
    for moment in now:
        clock = SimpleNamespace(monotonic=lambda moment=moment: moment)
        monkeypatch.setattr(worker, "time", clock)
        engine._hand(Bell(f"{__name__}.look", (9,)), lambda: None)
    assert waited == pytest.approx(list(deadlines))


def test_documents_are_done_one_after_the_other_and_hold_nobody_up(engine, monkeypatch):
    monkeypatch.setattr(worker, "IMPORTS", f"{__name__}.wait")
    for number in range(4):
        ring(wait, number)
    for _ in range(4):
        take(engine)
    eventually(lambda: calls == [0])
    ring(look, 9)
    take(engine)
    eventually(lambda: calls == [0, 9])


def test_a_bell_of_nothing_we_know_is_told_and_forgotten(engine, caplog):
    queue().enqueue("jobs.nowhere.go", 1)
    take(engine)
    eventually(lambda: data_of(caplog, "failed") == [{"job": "jobs.nowhere.go"}])
    ring(wait, 1)
    take(engine)
    eventually(lambda: calls == [1])


def test_work_that_hangs_ends_the_engine_and_is_named(engine, caplog):
    engine.answers.limit = 0.01
    ring(wait, 5)
    take(engine)
    eventually(engine.answers.hanging)
    with pytest.raises(StopRequested):
        eventually(lambda: engine.ear.heartbeat())
    assert engine.hangs
    (told,) = [each for each in lines(caplog) if "it hangs" in each["message"]]
    assert told["stack"].startswith(f"{__name__}.wait")


@pytest.mark.environment(HANG_SECONDS="5")
def test_after_how_long_it_hangs_the_environment_says_but_for_documents(engine):
    assert [lane.limit for lane in engine.lanes] == [5, 5, worker.IMPORT_LIMIT_SECONDS, 5]


def test_what_a_stop_interrupts_is_free_at_once(engine, monkeypatch):
    monkeypatch.setattr(worker, "STOP_SECONDS", 0.01)
    answering(engine)
    assert participant(ANA).claim_token
    worker.drain(engine)
    row = participant(ANA)
    assert (row.claim_token, row.faults) == (None, 0)


def test_what_hung_is_not_given_back_and_the_next_engine_counts_it(engine, monkeypatch):
    monkeypatch.setattr(worker, "STOP_SECONDS", 0.01)
    known = answering(engine)
    engine.hangs = True
    worker.drain(engine)
    assert participant(ANA).claim_token
    assert claims.take(ANSWERS, known) is None, "who stops takes nothing more"
    STOPPING.clear()
    sweeper.free(OWNER)
    assert queue().jobs[0].args == [known]
    assert claims.take(ANSWERS, known)
    assert participant(ANA).faults == 1


def test_a_redis_that_answers_with_an_error_is_waited_for(engine, valkey, monkeypatch):
    monkeypatch.setattr(ears, "RECONNECT_SECONDS", 0.01)
    valkey.redis.config_set("maxmemory", "1")
    engine.ear, _ = engine.ears()
    engine.ear.register_birth()
    engine.ear.run_maintenance_tasks()
    waits = threading.Thread(target=take, args=(engine,))
    waits.start()
    waits.join(0.2)
    assert waits.is_alive()
    valkey.redis.config_set("maxmemory", "0")
    ring(wait, 1)
    waits.join(10)
    eventually(lambda: calls == [1])


def test_what_ends_in_time_is_not_interrupted(engine):
    known = answering(engine)
    threading.Timer(0.05, gate.set).start()
    worker.drain(engine)
    assert ended == [known]
    assert participant(ANA).claim_token is None


def test_who_comes_next_has_what_the_dead_one_had_at_once(app, tmp_path):
    write(ANA, "Oi")
    known: int = participant(ANA).id
    place = worker.take_place(tmp_path)
    assert claims.take(ANSWERS, known)
    assert claims.take(ANSWERS, known) is None
    os.close(place)
    os.close(worker.take_place(tmp_path))
    again = claims.take(ANSWERS, known)
    assert again
    assert participant(ANA).faults == 1


def test_without_redis_the_engine_waits_and_goes_on(app, engine, valkey):
    valkey.stop()
    engine.ear.heartbeat()
    engine.ear.run_maintenance_tasks()
    valkey.start()
    bells.init_app(app)  # its old connections are dead
    ring(wait, 1)
    take(engine)
    eventually(lambda: calls == [1])


@pytest.mark.parametrize("seconds", [1.0, 30.0, 600.0])
def test_what_waits_for_a_slow_model_does_not_hang(app, seconds):
    """Were all as slow as they may be in the longest job there is: it answers and delivers."""
    app.config["OPENAI_TIMEOUT_SECONDS"] = seconds
    dripping = 2 * seconds  # see openai.timeout
    asked = reply.MOST_IN_A_JOB * (1 + embeddings.QUERY_SHARE) * dripping
    heard = attachments.LONGEST_SECONDS + twilio_media.DEADLINE_SECONDS + dripping
    sent = send.BATCH * twilio.TIMEOUT_SECONDS
    assert Engine(app, Redis()).answers.limit > asked + heard + sent
