"""Days that owners write down, with their names."""

from datetime import date

import pytest

from wa_assistant.settings import dates
from wa_assistant.settings.problem import Problem


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("25/12/2026, 2027-01-01", "25/12/2026\n01/01/2027"),
        ("25/12/2026; 01/01/2027 Recesso", "25/12/2026 Recesso\n01/01/2027 Recesso"),
        ("25/01: Aniversário  da cidade", "25/01 Aniversário da cidade"),
        ("24/12 e 31/12 – Véspera", "24/12 Véspera\n31/12 Véspera"),
        ("29/02", "29/02"),
        ("\n30/12/2026 a 02/01/2027 Férias\n\n", "30/12/2026–02/01/2027 Férias"),
        ("02/03/2026 B\n01/03/2026 A\n01/01 C", "01/01 C\n01/03/2026 A\n02/03/2026 B"),
        ("", ""),
    ],
)
def test_a_line_is_dates_and_their_name(written, kept):
    found = dates.read(written)
    assert found.written() == kept
    assert dates.read(found.written()) == dates.read(found.stored()) == found


@pytest.mark.parametrize(
    "written",
    [
        "Natal",
        "Natal 25/12",
        "25/12/26",
        "31/02",
        "29/02/2027",
        "25/12/2026 e o dia 01/01/2027",
        "20/12–03/01 Férias",
        "03/01/2027–20/12/2026 Férias",
        "01/01/2026–31/12/2026 Sempre",
        f"25/12 {'x' * 81}",
        "\n".join(f"{day:02}/{month:02}" for month in (1, 3, 5, 7) for day in range(1, 27)),
    ],
)
def test_what_is_no_date_or_too_many_is_refused(written):
    with pytest.raises(Problem):
        dates.read(written)


def test_what_was_stored_when_days_had_no_names_is_read():
    found = dates.read(["2026-12-25", "2027-01-01"])
    assert found.stored() == [["2026-12-25", ""], ["2027-01-01", ""]]
    assert found.name_of(date(2026, 12, 25)) == ""
    assert found.name_of(date(2027, 12, 25)) is None
