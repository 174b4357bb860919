"""Why a message did not arrive, in words a colleague can act on."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...clients import errors
from ...models import Cancelled, Message, Reason, Status
from ..shell.labels import CANCELLED, STATUSES

REASONS = {
    Reason.LIST_UNREADABLE: _l("Twilio could not tell us whether it has it"),
    Reason.AMBIGUOUS: _l("Twilio has several messages like it, and it may be one of them"),
    Reason.NOT_TAKEN: _l("Twilio did not take it, however often it was tried"),
    Reason.NOT_REACHED: _l("Twilio could not be reached"),
    Reason.FAULT: _l("our own code failed on it again and again"),
}


def init_app(app: Flask) -> None:
    app.add_template_filter(failure)
    app.add_template_filter(state)


def failure(message: Message) -> str:
    """The reason in our words where we know it, else in the provider's."""
    meaning = errors.TABLE.get(message.error_code or 0)
    if meaning:
        return str(meaning.words)
    if message.reason:
        return str(REASONS[Reason(message.reason)])
    return message.error or ""


def state(message: Message) -> str:
    """How far it has come; of some that were given up nobody knows, and some we did not send."""
    if message.may_have_arrived:
        return str(_("not known whether it was sent"))
    if message.cancelled_for:
        return str(CANCELLED[Cancelled(message.cancelled_for)])
    return str(STATUSES[Status(message.status)])
