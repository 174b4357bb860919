"""Every call is counted before it is made with the most it can cost, and then with what it took."""

from concurrent.futures import wait

import pytest

from tests.cast import ANA, at_once, known, only, rows, set_back
from wa_assistant.clients.openai import Usage
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    AiCall,
    CallKind,
    DailyCost,
    Outcome,
    Participant,
    Period,
    Scope,
    Spending,
)
from wa_assistant.money import ledger, prices
from wa_assistant.money.caps import Cap, NoRoom
from wa_assistant.money.ledger import Payer
from wa_assistant.work import claims

from .calls import ANSWER, MOST, reserve, settle
from .counts import count, money

pytestmark = pytest.mark.usefixtures("in_step")


def test_a_call_is_counted_before_it_is_made_with_the_most_it_can_cost():
    reservation = reserve()
    call = only(AiCall)
    assert (call.id, call.outcome, call.reserved, call.cost) == (
        *(reservation.id, Outcome.UNDER_WAY),
        *(MOST, None),
    )
    assert money() == (0, MOST)
    assert (count().tokens, count().answers) == (2000, 1)


def test_and_then_with_what_it_took():
    call = settle(reserve(), usage=Usage(600, 400, 40, 80), latency=7)
    assert money() == (12 + 4 + 10 + 20, 0)
    kept = only(AiCall)
    assert (kept.cost, kept.tokens, kept.outcome) == (46, 640, Outcome.ANSWERED)
    assert (kept.input_tokens, kept.cached_tokens, kept.output_tokens) == (600, 400, 40)
    assert (kept.latency, kept.reserved, call.cost) == (7, 46, 46)
    assert kept.written_tokens == only(DailyCost).written_tokens == 80


def test_it_counts_once_however_often_it_is_settled():
    call = settle(reserve(), usage=Usage(600, 0, 40))
    once = money()
    call.cost, call.outcome = 99, Outcome.OBSOLETE
    ledger.settled(call)
    assert (money(), only(AiCall).outcome) == (once, Outcome.ANSWERED)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        Usage(-5, 0, 10),
        Usage(10, 0, -5),
        Usage(10, -1, 5),
        Usage(10, 11, 5),
        Usage(10, 0, 5, -1),
        Usage(10, 4, 5, 7),
        Usage(0, 0, 0),
        Usage(10**9, 0, 1),
        Usage(10**19, 0, 1),
        Usage(5, 0, 10**7),
    ],
)
def test_a_usage_that_is_missing_or_cannot_be_is_no_news(usage):
    call = settle(reserve(), usage=usage)
    assert money() == (MOST, 0)
    assert (call.cost, call.tokens, call.input_tokens) == (None, 2000, None)


def test_a_server_that_took_more_than_it_was_given_is_believed_within_reason():
    """It did not hold to the most it may say; the bill will be for that."""
    settle(reserve(), usage=Usage(900, 0, 5000))
    assert money() == (90 + 2500, 0)


def test_a_call_that_was_refused_has_cost_nothing():
    settle(reserve(), Outcome.RATE_LIMITED, may_have_cost=False)
    assert money() == (0, 0)
    assert (count().tokens, count().answers) == (0, 0)


def test_one_of_which_nobody_knows_counts_with_the_most():
    settle(reserve(), Outcome.UNAVAILABLE)
    assert money() == (MOST, 0)


def test_a_model_without_a_price_counts_as_the_dearest_and_its_cost_is_unknown():
    dearest = reserve(model="llama-4-of-our-own")
    assert only(AiCall).reserved > 100 * 125
    call = settle(dearest, usage=Usage(600, 0, 40))
    assert call.cost is None
    assert money() == (600 * 10 + 40 * 50, 0)


@pytest.mark.parametrize("payer", [ANSWER, Payer(CallKind.DOCUMENT), Payer(CallKind.EVALUATION)])
def test_it_counts_where_it_belongs(payer):
    reserve(payer)
    assert count(Scope.MODEL).reserved == count(Scope.MODEL, Period.MONTH).reserved == MOST
    trials = MOST if payer.kind == CallKind.EVALUATION else None
    assert count(Scope.TRIALS).reserved == trials


def test_what_was_for_a_participant_is_theirs_and_knows_where_they_were():
    ana = known(ANA)
    with transaction():
        db.session.get_one(Participant, ana).stage = "profile"
    settle(reserve(Payer(CallKind.ANSWER, ana), pictures=2), usage=Usage(600, 0, 40))
    theirs = count(Scope.PARTICIPANT, who=ana)
    assert (theirs.spent, theirs.answers, theirs.tokens, theirs.pictures) == (80, 1, 640, 2)
    assert (only(AiCall).stage, only(AiCall).participant_id) == ("profile", ana)


