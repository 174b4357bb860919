"""What a pass covers, and that one which fails leaves all of it to the next."""

from datetime import UTC, datetime

import pytest

from tests.cast import ANA, BRUNO, inbound, only, participant, reconcile, rows, together
from wa_assistant.clients import twilio as client
from wa_assistant.intake import reconciler, spool
from wa_assistant.models import Kind, Reconciliation, Webhook

from .passes import HOUR, MINUTE, ago, begin, last_pass, said


@pytest.fixture(autouse=True)
def started(context: None) -> None:
    """The installation's first start was a day ago."""
    begin(ago(24 * HOUR))


def test_nothing_is_looked_for_from_before_the_first_start(twilio):
    begin(ago(30 * MINUTE))
    twilio.write(ANA, "before", at=ago(31 * MINUTE))
    twilio.write(ANA, "after", at=ago(29 * MINUTE))
    reconcile()
    assert said() == ["after"]


def test_a_pass_goes_back_to_an_hour_before_the_last_complete_one(twilio):
    begin(ago(48 * HOUR), ago(3 * HOUR))
    twilio.write(ANA, "earlier", at=ago(4 * HOUR + MINUTE))
    twilio.write(ANA, "later", at=ago(4 * HOUR - MINUTE))
    reconcile()
    assert said() == ["later"]


def test_a_pass_says_how_far_it_came(twilio):
    twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    before = datetime.now(UTC)
    reconcile()
    row = last_pass()
    assert before <= row.began_at <= row.completed_at <= datetime.now(UTC)
    assert row.covered_until == row.began_at - reconciler.UNDER_WAY
    assert (row.found, row.error) == (1, None)


@pytest.mark.parametrize(
    ("failure", "said"),
    [({"status": 500}, "HTTP 500"), ({"status": 401}, "HTTP 401"), (None, "ConnectionError")],
)
def test_a_list_that_cannot_be_read_leaves_the_span_to_the_next_pass(twilio, failure, said):
    twilio.write(ANA, "Oi", at=ago(10 * HOUR))
    if failure:
        twilio.fail_next(on="GET", **failure)
    else:
        twilio.drop_connection(on="GET")
    reconcile()
    row = last_pass()
    assert row.completed_at is row.covered_until is None
    assert (row.found, said in row.error) == (0, True)
    reconcile()
    assert (last_pass().found, last_pass().error) == (1, None)


def test_a_list_that_breaks_off_is_not_taken_for_the_whole(twilio, monkeypatch):
    monkeypatch.setattr(client, "PAGE_SIZE", 2)
    for number in range(4):
        twilio.write(ANA, f"{number}", at=ago((20 - number) * MINUTE))
    twilio.let_pass(on="GET")
    twilio.fail_next(status=500, on="GET")
    reconcile()
    assert last_pass().covered_until is None
    reconcile()
    assert said() == ["0", "1", "2", "3"]


def test_files_that_cannot_be_read_leave_the_rest_to_the_next_pass(twilio):
    twilio.write(ANA, "first", at=ago(9 * MINUTE))
    twilio.write(ANA, "", at=ago(8 * MINUTE), media=["audio/ogg"])
    twilio.write(ANA, "last", at=ago(7 * MINUTE))
    twilio.let_pass(on="GET")
    twilio.fail_next(status=500, on="GET")
    reconcile()
    assert (said(), last_pass().found, last_pass().covered_until) == (["first"], 1, None)
    reconcile()
    assert said() == ["first", "", "last"]
    assert inbound()[1].kind == "audio"


def test_a_pass_that_takes_too_long_is_not_complete(twilio, monkeypatch):
    twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    monkeypatch.setattr(reconciler, "PASS_SECONDS", -1)
    reconcile()
    assert last_pass().covered_until is None
    assert "too long" in last_pass().error


def test_what_waits_in_the_spool_is_not_missing(twilio, data_dir):
    sid = twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    body = f"MessageSid={sid}&From=whatsapp%3A%2B5511987654321&Body=Oi&ProfileName=Ana+Souza"
    spool.append(spool.Entry(Kind.INBOUND, body.encode(), ago(5 * MINUTE)))
    reconcile()
    assert (said(), last_pass().found, participant(ANA).name) == (["Oi"], 0, "Ana Souza")


def test_a_spool_that_cannot_be_emptied_puts_the_pass_off(twilio, monkeypatch):
    twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    spool.append(spool.Entry(Kind.INBOUND, b"MessageSid=SM1", ago(MINUTE)))
    monkeypatch.setattr(reconciler, "DRAIN_SECONDS", 0)
    reconcile()
    assert (last_pass().covered_until, twilio.requests) == (None, [])


def test_two_at_once_are_harmless(app, twilio, work):
    for number in range(10):
        twilio.write(ANA if number % 2 else BRUNO, f"{number}", at=ago((20 - number) * MINUTE))
    together(app, reconcile, reconcile)
    assert sorted(said()) == [str(number) for number in range(10)]
    assert len(rows(Webhook)) == 10


def test_where_no_start_is_known_it_is_now(twilio):
    begin()
    twilio.write(ANA, "Oi", at=ago(5 * MINUTE))
    for _ in range(2):
        reconcile()
    assert said() == []
    assert [row.error for row in rows(Reconciliation)] == [None, None]


def test_passes_of_long_ago_are_forgotten_but_the_first_start_is_not():
    begin(ago(2000 * HOUR), ago(1000 * HOUR), ago(999 * HOUR), ago(HOUR))
    reconcile()
    kept = [row.began_at < ago(900 * HOUR) for row in rows(Reconciliation)]
    assert kept == [True, False, False]


class TestWithoutTwilio:
    pytestmark = pytest.mark.environment(
        TWILIO_ACCOUNT_SID=None,
        TWILIO_AUTH_TOKEN=None,
        TWILIO_WHATSAPP_NUMBER=None,
        TWILIO_API_URL=None,
    )

    def test_nothing_is_asked_and_the_first_start_is_yet_to_come(self, twilio):
        twilio.write(ANA, "to whoever had the number before", at=ago(HOUR))
        reconcile()
        assert twilio.requests == []
        assert only(Reconciliation).covered_until > ago(MINUTE)

    def test_once_it_was_connected_the_span_since_then_stays_open(self):
        moments = [ago(24 * HOUR), ago(3 * HOUR)]
        begin(*moments)
        reconcile()
        assert [row.covered_until for row in rows(Reconciliation)] == moments
