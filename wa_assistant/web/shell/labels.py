"""How states, moments and money are written on a page, in its language."""

from datetime import datetime, timedelta

from flask import Flask, g
from flask_babel import (
    format_date,
    format_datetime,
    format_decimal,
    format_time,
    get_locale,
    to_user_timezone,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import settings
from ...clients.failures import PLAIN, Failure
from ...database import utcnow
from ...models import Attention, Author, Cancelled, Role, Status, Trouble
from ...money import currency
from ...settings.exchange import Exchange

MOST_TOLD = 999  # of what is counted to a thousand
AUTHORS = {
    Author.PARTICIPANT: _l("Participant"),
    Author.ASSISTANT: _l("Assistant"),
    Author.USER: _l("Colleague"),
    Author.SYSTEM: _l("System"),
}
STATUSES = {
    Status.RECEIVED: _l("received"),
    Status.WAITING: _l("waiting to be sent"),
    Status.PARKED: _l("waits until they write again"),
    Status.CLAIMED: _l("being sent"),
    Status.UNCERTAIN: _l("asking WhatsApp whether it was sent"),
    Status.ACCEPTED: _l("handed over"),
    Status.QUEUED: _l("handed over"),
    Status.SENDING: _l("handed over"),
    Status.SENT: _l("sent"),
    Status.DELIVERED: _l("delivered"),
    Status.READ: _l("read"),
    Status.FAILED: _l("not sent"),
    Status.UNDELIVERED: _l("not delivered"),
    Status.CANCELLED: _l("not sent any more"),
}
CANCELLED = {
    Cancelled.SILENCED: _l("not sent: the assistant was silenced"),
    Cancelled.STOPPED: _l("not sent: they want no more messages"),
    Cancelled.BLOCKED: _l("not sent: they are blocked"),
    Cancelled.OVERTAKEN: _l("not sent: another stage has begun"),
}
ROLES = {
    Role.VIEWER: _l("viewer"),
    Role.EDITOR: _l("editor"),
    Role.OWNER: _l("owner"),
}
# What became of a call to the model, after "The model did not answer: ".
FAILURES = {
    Failure.KEY: _l("the server refused the key."),
    Failure.CREDIT: _l("the account is out of credit."),
    Failure.DAILY_QUOTA: _l("the quota of the day is used up."),
    Failure.BUSY: _l("too much was asked of it within a minute."),
    Failure.UNKNOWN_MODEL: _l("the server knows no such model, or no such address."),
    Failure.ORDER_OF_ROLES: _l("the model asks for another order of roles."),
    Failure.TOO_LONG: _l("the conversation is longer than the model's context."),
    Failure.TOO_LARGE: _l("the request is larger than the plan at the provider allows."),
    Failure.FILTERED: _l("a filter of the provider's took offence at this conversation."),
    Failure.LOADING: _l("the server is still loading the model."),
    Failure.TOO_SLOW: _l("it took longer than the time it has."),
    Failure.UNREACHABLE: _l("the server cannot be reached."),
    Failure.BROKEN: _l("the server has an error of its own."),
    Failure.NOTHING: _l("the server answered with nothing."),
    Failure.NO_ANSWER: _l("what came back is no answer of a model: look at the server's address."),
    Failure.REQUEST: _l("the server refused what it was asked."),
    Failure.UNUSABLE: _l("what it said holds no words for the participant."),
}
ATTENTION = {
    Attention.NO_MODEL: _l("no model is connected"),
    Attention.MODEL_FAILED: _l("the model did not answer"),
    Attention.CAP_MET: _l("no more may be spent on the model for now"),
    Attention.NEWCOMERS: _l("a new number that waits: too many write at once"),
    Attention.NOT_SENT: _l("a message cannot be sent for now"),
    Attention.NOT_DELIVERED: _l("a message did not arrive"),
    Attention.WROTE_DURING_PAUSE: _l("wrote while the assistant was paused"),
    Attention.FOUND_LATE: _l("a message reached us hours late"),
    Attention.NOT_HEARD: _l("a voice message was not understood"),
    Attention.NO_FILE: _l("a file could not be fetched"),
    Attention.ASKED_FOR: _l("marked by the team"),
    Attention.ASKED_FOR_A_PERSON: _l("asked for a person"),
    Attention.CONSENT_UNCLEAR: _l("neither agreed nor refused"),
    Attention.WROTE_AFTER_STOPPING: _l("wrote after stopping the messages"),
    Attention.WINDOW_CLOSES: _l("waits for the team, and can soon not be written to"),
    Attention.PARKED: _l("a message waits until they write again"),
    Attention.DEAD_LETTER: _l("not answered by a fault of ours"),
    Attention.LOOP_GUARD: _l("going in circles; the assistant has stopped"),
    Attention.NUMBER_PASSED_ON: _l("writes from a number that was somebody else's before"),
    Attention.TWO_ROWS: _l("is in the list twice"),
}
KINDS = {
    "text": _l("Message without text"),
    "image": _l("Photo"),
    "audio": _l("Voice message"),
    "video": _l("Video"),
    "document": _l("Document"),
    "sticker": _l("Sticker"),
    "location": _l("Location"),
    "contacts": _l("Contact"),
    "reaction": _l("Reaction"),
    "order": _l("Order from the catalogue"),
    "product": _l("Product of the catalogue"),
    "button": _l("Tap on a button"),
    "interactive": _l("Reply to a form"),
    "system": _l("Notice from WhatsApp"),
    "request_welcome": _l("Opened the chat"),
    "unsupported": _l("Something WhatsApp does not pass on, such as a poll"),
    "unknown": _l("Something WhatsApp does not pass on"),
    "ephemeral": _l("Disappearing message, which WhatsApp does not pass on"),
}

TROUBLES = {
    Trouble.ELSEWHERE: _l("It is not at WhatsApp's provider, so it was not fetched."),
    Trouble.TOO_LARGE: _l("It is too large, so it was not fetched."),
    Trouble.DISGUISED: _l("It is not what it claims to be, so it was not kept."),
    Trouble.PROGRAM: _l("It is a program, so it was not kept."),
    Trouble.NOT_THERE: _l("WhatsApp's provider does not have it."),
    Trouble.UNREACHABLE: _l("It could not be fetched."),
    Trouble.NOT_HEARD: _l("The words could not be made out."),
}


def init_app(app: Flask) -> None:
    tables = {"author": AUTHORS, "status": STATUSES, "role": ROLES}
    tables |= {"attention": ATTENTION, "trouble": TROUBLES, "failing": FAILURES}
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: words.get(key, key), name)
    app.add_template_filter(lambda failure: failure in PLAIN, "is_plain")
    for written in (kind, day, hour, weekday, moment, amid, money, duration, capped):
        app.add_template_filter(written)


