"""What is periodic is done by the engine itself."""

import time

import pytest

from jobs import schedule
from jobs.lanes import Bell
from jobs.schedule import Periodic, Schedule
from tests.support.eventually import eventually


class Lane:
    """Keeps what is put into it; `busy` runs for ever."""

    def __init__(self) -> None:
        self.put_in: list[str] = []

    def put(self, bell: Bell) -> None:
        self.put_in.append(bell.job)

    def is_running(self, bell: Bell) -> bool:
        return bell.job == "busy"


@pytest.fixture
def lane(monkeypatch):
    periodic = Periodic("often", every=0), Periodic("seldom", every=3600), Periodic("busy", every=0)
    monkeypatch.setattr(schedule, "SCHEDULE", periodic)
    return Lane()


def test_all_is_done_at_the_start_and_then_each_in_its_time(lane):
    running = Schedule(lane)
    running.start()
    eventually(lambda: lane.put_in.count("often") > 2)
    running.stop()
    running.join(10)
    assert lane.put_in.count("seldom") == 1


def test_what_is_not_done_yet_is_not_begun_a_second_time(lane):
    running = Schedule(lane)
    running.start()
    eventually(lambda: len(lane.put_in) > 2)
    running.stop()
    running.join(10)
    assert "busy" not in lane.put_in


def test_it_stops_at_once(lane, monkeypatch):
    monkeypatch.setattr(schedule, "SCHEDULE", (Periodic("seldom", every=3600),))
    running = Schedule(lane)
    running.start()
    eventually(lambda: lane.put_in)
    began = time.monotonic()
    running.stop()
    running.join(10)
    assert time.monotonic() - began < 5
