"""A disk that is full under the database, the spool, or both: nothing is lost without a word."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from tests.cast import ANA
from wa_assistant.extensions import db
from wa_assistant.intake import spool, webhook_log
from wa_assistant.models import Webhook


# What Postgres does on a full disk is its own machine's business.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture
def on_disk(databases, disk) -> str:
    """The address of a database on a disk that can be filled."""
    return str(databases.clean("sqlite", disk.path / "wa_assistant.sqlite3"))


@contextmanager
def no_file_grows() -> Iterator[None]:
    """As a disk fails under SQLite, which then speaks of an I/O error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def kept(app) -> int:
    with app.app_context():
        webhook_log.drain(10)
        assert spool.is_empty()
        return db.session.scalar(select(func.count(Webhook.id))) or 0


def test_what_the_database_has_no_room_for_is_spooled_and_kept_later(
    make_app, disk, on_disk, twilio
):
    app = make_app(DATABASE_URL=on_disk)
    client = app.test_client()
    disk.fill()
    assert [twilio.send(client, ANA, str(n)).status_code for n in range(30)] == [200] * 30
    with app.app_context():
        assert spool.waiting() > 0
    disk.make_room()
    assert kept(app) == 30


def test_what_neither_has_room_for_is_refused_until_there_is(make_app, disk, on_disk, twilio):
    app = make_app(DATA_DIR=disk.path, DATABASE_URL=on_disk)
    client = app.test_client()
    disk.fill()
    answers = [twilio.send(client, ANA, str(n)).status_code for n in range(30)]
    assert answers[-1] == 503
    assert set(answers) <= {200, 503}  # what is left of a block has room for some
    disk.make_room()
    assert twilio.send(client, ANA, "Oi").status_code == 200
    assert kept(app) == answers.count(200) + 1
    assert not (disk.path / "webhooks.spool.torn").exists()


def test_an_error_of_the_disk_is_a_passing_one(app, client, twilio):
    assert twilio.send(client, ANA, "1").status_code == 200
    with no_file_grows():
        assert twilio.send(client, ANA, "2").status_code == 503
    assert twilio.send(client, ANA, "3").status_code == 200
    assert kept(app) == 2