def kind(name: str) -> str:
    """What a message without words is."""
    return str(KINDS.get(name) or _("Attachment"))


def hour(when: datetime) -> str:
    """The time of day in the team's zone."""
    return str(format_time(when, "short"))


def day(when: datetime, now: datetime | None = None) -> str:
    """Today, yesterday, or the date; as seen from `now`."""
    days = _days_ago(when, now)
    if days == 0:
        return str(_("Today"))
    if days == 1:
        return str(_("Yesterday"))
    return str(format_date(when, "full" if days < 7 else "long"))


def weekday(when: datetime) -> str:
    """Wherever the day is: "Tue, Dec 1"."""
    return str(format_date(when, "EEE, d MMM" if str(get_locale()) != "en" else "EEE, MMM d"))


def moment(when: datetime, now: datetime | None = None) -> str:
    """Short, for a list: the time today, the weekday this week, else the date; seen from `now`."""
    days = _days_ago(when, now)
    if days == 0:
        return hour(when)
    if days == 1:
        return str(_("Yesterday"))
    return str(format_datetime(when, "EEE") if days < 7 else format_date(when, "short"))


def amid(when: datetime) -> str:
    """The same moment as it stands amid a sentence."""
    return str(_("yesterday")) if _days_ago(when, None) == 1 else moment(when)


def duration(length: timedelta) -> str:
    """Hours and minutes: "3 h 20 min"; less than a minute is one."""
    minutes = max(1, int(length.total_seconds()) // 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{minutes} min"] if minutes else parts)


def capped(number: int) -> str:
    """A number that was not counted to its end where it is a large one."""
    return str(format_decimal(number)) if number <= MOST_TOLD else f"{MOST_TOLD}+"


def money(micro_dollars: int) -> str:
    """In dollars, with as many places as a single call needs, and in the team's own currency."""
    return currency.written(micro_dollars, exchange(), get_locale())


def exchange() -> Exchange:
    """The team's currency and its rate; asked for once a page."""
    if "exchange" not in g:
        g.exchange = settings.current().exchange
    found: Exchange = g.exchange
    return found


def _days_ago(when: datetime, now: datetime | None = None) -> int:
    today = to_user_timezone(now or utcnow()).date()
    difference: timedelta = today - to_user_timezone(when).date()
    return difference.days
