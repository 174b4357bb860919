"""Every setting there is: what it holds, what it is until an owner chooses, what is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from ..models import characters
from . import dates, decimals, exchange, public_holidays, week, zones
from .dates import Dates
from .exchange import Exchange
from .problem import Problem
from .public_holidays import Holidays
from .week import WORKING_WEEK, Span, Week

LARGEST_ID = 2**31 - 1
MICRO = 1_000_000
MOST_DOLLARS = 1_000_000
MOST_COUNTED = 10**9
OPENS = "{opens}"  # stands in a text for when the team is there again
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")

NO_ADDRESS = _l("This is no complete e-mail address.")
NO_ZONE = _l("Choose a time zone from the list.")
NO_JOURNEY = _l("Choose a journey from the list.")
NO_SHARE = _l("A number from 0 to 1.")
NO_MONEY = _l(
    "Write an amount of dollars like 12.50, from 0 to %(most)s.",
    most=LazyString(format_decimal, MOST_DOLLARS),
)
NO_NUMBER = _l("Write a number.")
NO_SLOT = _l("Only %(opens)s is filled in. Leave out all other braces.", opens=OPENS)


class FirstDay(StrEnum):
    """What becomes of the list of what a new team has to do (operations/first_day.py)."""

    LEADS = "leads"  # it stands on top of the overview
    AWAY = "away"  # an owner has put it away
    DONE = "done"  # all that is needed is done


@dataclass(frozen=True)
class Settings:
    """What owners chose, and neutral values where they have not."""

    company: str = ""
    purpose: str = ""  # what the assistant is for, in the company's own words
    privacy_contact: str = ""  # an e-mail address, or whatever else leads to a person
    countries: str = ""  # that process the data
    retention: str = ""  # how long data is kept
    legal_basis: str = ""  # on which the law lets us have it
    notice_extra: str = ""  # what else the company says about privacy
    # How the assistant answers (assistant/manner.py), in the company's own words.
    assistant_name: str = ""
    tone: str = ""
    rules: str = ""
    model: str = ""  # "": as the environment says
    temperature: float | None = None  # None: as the product has it
    answer_tokens: int | None = None  # the most for what the participant reads; None: the same
    reply_delay: float | None = None  # seconds; None: as the environment says
    notes_told: bool = False  # whether the model is told what users note in a conversation
    hours: Week = WORKING_WEEK
    closed_dates: Dates = dates.NONE
    holidays: Holidays = public_holidays.NONE
    # What is said outside of the hours to who asks for a person, by the participant's language.
    away_pt: str = ""
    away_en: str = ""
    quiet_hours: Span | None = None  # in which nothing goes out that we begin ourselves
    time_zone: str = "America/Sao_Paulo"
    newcomers_journey: int | None = None  # the support desk
    # After so many minutes what the assistant has answered is done by itself; None: never.
    done_after: int | None = None
    # How well a passage must fit to be answered from (knowledge/search/thresholds.py), from 0 to 1;
    # None: as suits the model.
    similarity_threshold: float | None = None
    coverage_threshold: float | None = None
    exchange: Exchange = exchange.REAL
    # The most that may be spent, in micro-dollars, by the team's days (money/caps.py): on all there
    # is, on models alone, and on what the team tries. None: as the environment says, or no cap.
    cap_day: int | None = None
    cap_month: int | None = None
    cap_model_day: int | None = None
    cap_model_month: int | None = None
    cap_trials_day: int | None = None
    # What answers instead where no more may be spent on the model; "": the documents' own words do.
    cheaper_model: str = ""
    # How many unknown numbers an hour the model answers; None: as the environment says.
    newcomers_an_hour: int | None = None
    # What one participant may take in a day; None: as much as they like.
    participant_answers: int | None = 200
    participant_voice_minutes: int | None = 30
    participant_tokens: int | None = 2_000_000
    participant_pictures: int | None = 50
    # From when on owners are told (insight/alerts): of failed messages in percent of an hour's; of
    # seconds to an answer beyond our own wait; of minutes for which people want a person.
    alert_errors_percent: int = 5
    alert_slow_seconds: int = 5
    alert_waiting_minutes: int = 30
    alert_queue_seconds: int = 120
    alert_disk_percent: int = 85
    alert_model_days: int = 60
    alert_certificate_days: int = 14
    first_day: FirstDay = FirstDay.LEADS


def line(most: int) -> Callable[[Any], str]:
    """A text in one line."""
    return lambda given: " ".join(_within(_clean(given), most).split())


def lines(most: int) -> Callable[[Any], str]:
    """A text that may have paragraphs."""
    return lambda given: _within(_clean(given), most)


def away(given: Any) -> str:
    """What is said while nobody is there, with OPENS where it tells when somebody is."""
    text = lines(600)(given)
    if re.search("[{}]", text.replace(OPENS, "")):
        raise Problem({"": NO_SLOT})
    return text


def contact(given: Any) -> str:
    text = line(200)(given)
    if "@" in text and " " not in text and not EMAIL.fullmatch(text):
        raise Problem({"": NO_ADDRESS})
    return text


def zone(given: Any) -> str:
    if (name := str(given)) not in zones.known():
        raise Problem({"": NO_ZONE})
    return name


def journey(given: Any) -> int | None:
    """A journey's id; that there is such a journey is for who knows journeys to see."""
    if given in (None, ""):
        return None
    if not re.fullmatch(r"[1-9]\d{0,9}", str(given)) or int(given) > LARGEST_ID:
        raise Problem({"": NO_JOURNEY})
    return int(given)


