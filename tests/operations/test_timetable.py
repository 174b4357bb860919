"""What the engine does again and again, as it writes it down and as one reads it."""

from datetime import timedelta

import pytest

from jobs import upkeep
from jobs.lanes import Lane
from jobs.schedule import SCHEDULE, Schedule
from tests.cast import CAIO, only
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Action, AuditEntry, Role, ScheduledJob, User
from wa_assistant.operations import timetable
from wa_assistant.work import runs
from wa_assistant.work.queue import queue
from wa_assistant.work.runs import Run

pytestmark = pytest.mark.usefixtures("context")

EVERY = {"jobs.upkeep.sweep": 5, "jobs.upkeep.tidy": 3600}


@pytest.fixture(autouse=True)
def _nothing_ran():
    runs.expect(EVERY)
    runs.take()
    yield
    runs.expect({})


@pytest.fixture
def lane(app):
    made = Lane(app, "upkeep", 1, limit=60)
    made.close()
    return made


def ran(name: str, *, error: str = "", ago: timedelta = timedelta(0)) -> None:
    runs.note(f"jobs.upkeep.{name}", Run(utcnow() - ago, 0.25, error))


def job(name: str) -> ScheduledJob:
    return db.session.get_one(ScheduledJob, name, populate_existing=True)


def test_the_whole_schedule_stands_there_before_anything_has_run():
    timetable.keep()
    assert [(each.name, each.every) for each in timetable.jobs()] == [("sweep", 5), ("tidy", 3600)]
    assert job("sweep").began_at is None
    assert not timetable.is_late(job("sweep"))


def test_a_run_is_written_down_with_how_long_it_took():
    ran("sweep")
    timetable.keep()
    found = job("sweep")
    assert (found.duration_ms, found.error) == (250, "")
    assert found.began_at is not None
    assert found.succeeded_at == found.began_at + timedelta(seconds=0.25)


def test_a_run_that_failed_is_told_by_its_kind_and_the_last_good_one_stays():
    ran("sweep")
    timetable.keep()
    good = job("sweep").succeeded_at
    ran("sweep", error="LookupError")
    timetable.keep()
    assert (job("sweep").error, job("sweep").succeeded_at) == ("LookupError", good)


def test_nothing_is_forgotten_where_nothing_ran_since():
    ran("tidy")
    timetable.keep()
    began = job("tidy").began_at
    timetable.keep()
    assert job("tidy").began_at == began


def test_what_is_scheduled_no_more_goes():
    timetable.keep()
    runs.expect({"jobs.upkeep.sweep": 7})
    timetable.keep()
    assert [(each.name, each.every) for each in timetable.jobs()] == [("sweep", 7)]


@pytest.mark.parametrize(("seconds", "late"), [(64, False), (67, True)])
def test_it_is_late_a_minute_after_its_time(seconds, late):
    ran("sweep", ago=timedelta(seconds=seconds))
    timetable.keep()
    assert timetable.is_late(job("sweep")) is late


def test_a_process_that_does_nothing_again_and_again_removes_nothing():
    timetable.keep()
    runs.expect({})
    timetable.keep()
    assert len(timetable.jobs()) == 2


def test_the_engine_writes_down_all_that_it_has(lane):
    schedule = Schedule(lane)
    schedule.stop()
    schedule.run()
    upkeep.note_runs()
    names = {each.job.removeprefix("jobs.upkeep.") for each in SCHEDULE}
    assert {each.name for each in timetable.jobs()} == names


def test_somebody_has_it_run_now():
    timetable.keep()
    assert timetable.run_now("tidy", caio())
    assert [each.func_name for each in queue().jobs] == ["jobs.upkeep.tidy"]
    entry = only(AuditEntry, AuditEntry.action == Action.RAN)
    assert (entry.subject, entry.subject_id) == ("scheduled job", "tidy")


def test_there_is_no_such_job():
    assert not timetable.run_now("nothing", caio())
    assert queue().jobs == []


def caio() -> User:
    with transaction():
        user = User(email=CAIO, name="Caio", role=Role.OWNER)
        db.session.add(user)
    return user