def test_who_has_lost_the_claim_makes_no_call():
    ana = known(ANA)
    with transaction():
        stale = claims.take_row(ANSWERS, db.session.get_one(Participant, ana))
        db.session.get_one(Participant, ana).claim_token = "another's"
    with pytest.raises(claims.Lost):
        reserve(Payer(CallKind.ANSWER, ana, stale))
    assert rows(AiCall) == rows(Spending) == []


@pytest.mark.parametrize(
    ("name", "payer"),
    [
        ("CAP_DAY", ANSWER),
        ("CAP_MONTH", ANSWER),
        ("CAP_MODEL_DAY", Payer(CallKind.QUERY)),
        ("CAP_MODEL_MONTH", Payer(CallKind.DOCUMENT)),
        ("CAP_TRIALS_DAY", Payer(CallKind.TRIAL)),
    ],
)
def test_what_is_too_much_is_not_written_down(capped, name, payer):
    capped(**{name: 2 * MOST})
    settle(reserve(payer))
    assert not isinstance(reserve(payer), NoRoom), "to the last micro-dollar"
    no = reserve(payer, read=1, written=0)
    assert isinstance(no, NoRoom)
    assert no.cap == name.lower()
    assert len(rows(AiCall)) == 2


def test_a_cap_of_nothing_lets_nothing_through_but_what_is_free(capped):
    capped(CAP_DAY=0)
    assert isinstance(reserve(), NoRoom)
    free = prices.Worst(prices.PriceOfDay(is_known=True, of=lambda *_: 0), 0, 100)
    assert not isinstance(ledger.reserve(ANSWER, "ours", free), NoRoom)


def test_what_only_waits_for_calls_under_way_is_told_from_what_is_spent(capped):
    capped(CAP_DAY=MOST + 100)
    first = reserve()
    assert reserve().passes
    settle(first, usage=Usage(600, 0, 40))
    second = reserve()
    assert not isinstance(second, NoRoom)
    settle(second)
    assert not reserve().passes


def test_the_team_s_trials_end_before_the_participants(capped):
    capped(CAP_TRIALS_DAY=MOST)
    reserve(Payer(CallKind.EVALUATION))
    assert reserve(Payer(CallKind.TRIAL)).cap == Cap.TRIALS_DAY
    assert not isinstance(reserve(), NoRoom)


def test_many_at_once_are_together_at_no_moment_over_a_cap(app, capped):
    capped(CAP_DAY=10 * MOST)
    for _ in range(3):
        with at_once(app, 24) as start:
            wait(done := [start(reserve) for _ in range(24)])
        let_in = [each.result() for each in done if not isinstance(each.result(), NoRoom)]
        assert sum(money()) <= 10 * MOST
        assert len(let_in) == (10 * MOST - money()[0]) // MOST
        for each in let_in:
            settle(each, usage=Usage(1000, 0, 500))


def test_a_call_whose_worker_died_counts_until_somebody_knows_better():
    reservation = reserve()
    ledger.name_the_lost()
    assert only(AiCall).outcome == Outcome.UNDER_WAY
    set_back(AiCall.created_at, 200)
    assert ledger.name_the_lost() == 1
    assert (only(AiCall).outcome, money()) == (Outcome.LOST, (MOST, 0))
    settle(reservation, usage=Usage(600, 0, 40))
    assert (only(AiCall).outcome, money()) == (Outcome.ANSWERED, (80, 0))


def test_with_slow_models_it_is_waited_for_longer(app):
    app.config["OPENAI_TIMEOUT_SECONDS"] = 600.0
    reserve()
    set_back(AiCall.created_at, 900)
    assert ledger.name_the_lost() == 0


def test_nothing_of_it_is_given_back_where_a_call_is_deleted():
    """Of a participant who is forgotten, the money is spent all the same."""
    settle(reserve())
    before = money()
    with transaction():
        db.session.query(AiCall).delete()
    assert money() == before
    with transaction():
        for counted in (Spending, DailyCost):  # what this file compares at the end
            assert db.session.query(counted).delete()


@pytest.mark.parametrize("database", ["postgres"])  # on SQLite all who write take turns
def test_a_message_that_is_about_to_be_answered_holds_nobody_up(app):
    """The counts are locked as a transaction ends, and not while it does more."""
    first = reserve()
    with at_once(app) as start, transaction():
        ledger.settle(ledger.account(first, Outcome.ANSWERED, usage=Usage(1, 0, 1)))
        assert not isinstance(start(reserve).result(10), NoRoom)
    assert money() == (1, MOST)
