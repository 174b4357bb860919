"""Holidays come from the library, and what is stored of them are the exceptions alone."""

import subprocess
import sys
from datetime import date

import pytest

from wa_assistant.settings import public_holidays
from wa_assistant.settings.problem import Problem
from wa_assistant.settings.public_holidays import Holidays


def names(country: str, state: str, *, optional: bool) -> dict[date, str]:
    found = public_holidays.in_year(country, state, 2027)
    return {each.day: each.name for each in found if each.optional == optional}


def test_a_state_has_the_country_s_holidays_and_its_own():
    national, of_rio = (names("BR", state, optional=False) for state in ("", "RJ"))
    assert national.items() < of_rio.items()
    assert of_rio[date(2027, 4, 23)] == "São Jorge"


def test_optional_days_are_told_apart_and_a_holiday_of_the_state_is_none():
    carnival = date(2027, 2, 9)
    assert names("BR", "", optional=True)[carnival] == "Carnaval"
    assert carnival not in names("BR", "RJ", optional=True)
    assert carnival in names("BR", "RJ", optional=False)


def test_names_are_in_a_language_that_the_team_can_read():
    assert "New Year's Day" in names("JP", "", optional=False).values()
    assert "Dia do Ano Novo" in names("AO", "", optional=False).values()


@pytest.mark.parametrize(("country", "state"), [("QQ", ""), ("BR", "XX"), ("__", ""), ("", "")])
def test_of_an_unknown_place_there_are_none(country, state):
    assert public_holidays.in_year(country, state, 2027) == ()
    assert Holidays(country, state).name_of(date(2027, 12, 25)) is None


def test_states_are_called_by_their_names():
    assert public_holidays.states("BR")["SP"] == "São Paulo"
    assert public_holidays.states("QQ") == {}


@pytest.mark.parametrize("given", [{"country": "Brasil"}, {"country": "br"}, {"state": "x" * 201}])
def test_what_is_no_place_is_refused(given):
    with pytest.raises(Problem):
        public_holidays.read({"country": "BR", **given})


def test_nothing_of_the_library_is_loaded_before_a_country_is_chosen():
    code = (
        "import sys, wa_assistant.conversation.hours\n"
        "from wa_assistant.settings import Settings\n"
        "from datetime import date\n"
        "wa_assistant.conversation.hours.closed_on(date(2027, 1, 1), Settings())\n"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
