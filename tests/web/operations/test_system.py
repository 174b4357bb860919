"""How well everything is, line by line, as owners see it."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Check, Checked, ScheduledJob
from wa_assistant.operations import checks
from wa_assistant.work.queue import later

pytestmark = pytest.mark.usefixtures("context")

SENDER = {
    "sid": "XE1",
    "status": "ONLINE",
    "quality": "HIGH",
    "limit": "250 customers/24hr",
    "webhook": "",
    "receipts": "",
}


def line(client: Any, name: str) -> str:
    """The words of the line about `name`."""
    page = client.get("/system").text
    row = page.partition(f'<th scope="row">{name}</th>')[2].partition("</tr>")[0]
    return html.unescape(row)


def twilio(**sender: str) -> None:
    found = {"name": "The company", "status": "active", "sender": SENDER | sender}
    checks.keep(Checked.TWILIO, found)


def model(until: str) -> None:
    checks.keep(Checked.MODEL, {"models": {"gpt-6-luna": until}})


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_it_is_the_owners(bia, caio):
    assert bia.get("/system").status_code == 403
    assert caio.get("/system").status_code == 200


def test_what_nobody_has_tried_is_unknown_and_not_well(caio):
    with transaction():
        db.session.execute(delete(Check))
    assert "Nobody has looked lately." in line(caio, "Twilio")
    assert "Unknown" in line(caio, "Model")
    assert "It has done no job for a minute." in line(caio, "Engine")


def test_what_is_well_says_so(caio):
    checks.keep(Checked.ENGINE, {"seconds": 0.4})
    twilio()
    model("")
    assert "A job was done 0.4 s after it was rung for." in line(caio, "Engine")
    said = line(caio, "Twilio")
    assert "Well" in said
    assert "Quality: HIGH." in said
    assert "Limit: 250 customers/24hr." in said
    assert "gpt-6-luna: no end is announced." in line(caio, "Model")


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ({"quality": "LOW"}, "Quality: LOW."),
        ({"webhook": "https://old.example/whatsapp/webhook"}, "It sends to https://old.example/"),
        ({"receipts": "https://old.example/receipts"}, "https://old.example/receipts, and not to"),
    ],
)
def test_what_is_odd_at_the_sender_is_to_be_looked_at(caio, sender, words):
    twilio(**sender)
    said = line(caio, "Twilio")
    assert "Look at it" in said
    assert words in said


@pytest.mark.parametrize(("days", "state"), [(60, "Look at it"), (61, "Well")])
def test_a_model_that_ends_within_sixty_days_is_to_be_looked_at(caio, days, state):
    model(day(days))
    said = line(caio, "Model")
    assert state in said
    assert f"in {days} days" in said


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        (Checked.TWILIO, "HTTP 401", "Twilio refuses TWILIO_ACCOUNT_SID"),
        (Checked.TWILIO, "HTTP 503", "It does not answer: HTTP 503."),
        (Checked.MODEL, "credit", "The account has no credit left."),
    ],
)
def test_what_is_wrong_outside_is_said_in_words(caio, name, reason, words):
    checks.keep(name, None, reason)
    said = line(caio, "Twilio" if name == Checked.TWILIO else "Model")
    assert "Broken" in said
    assert words in said


def test_an_old_try_says_nothing(caio):
    twilio()
    with transaction():
        db.session.execute(update(Check).values(at=utcnow() - timedelta(hours=1)))
    assert "Nobody has looked lately." in line(caio, "Twilio")


@pytest.mark.environment(PUBLIC_URL="https://assistant.example.com")
@pytest.mark.parametrize(("days", "state"), [(13, "Look at it"), (15, "Well")])
def test_a_certificate_is_renewed_in_time_or_looked_at(app, caio, days, state):
    until = datetime.now(UTC) + timedelta(days=days)
    checks.keep(Checked.CERTIFICATE, {"until": until.isoformat()})
    assert state in line(caio, "Certificate")


def test_what_is_late_is_told(caio):
    began = utcnow() - timedelta(minutes=10)
    with transaction():
        db.session.add(ScheduledJob(name="sweep", every=5, began_at=began, duration_ms=3))
    assert "1 job is late." in line(caio, "Schedule")


def test_how_much_waits_in_the_queue_is_told(caio):
    later("jobs.reply.answer", 1)
    later("jobs.reply.answer", 2)
    assert "2 wait, the next for" in line(caio, "Queue of bells")
    assert "Empty." in line(caio, "Queue of what came in")


def test_without_redis_that_is_said(caio, valkey):
    caio.get("/system")
    valkey.stop()
    assert "It is away" in line(caio, "Redis")
    assert "None is running" in line(caio, "Engine")
