"""The page of hours: the week, holidays, what is said then, and the zone that is searched."""

import re

import pytest

from tests.cast import rows
from wa_assistant import settings
from wa_assistant.models import Setting
from wa_assistant.settings import zones

from .test_settings import PORTUGUESE, form, save

CARNIVAL = "Carnaval"
CONSCIENCE = "Dia Nacional de Zumbi e da Consciência Negra"

pytestmark = pytest.mark.usefixtures("context")


def ticked(page: str, name: str) -> list[str]:
    """The boxes of that name that are ticked."""
    boxes = re.findall(rf'type="checkbox"\s+name="{name}"\s+value="([^"]+)"\s+checked', page)
    return [box.replace("&#39;", "'") for box in boxes]


def listed(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}"\s+value="([^"]+)"', page)


def picked(page: str) -> list[str]:
    """The zones that are listed, the one that is picked first."""
    radios = re.findall(r'name="time_zone"\s+value="([^"]+)"(\s+checked)?', page)
    return [zone for zone, checked in sorted(radios, key=lambda radio: not radio[1])]


def test_a_day_has_several_hours_in_one_field_or_none(caio):
    fields = {"hours.4": "9h–12h e 13h às 17h30", "hours.5": "9-13", "hours.0": ""}
    assert save(caio, "hours", **fields).status_code == 303
    stored = settings.current().hours.stored()
    assert stored[4] == [["09:00", "12:00"], ["13:00", "17:30"]]
    assert stored[5] == [["09:00", "13:00"]]
    assert settings.current().hours.days[0] == ()
    assert settings.current().hours.days[1]
    assert 'value="09:00–12:00, 13:00–17:30"' in caio.get("/settings/hours").text


def test_a_day_that_closes_before_it_opens_is_refused_where_it_stands(caio):
    refused = save(caio, "hours", **{"hours.0": "09:00-08:00", "hours.6": "9-12"})
    assert refused.status_code == 422
    assert "It closes before it opens." in refused.text
    assert "1 field below needs a look." in refused.text
    assert 'value="09:00-08:00"' in refused.text
    assert 'value="9-12"' in refused.text
    assert save(caio, "hours", refused, **{"hours.0": "09:00–17:00"}).status_code == 303
    assert settings.current().hours.stored()[6] == [["09:00", "12:00"]]


def test_a_form_without_its_hours_closes_no_day(caio):
    shown = form(caio.get("/settings/hours"))
    seen = {name: shown[name] for name in ("csrf_token", "seen.time_zone")}
    caio.post("/settings/hours", data={**seen, "time_zone": "Asia/Tokyo"})
    assert settings.current().hours == settings.Settings().hours
    assert settings.current().time_zone == "Asia/Tokyo"


def test_own_days_are_written_as_dates_with_names(caio):
    days = "25/12/2026; 2027-01-01\n25/01 Aniversário da cidade"
    assert save(caio, "hours", closed_dates=days).status_code == 303
    page = caio.get("/settings/hours").text
    assert "25/01 Aniversário da cidade\n25/12/2026\n01/01/2027" in page
    refused = save(caio, "hours", closed_dates="Natal")
    assert refused.status_code == 422
    assert "Write the dates like 25/12/2026" in refused.text
    assert "\nNatal</textarea>" in refused.text


def test_holidays_are_chosen_by_place_and_each_can_be_taken_out(caio):
    assert "holidays.closed" not in caio.get("/settings/hours").text
    place = {"holidays.place": "BR/RJ"}
    assert save(caio, "hours", **place).status_code == 303
    page = caio.get("/settings/hours", headers=PORTUGUESE).text
    offered = listed(page, "holidays.offered")
    assert {"São Jorge", CARNIVAL, CONSCIENCE, "Natal"} <= set(offered)
    assert ticked(page, "holidays.closed") == offered
    assert "Corpus Christi" in listed(page, "holidays.kept")
    assert ticked(page, "holidays.kept") == []
    closed = [name for name in offered if name != CARNIVAL]
    ticks = {"holidays.offered": offered, "holidays.closed": closed}
    save(caio, "hours", **ticks, **{"holidays.kept": ["Corpus Christi"]})
    chosen = settings.current().holidays
    assert (chosen.country, chosen.state) == ("BR", "RJ")
    assert (chosen.worked, chosen.kept) == ((CARNIVAL,), ("Corpus Christi",))
    page = caio.get("/settings/hours").text
    assert ticked(page, "holidays.closed") == closed
    assert ticked(page, "holidays.kept") == ["Corpus Christi"]
    save(caio, "hours", **{"holidays.place": "PT/11"})
    assert settings.current().holidays.stored() == {
        "country": "PT",
        "state": "11",
        "worked": [],
        "kept": [],
    }


def test_own_words_for_when_nobody_is_there_are_kept_by_language(caio):
    page = caio.get("/settings/hours").text
    assert "Voltamos {opens}." in page
    assert save(caio, "hours", away_pt="Até {opens}!").status_code == 303
    assert settings.current().away_pt == "Até {opens}!"
    refused = save(caio, "hours", away_en="Until {when}")
    assert refused.status_code == 422
    assert "Only {opens} is filled in." in refused.text


def test_quiet_hours_may_last_over_midnight(caio):
    assert save(caio, "hours", quiet_hours="22h às 8h").status_code == 303
    assert 'value="22:00–08:00"' in caio.get("/settings/hours").text
    for wrong in ("8-8", "22-24, 0-8", "late"):
        assert save(caio, "hours", quiet_hours=wrong).status_code == 422
    save(caio, "hours", quiet_hours="")
    assert settings.current().quiet_hours is None


def test_a_page_holds_one_zone_and_what_is_searched_for(caio):
    page = caio.get("/settings/hours").text
    assert picked(page) == ["America/Sao_Paulo"]
    assert "São Paulo · Brasilia Time · UTC-03:00" in page
    found = caio.get("/settings/hours/zones?zone_query=lisboa&time_zone=Asia/Tokyo").text
    assert picked(found) == ["Asia/Tokyo", "Europe/Lisbon"]
    nothing = caio.get("/settings/hours/zones?zone_query=Atlantis").text
    assert "Nothing else is found by this." in nothing


def test_without_scripts_a_zone_is_looked_up_as_it_is_saved(caio):
    assert save(caio, "hours", zone_query="toquio").status_code == 303
    assert settings.current().time_zone == "Asia/Tokyo"
    several = save(caio, "hours", zone_query="UTC-3", quiet_hours="22-8")
    assert several.status_code == 422
    assert picked(several.text)[:2] == ["Asia/Tokyo", "America/Sao_Paulo"]
    assert 'value="UTC-3"' in several.text
    assert 'value="22-8"' in several.text
    chosen = save(caio, "hours", several, time_zone="America/Bahia", zone_query="UTC-3")
    assert chosen.status_code == 303
    assert settings.current().time_zone == "America/Bahia"


def test_who_has_chosen_a_zone_by_an_older_name_keeps_it(caio):
    save(caio, "hours", time_zone="Asia/Calcutta")
    assert settings.current().time_zone == "Asia/Calcutta"
    assert picked(caio.get("/settings/hours").text) == ["Asia/Calcutta"]
    assert save(caio, "hours").status_code == 303
    assert len(rows(Setting)) == 1


def test_zones_are_offered_by_their_names_of_today_those_of_brazil_first():
    offered = zones.offered()
    assert offered[0] == "America/Araguaina"
    assert {"America/Sao_Paulo", "America/Rio_Branco"} <= set(offered[:16])
    assert offered[16].startswith("Africa/")
    assert "Asia/Kolkata" in offered
    assert not {"Asia/Calcutta", "Brazil/East", "US/Eastern", "Etc/GMT"} & set(offered)
