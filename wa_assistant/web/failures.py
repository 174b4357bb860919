"""Why a message did not arrive, in words a colleague can act on."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from ..models import Message

# By Twilio's error codes: https://www.twilio.com/docs/api/errors
CODES = {
    21211: _l("this is no number WhatsApp can reach"),
    21610: _l("this person has opted out of messages"),
    63001: _l("Twilio could not sign in to WhatsApp"),
    63003: _l("this number is not on WhatsApp"),
    63005: _l("WhatsApp refused what is in it"),
    63012: _l("WhatsApp had a fault of its own"),
    63013: _l("WhatsApp's rules do not allow it"),
    63016: _l("more than 24 hours since they last wrote: only a template can be sent"),
    63018: _l("too many messages at once"),
    63024: _l("this number cannot receive WhatsApp messages"),
    63032: _l("WhatsApp does not deliver to this person at present"),
    63049: _l("WhatsApp chose not to deliver it"),
}


def init_app(app: Flask) -> None:
    app.add_template_filter(failure)


def failure(message: Message) -> str:
    """The reason in our words where we know it, else in the provider's."""
    return str(CODES.get(message.error_code or 0, message.error or ""))
