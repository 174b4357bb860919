"""The work page: what is left to do, the schedule, and running a job of it by hand."""

import html
from datetime import timedelta

import pytest

from jobs.schedule import SCHEDULE
from tests.operations.test_dead_letters import bury
from tests.web.people import submit
from tests.work.left_to_do import make
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import ScheduledJob
from wa_assistant.notify.email import EMAILS
from wa_assistant.operations.kinds import KINDS
from wa_assistant.web.operations.labels import WORKS
from wa_assistant.web.operations.scheduled_jobs import WORDS
from wa_assistant.work.queue import queue

pytestmark = pytest.mark.usefixtures("context")


def job(name: str = "tidy", *, ago: float = 5, every: int = 3600, error: str = "") -> None:
    began_at = utcnow() - timedelta(seconds=ago)
    with transaction():
        db.session.add(
            ScheduledJob(name=name, every=every, began_at=began_at, duration_ms=1234, error=error)
        )


def done(client, page: str, action: str) -> str:
    response = submit(client, page, action)
    assert response.status_code == 303
    return html.unescape(client.get(response.location).text)


def page(client) -> str:
    return html.unescape(client.get("/work").text)


def test_everything_scheduled_and_every_kind_of_work_has_its_words():
    assert [f"jobs.upkeep.{name}" for name in WORDS] == sorted(each.job for each in SCHEDULE)
    assert list(WORKS) == [kind.policy.name for kind in KINDS]


def test_a_viewer_sees_how_much_is_left_to_do(davi):
    make(EMAILS)
    text = page(davi)
    assert "Send e-mails" in text
    row = text.partition("Send e-mails")[2].partition("</tr>")[0]
    assert 'data-label="Waits">1</td>' in row


def test_dead_letters_of_a_kind_are_led_to(bia):
    bury(EMAILS)
    assert 'href="/dead-letters?kind=email"' in page(bia)
    text = bia.get("/dead-letters?kind=email").text
    assert 'class="case"' in text
    assert "Replay all of them" in text
    other = bia.get("/dead-letters?kind=document").text
    assert 'class="case"' not in other
    assert "Replay all of them" not in other


def test_all_of_a_kind_are_dismissed(bia):
    for _ in range(2):
        bury(EMAILS)
    text = done(bia, "/dead-letters?kind=email", "/dead-letters/email/dismiss")
    assert "2 were seen to." in text
    assert "No dead letters" in text


def test_all_of_a_kind_are_replayed(bia):
    bury(EMAILS)
    text = done(bia, "/dead-letters?kind=email", "/dead-letters/email/replay")
    assert "1 was seen to." in text


def test_the_schedule_tells_when_each_was_done_and_how_that_went(caio):
    job()
    job("sweep", every=5, ago=600)
    job("count", every=60, error="LookupError")
    text = page(caio)
    assert "Remove what deleted documents leave behind" in text
    assert "1.2 s" in text
    assert "1 hour" in text
    assert "LookupError" in text
    late = text.partition("Look for what is left to do")[2].partition("</tr>")[0]
    assert "Late" in late


def test_before_an_engine_has_run_that_is_said(caio):
    assert "No engine has run yet." in page(caio)


def test_an_owner_runs_a_job_now(caio):
    job()
    text = done(caio, "/work", "/work/schedule/tidy/run")
    assert "The engine does it now." in text
    assert [each.func_name for each in queue().jobs] == ["jobs.upkeep.tidy"]


def test_an_editor_is_not_offered_to(bia):
    job()
    assert "Run now" not in page(bia)


def test_there_is_no_such_job(caio):
    job()
    assert submit(caio, "/work", "/work/schedule/nothing/run").status_code == 404
