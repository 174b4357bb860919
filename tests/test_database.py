"""Writing units, on SQLite and on Postgres alike."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from wa_assistant import live
from wa_assistant.database import after_commit, db, insert_once, transaction
from wa_assistant.models import Participant, User
from wa_assistant.work.queue import later

from .support.processes import ROOT

INCREMENT = """
import sys
from sqlalchemy import select
import config
from wa_assistant import create_app
from wa_assistant.database import db, transaction
from wa_assistant.models import User

with create_app(config.load(dotenv=None)).app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(sys.argv[1])):
        with transaction():
            user = db.session.scalars(select(User).with_for_update()).one()
            user.name = str(int(user.name) + 1)
"""


@pytest.fixture
def caio(app):
    """Caio, an owner, whose name is a number that many want to raise."""
    with app.app_context(), transaction():
        db.session.add(User(email="caio@example.com", role="owner", name="0"))


def raise_it():
    with transaction():
        user = db.session.scalars(select(User).with_for_update()).one()
        user.name = str(int(user.name) + 1)


def add_bia():
    db.session.add(User(email="bia@example.com", role="editor"))


def name(app):
    with app.app_context():
        return db.session.scalars(select(User.name)).one()


@pytest.mark.usefixtures("caio")
def test_threads_that_write_at_once_lose_nothing(app):
    def work(_):
        for _ in range(10):
            with app.app_context():
                raise_it()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert name(app) == "80"


@pytest.mark.usefixtures("caio")
def test_processes_that_write_at_once_lose_nothing(app, environ):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", INCREMENT, "25"],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=60)

    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    assert name(app) == "100"


@pytest.mark.usefixtures("context")
class TestWritingUnit:
    def test_what_fails_half_way_leaves_nothing_and_rings_nothing(self, work):
        told: list[str] = []

        @transaction()
        def unit():
            add_bia()
            db.session.flush()
            later("jobs.reply.answer", 1)
            after_commit(lambda: told.append("committed"))
            raise RuntimeError("half way")

        with pytest.raises(RuntimeError, match="half way"):
            unit()
        assert db.session.scalars(select(User)).all() == []
        assert work.waiting() == told == []

    def test_bells_ring_once_what_they_ring_for_can_be_read(self, app, work, valkey):
        def read_by_another():
            with app.app_context():
                seen.append(db.session.scalars(select(User.email)).all())

        seen: list[object] = []
        with valkey.redis.pubsub(ignore_subscribe_messages=True) as dashboard, transaction():
            dashboard.subscribe(live.CHANNEL)
            add_bia()
            later("jobs.reply.answer", 1)
            live.changed("conversations")
            after_commit(read_by_another)
            assert work.waiting() == seen == []
            assert dashboard.get_message(timeout=0.05) is None

        assert work.waiting() == ["jobs.reply.answer"]
        assert seen == [["bia@example.com"]]

    def test_a_bell_outside_of_any_rings_at_once(self, work):
        later("jobs.reply.answer", 1)

        assert work.waiting() == ["jobs.reply.answer"]

    def test_one_inside_another_is_refused_and_the_outer_one_undone(self):
        @transaction()
        def outer():
            add_bia()
            transaction().__enter__()

        with pytest.raises(RuntimeError, match="inside another"):
            outer()

        assert db.session.scalars(select(User)).all() == []
        with transaction():
            add_bia()
        assert db.session.scalars(select(User.email)).all() == ["bia@example.com"]

    def test_it_begins_from_the_rows_as_they_are_now(self, app, caio):
        known = db.session.scalars(select(User)).one()
        assert known.name == "0"
        with ThreadPoolExecutor() as pool:
            pool.submit(lambda: self._in(app, raise_it)).result()

        with transaction():
            assert known.name == "1"

    def test_a_callback_that_fails_leaves_what_was_committed(self):
        def fail():
            raise ConnectionError("nobody is home")

        @transaction()
        def unit():
            add_bia()
            after_commit(fail)

        with pytest.raises(ConnectionError):
            unit()

        assert db.session.scalars(select(User.email)).all() == ["bia@example.com"]

    def test_the_same_row_is_inserted_once(self):
        with transaction():
            first = insert_once(User, email="bia@example.com", role="editor")
            assert insert_once(User, email="bia@example.com", role="owner") is None

        assert [(user.id, user.role) for user in db.session.scalars(select(User))] == [
            (first, "editor")
        ]

    def _in(self, app, call):
        with app.app_context():
            return call()


@pytest.mark.usefixtures("context")
class TestMoments:
    def test_they_come_back_in_utc_whatever_zone_they_were_given_in(self):
        here = datetime(2026, 11, 23, 9, 30, 0, 123456, timezone(timedelta(hours=-3)))
        with transaction():
            db.session.add(Participant(address="whatsapp:+551199", last_inbound_at=here))
        db.session.expire_all()

        stored = db.session.scalars(select(Participant)).one().last_inbound_at

        assert stored == here
        assert stored.tzinfo is UTC
        assert stored.hour == 12

    def test_one_without_a_zone_is_refused(self):
        naive = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - that is what is refused

        with pytest.raises(StatementError, match="without a time zone"), transaction():
            db.session.add(Participant(address="whatsapp:+551199", last_inbound_at=naive))

    def test_they_are_compared_as_moments_in_queries(self):
        noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
        with transaction():
            db.session.add(Participant(address="whatsapp:+551199", last_inbound_at=noon))
        here = noon.astimezone(timezone(timedelta(hours=-3)))

        for at, found in ((here, 1), (here - timedelta(microseconds=1), 0)):
            query = select(Participant.id).where(Participant.last_inbound_at <= at)
            assert len(db.session.scalars(query).all()) == found
