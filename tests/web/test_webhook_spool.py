"""With the database away a webhook is kept on the disk, and takes effect once it is back."""

import os
import signal
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from tests.cast import ANA, BRUNO, inbound, only, rows
from tests.doubles.webhooks import INBOUND, STATUS
from tests.support import processes
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import retries, spool, webhook_log
from wa_assistant.intake.webhook_log import WEBHOOKS
from wa_assistant.models import Kind, Message, State, Webhook
from wa_assistant.operations import sweeper
from wa_assistant.work import claims

pytestmark = pytest.mark.usefixtures("context")

SID = "SM" + "c" * 32
# It dies where it would call the function named.
DRAINER = """
import os, signal, sys
from wa_assistant import create_app
from wa_assistant.intake import spool, webhook_log

module, name = sys.argv[1].split(".")
setattr(globals()[module], name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
with create_app().app_context():
    webhook_log.drain(60)
"""


@pytest.fixture
def database_url(outage):
    return outage.url


@pytest.fixture(autouse=True)
def _time_enough_on_a_busy_machine(monkeypatch):
    monkeypatch.setattr(webhook_log, "DRAIN_SECONDS", 30.0)


@pytest.fixture
def write(client, twilio):
    """Ana writes; the webhook is answered as always."""

    def send(*bodies: str, **fields: str) -> None:
        for body in bodies:
            response = twilio.send(client, ANA, body, **fields)
            assert (response.status_code, response.mimetype) == (200, "text/xml")

    return send


@pytest.fixture
def break_disk(data_dir):
    """Nothing can be written where the spool should be."""
    return (data_dir / "webhooks.spool").mkdir


def said() -> list[str]:
    webhook_log.understand()
    return [message.body for message in inbound()]


def test_a_message_is_answered_once_the_database_is_back(outage, write, twilio, work):
    outage.begin()
    write("Oi")
    assert spool.waiting() == 1
    outage.end()
    assert said() == []
    sweeper.sweep()
    work()
    assert (said(), spool.waiting(), len(twilio.messages)) == (["Oi"], 0, 1)
    assert (only(Webhook).state, only(Webhook).faults) == (State.PROCESSED, 0)


def test_it_was_written_when_it_came_not_when_the_database_was_back(outage, write):
    outage.begin()
    before = datetime.now(UTC)
    write("Oi")
    after = datetime.now(UTC)
    outage.end()
    sweeper.sweep()
    assert said() == ["Oi"]
    message = only(Message)
    assert before <= message.created_at <= after
    assert only(Webhook).received_at == message.created_at


def test_a_receipt_is_spooled_too(outage, client, twilio, write, work):
    write("Oi")
    work()
    sid = twilio.messages[0].sid
    outage.begin()
    assert twilio.receipt(client, sid, "delivered").status_code == 200
    outage.end()
    sweeper.sweep()
    webhook_log.understand()
    assert rows(Message)[-1].status == "delivered"


def test_what_comes_after_the_outage_overtakes_nothing(outage, write):
    outage.begin()
    write("1", "2")
    outage.end()
    write("3")
    assert (said(), spool.waiting()) == (["1", "2", "3"], 0)


def test_not_even_where_a_request_has_no_time_to_drain(outage, write, monkeypatch):
    outage.begin()
    write("1", "2")
    outage.end()
    monkeypatch.setattr(webhook_log, "DRAIN_SECONDS", 0)
    write("3")
    assert (said(), spool.waiting()) == ([], 3)
    sweeper.sweep()
    assert said() == ["1", "2", "3"]


def test_a_database_that_goes_once_more_leaves_the_rest_in_order(outage, write):
    for bodies in ("12", "34"):
        outage.begin()
        write(*bodies)
        outage.end()
    assert spool.waiting() == 4
    sweeper.sweep()
    assert said() == ["1", "2", "3", "4"]


def test_a_repeat_is_harmless_on_either_side_of_the_outage(outage, write):
    outage.begin()
    write("Oi", "Oi", sid=SID)
    outage.end()
    write("Oi", sid=SID)
    sweeper.sweep()
    write("Oi", sid=SID)
    assert (said(), len(rows(Webhook))) == (["Oi"], 1)


def test_a_database_that_goes_between_keeping_and_processing(write, monkeypatch):
    """It is kept, and yet the next message may not overtake it."""

    def away(*_, **__):
        raise OperationalError("INSERT", {}, Exception("the database is away"))

    write("1")
    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", away)
        with pytest.raises(OperationalError):
            webhook_log.understand()
    assert (only(Webhook).state, only(Webhook).faults) == (State.RECEIVED, 0)
    write("2")
    assert said() == ["1", "2"]


def test_what_takes_the_database_away_holds_up_nobody_else(write, client, twilio, monkeypatch):
    receive = inbound_module.receive

    def away(form, **how):
        if form["Body"] == "1":
            raise OperationalError("INSERT", {}, Exception("the database is away"))
        receive(form, **how)

    monkeypatch.setattr(inbound_module, "receive", away)
    write("1", "2")
    twilio.send(client, BRUNO, "3")
    with pytest.raises(OperationalError):
        webhook_log.understand()
    assert [message.body for message in inbound()] == ["3"]  # 2 may not overtake
    assert (rows(Webhook)[0].state, rows(Webhook)[0].faults) == (State.RECEIVED, 0)