def share(given: Any) -> float | None:
    """From 0 to 1, with a point or a comma."""
    if given in (None, ""):
        return None
    try:
        number = float(str(given).strip().replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise Problem({"": NO_SHARE})
    return number


def between(least: float, most: float) -> Callable[[Any], float | None]:
    """A number of hundredths, with a point or a comma."""

    def read(given: Any) -> float | None:
        if given in (None, ""):
            return None
        number = round(float(decimals.read(given)), 2)
        if not least <= number <= most:
            raise Problem({"": _l("A number from %(least)s to %(most)s.", least=least, most=most)})
        return number

    return read


def whole(least: int, most: int) -> Callable[[Any], int | None]:
    """A whole number; blanks and points between thousands do not count."""
    bounds = {"least": LazyString(format_decimal, least), "most": LazyString(format_decimal, most)}
    refused = _l("Write a whole number from %(least)s to %(most)s.", **bounds)

    def read(given: Any) -> int | None:
        if given in (None, ""):
            return None
        text = re.sub(r"[\s.,](?=\d{3}(\D|$))", "", str(given).strip())
        if not re.fullmatch(r"\d{1,10}", text) or not least <= int(text) <= most:
            raise Problem({"": refused})
        return int(text)

    return read


def at_least(least: int, most: int) -> Callable[[Any], int]:
    """The same of what is never left empty."""
    read = whole(least, most)

    def given(value: Any) -> int:
        number = read(value)
        if number is None:
            raise Problem({"": NO_NUMBER})
        return number

    return given


count = whole(0, MOST_COUNTED)


def money(given: Any) -> int | None:
    """Micro-dollars; a text is dollars, with a point or a comma."""
    if given in (None, ""):
        return None
    if isinstance(given, int):
        return given
    amount = decimals.read(str(given).strip().removeprefix("US$")) * MICRO
    if not 0 <= amount <= MOST_DOLLARS * MICRO or amount % 1:
        raise Problem({"": NO_MONEY})
    return int(amount)


def yes_no(given: Any) -> bool:
    """From a form "yes" or ""."""
    return given in (True, "yes")


def first_day(given: Any) -> FirstDay:
    """No page lets anybody type it."""
    return FirstDay(given) if given in tuple(FirstDay) else FirstDay.LEADS


# What is stored, or came with a form -> what the code works with; raises Problem.
READ: dict[str, Callable[[Any], Any]] = {
    "company": line(120),
    "purpose": lines(600),
    "privacy_contact": contact,
    "countries": line(300),
    "retention": line(300),
    "legal_basis": line(300),
    "notice_extra": lines(2000),
    "assistant_name": line(60),
    "tone": lines(600),
    "rules": lines(4000),
    "model": line(300),
    "temperature": between(0, 2),
    "answer_tokens": whole(100, 4000),
    "reply_delay": between(0, 10),
    "notes_told": yes_no,
    "hours": week.read,
    "closed_dates": dates.read,
    "holidays": public_holidays.read,
    "away_pt": away,
    "away_en": away,
    "quiet_hours": week.night,
    "time_zone": zone,
    "newcomers_journey": journey,
    "done_after": whole(5, 43_200),
    "similarity_threshold": share,
    "coverage_threshold": share,
    "exchange": exchange.read,
    "cap_day": money,
    "cap_month": money,
    "cap_model_day": money,
    "cap_model_month": money,
    "cap_trials_day": money,
    "cheaper_model": line(300),
    "newcomers_an_hour": count,
    "participant_answers": count,
    "participant_voice_minutes": count,
    "participant_tokens": count,
    "participant_pictures": count,
    "alert_errors_percent": at_least(1, 100),
    "alert_slow_seconds": at_least(1, 600),
    "alert_waiting_minutes": at_least(1, 1440),
    "alert_queue_seconds": at_least(10, 3600),
    "alert_disk_percent": at_least(50, 99),
    "alert_model_days": at_least(1, 365),
    "alert_certificate_days": at_least(1, 60),
    "first_day": first_day,
}
NAMES = tuple(field.name for field in fields(Settings))


def stored(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.stored() if isinstance(value, Week | Span | Dates | Holidays | Exchange) else value


def _clean(given: Any) -> str:
    """Without what no database keeps or nobody sees; a browser's line ends are plain ones."""
    return characters.seen(str(given)).strip()


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise Problem({"": _l("This is longer than %(most)s characters.", most=most)})
    return text
