"""When the team is there, and how a participant is told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.cast import CAIO
from wa_assistant import settings
from wa_assistant.conversation import fixed_texts, hours
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User
from wa_assistant.settings import Settings
from wa_assistant.settings.week import read

OFFICE = ["09:00", "18:00"]
NEVER = [None] * 7
ALL_DAY = ["00:00", "00:00"]

in_a_context = pytest.mark.usefixtures("context")


def on(day: int, clock: str, zone: str = "America/Sao_Paulo") -> datetime:
    """A day of November 2026, whose second is a Monday."""
    hour, _, minute = clock.partition(":")
    local = datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


def choose(**given) -> None:
    with transaction():
        caio = db.session.scalar(select(User)) or User(email=CAIO, role=Role.OWNER)
        db.session.add(caio)
    settings.change(given, settings.marks(settings.current()), caio)


@in_a_context
@pytest.mark.parametrize(
    ("at", "there", "comes"),
    [
        (on(2, "8:59"), False, on(2, "9:00")),
        (on(2, "9:00"), True, on(3, "9:00")),
        (on(2, "17:59"), True, on(3, "9:00")),
        (on(2, "18:00"), False, on(3, "9:00")),
        (on(6, "20:00"), False, on(9, "9:00")),
        (on(7, "12:00"), False, on(9, "9:00")),
    ],
)
def test_until_an_owner_chooses_the_team_works_from_monday_to_friday(at, there, comes):
    assert (hours.is_open(at), hours.next_opening(at)) == (there, comes)


@in_a_context
def test_the_clock_is_the_team_s():
    choose(time_zone="America/Manaus")
    assert not hours.is_open(on(2, "9:30"))
    assert hours.is_open(on(2, "9:30", "America/Manaus"))


@in_a_context
def test_the_clock_on_the_wall_counts_also_when_it_is_put_forward():
    choose(time_zone="Europe/Lisbon", hours=[*NEVER[:6], OFFICE])
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert hours.next_opening(before) == datetime(2026, 3, 29, 8, tzinfo=UTC)


@in_a_context
def test_a_day_may_last_till_midnight_or_be_the_only_one_or_none():
    choose(hours=[["22:00", "00:00"], *NEVER[1:]])
    assert hours.is_open(on(2, "23:59"))
    assert not hours.is_open(on(3, "0:00"))
    assert hours.next_opening(on(2, "22:00")) == on(9, "22:00")


@in_a_context
def test_between_the_hours_of_a_day_nobody_is_there():
    choose(hours=["9-12, 13-18", *NEVER[1:]])
    assert [hours.is_open(on(2, clock)) for clock in ("11:59", "12:00", "12:59", "13:00")] == [
        True,
        False,
        False,
        True,
    ]
    assert hours.next_opening(on(2, "8:00")) == on(2, "9:00")
    assert hours.next_opening(on(2, "10:00")) == on(2, "13:00")
    assert hours.next_opening(on(2, "13:00")) == on(9, "9:00")
    assert hours.when_open("pt", on(2, "12:30")) == "hoje às 13h"


@in_a_context
def test_who_is_there_over_midnight_does_not_come_at_midnight():
    choose(hours=["20-24", "0-2, 9-12", *NEVER[2:]])
    assert hours.is_open(on(2, "23:59"))
    assert hours.is_open(on(3, "0:00"))
    assert hours.next_opening(on(2, "21:00")) == on(3, "9:00")
    assert hours.next_opening(on(3, "12:00")) == on(9, "20:00")


@in_a_context
def test_a_team_that_never_leaves_never_comes():
    choose(hours=[ALL_DAY] * 7)
    assert hours.is_open(on(2, "0:00"))
    assert hours.next_opening(on(2, "0:00")) is None
    assert hours.when_open("en", on(2, "0:00")) == ""


@in_a_context
def test_a_time_that_the_clock_skips_or_shows_twice_is_found_all_the_same():
    choose(time_zone="Europe/Lisbon", hours=[*NEVER[:6], "1:30-4"])
    assert hours.next_opening(datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert hours.is_open(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))  # 02:30: 01:30 was skipped
    assert hours.next_opening(datetime(2026, 10, 24, 12, tzinfo=UTC)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
    assert hours.is_open(datetime(2026, 10, 25, 1, 45, tzinfo=UTC))  # 01:45 for the second time


@in_a_context
def test_a_day_that_the_clock_begins_at_one_begins_then():
    choose(hours=[*NEVER[:6], ["00:00", "12:00"]])
    saturday = datetime(2018, 11, 3, 12, tzinfo=UTC)
    assert hours.next_opening(saturday) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert hours.is_open(datetime(2018, 11, 4, 3, tzinfo=UTC))
    assert not hours.is_open(datetime(2018, 11, 4, 2, 59, tzinfo=UTC))


@in_a_context
def test_a_team_that_is_never_there_never_comes():
    choose(hours=NEVER)
    assert not hours.is_open(on(2, "12:00"))
    assert hours.next_opening(on(2, "12:00")) is None
    assert hours.words("pt_BR") == hours.words("en") == ""


@in_a_context
def test_on_a_holiday_nobody_is_there():
    choose(closed_dates="03/11/2026, 2026-11-04", hours=[OFFICE] * 3 + NEVER[3:])
    assert not hours.is_open(on(3, "12:00"))
    assert hours.next_opening(on(2, "20:00")) == on(9, "9:00")


@in_a_context
def test_on_public_holidays_nobody_is_there_unless_the_team_works():
    choose(holidays={"country": "BR", "state": "SP", "worked": ["Proclamação da República"]})
    assert not hours.is_open(on(2, "12:00"))
    assert hours.closed_on(on(2, "12:00").date()) == "Finados"
    assert hours.next_opening(on(1, "12:00")) == on(3, "9:00")
    chosen = settings.current()
    assert hours.closed_on(date(2027, 11, 15), chosen) is None
    assert hours.closed_on(date(2027, 7, 9), chosen) == "Revolução Constitucionalista"
    assert hours.closed_on(date(2027, 2, 9), chosen) is None  # Carnaval, which is optional
    choose(holidays={"country": "BR", "kept": ["Carnaval"]})
    assert hours.closed_on(date(2027, 2, 9)) == "Carnaval"
    assert hours.closed_on(date(2027, 7, 9)) is None


@in_a_context
def test_the_team_s_own_days_have_their_names_and_may_come_each_year():
    choose(closed_dates="04/11 Aniversário da cidade\n20/12/2026–03/01/2027 Férias coletivas")
    assert not hours.is_open(on(4, "12:00"))
    assert hours.closed_on(date(2031, 11, 4)) == "Aniversário da cidade"
    assert hours.closed_on(date(2026, 12, 31)) == "Férias coletivas"
    assert hours.closed_on(date(2027, 1, 4)) is None


@in_a_context
@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        ("22-8", on(2, "21:59"), None),
        ("22-8", on(2, "22:00"), on(3, "8:00")),
        ("22-8", on(3, "7:59"), on(3, "8:00")),
        ("22-8", on(3, "8:00"), None),
        ("12-14", on(3, "13:00"), on(3, "14:00")),
        ("22-24", on(3, "23:30"), on(4, "0:00")),
        ("0-7", on(3, "0:00"), on(3, "7:00")),
        ("", on(3, "3:00"), None),
    ],
)
def test_quiet_hours_end_on_the_same_day_or_the_next(quiet, at, until):
    choose(quiet_hours=quiet)
    assert hours.quiet_until(at) == until


@in_a_context
def test_quiet_hours_go_by_the_clock_on_the_wall():
    choose(time_zone="Europe/Lisbon", quiet_hours="23-8")
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # an hour shorter than others
    assert hours.quiet_until(night) == datetime(2026, 3, 29, 7, tzinfo=UTC)


@in_a_context
def test_what_the_clock_shows_twice_is_still_to_come_the_second_time():
    choose(time_zone="Europe/Lisbon", hours=[*NEVER[:6], "1:30-4"], quiet_hours="23-1:30")
    first, again = (datetime(2026, 10, 25, hour, 10, tzinfo=UTC) for hour in (0, 1))  # 01:10 each
    for at in (first, again):
        assert not hours.is_open(at)
        assert hours.quiet_until(at) == hours.next_opening(at) == at + timedelta(minutes=20)
    assert hours.quiet_until(first + timedelta(minutes=20)) is None


@in_a_context
def test_what_is_said_while_nobody_is_there_is_the_owner_s_or_our_own():
    choose(away_pt="Até {opens}!", hours=[OFFICE] * 3 + NEVER[3:])
    assert fixed_texts.person_comes("pt", on(2, "19:00")) == "Até amanhã às 9h!"
    assert fixed_texts.person_comes("en", on(2, "19:00")).endswith("back tomorrow at 9 am.")
    assert "Até" not in fixed_texts.person_comes("pt", on(2, "10:00"))
    choose(hours=NEVER)
    assert "Até" not in fixed_texts.person_comes("pt", on(2, "19:00"))
    choose(away_pt="Escreva, lemos tudo.")
    assert fixed_texts.person_comes("pt", on(2, "19:00")) == "Escreva, lemos tudo."


@in_a_context
@pytest.mark.parametrize(
    ("at", "portuguese", "english"),
    [
        (on(2, "10:00"), "", ""),
        (on(2, "8:00"), "hoje às 9h", "today at 9 am"),
        (on(2, "19:00"), "amanhã às 9h", "tomorrow at 9 am"),
        (on(6, "19:00"), "na segunda às 9h", "on Monday at 9 am"),
        (on(18, "19:00"), "no dia 26/11 às 9h", "on 26 November at 9 am"),
    ],
)
def test_when_the_team_is_back_is_told_as_people_say_it(at, portuguese, english):
    choose(closed_dates="19/11/2026 20/11/2026 23/11/2026 24/11/2026 25/11/2026")
    assert hours.when_open("pt", at) == portuguese
    assert hours.when_open("en", at) == english


@in_a_context
def test_the_words_are_of_the_hours_as_they_are_now():
    assert hours.words("pt_BR") == "de segunda a sexta, das 9h às 18h"
    assert hours.words("en") == "Monday to Friday, 9 am to 6 pm"


@pytest.mark.parametrize(
    ("days", "portuguese", "english"),
    [
        (
            [OFFICE] * 5 + [["09:00", "13:00"], None],
            "de segunda a sexta, das 9h às 18h; sábado, das 9h às 13h",
            "Monday to Friday, 9 am to 6 pm; Saturday, 9 am to 1 pm",
        ),
        (
            [OFFICE, None, OFFICE, None, OFFICE, None, None],
            "segunda, quarta e sexta, das 9h às 18h",
            "Monday, Wednesday and Friday, 9 am to 6 pm",
        ),
        (
            [*NEVER[:5], ["10:30", "12:00"], ["10:30", "12:00"]],
            "sábado e domingo, das 10h30 ao meio-dia",
            "Saturday and Sunday, 10:30 am to 12 pm",
        ),
        ([ALL_DAY] * 7, "todos os dias, o dia todo", "every day, all day"),
        (
            [["01:00", "13:15"]] * 3 + [None, ["12:00", "00:00"], None, None],
            "de segunda a quarta, da 1h às 13h15; sexta, do meio-dia à meia-noite",
            "Monday to Wednesday, 1 am to 1:15 pm; Friday, 12 pm to midnight",
        ),
        (
            ["9-12, 13-18"] * 4 + ["9-12, 13-15, 16-17:30", None, None],
            "de segunda a quinta, das 9h ao meio-dia e das 13h às 18h; "
            "sexta, das 9h ao meio-dia, das 13h às 15h e das 16h às 17h30",
            "Monday to Thursday, 9 am to 12 pm and 1 pm to 6 pm; "
            "Friday, 9 am to 12 pm, 1 pm to 3 pm and 4 pm to 5:30 pm",
        ),
        (
            [*NEVER[:6], ["00:00", "00:30"]],
            "domingo, da meia-noite à 0h30",
            "Sunday, midnight to 12:30 am",
        ),
    ],
)
def test_the_hours_are_told_as_people_say_them(days, portuguese, english):
    chosen = Settings(hours=read(days))
    assert hours.words("pt_BR", chosen) == portuguese
    assert hours.words("en", chosen) == english