def test_poison_goes_the_journals_way_and_holds_up_nobody(outage, write, monkeypatch, work):
    outage.begin()
    write("1", "2")
    outage.end()
    receive = inbound_module.receive

    def faulty(form, **how):
        if form["Body"] == "1":
            raise LookupError
        receive(form, **how)

    monkeypatch.setattr(inbound_module, "receive", faulty)
    for _ in range(WEBHOOKS.policy.most_faults):
        sweeper.sweep()
        work()
        work.pass_time(700)
    poison, other = rows(Webhook)
    assert poison.dead_at
    assert (poison.faults, spool.waiting()) == (5, 0)
    assert other.state == State.PROCESSED


def test_what_was_spooled_and_kills_its_worker_is_a_dead_letter(outage, write, monkeypatch, work):
    outage.begin()
    write("1", "2")
    outage.end()
    receive = inbound_module.receive

    def deadly(form, **how):
        if form["Body"] == "1":
            raise SystemExit
        receive(form, **how)

    monkeypatch.setattr(inbound_module, "receive", deadly)
    monkeypatch.setattr(claims, "_lay_down", lambda *_: None)  # who is killed has no time to
    assert webhook_log.drain(60) == 2
    with pytest.raises(SystemExit):
        webhook_log.understand()
    poison, _ = rows(Webhook)
    for _ in range(WEBHOOKS.policy.most_faults - 1):
        work.pass_time(60)
        with pytest.raises(SystemExit):
            retries.retry(poison.id)
    work.pass_time(60)
    retries.retry(poison.id)
    retries.retry(rows(Webhook)[1].id)
    poison, other = rows(Webhook)
    assert poison.dead_at
    assert poison.faults == 5
    assert (spool.waiting(), other.state, said()) == (0, State.PROCESSED, ["2"])


@pytest.mark.parametrize("path", [INBOUND, STATUS])
def test_with_the_disk_failing_too_twilio_is_asked_to_come_again(
    outage, client, twilio, path, break_disk
):
    break_disk()
    outage.begin()
    form = twilio.inbound(ANA, "Oi") if path == INBOUND else twilio.status_form(SID, "sent")
    response = twilio.post(client, path, form)
    assert (response.status_code, response.mimetype) == (503, "text/plain")


def test_a_failing_disk_alone_refuses_nothing(write, break_disk):
    break_disk()
    write("Oi")
    assert said() == ["Oi"]


def test_a_disk_that_fails_while_the_spool_waits_costs_order_but_no_message(
    outage, write, monkeypatch
):
    outage.begin()
    write("1")
    outage.end()
    with monkeypatch.context() as patch:
        patch.setattr(spool, "append", lambda _: os.stat("/no/such/file"))
        write("2")
    assert said() == ["2"]
    sweeper.sweep()
    assert said() == ["2", "1"]


def test_what_is_not_twilios_or_no_webhook_is_not_spooled(outage, client, twilio):
    outage.begin()
    assert client.post(INBOUND, data=twilio.inbound(ANA, "Oi")).status_code == 403
    nameless = twilio.inbound(ANA, "Oi", MessageSid=None)
    for number in range(2):  # also where it would have to queue
        assert twilio.post(client, INBOUND, nameless).status_code == 400
        assert spool.waiting() == number
        assert twilio.send(client, ANA, "Oi").status_code == 200


def test_a_webhook_the_spool_holds_but_nobody_can_keep_is_kept_apart(data_dir, write):
    spool.append(spool.Entry(Kind.INBOUND, b"Body=Oi", datetime.now(UTC)))
    write("Oi")
    assert (said(), spool.waiting()) == (["Oi"], 0)
    assert b"Qm9keT1PaQ==" in (data_dir / "webhooks.spool.torn").read_bytes()


def test_health_says_what_waits(outage, client, write):
    outage.begin()
    write("1", "2")
    assert client.get("/health").json["checks"]["spool"] == 2
    outage.end()
    sweeper.sweep()
    assert client.get("/health").json["checks"]["spool"] == 0


def test_a_drainer_killed_at_any_moment_loses_nothing_and_stores_nothing_twice(
    outage, environ, write, data_dir
):
    outage.begin()
    write("1", "2", "3")
    outage.end()
    for moment in ("webhook_log.insert_new", "os.pwrite", "spool._remove"):
        drainer = processes.start_python("-c", DRAINER, moment, env={**os.environ, **environ})
        assert drainer.wait(60) == -signal.SIGKILL
    assert (data_dir / "webhooks.spool").exists()
    assert webhook_log.drain(60) == 0  # the last one had only to clear away
    assert not (data_dir / "webhooks.spool").exists()
    assert (said(), len(rows(Webhook))) == (["1", "2", "3"], 3)
