"""When the team is there, and how a participant is told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import CAIO
from wa_assistant import settings
from wa_assistant.conversation import hours
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
        caio = User(email=CAIO, role=Role.OWNER)
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
