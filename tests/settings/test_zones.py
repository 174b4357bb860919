"""A time zone is found by what people call it."""

from datetime import UTC, datetime

import pytest

from wa_assistant.settings import zones

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
CAPITAL = "America/Sao_Paulo"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("São Paulo", CAPITAL),
        ("sao paulo", CAPITAL),
        ("brasilia", CAPITAL),
        ("Horário de Brasília", CAPITAL),
        ("Brasil", CAPITAL),
        ("UTC-3", CAPITAL),
        ("gmt −03:00", CAPITAL),
        ("RJ", CAPITAL),
        ("America/Sao_Paulo", CAPITAL),
        ("acre", "America/Eirunepe"),
        ("rio br", "America/Rio_Branco"),
        ("Tóquio", "Asia/Tokyo"),
        ("india", "Asia/Colombo"),
        ("utc+5:45", "Asia/Kathmandu"),
        ("UTC", "UTC"),
        ("new york", "America/New_York"),
    ],
)
def test_a_zone_is_found_by_its_city_country_name_or_distance(query, first):
    assert zones.find(query, WINTER)[0] == first


def test_how_far_it_is_from_utc_is_as_of_now():
    assert zones.find("UTC-2:30", SUMMER) == ["America/St_Johns"]
    assert zones.find("UTC-2:30", WINTER) == []


@pytest.mark.parametrize("query", ["", "  ", "Atlantis", "%", "x" * 10_000, "UTC-25", "\x00"])
def test_what_fits_nothing_finds_nothing(query):
    assert zones.find(query, WINTER) == []


def test_what_is_found_is_a_short_list():
    assert len(zones.find("america", WINTER)) == zones.MOST_FOUND
