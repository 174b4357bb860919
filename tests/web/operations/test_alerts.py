"""The page of alerts: what stands open, seen to, muted, tried."""

import html
from typing import Any

import pytest
from flask_babel import force_locale

from tests.cast import only, rows
from tests.web.people import submit
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Alert, AlertMute, AlertType, Severity
from wa_assistant.notify.alert_words import MEANS, TITLES

pytestmark = pytest.mark.usefixtures("context")


def alert(type_: AlertType = AlertType.DISK, value: float = 91, **more: Any) -> int:
    with transaction():
        row = Alert(type=type_, severity=Severity.HIGH, value=value, **more)
        db.session.add(row)
    return row.id


def page(client: Any) -> str:
    return html.unescape(client.get("/alerts").text)


def done(client: Any, action: str, **fields: Any) -> str:
    response = submit(client, "/alerts", action, **fields)
    assert response.status_code == 303
    return html.unescape(client.get(response.location).text)


def test_every_type_has_its_words():
    assert set(TITLES) == set(MEANS) == set(AlertType)


def test_it_is_the_owners(bia, caio):
    assert bia.get("/alerts").status_code == 403
    assert "Nothing is to be told of" in page(caio)
    assert "no mail server is configured" in page(caio)


def test_what_stands_open_is_told_with_what_it_means(caio):
    alert()
    text = page(caio)
    assert "The disk is filling up: 91 % full" in text
    assert "Make room." in text
    assert "High" in text


@pytest.mark.parametrize("type_", AlertType)
def test_each_type_can_be_read_with_nothing_known_of_it(caio, type_):
    alert(type_, 0)
    with force_locale("en"):
        title = str(TITLES[type_])
    assert title in page(caio)


def test_what_is_resolved_stands_below_with_how_long_it_lasted(caio):
    number = alert(resolved_at=utcnow())
    text = page(caio)
    assert "Nothing is to be told of" in text
    assert f'id="resolved-{number}"' in text


def test_one_sees_to_it(caio):
    alert_id = alert()
    action = f"/alerts/{alert_id}/acknowledgement"
    assert "You see to it" in done(caio, action)
    assert "somebody sees to it" in page(caio)
    assert "resolved, or somebody sees to it already" in done(caio, action)


def test_nobody_is_told_for_a_while_and_then_again(caio):
    alert()
    assert "Nobody is told of it for a while" in done(caio, "/alerts/mutes/disk", hours="24")
    assert only(AlertMute).type == "disk"
    assert "nobody is told until" in page(caio)
    assert "You are told of it again." in done(caio, "/alerts/mutes/disk")
    assert rows(AlertMute) == []


def test_there_is_no_such_type(caio):
    assert submit(caio, "/alerts", "/alerts/mutes/nothing", hours="1").status_code == 404


def test_a_test_is_sent_to_who_is_told(caio, mail, work):
    assert "A test alert is on its way to 1 person." in done(caio, "/alerts/test")
    work()
    assert len(mail.taken) == 1


def test_without_a_mail_server_that_is_said(caio):
    assert "Nobody is told: no mail server is configured" in done(caio, "/alerts/test")


def test_from_when_on_is_a_setting(caio):
    fields = {
        "alert_errors_percent": "7",
        "alert_slow_seconds": "5",
        "alert_waiting_minutes": "30",
        "alert_queue_seconds": "120",
        "alert_disk_percent": "85",
        "alert_model_days": "60",
        "alert_certificate_days": "14",
    }
    text = caio.get("/settings/alerts").text
    assert 'value="120"' in text
    refused = submit(
        caio, "/settings/alerts", "/settings/alerts", **fields | {"alert_disk_percent": ""}
    )
    assert refused.status_code == 422
    assert "Write a number." in refused.text
