"""How figures are written on a page: times, shares, and what each is compared with."""

from datetime import date, datetime

from flask import Flask
from flask_babel import (
    format_date,
    format_decimal,
    format_percent,
    format_time,
    get_locale,
    to_user_timezone,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...insight.conditions import UNKNOWN
from ...insight.figures import LEAST_FOR_SHARES
from ...insight.overview import Share
from ...insight.times import Range, moment
from ...models import Reason, Settlement

RANGES = {
    Range.DAY: _l("24 hours"),
    Range.WEEK: _l("7 days"),
    Range.MONTH: _l("30 days"),
    Range.MONTHS: _l("90 days"),
}
BEFORE = {
    Range.DAY: _l("the 24 hours before"),
    Range.WEEK: _l("the 7 days before, until the same time of the day"),
    Range.MONTH: _l("the 30 days before, until the same time of the day"),
    Range.MONTHS: _l("the 90 days before, until the same time of the day"),
}
REASONS = {
    Reason.LIST_UNREADABLE: _l("not known whether it was sent"),
    Reason.AMBIGUOUS: _l("not known whether it was sent: several are alike"),
    Reason.NOT_TAKEN: _l("the provider never took it"),
    Reason.NOT_REACHED: _l("the provider could not be reached"),
    Reason.FAULT: _l("a fault of our own"),
    UNKNOWN: _l("no reason was given"),
}
SETTLEMENTS = {
    None: _l("not answered yet"),
    Settlement.ANSWERED: _l("answered"),
    Settlement.WITH_A_PERSON: _l("with a person"),
    Settlement.STOPPED: _l("wants no more messages"),
    Settlement.AWAITING_CONSENT: _l("waits for their consent"),
    Settlement.DEAD_LETTER: _l("not answered by a fault of ours"),
    Settlement.NOTHING_ASKED: _l("asks nothing"),
    Settlement.BLOCKED: _l("blocked"),
}
HUNDREDTH = 0.01
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def init_app(app: Flask) -> None:
    tables = {"range_name": RANGES, "range_before": BEFORE, "settled": SETTLEMENTS}
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: words.get(key, key), name)
    for written in (took, waited, out_of, change, why_failed, bar_name, bar_mark, short_weekday):
        app.add_template_filter(written)


def took(seconds: float) -> str:
    """Seconds as people say them: "0.8 s", "42 s", "3 min", "2 h 5 min", "4 d"."""
    seconds = max(0.0, seconds)
    if seconds < 9.95:
        return f"{format_decimal(seconds, '0.0')} s"
    if seconds < MINUTE - 0.5:
        return f"{seconds:.0f} s"
    if seconds < HOUR - MINUTE / 2:
        return f"{seconds / MINUTE:.0f} min"
    if seconds < 2 * DAY:
        hours, minutes = divmod(round(seconds / MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes and hours < 10 else f"{hours} h"
    return str(_("%(number)s d", number=format_decimal(seconds / DAY, "0")))


def waited(seconds: float) -> str:
    """The same in minutes at least."""
    return took(max(seconds, MINUTE))


def out_of(each: Share) -> str:
    """ "82%"; "12 of 15" where they are few, and "–" of none."""
    if not each.of:
        return "–"
    if each.is_told:
        return percent(each.number, each.of)
    return str(_("%(number)s of %(all)s", number=each.number, all=each.of))


def percent(number: int, of: int) -> str:
    """Neither nothing nor all where that is not so."""
    share = number / of
    if 0 < share < HUNDREDTH:
        return "<" + str(format_percent(HUNDREDTH))
    if 1 - HUNDREDTH < share < 1:
        return ">" + str(format_percent(1 - HUNDREDTH))
    return str(format_percent(share))


def change(now: int, before: int) -> str:
    """By how much it is more or less, where the number before is not too small; else ""."""
    if before < LEAST_FOR_SHARES:
        return ""
    more = (now - before) / before
    return str(format_percent(more, "+#,##0%;−#,##0%" if abs(more) >= HUNDREDTH / 2 else "±0%"))


def why_failed(part: str) -> str:
    """The provider's code, or our reason."""
    if part.isdecimal():
        return str(_("code %(code)s", code=part))
    return str(REASONS.get(part, part))


def bar_name(at: int, range_: Range) -> str:
    """The hour or the day that begins then."""
    when = moment(at)
    if range_.is_of_hours:
        return str(format_time(when, "short"))
    return str(format_date(to_user_timezone(when), "EEE, d MMM" if _is_plain() else "EEE, MMM d"))


def bar_mark(at: int, range_: Range) -> str:
    """The same beneath the chart, where there is room: ""."""
    local: datetime = to_user_timezone(moment(at))
    if range_.is_of_hours:
        return f"{local.hour}" if local.hour % 3 == 0 else ""
    if range_ is Range.WEEK:
        return str(format_date(local, "EEE"))
    step = 5 if range_ is Range.MONTH else 15
    return str(format_date(local, "d/M" if _is_plain() else "M/d")) if local.day % step == 0 else ""


def short_weekday(number: int) -> str:
    """Monday is 0."""
    return str(format_date(date(2024, 1, 1 + number), "EEE", rebase=False))


def _is_plain() -> bool:
    return str(get_locale()) != "en"
