"""What an alert says: what happened, and what follows from it, for an e-mail and for the page."""

from typing import Any

from flask_babel import LazyString, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..models import Alert, AlertType

TITLES: dict[AlertType, LazyString] = {
    AlertType.NO_ENGINE: _l("Nobody is being answered: no engine works"),
    AlertType.REDIS: _l("Redis is away"),
    AlertType.SPOOL: _l("Webhooks wait on the disk: the database does not take them"),
    AlertType.QUEUE: _l("Work waits for too long"),
    AlertType.TWILIO: _l("Twilio fails"),
    AlertType.MODEL: _l("The model fails"),
    AlertType.QUOTA: _l("The model's account has nothing left"),
    AlertType.ERRORS: _l("Many messages fail"),
    AlertType.PEOPLE_WAITING: _l("People wait for a person"),
    AlertType.DISK: _l("The disk is filling up"),
    AlertType.MEMORY: _l("The machine is short of memory"),
    AlertType.SLOW: _l("Answers take long"),
    AlertType.FEW: _l("Far fewer people write than usual"),
    AlertType.SPENDING: _l("A spending limit is near"),
    AlertType.RETIRING: _l("A model is shut down soon"),
    AlertType.CERTIFICATE: _l("The certificate expires soon"),
    AlertType.QUALITY: _l("WhatsApp rates our number lower"),
    AlertType.SCHEDULE: _l("Something of the schedule is late"),
    AlertType.TEST: _l("This is a test"),
}
# What follows from it, and what to do first.
MEANS: dict[AlertType, LazyString] = {
    AlertType.NO_ENGINE: _l("What comes in is kept, and answered once an engine works again."),
    AlertType.REDIS: _l("Answers take a few seconds longer, and pages ask instead of hearing."),
    AlertType.SPOOL: _l("None is lost. Look at the database, and at the room on its disk."),
    AlertType.QUEUE: _l("Answers are late. Look at what is left to do, and at the model."),
    AlertType.TWILIO: _l("Messages wait and none is lost. Look at Twilio's console."),
    AlertType.MODEL: _l("Meanwhile the documents' own words answer, or a person."),
    AlertType.QUOTA: _l("Meanwhile the documents' own words answer. Pay in credit, or wait."),
    AlertType.ERRORS: _l("The overview says why they failed, and which."),
    AlertType.PEOPLE_WAITING: _l("They stand on top of the conversations."),
    AlertType.DISK: _l("When it is full, nothing that comes in can be kept. Make room."),
    AlertType.MEMORY: _l("Processes may be ended by the system. Look at what takes it."),
    AlertType.SLOW: _l("Look at the model's latency, and at what is left to do."),
    AlertType.FEW: _l(
        "Perhaps what they write does not reach us: look at the log in Twilio's console."
    ),
    AlertType.SPENDING: _l("When it is met, the documents' own words answer. Raise it, or wait."),
    AlertType.RETIRING: _l("Choose another model under Settings before that day."),
    AlertType.CERTIFICATE: _l("Without it neither Twilio nor a browser reaches us. Renew it."),
    AlertType.QUALITY: _l("With a lower rating fewer people may be written to. Write less."),
    AlertType.SCHEDULE: _l("Have it run by hand on the page about work, and look whether it ends."),
    AlertType.TEST: _l("Alerts reach you this way."),
}


def title(alert: Alert) -> str:
    return str(TITLES[AlertType(alert.type)])


def means(alert: Alert) -> str:
    return str(MEANS[AlertType(alert.type)])


def value(alert: Alert) -> str:
    """What was seen, in figures; "" where there are none."""
    number, more = alert.value, alert.found
    match AlertType(alert.type):
        case AlertType.SPOOL:
            return _plural_webhooks(round(number))
        case AlertType.QUEUE:
            return str(_("%(seconds)s s in the queue", seconds=round(number)))
        case AlertType.ERRORS:
            told = {"percent": _number(number), "failed": more.get("failed"), "of": more.get("of")}
            return str(_("%(percent)s %%: %(failed)s of %(of)s within an hour", **told))
        case AlertType.PEOPLE_WAITING:
            return _waiting(round(number), more)
        case AlertType.DISK | AlertType.MEMORY:
            return str(_("%(percent)s %% full", percent=round(number)))
        case AlertType.SPENDING:
            return str(_("%(percent)s %% of the limit", percent=round(number)))
        case AlertType.SLOW:
            seconds = _number(number)
            return str(_("%(seconds)s s on the average of an hour", seconds=seconds))
        case AlertType.FEW:
            told = {"number": round(number), "usual": more.get("usual")}
            return str(_("%(number)s within an hour, usually %(usual)s", **told))
        case AlertType.RETIRING:
            return f"{alert.about}: {_days(round(number))}"
        case AlertType.CERTIFICATE:
            return _days(round(number))
        case AlertType.QUALITY:
            return str(more.get("rating", ""))
        case AlertType.SCHEDULE:
            names = ", ".join(more.get("names", ()))
            return f"{names}…" if number > len(more.get("names", ())) else names
        case AlertType.TWILIO | AlertType.MODEL | AlertType.QUOTA:
            return str(more.get("reason", ""))
    return ""


def _number(value: float) -> str:
    return str(format_decimal(value, "0.#"))


def _plural_webhooks(number: int) -> str:
    return str(ngettext("%(num)d webhook", "%(num)d webhooks", number))


def _waiting(number: int, more: dict[str, Any]) -> str:
    told = ngettext("%(num)d person", "%(num)d people", number)
    return str(_("%(people)s for over %(minutes)s min", people=told, minutes=more.get("minutes")))


def _days(number: int) -> str:
    return str(ngettext("in %(num)d day", "in %(num)d days", max(0, number)))
