"""What Twilio's error codes mean, and what is done about each. All of them on one page.

The codes are Twilio's, https://www.twilio.com/docs/api/errors; the sentences continue "it did not
arrive:" in a thread. What is not listed is not sent again by itself.
"""

from enum import StrEnum
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Action(StrEnum):
    """What we do when a message comes back with a code."""

    GIVE_UP = "give up"  # it would fail again: a person is called
    RETRY_BY_HAND = "retry by hand"  # it may well arrive later: a person may send it again
    BACK_OFF = "back off"  # refused for now: sent again after a growing pause
    TEMPLATE = "template"  # only a template may be sent: a person is called
    SUPPRESS = "suppress"  # the person does not want it: never again by itself
    STOP = "stop"  # nothing can be sent to anybody: all wait, the owners are told


class Meaning(NamedTuple):
    words: LazyString
    action: Action


TABLE = {
    20003: Meaning(_l("Twilio refused our account's token"), Action.STOP),
    20429: Meaning(_l("too many messages at once"), Action.BACK_OFF),
    21211: Meaning(_l("this is no number WhatsApp can reach"), Action.GIVE_UP),
    21610: Meaning(_l("this person has opted out of messages"), Action.SUPPRESS),
    21617: Meaning(_l("it is too long"), Action.GIVE_UP),
    21656: Meaning(_l("the template's variables do not fit"), Action.GIVE_UP),
    21658: Meaning(_l("it is too long"), Action.GIVE_UP),
    63001: Meaning(_l("Twilio could not sign in to WhatsApp"), Action.STOP),
    63003: Meaning(_l("this number is not on WhatsApp"), Action.GIVE_UP),
    63005: Meaning(_l("WhatsApp refused what is in it"), Action.GIVE_UP),
    63007: Meaning(_l("Twilio does not know our WhatsApp number"), Action.STOP),
    63012: Meaning(_l("WhatsApp had a fault of its own"), Action.RETRY_BY_HAND),
    63013: Meaning(_l("WhatsApp's rules do not allow it"), Action.GIVE_UP),
    63014: Meaning(_l("this person has blocked us"), Action.SUPPRESS),
    63015: Meaning(_l("this person has not joined the sandbox"), Action.GIVE_UP),
    63016: Meaning(
        _l("more than 24 hours since they last wrote: only a template can be sent"),
        Action.TEMPLATE,
    ),
    63018: Meaning(_l("too many messages at once"), Action.BACK_OFF),
    63021: Meaning(_l("WhatsApp refused what is in it"), Action.GIVE_UP),
    63024: Meaning(_l("this number cannot receive WhatsApp messages"), Action.RETRY_BY_HAND),
    63032: Meaning(_l("WhatsApp does not deliver to this person at present"), Action.GIVE_UP),
    63049: Meaning(_l("WhatsApp chose not to deliver it"), Action.GIVE_UP),
    63051: Meaning(_l("WhatsApp has locked our account"), Action.STOP),
}
AGAIN = (Action.RETRY_BY_HAND, Action.BACK_OFF, Action.STOP)


def action(code: int | None) -> Action:
    meaning = TABLE.get(code or 0)
    return meaning.action if meaning else Action.GIVE_UP


def may_work_later(code: int | None) -> bool:
    """Whether sending it again by hand makes sense; of an unknown code nobody knows better."""
    return code not in TABLE or action(code) in AGAIN
