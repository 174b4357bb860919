"""Who tells of what an engine cannot tell: that it is dead, and that the machine is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.cast import only, rows
from tests.doubles.base import Double
from tests.doubles.server import Request, Response
from tests.support.eventually import eventually
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight.alerts import heartbeat, lookout, standing
from wa_assistant.insight.alerts.lookout import Lookout
from wa_assistant.models import Alert, AlertType, Checked, Email, Severity

from .alert_cases import caio as caio
from .alert_cases import disk_fills, look, old

pytestmark = pytest.mark.usefixtures("context", "engine")


class Switch(Double):
    """A dead man's switch, which answers as it is told to."""

    status = 200

    def answer(self, request: Request) -> Response:
        return Response(self.status, b"OK")


@pytest.fixture
def switch(app):
    with Switch() as made:
        app.config["HEARTBEAT_URL"] = f"{made.url}/ping/1"
        yield made


def minute_passes() -> None:
    """For what waits to be sent, and for what was found before."""
    with transaction():
        db.session.execute(update(Email).values(created_at=utcnow() - timedelta(minutes=1)))
    for seen in standing._seen.values():
        for about in seen:
            seen[about] -= 60


def test_a_dead_engine_is_told_by_the_web_which_sends_the_e_mail_too(mail):
    old(Checked.ENGINE, timedelta(minutes=5))
    lookout.look()
    assert rows(Alert) == [], "perhaps it only begins"
    minute_passes()
    lookout.look()
    assert only(Alert).type == AlertType.NO_ENGINE
    assert mail.taken == [], "an engine that is back sends it"
    minute_passes()
    lookout.look()
    lookout.look()
    assert [each["Subject"] for each in mail.taken] == ["Nobody is being answered: no engine works"]


def test_while_an_engine_works_the_web_looks_at_nothing(mail, monkeypatch):
    disk_fills(monkeypatch)
    look(AlertType.DISK)
    minute_passes()
    lookout.look()
    assert mail.taken == []


def test_it_goes_on_looking_whatever_happens(app, monkeypatch):
    looked: list[int] = []

    def fail() -> Any:
        looked.append(1)
        raise LookupError("of ours")

    monkeypatch.setattr(lookout, "look", fail)
    running = Lookout(app, every=0.01)
    running.start()
    eventually(lambda: len(looked) > 2)
    running.stop()
    running.join(10)


def test_the_switch_hears_of_us_while_all_is_well(switch):
    heartbeat.beat()
    assert [(each.method, each.path) for each in switch.requests] == [("GET", "/ping/1")]


def test_it_hears_nothing_while_nobody_is_answered(switch):
    old(Checked.ENGINE, timedelta(minutes=5))
    heartbeat.beat()
    assert switch.requests == []


@pytest.mark.parametrize(("severity", "heard"), [(Severity.HIGH, 0), (Severity.MEDIUM, 1)])
def test_it_hears_nothing_while_the_worst_stands_open(switch, severity, heard):
    with transaction():
        db.session.add(Alert(type=AlertType.DISK, severity=severity))
    heartbeat.beat()
    assert len(switch.requests) == heard


def test_a_switch_that_is_away_is_a_line_in_the_log(switch, caplog):
    switch.status = 503
    heartbeat.beat()
    switch.stop()
    heartbeat.beat()
    reasons = [record.getMessage() for record in caplog.records]
    assert reasons == ["heartbeat not heard", "heartbeat not heard"]


def test_without_one_nobody_is_called(app):
    assert app.config["HEARTBEAT_URL"] is None
    heartbeat.beat()
