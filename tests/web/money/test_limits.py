"""The page of limits: what is spent of each, who is near theirs, and what others would mean."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from tests.cast import ANA, BRUNO, CAIO, known, rows
from tests.chosen import choose
from tests.money import calls
from tests.web import people
from wa_assistant import settings
from wa_assistant.clients.openai import Usage
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    Action,
    AiCall,
    AuditEntry,
    CallKind,
    Dismissal,
    Mark,
    Participant,
    Role,
)
from wa_assistant.money import prices, restored, standing, told, what_if
from wa_assistant.money.caps import Cap
from wa_assistant.money.ledger import Payer

from .test_prices import words

pytestmark = pytest.mark.usefixtures("context")

PAGE = "/money/limits"
PORTUGUESE = {"Accept-Language": "pt-BR"}


def spend(micro_dollars: int, payer: Payer = calls.ANSWER) -> None:
    tokens = micro_dollars * 2  # said, at half a dollar for a million
    calls.settle(calls.reserve(payer, read=0, written=tokens), usage=Usage(0, 0, tokens))


def save(client, **fields):
    return people.submit(client, PAGE, PAGE, **seen(client.get(PAGE).text), **fields)


def seen(page: str) -> dict[str, str]:
    """The marks of the values that a page shows."""
    return dict(re.findall(r'name="(seen\.\w+)" value="(\w+)"', page))


def test_each_cap_is_shown_with_what_is_spent_and_reserved_of_it(caio):
    assert "Nothing limits what is spent" in caio.get(PAGE).text
    choose(cap_day="0.01", cap_month="1")
    spend(4_000)
    calls.reserve()
    page = words(caio.get(PAGE))
    assert "All there is, in a day US$ 0.004 US$ 0.000625 US$ 0.01 46%" in page
    assert "Models, in a month US$ 0.004 US$ 0.000625 no limit –" in page
    assert "Nothing limits" not in page
    assert "Tudo, em um dia" in words(caio.get(PAGE, headers=PORTUGUESE))


def test_an_owner_changes_them_and_that_is_on_record(caio):
    response = save(caio, cap_day="12,50", participant_answers="", cheaper_model="gpt-6-luna")
    assert response.location == PAGE
    now = settings.current()
    assert (now.cap_day, now.participant_answers) == (12_500_000, None)
    assert now.cheaper_model == "gpt-6-luna"
    told = [each.subject_id for each in rows(AuditEntry, AuditEntry.action == Action.CHANGED)]
    assert set(told) == {"cap_day", "participant_answers", "cheaper_model"}
    page = caio.get(PAGE)
    assert "3 limits are saved." in page.text
    assert re.search(r'id="cap_day"[^>]*value="12.50"', page.text, re.DOTALL)
    before = re.findall(r"Before:\s*(?:<q>)?([^<]+?)\.?\s*<", page.text)
    assert before == ["nothing", "200", "nothing"]
    save(caio, cap_day="12,50")
    assert "Nothing was changed." in caio.get(PAGE).text


def test_a_limit_is_had_back_in_one_click_and_what_was_typed_beside_it_stays(caio):
    save(caio, newcomers_an_hour="40", cap_day="20")
    save(caio, newcomers_an_hour="0", cap_day="30")
    page = caio.get(PAGE)
    assert "Before: US$ 20.00" in words(page)
    entry, *_ = re.findall(r'formaction="/money/limits/undo"[^>]*value="(\d+)"', page.text)
    fields = {**seen(page.text), "entry": entry, "cap_month": "700", "newcomers_an_hour": "0"}
    shown = people.submit(caio, PAGE, f"{PAGE}/undo", **fields)
    assert "It is as it was before." in words(shown)
    assert re.search(r'id="cap_month"[^>]*value="700"', shown.text, re.DOTALL)
    now = settings.current()
    assert (now.cap_day, now.cap_month, now.newcomers_an_hour) == (20_000_000, None, 0)
    save(caio, cap_day="50")
    assert people.submit(caio, PAGE, f"{PAGE}/undo", **fields).status_code == 422, "changed since"


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(caio):
    refused = save(caio, cap_day="-1", participant_answers="viele", cap_month="5")
    assert refused.status_code == 422
    assert "2 fields below need a look." in refused.text
    assert 'value="viele"' in refused.text
    assert settings.current().cap_month is None


def test_what_a_colleague_has_changed_meanwhile_is_not_overwritten(caio):
    page = caio.get(PAGE).text
    choose(cap_day="1")
    refused = people.submit(caio, PAGE, PAGE, cap_day="2", **seen(page))
    assert refused.status_code == 422
    assert settings.current().cap_day == 1_000_000


@pytest.mark.environment(CAP_DAY_USD="7.5")
def test_what_the_environment_says_is_said(caio):
    page = words(caio.get(PAGE))
    assert "Empty: 7.50, as the environment says." in page
    assert "US$ 7.50 0%" in page


def test_owners_are_told_from_80_percent_on_once_for_each_cap_and_day(caio, davi):
    choose(cap_day="0.01")
    spend(7_900)
    assert "alarm-cap-day" not in caio.get("/preferences").text
    spend(100)
    assert "80% of a limit is used: All there is, in a day." in words(caio.get("/preferences"))
    assert "alarm-cap-day" not in davi.get("/preferences").text
    key = standing.near()[0].key
    assert people.submit(caio, PAGE, f"{PAGE}/dismissals", key=key).status_code == 303
    assert "alarm-cap-day" not in caio.get("/preferences").text
    elsewhere = people.signed_in(caio.application, CAIO, Role.OWNER)
    assert "alarm-cap-day" not in elsewhere.get("/preferences").text, "whichever browser"
    rosa = people.signed_in(caio.application, "rosa@example.com", Role.OWNER)
    assert "alarm-cap-day" in rosa.get("/preferences").text, "for herself"
    spend(2_000)
    assert "A limit is met: All there is, in a day." in words(caio.get("/preferences"))
    choose(cap_day="1")
    assert "alarm-cap-day" not in caio.get("/preferences").text


def test_a_dismissal_of_nothing_is_none(caio):
    assert people.submit(caio, PAGE, f"{PAGE}/dismissals", key="").status_code == 400
    people.submit(caio, PAGE, f"{PAGE}/dismissals", key="cap_day.20261130.near" * 9)
    assert rows(Dismissal) == []


def test_few_dismissals_are_kept(caio, monkeypatch):
    monkeypatch.setattr(told, "MOST_KEPT", 1)
    choose(cap_day="0.01", cap_month="0.01")
    spend(8_000)
    for each in standing.near():
        people.submit(caio, PAGE, f"{PAGE}/dismissals", key=each.key)
    assert len(rows(Dismissal)) == 1


def test_who_is_near_theirs_is_named(caio):
    choose(participant_answers="4", participant_tokens="1000000")
    ana = known(ANA)
    spend(10, Payer(CallKind.ANSWER, ana))
    assert "Nobody has taken half of it yet." in caio.get(PAGE).text
    spend(10, Payer(CallKind.ANSWER, ana))
    assert "+5511987654321 Answers to one participant, in a day 2 4" in words(caio.get(PAGE))


def test_the_nearest_come_first_each_by_the_cap_that_is_nearest(monkeypatch):
    ana, bruno = known(ANA), known(BRUNO)
    spend(10, Payer(CallKind.ANSWER, ana))
    for _ in range(3):
        spend(30, Payer(CallKind.ANSWER, bruno))
    choose(
        participant_answers="4",
        participant_tokens="100",
        participant_pictures="0",
        participant_voice_minutes="",
    )
    told = [(who.id, each.cap, each.taken, each.most) for who, each in standing.of_participants()]
    assert told == [(bruno, Cap.TOKENS, 180, 100)], "a cap of nothing is not met by nothing"
    choose(participant_tokens="1000000", participant_answers="2")
    assert [who.id for who, _ in standing.of_participants()] == [bruno, ana]
    assert {each.cap for _, each in standing.of_participants()} == {Cap.ANSWERS}
    monkeypatch.setattr(standing, "MOST_LISTED", 1)
    assert [who.id for who, _ in standing.of_participants()] == [bruno]
    choose(participant_answers="", participant_tokens="", participant_pictures="")
    assert standing.of_participants() == []


def test_newcomers_of_the_hour_are_counted(caio, openai, work):
    assert "New numbers that the model answers, in an hour 0 – 60" in words(caio.get(PAGE))
    known(ANA)
    with transaction():
        db.session.query(Participant).update({"let_in_at": utcnow()})
    assert "in an hour 1 – 60 2%" in words(caio.get(PAGE))


def last_month(*of_days: list[int]) -> None:
    """Calls of the last month: so many micro-dollars each, on its first days."""
    first = (prices.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    for number, costs in enumerate(of_days):
        day = first + timedelta(days=number)
        with transaction():
            for cost in costs:
                call = AiCall(
                    kind=CallKind.ANSWER,
                    model="gpt-6-luna",
                    prompt_version="1",
                    outcome="answered",
                    cost=cost,
                    day=day,
                    created_at=datetime.combine(day, time(23), UTC),
                )
                db.session.add(call)


def test_last_month_under_other_caps_is_told_by_day(caio):
    last_month([400, 400, 400], [100], [900, 300])
    page = words(caio.get(f"{PAGE}?day=0.001"))
    assert "US$ 0.0018 of US$ 0.0025 would have been spent" in page
    assert "2 of 6 answers would have gone without the model" in page
    first = rows(AiCall)[0].day
    found = what_if.of_month(first, 1_000, None)
    assert [(each.day.day, each.answers) for each in found.days] == [(1, 1), (3, 1)]


@pytest.mark.parametrize(
    ("day", "month", "spent", "lost"),
    [
        (None, 1_000, 900, 3),
        (500, 1_000, 800, 3),
        (0, None, 0, 6),
        (None, None, 2_500, 0),
        (1_200, 2_500, 2_500, 0),
    ],
)
def test_a_cap_of_the_month_lasts_until_its_end(day, month, spent, lost):
    last_month([400, 400, 400], [100], [900, 300])
    found = what_if.of_month(rows(AiCall)[0].day, day, month)
    assert (found.spent, found.lost, found.total, found.answers) == (spent, lost, 2_500, 6)


def test_a_cap_that_is_no_number_is_told_at_its_field(caio):
    assert "Write" in words(caio.get(f"{PAGE}?day=muito"))
    assert "On no day would they have been met." in caio.get(f"{PAGE}?month=5").text


def test_what_owners_are_told_of_is_one_list_for_every_channel():
    choose(cap_day="0.01", cap_model_day="0.008")
    spend(8_000)
    assert [each.cap for each in standing.near()] == [Cap.MODEL_DAY, Cap.DAY]
    assert len({each.key for each in standing.near()}) == 2


def test_a_restored_database_says_what_it_does_not_know_until_an_owner_does(caio):
    choose(cap_day="0.01")
    restored.watch()
    with transaction():
        db.session.execute(update(Mark).values(number=0))
    restored.watch()
    page = caio.get(PAGE)
    assert "The database was restored: what was spent on" in page.text
    assert "It counts as US$ 0.01, the most that the limits had left" in words(page)
    (held,) = restored.unknown()
    path = f"{PAGE}/restored/{held.id}"
    refused = people.submit(caio, PAGE, path, amount="pouco")
    assert refused.status_code == 422
    assert 'value="pouco"' in refused.text
    assert people.submit(caio, PAGE, path, amount="0,002").location == PAGE
    page = words(caio.get(PAGE))
    assert "All there is, in a day US$ 0.002 US$ 0.00 US$ 0.01 20%" in page
    assert "was restored" not in page
    assert people.submit(caio, PAGE, path, amount="1").status_code == 404


def test_it_is_said_that_messages_may_pass_a_limit_and_calls_never(caio):
    page = words(caio.get(PAGE))
    assert "messages may take one of these over its limit; calls to models never do" in page


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("llama-of-our-own", "No price is known for it"),
        ("gpt-6-sol", "It is no cheaper than the usual one."),
        ("gpt-5-nano", ""),
    ],
)
def test_of_a_cheaper_model_that_helps_nobody_it_is_said(caio, model, said):
    choose(cheaper_model=model)
    page = words(caio.get(PAGE))
    assert f"as long as there is room for it: {model}." in page
    warnings = ("No price is known for it", "It is no cheaper than the usual one.")
    assert [each for each in warnings if each in page] == ([said] if said else [])
